"""`bin/spark-submit`: which Spark it runs, and how."""

import os
import subprocess

import pytest

from conftest import AIRFLOW

ECHO = '#!/bin/sh\necho "scala=$SPARK_SCALA_VERSION"\nfor argument in "$@"; do echo "$argument"; done\n'


def executable(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)
    return file


def submit(*arguments, **environment):
    return subprocess.run(
        [AIRFLOW / "bin" / "spark-submit", *arguments],
        env={"PATH": os.environ["PATH"]} | {name: str(value) for name, value in environment.items()},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def home(tmp_path):
    target = tmp_path / "home" / "jobs" / "target"
    target.mkdir(parents=True)
    (target / "spark.classpath").write_text("/jars/spark-core.jar:/jars/spark-sql.jar")
    (target / "spark.jvmflags").write_text("--add-opens=java.base/java.lang=ALL-UNNAMED -Duser.timezone=UTC\n")
    executable(tmp_path / "java" / "bin" / "java", ECHO)
    return tmp_path / "home"


def test_spark_home_wins(home, tmp_path):
    executable(tmp_path / "spark" / "bin" / "spark-submit", ECHO)
    done = submit("--master", "local[2]", "a b.jar", SPARK_HOME=tmp_path / "spark", CREDIT_HOME=home)
    assert done.stdout.splitlines() == ["scala=", "--master", "local[2]", "a b.jar"]


def test_spark_home_without_spark_is_refused(home, tmp_path):
    done = submit(SPARK_HOME=tmp_path, CREDIT_HOME=home)
    assert done.returncode == 2
    assert "point SPARK_HOME at a Spark" in done.stderr


def test_else_spark_runs_from_the_class_path_of_the_build(home, tmp_path):
    done = submit("--class", "Main", "a b.jar", CREDIT_HOME=home, JAVA_HOME=tmp_path / "java")
    assert done.stdout.splitlines() == [
        "scala=2.13",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Duser.timezone=UTC",
        "-Xmx2g",
        "-cp",
        "/jars/spark-core.jar:/jars/spark-sql.jar",
        "org.apache.spark.deploy.SparkSubmit",
        "--class",
        "Main",
        "a b.jar",
    ]


@pytest.mark.parametrize(("master", "quick"), [("local[2]", True), ("spark://host:7077", False), ("yarn", False)])
def test_the_quick_compiler_is_for_stages_that_no_cluster_runs(home, tmp_path, master, quick):
    done = submit("--master", master, "credit.jar", CREDIT_HOME=home, JAVA_HOME=tmp_path / "java")
    assert ("-XX:TieredStopAtLevel=1" in done.stdout.splitlines()) is quick


def test_own_flags_take_the_place_of_those_for_short_stages(home, tmp_path):
    own = {"CREDIT_JAVA_OPTS": "-Xmx8g -XX:+UseG1GC", "JAVA_HOME": tmp_path / "java"}
    flags = submit("--master", "local[*]", "credit.jar", CREDIT_HOME=home, **own).stdout.splitlines()
    assert flags.index("-Xmx2g") < flags.index("-Xmx8g") < flags.index("-XX:+UseG1GC")
    assert "-XX:TieredStopAtLevel=1" not in flags


def test_memory_and_configuration_folder_can_be_set(home, tmp_path):
    done = submit(CREDIT_HOME=home, JAVA_HOME=tmp_path / "java", SPARK_DRIVER_MEMORY="6g", SPARK_CONF_DIR="/etc/spark")
    assert "-Xmx6g" in done.stdout.splitlines()
    assert "/etc/spark:/jars/spark-core.jar:/jars/spark-sql.jar" in done.stdout.splitlines()


def test_spark_is_as_quiet_as_on_the_command_line_unless_a_configuration_folder_decides(home, tmp_path):
    logging = home / "jobs" / "src" / "main" / "resources" / "log4j2.properties"
    logging.parent.mkdir(parents=True)
    logging.touch()
    quiet = f"-Dlog4j2.configurationFile={logging}"
    assert quiet in submit(CREDIT_HOME=home, JAVA_HOME=tmp_path / "java").stdout.splitlines()
    told = submit(CREDIT_HOME=home, JAVA_HOME=tmp_path / "java", SPARK_CONF_DIR="/etc/spark")
    assert quiet not in told.stdout.splitlines()


@pytest.mark.parametrize("missing", ["spark.classpath", "spark.jvmflags"])
def test_jobs_that_were_not_built_are_named_with_the_command(home, missing):
    (home / "jobs" / "target" / missing).unlink()
    done = submit(CREDIT_HOME=home)
    assert done.returncode == 2
    assert missing in done.stderr and "./mvnw -pl jobs -am package" in done.stderr


def test_exit_code_passes_through(home, tmp_path):
    executable(tmp_path / "java" / "bin" / "java", "#!/bin/sh\nexit 5\n")
    assert submit(CREDIT_HOME=home, JAVA_HOME=tmp_path / "java").returncode == 5
