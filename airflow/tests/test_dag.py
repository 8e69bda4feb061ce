"""The DAG loads and has the shape that the design gives it."""

from datetime import timedelta

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import CronDataIntervalTimetable
from airflow.sdk.exceptions import ParamValidationError

from conftest import AIRFLOW, STAGES


@pytest.fixture(scope="module")
def dagbag():
    return DagBag(dag_folder=str(AIRFLOW / "dags"))


@pytest.fixture(scope="module")
def dag(dagbag):
    return dagbag.dags["credit_pipeline"]


def test_folder_loads_without_errors_and_holds_one_dag(dagbag):
    assert dagbag.import_errors == {}
    assert list(dagbag.dags) == ["credit_pipeline"]


def test_stages_run_one_after_the_other(dag):
    assert {task.task_id: sorted(task.downstream_task_ids) for task in dag.tasks} == {
        "check": ["ingest"],
        # The last task reads how ingest ended.
        "ingest": ["deliveries_complete", "link"],
        "link": ["firm"],
        "firm": ["feature"],
        "feature": ["risk"],
        "risk": ["tier"],
        "tier": ["plan"],
        "plan": ["list"],
        "list": ["publish"],
        "publish": ["kpi"],
        "kpi": ["deliveries_complete"],
        "deliveries_complete": [],
    }


def test_each_stage_is_submitted_as_the_command_of_its_name(dag):
    commands = {task.task_id: task.stage for task in dag.tasks if hasattr(task, "stage")}
    assert commands == {"check": "doctor"} | {stage: stage for stage in STAGES}


def test_a_warehouse_has_one_writer(dag):
    assert dag.max_active_runs == 1


def test_intervals_end_in_the_morning_in_shanghai(dag):
    timetable = dag.timetable
    assert isinstance(timetable, CronDataIntervalTimetable)
    assert (timetable.expression, str(timetable.timezone)) == ("0 6 * * *", "Asia/Shanghai")


def test_every_task_has_a_time_limit(dag):
    assert [task.task_id for task in dag.tasks if not task.execution_timeout] == []
    assert max(task.execution_timeout for task in dag.tasks) <= timedelta(hours=2)


def test_stages_are_tried_thrice_with_growing_pauses_and_checks_once(dag):
    retries = {task.task_id: task.retries for task in dag.tasks}
    assert retries == {"check": 0, "deliveries_complete": 0} | {stage: 2 for stage in STAGES}
    for stage in STAGES:
        task = dag.get_task(stage)
        assert task.retry_exponential_backoff > 1
        assert task.retry_delay < task.max_retry_delay <= timedelta(minutes=30)


def test_only_publish_announces_the_lists(dag):
    assert {task.task_id: [asset.name for asset in task.outlets] for task in dag.tasks if task.outlets} == {
        "publish": ["published_lists"]
    }


def test_only_ingest_may_go_on_without_refused_deliveries(dag):
    assert [task.task_id for task in dag.tasks if getattr(task, "goes_on_without_refused", False)] == ["ingest"]


@pytest.mark.parametrize("day", [None, "2026-06-30"])
def test_as_of_may_be_empty_or_a_day(dag, day):
    assert dag.params.get_param("as_of").resolve(day) == day


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "", 20260630])
def test_as_of_that_is_no_day_is_refused(dag, day):
    with pytest.raises(ParamValidationError):
        dag.params.get_param("as_of").resolve(day)
