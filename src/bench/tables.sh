#!/usr/bin/env bash
# Prints the tables of the performance page, measured here and now:  src/bench/tables.sh [quick]
#
# The machine's own rates, Ridgeline and its peers run one after the other in one call, so that ratios hold; run nothing
# beside it. Whole it takes about an hour on two cores, 6 GB of memory and 15 GB of disk; quick takes ten minutes on sizes
# that show the same laws. scikit-learn and numpy are timed where python3 has them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

quick=false
[ "${1-}" != quick ] || quick=true

maven() { mvn -B -q -Pquick,bench "$@" 2>/dev/null; }
bench() { # EXECUTION ARGUMENTS
  maven "exec:exec@$1" -Dbench.heap=6g -Dbench.args="$2"
}
title() { printf '\n## %s\n\n' "$1"; }
peers() {
  if python3 -c 'import numpy, sklearn' 2>/dev/null; then python3 src/bench/python/peers.py "$@"; else echo "scikit-learn is not installed"; fi
}
# command NAME WORD...: a whole command, with the seconds of its stages as its report has them.
command_seconds() {
  local name=$1 out=target/bench/runs/$1 start end
  shift
  rm -rf "$out"
  start=$(date +%s.%N)
  jobs/ridgeline "$@" --out "$out" >/dev/null 2>&1
  end=$(date +%s.%N)
  awk -v name="$name" -v start="$start" -v end="$end" 'BEGIN { printf "%-24s %6.2f s in all\n", name, end - start }'
  sed -n '/"seconds"[ ]*:/,/}/p' "$out/report.json" | tr -d '{}"' | tr '\n' ' '
  echo
}

title "Machine"
uname -srm
grep -m 1 'model name' /proc/cpuinfo 2>/dev/null || true
nproc
maven test-compile
jobs/ridgeline --help >/dev/null
mkdir -p target/bench/runs

title "From Parquet to a tuned model, beside MLlib and scikit-learn"
if $quick; then
  bench end-to-end "200000 100 3 1"
  peers 200000 100 1
else
  bench end-to-end "1000000 100 3 2"
  peers 1000000 100 1
  bench end-to-end "200000 500 3 1"
  peers 200000 500 1
fi

title "The pass over mapped rows, beside its own rank-m updates"
if $quick; then bench map-pass "50000 20 1000 3"; else bench map-pass "200000 20 2000 3"; fi

title "Whole commands"
command_seconds first-command tune --input data-samples/diamonds.csv --label log_price
command_seconds again tune --input data-samples/diamonds.csv --label log_price
if $quick; then rows=50000x20 width=1000; else rows=200000x20 width=2000; fi
command_seconds random-features tune --input "target/bench/map-$rows" --label y --features x --map rff --width "$width" --folds 5

title "How times grow"
if $quick; then
  bench scaling "1 rows 25000 50000 100000 200000"
  bench scaling "1 files rows=100000 2 20 200"
  bench scaling "1 columns rows=20000 10 100 1000"
  bench scaling "1 lambdas rows=20000 columns=500 1 10 100"
  bench scaling "1 folds rows=20000 columns=500 2 5 20"
  bench scaling "1 slots rows=100000 columns=500 1 2"
else
  bench scaling "3 rows 100000 200000 400000 800000"
  bench scaling "3 files 2 20 200 2000"
  bench scaling "1 columns rows=50000 10 100 1000 4000"
  bench scaling "3 lambdas columns=1000 rows=50000 1 10 100 1000"
  bench scaling "3 folds columns=500 rows=50000 2 5 10 50"
  bench scaling "3 slots columns=500 1 2"
fi
