#!/usr/bin/env bash
# One look-up in the approval client beside a hash map, a cache miss, SQLite and Redis; ready from
# file beside a SHA-256; HTTP beside a constant; memory. Prints tables in Markdown.
#
#   benchmarks/check/run.sh [SIZE…]      (entries; default: 20000 1000000 10000000)
#
# CREDIT_BENCH_ROUNDS: rounds of which the median counts (default 3). CREDIT_BENCH_WORK: folder for
# the invented lists (default target/check; 4 GB for ten million entries). Redis is asked at port
# CREDIT_BENCH_REDIS, or started for the run where `redis-server` is installed; else it is left out.
# Ten million entries need 8 GB of memory for one process, and 1 GB for Redis.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work="${CREDIT_BENCH_WORK:-$root/benchmarks/target/check}"
redis="${CREDIT_BENCH_REDIS:-6399}"
[[ $# -gt 0 ]] || set -- 20000 1000000 10000000

(cd "$root" && ./mvnw -q -pl benchmarks -am package -DskipTests)
mkdir -p "$work"
if [[ -z "${CREDIT_BENCH_REDIS:-}" ]] && command -v redis-server >/dev/null; then
  redis-server --port "$redis" --bind 127.0.0.1 --save '' --appendonly no --dir "$work" \
    >"$work/redis.log" 2>&1 &
  trap 'kill '$! EXIT
  sleep 1
fi

classpath="$(<"$root/benchmarks/target/benchmarks.classpath"):$(echo "$root"/benchmarks/target/benchmarks-*.jar)"
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -Dfile.encoding=UTF-8 -Dcheck.redis="$redis" \
  -cp "$classpath" credit.benchmarks.check.CheckBesidePeers "$work" "${CREDIT_BENCH_ROUNDS:-3}" "$@"
