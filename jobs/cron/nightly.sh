#!/usr/bin/env bash
# One run a day for cron: tunes into RUNS/YYYY-MM-DD and lets RUNS/latest point to the last good one.
#
#   jobs/cron/nightly.sh RUNS OPTION...       options of 'ridgeline tune', without --out and --if-exists
#
# Silent when all is well, so that cron sends no mail; otherwise one line on stderr says what happened. A day that is done
# is not done again; a day that is still running is left alone. What may pass (1 unexpected, 137 killed, 143 terminated) is
# tried again, with --if-exists resume: a run whose pass over the data was complete continues without it. What will not
# (2 usage, 3 data, 4 output, 5 does not fit, 6 numerical) is not.
#
# RIDGELINE_SUBMIT   spark-submit options, separated by blanks: "--master spark://host:7077 --executor-memory 4g"
# RIDGELINE_TRIES    how often to try (3); RIDGELINE_WAIT seconds in between (60); RIDGELINE_DAY the day (today)
# The exit code is that of the last try, 7 when the run is there but misses its --fail-if.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
ridgeline=${RIDGELINE:-$here/../ridgeline}
if [ $# -lt 2 ]; then
  echo "nightly: needs a directory for runs and the options of 'ridgeline tune'" >&2
  exit 2
fi
runs=$1
shift
day=${RIDGELINE_DAY:-$(date +%F)}
run=$runs/$day
log=$runs/.$day.log
mkdir -p "$runs"

# state: what 'status' exits with: 10 while a run is going on, 3 when there has been none yet.
state() {
  local code=0
  "$ridgeline" status "$run" >/dev/null 2>&1 || code=$?
  echo "$code"
}

# One at a time: a lock on this machine, and what the run itself says on any.
exec 9>"$runs/.$day.lock"
if ! flock -n 9; then exit 0; fi
now=$(state)
if [ -e "$run/_SUCCESS" ]; then exit "$now"; fi
if [ "$now" = 10 ]; then exit 0; fi

read -r -a submit <<<"${RIDGELINE_SUBMIT:-}"
tries=${RIDGELINE_TRIES:-3}
code=1
mode=resume
for ((try = 1; try <= tries; try++)); do
  code=0
  "$ridgeline" ${submit[@]+"${submit[@]}"} tune "$@" --out "$run" --if-exists "$mode" >"$log" 2>&1 9>&- || code=$?
  case $code in
    1 | 137 | 143) if [ "$try" -lt "$tries" ]; then sleep "${RIDGELINE_WAIT:-60}"; fi ;;
    3) # what was kept may be of data that have changed since: read them again, once
      if [ "$mode" = resume ] && grep -q 'if-exists overwrite starts over' "$log"; then mode=overwrite; else break; fi ;;
    *) break ;;
  esac
done

case $code in
  0) rm -f "$log" ;;
  *) echo "nightly: $run ended with $code: $(grep '^ERROR ' "$log" | tail -n 1 || true) (all of it in $log)" >&2 ;;
esac
if [ -e "$run/_SUCCESS" ] && [ "$code" = 0 ]; then
  ln -sfn "$day" "$runs/latest"
fi
exit "$code"
