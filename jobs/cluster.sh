#!/usr/bin/env bash
# A Spark standalone cluster on this machine, from the same jars that jobs/ridgeline uses.
#
#   jobs/cluster.sh start [N]    a master and N workers (default 2) with one core each; prints the master's URL
#   jobs/cluster.sh stop         ends them, and nothing else
#   jobs/cluster.sh status       what runs; exit code 3 when nothing does
#   jobs/cluster.sh url          the master's URL again
#
# Then:  jobs/ridgeline --master "$(jobs/cluster.sh url)" tune --input ... --label ... --out ...
#
# RIDGELINE_WORKER_MEMORY (2g)  memory that each worker can give to executors; executors take spark.executor.memory (1g)
# RIDGELINE_WORKER_CORES (1)    cores of each worker
# RIDGELINE_MASTER_PORT (7077), RIDGELINE_MASTER_UI_PORT (8080)
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
. "$project/jobs/lib/launch.sh"

folder=$project/target/cluster
host=127.0.0.1
port=${RIDGELINE_MASTER_PORT:-7077}
ui_port=${RIDGELINE_MASTER_UI_PORT:-8080}
worker_memory=${RIDGELINE_WORKER_MEMORY:-2g}
worker_cores=${RIDGELINE_WORKER_CORES:-1}

# ours PIDFILE: true when the process is alive and is still the daemon that was started under this number.
ours() {
  [ -f "$1" ] && ps -p "$(cat "$1")" -o args= 2>/dev/null | grep -q 'org\.apache\.spark\.deploy\.\(master\.Master\|worker\.Worker\)'
}

# daemon NAME CLASS ARGUMENT...: in the background, away from this terminal, its output in NAME.log.
daemon() {
  local name=$1
  shift
  (
    export SPARK_DAEMON_MEMORY=${SPARK_DAEMON_MEMORY:-512m}
    # A taken port is an error, not a reason to listen somewhere else.
    export SPARK_DAEMON_JAVA_OPTS="${SPARK_DAEMON_JAVA_OPTS:-} -Dspark.port.maxRetries=0"
    export SPARK_NO_DAEMONIZE=1 SPARK_LOCAL_IP=$host SPARK_WORKER_DIR=$folder/work OPENBLAS_NUM_THREADS=1
    trap '' HUP
    launch "$@" </dev/null >"$folder/$name.log" 2>&1
  ) 9>&- &
  echo $! >"$folder/$name.pid"
  disown $!
}

# The master's own account of itself, as JSON; nothing while it does not answer.
master_state() {
  (
    exec 3<>"/dev/tcp/$host/$1"
    printf 'GET /json/ HTTP/1.0\r\nHost: %s\r\n\r\n' "$host" >&3
    cat <&3
  ) 2>/dev/null || true
}

alive_workers() { master_state "$1" | tr -d ' \n' | sed -n 's/.*"aliveworkers":\([0-9]*\).*/\1/p'; }

stop() {
  local file pid tries
  for file in "$folder"/worker-*.pid "$folder"/master.pid; do
    if ours "$file"; then kill "$(cat "$file")" 2>/dev/null || true; fi
  done
  for file in "$folder"/worker-*.pid "$folder"/master.pid; do
    [ -f "$file" ] || continue
    pid=$(cat "$file")
    tries=0
    while ours "$file"; do
      tries=$((tries + 1))
      if [ $tries -eq 50 ]; then kill -9 "$pid" 2>/dev/null || true; fi
      sleep 0.2
    done
    rm -f "$file"
  done
  rm -f "$folder/url" "$folder/ui-port"
}

start() {
  local n=${1:-2} file tries=0 i
  case $n in '' | *[!0-9]* | 0) say "how many workers? a number from 1, not '$n'"; exit 2 ;; esac
  for file in "$folder"/*.pid; do
    if ours "$file"; then die "the cluster at $(cat "$folder/url") is running; stop it first: jobs/cluster.sh stop"; fi
  done
  prepare
  trap 'stop; exit 143' INT TERM
  rm -rf "$folder"
  mkdir -p "$folder/work"
  echo "spark://$host:$port" >"$folder/url"
  echo "$ui_port" >"$folder/ui-port"
  daemon master org.apache.spark.deploy.master.Master --host $host --port "$port" --webui-port "$ui_port"
  for ((i = 1; i <= n; i++)); do
    daemon "worker-$i" org.apache.spark.deploy.worker.Worker --host $host --webui-port 0 --cores "$worker_cores" \
      --memory "$worker_memory" --work-dir "$folder/work" "spark://$host:$port"
  done
  until [ "$(alive_workers "$ui_port")" = "$n" ]; do
    tries=$((tries + 1))
    for file in "$folder"/*.pid; do
      if [ $tries -gt 300 ] || { [ $tries -gt 5 ] && ! kill -0 "$(cat "$file")" 2>/dev/null; }; then
        tail -n 20 "${file%.pid}.log" >&2 || true
        stop
        die "the cluster did not start; are the ports $port and $ui_port free? (RIDGELINE_MASTER_PORT, RIDGELINE_MASTER_UI_PORT)"
      fi
    done
    sleep 0.2
  done
  cat "$folder/url"
}

status() {
  if [ ! -f "$folder/master.pid" ] || ! ours "$folder/master.pid"; then
    echo "no cluster is running"
    exit 3
  fi
  echo "$(cat "$folder/url") with $(alive_workers "$(cat "$folder/ui-port")") workers, http://$host:$(cat "$folder/ui-port"), logs in $folder"
}

case ${1:-} in
  start)
    shift
    start "$@"
    ;;
  stop) stop ;;
  status) status ;;
  url)
    [ -f "$folder/url" ] || die "no cluster is running; jobs/cluster.sh start"
    cat "$folder/url"
    ;;
  *)
    sed -n '2,/^set/p' "${BASH_SOURCE[0]}" | sed -e '/^set/d' -e 's/^# \{0,1\}//' >&2
    exit 2
    ;;
esac
