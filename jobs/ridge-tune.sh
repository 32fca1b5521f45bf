#!/usr/bin/env bash
# Tunes lambda by cross-validation in one pass over the data, then fits on all rows.
#
#   jobs/ridge-tune.sh                         the sample data; results in target/runs/diamonds-tune
#   jobs/ridge-tune.sh OPTION...               your own: all options of 'ridgeline tune', see jobs/ridgeline tune --help
#
# RIDGELINE_SUBMIT   spark-submit options, separated by blanks: "--master spark://host:7077 --executor-memory 4g"
# The exit code is that of the command: 0 done, 3 bad data, 4 output exists, 7 quality gate missed, 143 terminated.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
project=$(dirname "$here")

if [ $# -eq 0 ]; then
  set -- --input "$project/data-samples/diamonds.csv" --label log_price \
    --out "$project/target/runs/diamonds-tune" --if-exists overwrite
fi
read -r -a submit <<<"${RIDGELINE_SUBMIT:-}"
exec "$here/ridgeline" ${submit[@]+"${submit[@]}"} tune "$@"
