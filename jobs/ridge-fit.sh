#!/usr/bin/env bash
# Fits one ridge model; lambda by generalized cross-validation unless --lambda says otherwise.
#
#   jobs/ridge-fit.sh                         the sample data; results in target/runs/diabetes-fit
#   jobs/ridge-fit.sh OPTION...               your own: all options of 'ridgeline fit', see jobs/ridgeline fit --help
#
# RIDGELINE_SUBMIT   spark-submit options, separated by blanks: "--master spark://host:7077 --executor-memory 4g"
# The exit code is that of the command: 0 done, 3 bad data, 4 output exists, 7 quality gate missed, 143 terminated.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
project=$(dirname "$here")

if [ $# -eq 0 ]; then
  set -- --input "$project/data-samples/diabetes.csv" --label progression \
    --out "$project/target/runs/diabetes-fit" --if-exists overwrite
fi
read -r -a submit <<<"${RIDGELINE_SUBMIT:-}"
exec "$here/ridgeline" ${submit[@]+"${submit[@]}"} fit "$@"
