#!/usr/bin/env bash
# Builds the WordNet usage-example corpus in BEIR layout. Usage: corpora/wordnet/build.sh OUTPUT_FOLDER
# WORDNET_DIR names the folder with data.noun, data.verb, data.adj and data.adv where it is not Debian's.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -ne 1 ] || [ "$1" = "--help" ]; then
    echo "usage: $0 OUTPUT_FOLDER" >&2
    exit 64
fi
source=${WORDNET_DIR:-/usr/share/wordnet}
for file in data.noun data.verb data.adj data.adv; do
    if [ ! -r "$source/$file" ]; then
        echo "$0: $source/$file is not there; install it with: apt-get install wordnet-base" >&2
        echo "$0: (or set WORDNET_DIR to a folder with WordNet 3.0's data files)" >&2
        exit 4
    fi
done
command -v python3 > /dev/null || { echo "$0: python3 is missing; install it with: apt-get install python3" >&2; exit 4; }
exec python3 "$here/build.py" "$source" "$1"
