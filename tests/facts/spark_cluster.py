"""A standalone cluster of Spark on this machine, from the programs in the pyspark package."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

_HERE = "127.0.0.1"
_PATIENCE = 90


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Run a master and workers; yield the master's address and what a session must be told."""
    pyspark = pytest.importorskip("pyspark", reason="pyspark is missing: pip install '.[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17")
    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    with socket.socket() as free:
        free.bind((_HERE, 0))
        port = free.getsockname()[1]
    master = f"spark://{_HERE}:{port}"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        logs = Path(folder)

        def start(name: str, *arguments: str) -> Path:
            log = logs / f"{name}.log"
            environment = {**os.environ, "SPARK_LOCAL_IP": _HERE, "PYSPARK_PYTHON": sys.executable}
            out = running.enter_context(log.open("wb"))
            process = subprocess.Popen(
                [str(program), *arguments], stdout=out, stderr=out, env=environment
            )
            running.callback(_end, process)
            return log

        started = start(
            "master", "org.apache.spark.deploy.master.Master",
            "--host", _HERE, "--port", str(port), "--webui-port", "0",
        )  # fmt: skip
        _wait(started, "New state: ALIVE")
        for number in range(workers):
            log = start(
                f"worker-{number}", "org.apache.spark.deploy.worker.Worker", master,
                "--host", _HERE, "--cores", "1", "--memory", "700m", "--webui-port", "0",
                "--work-dir", str(logs / f"work-{number}"),
            )  # fmt: skip
            _wait(log, "Successfully registered")
        yield (
            master,
            {
                "spark__driver__host": _HERE, "spark__driver__bindAddress": _HERE,
                "spark__executor__memory": "512m", "spark__sql__shuffle__partitions": "4",
            },
        )  # fmt: skip


def _wait(log: Path, sign: str) -> None:
    end = time.monotonic() + _PATIENCE
    while sign not in log.read_text(errors="replace"):
        if time.monotonic() > end:
            pytest.fail(f"no '{sign}' in time: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.2)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=30)
