"""A Spark cluster of two workers on this machine, and the end of one of them while it computes."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time

import psutil

from utils.incidents import engine

MASTER = "local-cluster[2,1,1024]"
WORKER = "org.apache.spark.executor.CoarseGrainedExecutorBackend"


class LackingError(RuntimeError):
    """Spark or a Java runtime is not installed."""


def start():
    """A session of Spark on a cluster of its own, once both workers are there; LackingError without one."""
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise LackingError("Spark is no package of the lock: make test-scale") from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise LackingError("Spark needs a Java runtime: make test-scale")
    session = engine.started(SparkSession.builder.master(MASTER), is_here=True)
    deadline = time.monotonic() + 180
    while len(workers()) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    return session


def workers() -> list[int]:
    """The processes in which the workers of this process' cluster compute."""
    return [one.pid for one in psutil.Process().children(recursive=True) if _is_worker(one)]


def _is_worker(process: psutil.Process) -> bool:
    try:
        return WORKER in process.cmdline()
    except psutil.Error:
        # It ended meanwhile.
        return False


class Killing:
    """Within it, a worker is killed as soon as a job is under way: some of its tasks done, some not."""

    def __init__(self, session, pids: list[int]):
        self.tracker, self.killed = session.sparkContext.statusTracker(), pids[0]
        self.stage: int | None = None
        self.is_over = threading.Event()
        self.watch = threading.Thread(target=self._wait, daemon=True)

    def _wait(self) -> None:
        while not self.is_over.wait(0.01):
            for stage in self.tracker.getActiveStageIds():
                info = self.tracker.getStageInfo(stage)
                if info and info.numCompletedTasks and info.numActiveTasks >= 2:
                    os.kill(self.killed, signal.SIGKILL)
                    self.stage = stage
                    return

    def failed_tasks(self) -> int:
        """How many tasks of the stage Spark had to do again."""
        assert self.stage is not None
        return self.tracker.getStageInfo(self.stage).numFailedTasks

    def __enter__(self) -> Killing:
        self.watch.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.is_over.set()
        self.watch.join()
