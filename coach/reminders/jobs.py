"""APScheduler cut down to what an alarm clock needs: one thread, jobs in memory, a wait that its owner decides.

The stock loop waits as long as the next job is away, by a timer that stands still while the computer sleeps; it asks
the system for the time; and an exception ends it. Here each turn of the loop is a call of the owner.
"""

from __future__ import annotations

import logging
import threading
from datetime import UTC
from typing import TYPE_CHECKING, Any

from apscheduler.executors.debug import DebugExecutor  # type: ignore[import-untyped]
from apscheduler.jobstores.memory import MemoryJobStore  # type: ignore[import-untyped]
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]
from apscheduler.schedulers.base import STATE_STOPPED, BaseScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.date import DateTrigger  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

_STORE = "default"
_JOBS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
"""However late, a job runs, once: whether that is too late is for the rules to say."""


class CappedScheduler(BackgroundScheduler):  # type: ignore[misc]  # it comes without types
    """Date jobs, one for each reminder. `turn` is called at the start and after each wait, and returns the next wait.

    Jobs run on the thread of the turn. Nothing is called after `end` has returned.
    """

    def __init__(self, turn: Callable[[], float]) -> None:
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it tells each job twice
        super().__init__(
            timezone=UTC,
            jobstores={_STORE: MemoryJobStore()},
            executors={_STORE: DebugExecutor()},
            job_defaults=_JOBS,
        )
        self._turn = turn
        self._event = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, *, threaded: bool = True) -> None:
        """Start the thread, or make ready for turns by hand."""
        if threaded:
            self.start()
        else:
            BaseScheduler.start(self, paused=True)

    def end(self) -> None:
        """Forget all jobs and end the thread, unless it is the one that calls. Any number of times."""
        if self.state == STATE_STOPPED:
            return
        thread = self._thread
        BaseScheduler.shutdown(self, wait=False)
        self._event.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join()
        self._thread = None

    def wakeup(self) -> None:
        """End the present wait; a turn that sets jobs needs no other one for that."""
        if threading.current_thread() is not self._thread:
            self._event.set()

    def replace_jobs(self, call: Callable[[UUID], None], planned: Mapping[UUID, datetime]) -> None:
        """Throw all jobs away and set these."""
        if self.state == STATE_STOPPED:
            return
        self.remove_all_jobs()
        for key, at in planned.items():
            self.add_job(call, DateTrigger(at, UTC), args=(key,), id=str(key))

    def next_run(self) -> datetime | None:
        """When the earliest job is due (UTC), None for none."""
        # What is set while the scheduler is being ended never gets a time.
        times = (getattr(job, "next_run_time", None) for job in self.get_jobs())
        return min((at for at in times if at is not None), default=None)

    def run_due(self, now: datetime) -> int:
        """Run and forget the jobs that are due; how many there were."""
        due: list[Any] = []
        if self.state != STATE_STOPPED:
            with self._jobstores_lock:
                due = self._lookup_jobstore(_STORE).get_due_jobs(now)
                for job in due:
                    self._lookup_jobstore(_STORE).remove_job(job.id)
            executor = self._lookup_executor(_STORE)
            for job in due:
                executor.submit_job(job, [job.next_run_time])
        return len(due)

    def _main_loop(self) -> None:
        wait = 0.0
        while self.state != STATE_STOPPED:
            self._event.wait(wait)
            self._event.clear()
            if self.state != STATE_STOPPED:
                wait = self._turn()
