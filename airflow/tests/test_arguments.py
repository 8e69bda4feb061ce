"""What a task hands to `spark-submit`, after Airflow has filled in the templates."""

from datetime import datetime, timezone
from types import SimpleNamespace

import pytest
from airflow.dag_processing.dagbag import DagBag

from conftest import AIRFLOW, option

MORNING_IN_SHANGHAI = datetime(2026, 6, 30, 22, 0, tzinfo=timezone.utc)


@pytest.fixture
def dag():
    return DagBag(dag_folder=str(AIRFLOW / "dags")).dags["credit_pipeline"]


class Variables(dict):
    def get(self, name, default=None):
        return super().get(name, default)


def rendered(dag, task_id="link", run_id="manual", end=MORNING_IN_SHANGHAI, as_of=None, variables=None):
    task = dag.get_task(task_id)
    task.render_template_fields(
        {
            "run_id": run_id,
            "dag_run": SimpleNamespace(data_interval_end=end, run_after=MORNING_IN_SHANGHAI),
            "params": {"as_of": as_of},
            "var": {"value": Variables(variables or {})},
        },
        task.get_template_env(),
    )
    return task


def test_command_by_default(dag):
    home = AIRFLOW.parent
    task = rendered(dag)
    assert task.application == str(home / "jobs/target/credit.jar")
    assert task.application_args == [
        "link",
        "--warehouse",
        str(home / "warehouse"),
        "--deliveries",
        str(home / "deliveries"),
        "--as-of",
        "2026-07-01",
        "--run-id",
        "manual",
    ]


def test_as_of_is_the_day_in_shanghai_not_the_day_in_utc(dag):
    # 22:00 of 30 June in UTC is 06:00 of 1 July in Shanghai.
    assert option(rendered(dag).application_args, "--as-of") == "2026-07-01"


def test_as_of_that_was_asked_for_wins(dag):
    assert option(rendered(dag, as_of="2026-03-31").application_args, "--as-of") == "2026-03-31"


def test_run_without_an_interval_takes_the_day_it_was_started_for(dag):
    assert option(rendered(dag, end=None).application_args, "--as-of") == "2026-07-01"


def test_variables_set_paths_and_options(dag):
    task = rendered(
        dag,
        variables={
            "credit_jar": "/opt/credit/credit.jar",
            "credit_warehouse": "/data/warehouse",
            "credit_deliveries": "/data/deliveries",
            "credit_keys": "/secret/keys",
            "credit_schemas": "/etc/credit/schemas",
            "credit_allow_pending": "true",
        },
    )
    assert task.application == "/opt/credit/credit.jar"
    assert task.application_args == [
        "link",
        "--warehouse",
        "/data/warehouse",
        "--deliveries",
        "/data/deliveries",
        "--as-of",
        "2026-07-01",
        "--keys",
        "/secret/keys",
        "--schemas",
        "/etc/credit/schemas",
        "--allow-pending",
        "--run-id",
        "manual",
    ]


def test_environment_gives_the_default_of_a_variable(monkeypatch):
    monkeypatch.setenv("CREDIT_WAREHOUSE", "/data/warehouse")
    dag = DagBag(dag_folder=str(AIRFLOW / "dags")).dags["credit_pipeline"]
    assert option(rendered(dag).application_args, "--warehouse") == "/data/warehouse"


def test_pending_rules_stay_in_shadow_unless_asked_for(dag):
    assert "--allow-pending" not in rendered(dag, variables={"credit_allow_pending": "false"}).application_args


def test_run_id_is_a_folder_name_and_the_same_for_every_stage(dag):
    run_id = "scheduled__2026-06-30T22:00:00+00:00"
    ids = {
        option(rendered(dag, task_id, run_id).application_args, "--run-id") for task_id in ("ingest", "publish", "kpi")
    }
    assert len(ids) == 1
    assert ids.pop().startswith("scheduled__2026-06-30T22-00-00-00-00-")


def test_runs_whose_names_look_alike_in_a_folder_stay_apart(dag):
    first = option(rendered(dag, "link", "by:hand").application_args, "--run-id")
    second = option(rendered(dag, "firm", "by+hand").application_args, "--run-id")
    assert first != second
