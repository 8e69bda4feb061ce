"""An Airflow of the tests' own: examples off, SQLite in a temporary AIRFLOW_HOME."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

AIRFLOW = Path(__file__).resolve().parents[1]

# Before anything imports Airflow, which reads its configuration on import.
HOME = Path(tempfile.mkdtemp(prefix="credit-airflow-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
for inherited in [name for name in os.environ if name.startswith(("AIRFLOW_", "CREDIT_", "SPARK_"))]:
    del os.environ[inherited]
os.environ |= {
    "AIRFLOW_HOME": str(HOME),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DAGS_FOLDER": str(AIRFLOW / "dags"),
    "AIRFLOW_CONN_CREDIT_SPARK": '{"conn_type": "spark", "host": "local[2]"}',
}
sys.path.insert(0, str(AIRFLOW / "dags"))

STAGES = ["ingest", "link", "firm", "feature", "risk", "tier", "plan", "list", "publish", "kpi"]

# Stands in for Spark and the jar: notes its arguments, leaves the result that the test laid out for the stage.
FAKE_SPARK_SUBMIT = """#!{python}
import json, pathlib, sys

root = pathlib.Path({root!r})
arguments = sys.argv[1:]
command = arguments[next(i for i, a in enumerate(arguments) if a.endswith(".jar")) + 1 :]
with (root / "calls.jsonl").open("a") as calls:
    calls.write(json.dumps(dict(spark=arguments[: -len(command)], command=command)) + "\\n")
plan = json.loads((root / "plan.json").read_text()).get(command[0], dict(code=0))
if plan.get("leaves_result", True) and command[0] != "doctor":
    option = lambda name: command[command.index(name) + 1]
    folder = pathlib.Path(option("--warehouse"), "runs", option("--run-id"))
    folder.mkdir(parents=True, exist_ok=True)
    result = dict(code=plan["code"], stage=plan.get("stage", command[0]), message=plan.get("message", "as planned"),
                  counts=plan.get("counts", dict(rows=7)))
    (folder / "run-result.json").write_text(json.dumps(result))
sys.exit(plan.get("exit", plan["code"]))
"""


@pytest.fixture
def spark_submit(tmp_path, monkeypatch):
    """A fake `spark-submit` on the PATH."""
    return FakeSpark(tmp_path, monkeypatch)


class FakeSpark:
    def __init__(self, root, monkeypatch):
        self.root = root
        self.warehouse = root / "warehouse"
        binary = root / "bin" / "spark-submit"
        binary.parent.mkdir()
        binary.write_text(FAKE_SPARK_SUBMIT.format(python=sys.executable, root=str(root)))
        binary.chmod(0o755)
        monkeypatch.setenv("PATH", f"{binary.parent}{os.pathsep}{os.environ['PATH']}")
        self.plan({})

    def plan(self, results):
        """Says how stages end: by stage, `code` and what else goes into run-result.json."""
        (self.root / "plan.json").write_text(json.dumps(results))

    def calls(self):
        file = self.root / "calls.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture(scope="session")
def metadata():
    """Airflow's SQLite database, migrated once; its path."""
    airflow("db", "migrate")
    return HOME / "airflow.db"


def airflow(*arguments, check=True, **environment):
    """Runs Airflow's own command line."""
    done = subprocess.run(
        [sys.executable, "-m", "airflow", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    if check and done.returncode != 0:
        pytest.fail(
            f"airflow {' '.join(arguments)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-6000:]}"
        )
    return done


def option(command, name):
    return command[command.index(name) + 1]
