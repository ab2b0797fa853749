#!/usr/bin/env bash
# run.sh TARGET SECONDS [libFuzzer's arguments]: builds with sanitizers and runs one target; README.md says more.
set -euo pipefail
cd "$(dirname "$0")"
target=${1:?"give postings, manifest, files, json, query, filter, analyzers, requests or exchange"}
seconds=${2:?"give the number of seconds"}
shift 2

flags=(-c release --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=address -Xswiftc -enable-testing)
swift build "${flags[@]}" --product DecoyFuzzing
fuzzer="$(swift build "${flags[@]}" --show-bin-path)/DecoyFuzzing"
work=${FUZZ_FOLDER:-.build/fuzz}
mkdir -p "$work/corpus/$target" "$work/findings"
# The exit is spoilt by what the Swift runtime never frees.
export ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no
[ -d "$work/seeds" ] || "$fuzzer" seeds "$work/seeds" ../corpora/homonyms
exec "$fuzzer" "$target" "$work/corpus/$target" "$work/seeds/$target" \
    -max_total_time="$seconds" -artifact_prefix="$work/findings/$target-" -print_final_stats=1 -detect_leaks=0 -timeout=20 \
    -rss_limit_mb=2048 "$@"
