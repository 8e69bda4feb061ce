#!/usr/bin/env bash
# Checks the DAGs and runs their tests in a virtual environment made from the lock; arguments go to pytest.
# Needs the network only when the lock, or the Python, has changed since the last run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fail() {
  printf 'airflow/test.sh: %s\n' "$@" >&2
  exit 1
}

find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3 python3.12 python3.11 python3.10 python3.13; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

python=$(find_python) || fail \
  "no Python 3.10 or newer was found, so the DAG cannot be tested." \
  "Install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name it: PYTHON=/path/to/python3"

"$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || fail \
  "$("$python" --version) has no module venv, so the tests cannot have an environment of their own." \
  "Debian and Ubuntu keep it apart: apt-get install $("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])') (or python3-venv)"

key=$("$python" - requirements-build.lock requirements.lock <<'PYTHON'
import hashlib, pathlib, sys

content = b"".join(pathlib.Path(name).read_bytes() for name in sys.argv[1:])
print(sys.version.split()[0], hashlib.sha256(content).hexdigest())
PYTHON
)

venv=.venv
mark=$venv/made-from
if ! { [ "$(cat "$mark" 2>/dev/null)" = "$key" ] && "$venv/bin/python" -c '' 2>/dev/null; }; then
  echo "airflow/test.sh: installing the lock into airflow/$venv with $("$python" --version)" >&2
  rm -rf "$venv"
  "$python" -m venv "$venv"
  install=("$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes)
  # First pip and setuptools, so that pyspark-client, which comes as source only, is built with the locked ones.
  if ! { "${install[@]}" -r requirements-build.lock &&
    "${install[@]}" --only-binary :all: --no-binary pyspark-client --no-build-isolation -r requirements.lock; }; then
    rm -rf "$venv"
    fail "the lock could not be installed; pip said why above. The package index must be reachable for this once."
  fi
  echo "$key" >"$mark" # written last: a broken install is made anew
fi

"$venv/bin/python" -m ruff check --no-cache --select AIR3,E,F,I .
"$venv/bin/python" -m ruff format --no-cache --check --quiet .
exec "$venv/bin/python" -m pytest -q "$@"
