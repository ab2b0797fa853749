#!/usr/bin/env bash
# Builds a corpus of passages from Debian's documentation packages in BEIR layout. Usage: corpora/large/build.sh OUTPUT_FOLDER
# Needs no root: apt fetches its lists and the packages of packages.txt (about 1.3 GB) into a temporary folder; nothing is installed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -ne 1 ] || [ "$1" = "--help" ]; then
    echo "usage: $0 OUTPUT_FOLDER" >&2
    exit 64
fi
for command in apt-get apt-cache dpkg-deb; do
    command -v "$command" > /dev/null || { echo "$0: $command is missing: this corpus can be built on Debian and Ubuntu only" >&2; exit 4; }
done
command -v python3 > /dev/null || { echo "$0: python3 is missing; install it with: apt-get install python3" >&2; exit 4; }
if [ -e "$1" ]; then
    echo "$0: $1 exists; remove it or name another folder" >&2
    exit 2
fi
mkdir -p "$(dirname "$1")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/packages"
options=(-o "Acquire::Languages=none" -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o "APT::Sandbox::User=")
if ! apt-get -qq "${options[@]}" update > "$work/log" 2>&1; then
    cat "$work/log" >&2
    echo "$0: apt could not fetch the package lists; is there a network, and does 'apt-get update' work?" >&2
    exit 1
fi
apt-cache "${options[@]}" pkgnames | sort > "$work/known"
sed 's/#.*//; s/[[:space:]]//g; /^$/d' "$here/packages.txt" > "$work/order"
mapfile -t wanted < <(sort "$work/order" | comm -12 - "$work/known")
while read -r name; do
    echo "$0: this machine's package sources have no $name; it is left out" >&2
done < <(sort "$work/order" | comm -23 - "$work/known")
if [ ${#wanted[@]} -eq 0 ]; then
    echo "$0: this machine's package sources have none of the packages of $here/packages.txt" >&2
    exit 1
fi
echo "fetching ${#wanted[@]} packages" >&2
if ! (cd "$work/packages" && apt-get -qq "${options[@]}" download "${wanted[@]}") > "$work/log" 2>&1; then
    cat "$work/log" >&2
    echo "$0: apt could not fetch the packages" >&2
    exit 1
fi
python3 "$here/build.py" "$work/packages" "$work/order" "$1"
