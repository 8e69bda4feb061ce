"""One stage of the pipeline as an Airflow task: submit it, then read how it ended."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowNotFoundException

if TYPE_CHECKING:
    import jinja2
    from airflow.sdk import Context

DONE = 0
BAD_INPUT = 3
# Bad usage, configuration or rules; bad input; a gate that refused: a second try ends the same way.
FINAL_CODES = frozenset({2, BAD_INPUT, 4})

LAUNCHER_FOLDER = Path(__file__).resolve().parents[1] / "bin"


class StageResult(NamedTuple):
    """What a stage left in `run-result.json`."""

    code: int
    stage: str
    message: str
    counts: dict[str, int]

    @classmethod
    def read(cls, file: Path) -> StageResult:
        fields = json.loads(file.read_text(encoding="utf-8"))
        return cls(
            code=int(fields["code"]),
            stage=fields["stage"],
            message=fields.get("message") or "",
            counts=fields.get("counts") or {},
        )

    @property
    def refused_files(self) -> int:
        """Files of deliveries over their limits, which stayed out while the run goes on."""
        return self.counts.get("refused_files", 0)


class SparkStageOperator(SparkSubmitOperator):
    """
    Submits one stage and decides by its exit code whether to try again.

    `spark-submit` hides the code of what it ran, so the code comes from the file that every writing
    command leaves in its run's folder. The worker must therefore see the warehouse as a path.

    :param stage: the command of the jar (templated)
    :param warehouse: the warehouse's folder (templated)
    :param run_id: the run's name, the same for all stages of a DAG run (templated)
    :param options: further options of the command by name; an empty value leaves the option out, `True`
        or "true" gives the bare flag (templated)
    :param leaves_result: whether the command writes, and so leaves `run-result.json`
    :param goes_on_without_refused: code 3 with refused files ends the task well; its result says code 3
    """

    template_fields = (*SparkSubmitOperator.template_fields, "stage", "warehouse", "run_id", "options")

    def __init__(
        self,
        *,
        stage: str,
        warehouse: str,
        run_id: str,
        options: dict[str, Any],
        leaves_result: bool = True,
        goes_on_without_refused: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(application_args=[stage], **kwargs)
        self.stage = stage
        self.warehouse = warehouse
        self.run_id = run_id
        self.options = options
        self.leaves_result = leaves_result
        self.goes_on_without_refused = goes_on_without_refused

    def render_template_fields(self, context: Context, jinja_env: jinja2.Environment | None = None) -> None:
        super().render_template_fields(context, jinja_env)
        named = {"--warehouse": self.warehouse, **self.options, "--run-id": self.run_id}
        self.application_args = [self.stage, *_arguments(named)]

    def execute(self, context: Context) -> dict[str, Any] | None:
        self._require_connection()
        _offer_launcher()
        file = Path(self.warehouse) / "runs" / self.run_id / "run-result.json"
        before = _mark(file)
        try:
            super().execute(context)
        except (AirflowException, RuntimeError) as failure:
            # A JVM that died (killed, out of memory) leaves no result of its own: that is worth a retry.
            if not self.leaves_result or _mark(file) == before:
                raise
            self._judge(StageResult.read(file), failure)
        if not self.leaves_result:
            return None
        if _mark(file) == before:
            raise AirflowFailException(
                f"{self.stage} ended well, but left no {file}: the worker must see the warehouse under this"
                " path; check the variable credit_warehouse and the worker's mounts"
            )
        result = StageResult.read(file)
        self._judge(result, None)
        self._announce(context, result)
        return result._asdict()

    def _judge(self, result: StageResult, failure: Exception | None) -> None:
        """Raises unless the stage's work stands."""
        if result.stage != self.stage:
            raise AirflowFailException(
                f"the result of {self.stage} was overwritten by {result.stage}: two tasks share the run"
                f" {self.run_id}; let one writer at a time use a run"
            )
        text = f"{result.stage} ended with exit {result.code}: {result.message}"
        if result.code == DONE:
            if failure is not None:
                raise failure
        elif result.code == BAD_INPUT and self.goes_on_without_refused and result.refused_files > 0:
            self.log.warning("%s; the run goes on without %d files", text, result.refused_files)
        elif result.code in FINAL_CODES:
            raise AirflowFailException(text) from failure
        else:
            raise AirflowException(text) from failure

    def _announce(self, context: Context, result: StageResult) -> None:
        # Runs that an asset starts may have no logical date, so the event itself says the day.
        for outlet in self.outlets:
            context["outlet_events"][outlet].extra = {
                "as_of": self.options["--as-of"],
                "run_id": self.run_id,
                "counts": result.counts,
            }

    def _require_connection(self) -> None:
        try:
            BaseHook.get_connection(self._conn_id)
        except AirflowNotFoundException as missing:
            raise AirflowFailException(
                f"no connection {self._conn_id}, and without one the job would go to YARN unasked; add it with"
                f" `airflow connections add {self._conn_id} --conn-type spark --conn-host 'local[*]'` or a"
                " cluster's address"
            ) from missing


def _arguments(named: dict[str, Any]) -> list[str]:
    arguments: list[str] = []
    for name, value in named.items():
        text = "" if value is None else str(value)
        if text.lower() == "true":
            arguments.append(name)
        elif text.lower() not in ("", "false"):
            arguments += [name, text]
    return arguments


def _mark(file: Path) -> tuple[int, int] | None:
    """Changes whenever the file is written anew; an earlier stage or try may have left one."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns


def _offer_launcher() -> None:
    """Where no `spark-submit` is on the PATH, the one beside the DAGs serves; tasks have their own process."""
    if shutil.which("spark-submit") is None:
        os.environ["PATH"] = f"{LAUNCHER_FOLDER}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
