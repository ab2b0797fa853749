#!/bin/bash
# Submits the whole job: array, merge, array, merge, each after the end of the one before.
#   WORK=… CORPUS=… QUERIES=… QRELS=… OUTPUT=… submit.sh SHARDS
set -euo pipefail
: "${WORK:?}" "${CORPUS:?}" "${QUERIES:?}" "${QRELS:?}" "${OUTPUT:?}"
last=$((${1:?how many shards} - 1))
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$WORK"
export WORK CORPUS QUERIES QRELS OUTPUT
submit() { sbatch --parsable --export=ALL --kill-on-invalid-dep=yes --output="$WORK/slurm-%A_%a.log" "$@"; }
export STAGE=index
array=$(submit --array="0-$last" "$here/decoy-array.sbatch")
merge=$(submit --dependency="afterok:$array" "$here/merge.sbatch")
export STAGE=search
array=$(submit --array="0-$last" --dependency="afterok:$merge" "$here/decoy-array.sbatch")
submit --dependency="afterok:$array" "$here/merge.sbatch"
