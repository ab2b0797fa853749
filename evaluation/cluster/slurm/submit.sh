#!/bin/bash
# Submits the whole job: three times an array and a merge, each after the end of the one before.
#   WORK=… CORPUS=… QUERIES=… QRELS=… OUTPUT=… [K=100] submit.sh SHARDS
set -euo pipefail
: "${WORK:?}" "${CORPUS:?}" "${QUERIES:?}" "${QRELS:?}" "${OUTPUT:?}"
last=$((${1:?how many shards} - 1))
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$WORK"
export WORK CORPUS QUERIES QRELS OUTPUT K=${K:-100}
# Of each shard first its share of k, three standard deviations and 2; open queries are searched again for k.
FIRST_K=$(awk -v k="$K" -v n="$1" 'BEGIN { s = k / n; f = s + 3 * sqrt(s * (1 - 1 / n)) + 2; f = int(f) + (f > int(f)); print f < k ? f : k }')
export FIRST_K
submit() { sbatch --parsable --export=ALL --kill-on-invalid-dep=yes --output="$WORK/slurm-%A_%a.log" "$@"; }
after=()
for STAGE in index search again; do
    export STAGE
    array=$(submit --array="0-$last" "${after[@]}" "$here/decoy-array.sbatch")
    merge=$(submit --dependency="afterok:$array" "$here/merge.sbatch")
    after=(--dependency="afterok:$merge")
done
echo "$merge"
