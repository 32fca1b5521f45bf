#!/usr/bin/env bash
# Double descent measured on generated rows, beside its theory: more features, more rows, more columns.
#
#   jobs/double-descent.sh                    12 draws of each; results in target/runs/double-descent
#   jobs/double-descent.sh OPTION...          --out DIR, --draws N, --seed S
#
# Writes curves.html (the plots), curves.csv (the numbers) and the rows of the first draw, on which
# 'ridgeline tune' gives the same numbers.
#
# RIDGELINE_SUBMIT   spark-submit options, separated by blanks: "--master spark://host:7077 --executor-memory 4g"
# The exit code is that of the command: 0 done, 2 wrong option, 4 output cannot be written, 143 terminated.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
project=$(dirname "$here")

case " $* " in
  *' --out '* | *' --out='* | *' --help '* | *' -h '*) ;;
  *) set -- --out "$project/target/runs/double-descent" "$@" ;;
esac
read -r -a submit <<<"${RIDGELINE_SUBMIT:-}"
exec "$here/ridgeline" ${submit[@]+"${submit[@]}"} --class org.ridgeline.cli.DoubleDescent "$@"
