#!/usr/bin/env bash
# Kernel regression by random features: the same tuning, one pass over the data, beside the linear model.
#
#   jobs/random-features.sh                    two sample tables, each linear and with random features, and their errors;
#                                              results in target/runs/random-features
#   jobs/random-features.sh OPTION...          your own: 'ridgeline tune --map rff' with all of its options
#
# RIDGELINE_SUBMIT   spark-submit options, separated by blanks: "--master spark://host:7077 --executor-memory 4g"
# The exit code is that of the command: 0 done, 3 bad data, 4 output exists, 7 quality gate missed, 143 terminated.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
project=$(dirname "$here")
read -r -a submit <<<"${RIDGELINE_SUBMIT:-}"

ridgeline() { "$here/ridgeline" ${submit[@]+"${submit[@]}"} "$@"; }

if [ $# -gt 0 ]; then
  for word in "$@"; do
    if [ "$word" = --map ] || [ "${word#--map=}" != "$word" ]; then
      ridgeline tune "$@"
      exit
    fi
  done
  ridgeline tune --map rff "$@"
  exit
fi

runs=$project/target/runs/random-features
table=""

# errors RUN: the cross-validated rmse and r2 in its report.json, which has one key on a line.
errors() {
  awk '/"cv": \{/ { cv = 1 }
       cv && /"(rmse|r2)":/ { gsub(/[",]/, ""); value[$1] = $2 }
       cv && /\}/ { printf "%.4f %.4f", value["rmse:"], value["r2:"]; exit }' "$1/report.json"
}

# compare DATA LABEL OPTION...: tunes the linear model and the one of these options.
compare() {
  local data=$1 label=$2 common
  shift 2
  common=(--input "$project/data-samples/$data.csv" --label "$label" --if-exists overwrite)
  ridgeline tune "${common[@]}" --out "$runs/$data-linear"
  ridgeline tune "${common[@]}" --out "$runs/$data-rff" --map rff "$@"
  table+="$data linear $(errors "$runs/$data-linear")"$'\n'
  table+="$data rff $(errors "$runs/$data-rff")"$'\n'
}

compare diamonds log_price --width 128,256,512 --clip 6
compare friedman1 y --width 128,256,512

printf '\nCross-validated errors (5 folds):\n\n'
printf '%s' "$table" | awk 'BEGIN { printf "  %-10s %-7s %8s %8s\n", "data", "model", "rmse", "r2" }
  { printf "  %-10s %-7s %8s %8s\n", $1, $2, $3, $4 }'
