#!/usr/bin/env bash
# Ingests one large inspection file, plain, gzip'd and as Parquet, beside DuckDB's copy of the same
# file into Parquet, and prints rows a second, peak memory and the ratio.
#
#   benchmarks/ingest/run.sh [ROWS [ROUNDS [WORK]]]      (default: 10000000 3 target/ingest)
#
# WORK needs about 8 GB for ten million rows; the files in it are kept and taken again.
# CREDIT_JAVA_OPTS sets the ingesting side's memory (default: -Xmx4g -XX:+UseParallelGC).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
rows="${1:-10000000}"
rounds="${2:-3}"
work="${3:-$root/benchmarks/target/ingest}"

(cd "$root" && ./mvnw -q -pl benchmarks -am package -DskipTests)
classpath="$(<"$root/benchmarks/target/benchmarks.classpath"):$(echo "$root"/benchmarks/target/benchmarks-*.jar)"
read -r -a options <<<"${CREDIT_JAVA_OPTS:--Xmx4g -XX:+UseParallelGC}"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$classpath" \
  credit.benchmarks.ingest.IngestBesideDuckDb "$work" "$rows" "$rounds" \
  "@$root/jobs/target/spark.jvmflags" "${options[@]}" -Dfile.encoding=UTF-8
