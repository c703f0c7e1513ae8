"""One thread for everything that speaks to the desktop: it starts with the first piece of work and sleeps in between.

Nothing here looks at a clock by itself. The thread itself imports asyncio, which takes too long for a window's.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine

    Work = Callable[[], Coroutine[Any, Any, Any]]

T = TypeVar("T")
FINISH_S = 2.0
"""So long may work that was begun take when the thread is asked to end."""
LEAVE_S = 5.0
"""After so long a thread that does not end is left behind; it is a daemon, and keeps nobody from ending."""


class Loop:
    """Runs coroutines on a daemon thread of its own. All methods may be called from any thread."""

    def __init__(self, name: str = "desktop") -> None:
        self._name = name
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Work, Future[Any]]] = deque()
        self._closers: list[Work] = []
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self._stopped = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> bool:
        """Whether there is a thread."""
        return self._thread is not None and self._thread.is_alive()

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Future[T]:
        """Have the coroutine run soon; returns at once. After `stop` the answer is a cancelled one."""
        future: Future[T] = Future()
        with self._lock:
            if self._stopped:
                future.cancel()
                return future
            self._waiting.append((work, future))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
            elif self._loop is not None:
                self._loop.call_soon_threadsafe(self._take)
        return future

    def ask(self, work: Callable[[], Coroutine[Any, Any, T]], limit_s: float) -> T:
        """Wait for the answer, `limit_s` seconds at most; not for the thread of a window.

        Raises:
            TimeoutError: there was none in time, or the thread has been stopped.
        """
        future = self.submit(work)
        try:
            return future.result(limit_s)
        except CancelledError:
            raise TimeoutError from None

    def at_stop(self, close: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Have this run when the thread ends, if it was ever started."""
        self._closers.append(close)

    def stop(self) -> None:
        """Let work that was begun finish, close what was opened, and end the thread."""
        with self._lock:
            self._stopped = True
            thread, loop, ending = self._thread, self._loop, self._ending
            if loop is not None and ending is not None and not loop.is_closed():
                loop.call_soon_threadsafe(ending.set)
        if thread is not None and thread is not threading.current_thread():
            thread.join(LEAVE_S)

    def _work(self) -> None:
        import asyncio

        asyncio.run(self._serve())

    async def _serve(self) -> None:
        import asyncio

        asyncio.get_running_loop().set_exception_handler(_note)
        self._ending = asyncio.Event()
        with self._lock:
            self._loop = asyncio.get_running_loop()
            if self._stopped:
                self._ending.set()
        self._take()
        await self._ending.wait()
        self._take()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=FINISH_S)
        for close in reversed(self._closers):
            with contextlib.suppress(Exception):  # the desktop may be gone before us
                async with asyncio.timeout(FINISH_S):
                    await close()

    def _take(self) -> None:
        """Begin what is waiting, in the order in which it came."""
        import asyncio

        while self._waiting:
            work, future = self._waiting.popleft()
            task = asyncio.get_running_loop().create_task(self._do(work, future))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _do(self, work: Work, future: Future[Any]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(await work())
        except BaseException as error:  # noqa: BLE001 - handed to whoever asked
            future.set_exception(error if isinstance(error, Exception) else CancelledError())


def _note(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A connection that broke is told to whoever used it, and not in the log once more, as libraries like to."""
    if not isinstance(context.get("exception"), (OSError, EOFError)):
        loop.default_exception_handler(context)
