#!/usr/bin/env bash
# A daily run beside a full one, over a large invented town: seconds, peak memory and share by stage.
#
#   benchmarks/increment/run.sh [FIRMS [RECORDS [NEW [WORK]]]]
#
# By default 400,000 firms, 3,000,000 records and 1,600 new ones: with the firms of which a window or
# a validity ends on that day about 1 % of the firms are touched; the run says how many. Stages tell
# their progress on stderr; the table is Markdown. CREDIT_JAVA_OPTS sets memory and compilers. WORK
# (default: target/increment in this module) takes the warehouse and is emptied first.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work="${4:-$root/benchmarks/target/increment}"
if [[ -e "$work" && -n "$(ls -A "$work" 2>/dev/null)" && ! -f "$work/.increment" ]]; then
  echo "$work is not empty and was not made by this script: name another folder" >&2
  exit 2
fi
rm -rf "$work"
mkdir -p "$work"
touch "$work/.increment"

(cd "$root" && ./mvnw -q -pl benchmarks -am package -DskipTests)
classpath="$(<"$root/benchmarks/target/benchmarks.classpath"):$(echo "$root"/benchmarks/target/benchmarks-*.jar)"
read -r -a options <<<"${CREDIT_JAVA_OPTS:--Xmx4g -XX:+UseParallelGC -XX:ReservedCodeCacheSize=256m}"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$root/jobs/target/spark.jvmflags" "${options[@]}" \
  -Duser.timezone=Asia/Shanghai -Dfile.encoding=UTF-8 -cp "$classpath" \
  credit.benchmarks.increment.IncrementBenchmark "$work" "${1:-400000}" "${2:-3000000}" "${3:-1600}"
