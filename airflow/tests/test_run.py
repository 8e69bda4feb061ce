"""The whole DAG by `airflow dags test`: with a stand-in for Spark, and (slow) with the real jar."""

import json
import re
import sqlite3
import subprocess

import pytest

from conftest import AIRFLOW, STAGES, airflow, option

# The interval of this logical date ends on 30 June at 06:00 in Shanghai, when UTC still has 29 June.
LOGICAL_DATE = "2026-06-29T22:00:00+00:00"


def query(database, statement):
    with sqlite3.connect(database) as connection:
        return connection.execute(statement).fetchall()


def states(database):
    """Task states of the newest run."""
    return dict(
        query(
            database,
            "select task_id, state from task_instance where run_id ="
            " (select run_id from dag_run order by id desc limit 1)",
        )
    )


@pytest.fixture
def run_dag(metadata, spark_submit):
    def run(**environment):
        airflow(
            "dags",
            "test",
            "credit_pipeline",
            LOGICAL_DATE,
            check=False,
            AIRFLOW_VAR_CREDIT_WAREHOUSE=str(spark_submit.warehouse),
            **environment,
        )
        return states(metadata)

    return run


def test_refused_delivery_lets_the_run_go_on_and_fails_it_at_the_end(run_dag, spark_submit, metadata):
    spark_submit.plan({"ingest": {"code": 3, "message": "1 file refused", "counts": {"refused_files": 1}}})
    ended = run_dag()
    assert ended == {"check": "success", "deliveries_complete": "failed"} | dict.fromkeys(STAGES, "success")

    commands = [call["command"] for call in spark_submit.calls()]
    assert [command[0] for command in commands] == ["doctor", *STAGES]
    assert {option(command, "--as-of") for command in commands} == {"2026-06-30"}
    assert len({option(command, "--run-id") for command in commands}) == 1
    spark = spark_submit.calls()[1]["spark"]
    assert (option(spark, "--master"), option(spark, "--class")) == ("local[2]", "credit.jobs.cli.Main")

    [(extra,)] = query(metadata, "select extra from asset_event order by id desc limit 1")
    assert json.loads(extra)["as_of"] == "2026-06-30"


@pytest.mark.slow
def test_run_without_faults_succeeds(run_dag):
    assert set(run_dag().values()) == {"success"}


@pytest.mark.slow
def test_gate_that_refuses_stops_the_run_at_once(run_dag, spark_submit):
    spark_submit.plan({"publish": {"code": 4, "message": "the gate refused"}})
    ended = run_dag()
    assert [call["command"][0] for call in spark_submit.calls()] == ["doctor", *STAGES[:-1]]
    assert (ended["publish"], ended["kpi"], ended["deliveries_complete"]) == (
        "failed",
        "upstream_failed",
        "upstream_failed",
    )


@pytest.mark.slow
def test_real_jar_publishes_the_lists_of_the_tiny_sample(metadata, tmp_path):
    home = AIRFLOW.parent
    jar = home / "jobs" / "target" / "credit.jar"
    assert jar.is_file(), f"no {jar}; build it with './mvnw -pl jobs -am package'"
    tiny = home / "sample-data" / "tiny"
    deliveries = tiny / "deliveries" if (tiny / "deliveries").is_dir() else tiny
    warehouse, keys = tmp_path / "warehouse", tmp_path / "keys"
    days = [folder.name for folder in deliveries.glob("*/*") if re.fullmatch(r"\d{4}-\d\d-\d\d", folder.name)]
    launcher = [AIRFLOW / "bin" / "spark-submit", "--master", "local[2]", "--class", "credit.jobs.cli.Main", jar]
    subprocess.run([*launcher, "keys", "init", "--warehouse", warehouse, "--keys", keys], check=True)

    done = airflow(
        "dags",
        "test",
        "credit_pipeline",
        LOGICAL_DATE,
        "--conf",
        json.dumps({"as_of": max(days)}),
        check=False,
        AIRFLOW_VAR_CREDIT_WAREHOUSE=str(warehouse),
        AIRFLOW_VAR_CREDIT_DELIVERIES=str(deliveries),
        AIRFLOW_VAR_CREDIT_KEYS=str(keys),
        AIRFLOW_VAR_CREDIT_ALLOW_PENDING="true",
    )

    ended = states(metadata)
    log = (done.stdout + done.stderr)[-8000:]
    # The sample may hold a delivery over its limits; the lists are published all the same.
    assert {task: ended[task] for task in ["check", *STAGES]} == dict.fromkeys(["check", *STAGES], "success"), log
    [manifest] = (warehouse / "published" / "lists").glob("*/manifest.jws")
    assert manifest.read_text(encoding="ascii").count(".") == 2
    assert (manifest.parent / "restrictions.csv").is_file()
    [run] = (warehouse / "runs").glob("*/run-result.json")
    assert json.loads(run.read_text(encoding="utf-8"))["stage"] == "kpi"
