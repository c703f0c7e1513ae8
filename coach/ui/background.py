"""Work off the screen's thread: one thread runs jobs in order and hands each result back on the thread that asked.

The diary allows one thread, so there is exactly one. `InlineWorker` does the same at once, for tests and the tour.
"""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
STOP_WAIT_S = 8.0
"""Longer than the diary waits for another program (5 s): only then what it could not take can be put by."""
_LEFT_BEHIND: list[QObject] = []
"""Workers whose thread did not end in time: it must not be the one that lets go of them last, and so destroys a
`QObject` while the screen's thread may be delivering to it."""


class Worker(Protocol):
    """Runs jobs one after the other."""

    def submit(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Run `job`, then `done` with its result or `failed` with its error, on the thread of the screen.

        Without `failed` an error is raised there, where the application's own hook reports it.
        """
        ...

    def stop(self) -> bool:
        """Finish what was submitted and end; False if that took longer than `STOP_WAIT_S`."""
        ...


@dataclass(frozen=True, slots=True)
class _Job:
    run: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None


class ThreadWorker(QObject):
    """The real one. The thread starts with the first job; results travel by queued signal."""

    _finished = Signal(object, object, object)

    def __init__(self, name: str = "diary", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """See `Worker`. RuntimeError after `stop`."""
        if self._stopped:
            raise RuntimeError("the worker has been stopped")
        if self._thread is None:
            # A daemon, so that a disk that never answers cannot keep the program from ending.
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        self._jobs.put(_Job(job, done, failed))

    def stop(self) -> bool:
        """See `Worker`. Results that arrive after this are dropped."""
        if not self._stopped:
            self._stopped = True
            self._jobs.put(None)
        if self._thread is None:
            return True
        self._thread.join(STOP_WAIT_S)
        if self._thread.is_alive():
            _LEFT_BEHIND.append(self)
            return False
        return True

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            result, error = None, None
            try:
                result = job.run()
            except Exception as caught:  # noqa: BLE001 - handed to whoever asked
                error = caught
            self._finished.emit(job, result, error)

    @Slot(object, object, object)
    def _deliver(self, job: _Job, result: object, error: Exception | None) -> None:
        if self._stopped:
            return
        if error is None:
            job.done(result)
        elif job.failed is not None:
            job.failed(error)
        else:
            raise error


class InlineWorker:
    """Runs every job at once on the calling thread."""

    def submit(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """See `Worker`."""
        try:
            result = job()
        except Exception as error:
            if failed is None:
                raise
            failed(error)
        else:
            done(result)

    def stop(self) -> bool:
        """Nothing to end."""
        return True
