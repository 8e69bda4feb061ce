#!/usr/bin/env bash
# The counters and amounts of firm files by window: Spark as the pipeline sets it up beside DuckDB,
# the same SQL (counters.sql) over the same Parquet in one process, both warm.
#
#   benchmarks/counters/run.sh [ROUNDS [FIRMS:EVENTS ...]]     (default: 5 100000:1000000 1000000:10000000)
#
# CREDIT_JAVA_OPTS sets the memory (default: -Xmx4g -XX:+UseParallelGC). The Parquet files in
# benchmarks/target/counters are kept and taken again.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
rounds="${1:-5}"
sizes=("${@:2}")
[[ ${#sizes[@]} -gt 0 ]] || sizes=(100000:1000000 1000000:10000000)

(cd "$root" && ./mvnw -q -pl benchmarks -am package -DskipTests)
classpath="$(<"$root/benchmarks/target/benchmarks.classpath"):$(echo "$root"/benchmarks/target/benchmarks-*.jar)"
read -r -a options <<<"${CREDIT_JAVA_OPTS:--Xmx4g -XX:+UseParallelGC -XX:ReservedCodeCacheSize=256m}"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$root/jobs/target/spark.jvmflags" "${options[@]}" \
  -Duser.timezone=Asia/Shanghai -Dfile.encoding=UTF-8 -cp "$classpath" \
  credit.benchmarks.counters.CountersBesideDuckDb \
  "$root/benchmarks/target/counters" "$here/counters.sql" "$rounds" "${sizes[@]}"
