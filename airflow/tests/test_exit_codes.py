"""How a stage's exit code decides between done, try again and give up."""

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from conftest import STAGES, option
from credit_stage import SparkStageOperator


def stage_task(spark_submit, stage="link", **args):
    task = SparkStageOperator(
        task_id=stage,
        conn_id="credit_spark",
        application="credit.jar",
        stage=stage,
        warehouse=str(spark_submit.warehouse),
        run_id="run-1",
        options={"--as-of": "2026-06-30"},
        **args,
    )
    task.render_template_fields({}, task.get_template_env())
    return task


def run(spark_submit, stage="link", **args):
    return SparkStageOperator.execute(stage_task(spark_submit, stage, **args), {})


def test_code_0_is_done_and_hands_on_the_counts(spark_submit):
    assert run(spark_submit) == {"code": 0, "stage": "link", "message": "as planned", "counts": {"rows": 7}}
    assert option(spark_submit.calls()[0]["command"], "--run-id") == "run-1"


@pytest.mark.parametrize("code", [2, 3, 4])
def test_usage_input_and_gates_are_not_tried_again(spark_submit, code):
    spark_submit.plan({"link": {"code": code, "message": "rule SEV-01 names no basis"}})
    with pytest.raises(AirflowFailException, match=f"link ended with exit {code}: rule SEV-01 names no basis"):
        run(spark_submit)


@pytest.mark.parametrize("code", [1, 5, 6])
def test_bugs_locks_and_environment_are_tried_again(spark_submit, code):
    spark_submit.plan({"link": {"code": code}})
    with pytest.raises(AirflowException, match=f"exit {code}") as raised:
        run(spark_submit)
    assert not isinstance(raised.value, AirflowFailException)


def test_ingest_goes_on_when_deliveries_over_their_limits_stayed_out(spark_submit):
    spark_submit.plan({"ingest": {"code": 3, "message": "1 file refused", "counts": {"refused_files": 1}}})
    result = run(spark_submit, "ingest", goes_on_without_refused=True)
    assert (result["code"], result["message"]) == (3, "1 file refused")


@pytest.mark.parametrize("counts", [{}, {"refused_files": 0}])
def test_ingest_out_of_balance_stops_the_run(spark_submit, counts):
    spark_submit.plan({"ingest": {"code": 3, "message": "penalties does not balance", "counts": counts}})
    with pytest.raises(AirflowFailException, match="does not balance"):
        run(spark_submit, "ingest", goes_on_without_refused=True)


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "ingest"])
def test_refused_files_excuse_no_other_stage(spark_submit, stage):
    spark_submit.plan({stage: {"code": 3, "counts": {"refused_files": 1}}})
    with pytest.raises(AirflowFailException):
        run(spark_submit, stage)


def test_code_counts_even_where_spark_submit_hides_it(spark_submit):
    # A cluster's spark-submit may end with 0 or 1 whatever the driver's code was.
    spark_submit.plan({"publish": {"code": 4, "exit": 0, "message": "the gate refused"}})
    with pytest.raises(AirflowFailException, match="the gate refused"):
        run(spark_submit, "publish")
    spark_submit.plan({"publish": {"code": 4, "exit": 1, "message": "the gate refused"}})
    with pytest.raises(AirflowFailException, match="the gate refused"):
        run(spark_submit, "publish")


def test_driver_that_died_is_tried_again_whatever_an_earlier_stage_left(spark_submit):
    spark_submit.plan({"link": {"code": 4}})
    with pytest.raises(AirflowFailException):
        run(spark_submit)
    spark_submit.plan({"link": {"code": 137, "leaves_result": False}})
    with pytest.raises(AirflowException) as raised:
        run(spark_submit)
    assert not isinstance(raised.value, AirflowFailException)


def test_success_without_a_result_is_no_success(spark_submit):
    spark_submit.plan({"link": {"code": 0, "leaves_result": False}})
    with pytest.raises(AirflowFailException, match="credit_warehouse"):
        run(spark_submit)


def test_result_of_another_stage_is_no_success(spark_submit):
    spark_submit.plan({"link": {"code": 0, "stage": "firm"}})
    with pytest.raises(AirflowFailException, match="share the run"):
        run(spark_submit)


def test_check_leaves_no_result_and_fails_with_the_command(spark_submit):
    assert run(spark_submit, "doctor", leaves_result=False) is None
    spark_submit.plan({"doctor": {"code": 6}})
    with pytest.raises(AirflowException, match="Error code is: 6"):
        run(spark_submit, "doctor", leaves_result=False)


def test_missing_connection_is_said_and_nothing_is_submitted(spark_submit, monkeypatch, metadata):
    monkeypatch.delenv("AIRFLOW_CONN_CREDIT_SPARK")
    with pytest.raises(AirflowFailException, match="airflow connections add credit_spark"):
        run(spark_submit)
    assert spark_submit.calls() == []
