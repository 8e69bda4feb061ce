"""The credit pipeline, every morning: departments' deliveries in, signed lists and figures out.

Each task submits one stage of the same jar; `--run-id` joins them into one run of the warehouse, so a
cleared task takes up the run where it stopped. Settings are Airflow Variables (see README.md).
"""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pendulum
from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, Param, chain, task
from airflow.sdk.exceptions import AirflowFailException

from credit_stage import BAD_INPUT, SparkStageOperator

SHANGHAI = "Asia/Shanghai"
HOME = Path(os.environ.get("CREDIT_HOME", Path(__file__).resolve().parents[2]))

# A published version is an asset: approval systems' own DAGs may wait for it.
PUBLISHED_LISTS = Asset("published_lists")

# Longest a stage may take, start of Spark included.
TIMEOUTS = {
    "doctor": timedelta(minutes=10),
    "ingest": timedelta(hours=2),
    "link": timedelta(hours=2),
    "firm": timedelta(hours=2),
    "feature": timedelta(hours=1),
    "risk": timedelta(hours=2),
    "tier": timedelta(hours=1),
    "plan": timedelta(hours=1),
    "list": timedelta(hours=1),
    "publish": timedelta(hours=1),
    "kpi": timedelta(hours=1),
}


def setting(name: str, default: Path | str = "") -> str:
    """A template: the Airflow Variable `credit_<name>`, else `CREDIT_<NAME>` of the environment, else a default."""
    fallback = os.environ.get(f"CREDIT_{name.upper()}", str(default))
    return f"{{{{ var.value.get('credit_{name}', {fallback!r}) }}}}"


def as_of(dag_run: Any, params: dict[str, Any]) -> str:
    """The day that the results are for: as asked, else the day in Shanghai on which the interval ends."""
    if params.get("as_of"):
        return date.fromisoformat(params["as_of"]).isoformat()
    # A run without a logical date, started by hand or by an asset, has no interval.
    end = dag_run.data_interval_end or dag_run.run_after
    return pendulum.instance(end).in_timezone(SHANGHAI).date().isoformat()


def credit_run_id(run_id: str) -> str:
    """A folder's name for a DAG run; the hash keeps apart names that differ only in what a folder cannot hold."""
    safe = re.sub(r"[^A-Za-z0-9_.-]", "-", run_id)
    return safe if safe == run_id else f"{safe}-{sha256(run_id.encode()).hexdigest()[:8]}"


def spark_job(stage: str, **args: Any) -> SparkStageOperator:
    """A task that submits one stage; `args` go to the operator."""
    operator_args = {
        "task_id": stage,
        "conn_id": "credit_spark",
        "name": f"credit {stage}",
        "application": setting("jar", HOME / "jobs" / "target" / "credit.jar"),
        "jars": setting("jars"),
        "java_class": "credit.jobs.cli.Main",
        "execution_timeout": TIMEOUTS[stage],
        "warehouse": setting("warehouse", HOME / "warehouse"),
        "run_id": "{{ credit_run_id(run_id) }}",
        "options": {
            "--deliveries": setting("deliveries", HOME / "deliveries"),
            "--as-of": "{{ as_of(dag_run, params) }}",
            "--keys": setting("keys"),
            "--schemas": setting("schemas"),
            "--allow-pending": setting("allow_pending", "false"),
        },
    }
    return SparkStageOperator(stage=stage, **(operator_args | args))


@task(execution_timeout=timedelta(minutes=5), retries=0)
def deliveries_complete(ingested: dict[str, Any]) -> None:
    """Fails the run where a delivery stayed out: the lists stand without it, but someone must look."""
    if ingested["code"] == BAD_INPUT:
        raise AirflowFailException(
            f"the lists are published without deliveries that went over their limits: {ingested['message']}"
        )


with DAG(
    dag_id="credit_pipeline",
    description="Deliveries to firm files, risk, tiers, signed lists and KPIs",
    doc_md=__doc__,
    # A bare cron string gives an interval of no width; the end of this one is the day that results are for.
    schedule=CronDataIntervalTimetable("0 6 * * *", timezone=SHANGHAI),
    start_date=pendulum.datetime(2026, 1, 1, tz=SHANGHAI),
    catchup=False,
    # One writer per warehouse.
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(minutes=30),
    },
    params={
        "as_of": Param(
            None,
            type=["null", "string"],
            format="date",
            title="As of",
            description="Day that the results are for; empty: the day in Shanghai on which the interval ends",
        )
    },
    user_defined_macros={"as_of": as_of, "credit_run_id": credit_run_id},
    tags=["credit"],
):
    check = spark_job("doctor", task_id="check", retries=0, leaves_result=False)
    ingest = spark_job("ingest", goes_on_without_refused=True)
    chain(
        check,
        ingest,
        spark_job("link"),
        spark_job("firm"),
        spark_job("feature"),
        spark_job("risk"),
        spark_job("tier"),
        spark_job("plan"),
        spark_job("list"),
        spark_job("publish", outlets=[PUBLISHED_LISTS]),
        spark_job("kpi"),
        deliveries_complete(ingest.output),
    )
