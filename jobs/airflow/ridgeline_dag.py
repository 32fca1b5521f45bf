"""A nightly model by Airflow: plan, tune, then predict with the model that came out.

Not tested under Airflow here; this file compiles. Copy it into the DAGs folder and set RIDGELINE_HOME to this project on
the workers. Each task runs one command and turns its exit code into what the scheduler should do:

    0            done
    1, 137, 143  may pass: the task fails and is tried again; 'resume' saves the pass over the data if it was complete
    2 .. 6       will not pass by itself: the task fails for good
    7            the run is there, but misses its quality gate: the task fails for good, nothing is predicted
"""

from __future__ import annotations

import os
import signal
import subprocess
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException
from airflow.operators.python import PythonOperator

HOME = os.environ.get("RIDGELINE_HOME", "/opt/ridgeline")
SUBMIT = ["--master", "spark://head:7077", "--executor-memory", "4g"]
INPUT = "hdfs:///sales/{{ ds }}"
RUN = "hdfs:///runs/{{ ds }}"
FOR_GOOD = {2: "usage", 3: "data", 4: "output", 5: "does not fit", 6: "numerical", 7: "quality gate"}


def ridgeline(words: list[str]) -> None:
    """Runs one command; its result goes to the task's log. When the task is killed, so is the command, by SIGTERM."""
    process = subprocess.Popen([f"{HOME}/jobs/ridgeline", *words], text=True)
    try:
        code = process.wait()
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
    if code in FOR_GOOD:
        raise AirflowFailException(f"ridgeline ended with {code}: {FOR_GOOD[code]}")
    if code != 0:
        raise AirflowException(f"ridgeline ended with {code}")


def command(task: str, words: list[str], retries: int = 2) -> PythonOperator:
    return PythonOperator(
        task_id=task,
        python_callable=ridgeline,
        op_args=[[*SUBMIT, *words]],
        retries=retries,
        retry_delay=timedelta(minutes=2),
    )


with DAG(
    dag_id="ridgeline_nightly",
    schedule="15 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
) as dag:
    train = ["--input", INPUT, "--label", "revenue"]
    plan = command("plan", ["plan", *train], retries=0)
    tune = command(
        "tune",
        ["tune", *train, "--out", RUN, "--if-exists", "resume", "--fail-if", "cv_r2<0.5"],
    )
    predict = command(
        "predict",
        [
            "predict",
            *["--model", RUN, "--input", "hdfs:///customers"],
            *["--out", "hdfs:///scores/{{ ds }}", "--if-exists", "overwrite"],
        ],
    )
    plan >> tune >> predict
