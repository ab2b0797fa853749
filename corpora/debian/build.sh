#!/usr/bin/env bash
# Builds the Debian package-description corpus in BEIR layout. Usage: corpora/debian/build.sh OUTPUT_FOLDER
# Needs no root: apt fetches its package lists (about 20 MB) into a folder of its own. The system's lists stay as they are.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -ne 1 ] || [ "$1" = "--help" ]; then
    echo "usage: $0 OUTPUT_FOLDER" >&2
    exit 64
fi
helper=
for candidate in /usr/lib/apt/apt-helper "$(command -v apt-helper || true)"; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then helper=$candidate; break; fi
done
if [ -z "$helper" ] || ! command -v apt-get > /dev/null; then
    echo "$0: apt is missing: this corpus can be built on Debian and Ubuntu only" >&2
    exit 4
fi
command -v python3 > /dev/null || { echo "$0: python3 is missing; install it with: apt-get install python3" >&2; exit 4; }
if [ -e "$1" ]; then
    echo "$0: $1 exists; remove it or name another folder" >&2
    exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
options=(-o "Acquire::Languages=en" -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache")
if ! apt-get -qq "${options[@]}" update > "$work/log" 2>&1; then
    cat "$work/log" >&2
    echo "$0: apt could not fetch the package lists; is there a network, and does 'apt-get update' work?" >&2
    exit 1
fi
shopt -s nullglob
translations=("$work"/lists/*Translation-en "$work"/lists/*Translation-en.*)
if [ ${#translations[@]} -eq 0 ]; then
    echo "$0: the package sources of this machine offer no long descriptions (Translation-en)" >&2
    exit 1
fi
for file in "${translations[@]}"; do
    "$helper" cat-file "$file"
    echo
done > "$work/descriptions"
apt-cache "${options[@]}" dumpavail > "$work/available"
python3 "$here/build.py" "$work/available" "$work/descriptions" "$1"
