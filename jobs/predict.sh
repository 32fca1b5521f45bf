#!/usr/bin/env bash
# Adds predictions to a table, with the model of an earlier run.
#
#   jobs/predict.sh                         the sample data; results in target/runs/diamonds-predictions
#   jobs/predict.sh OPTION...               your own: all options of 'ridgeline predict', see jobs/ridgeline predict --help
#
# RIDGELINE_SUBMIT   spark-submit options, separated by blanks: "--master spark://host:7077 --executor-memory 4g"
# The exit code is that of the command: 0 done, 3 bad data, 4 output exists, 7 quality gate missed, 143 terminated.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
project=$(dirname "$here")

if [ $# -eq 0 ]; then
  model=$project/target/runs/diamonds-tune
  if [ ! -f "$model/_SUCCESS" ]; then
    echo "ridgeline: no model in $model yet: run jobs/ridge-tune.sh first" >&2
    exit 2
  fi
  set -- --model "$model" --input "$project/data-samples/diamonds.csv" \
    --out "$project/target/runs/diamonds-predictions" --output-format csv --if-exists overwrite
fi
read -r -a submit <<<"${RIDGELINE_SUBMIT:-}"
exec "$here/ridgeline" ${submit[@]+"${submit[@]}"} predict "$@"
