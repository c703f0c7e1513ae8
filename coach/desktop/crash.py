"""Exceptions that nobody caught: logged and told once, however often they come. Knows nothing of windows."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_LOG = logging.getLogger(__name__)


class CrashGuard:
    """Takes what reaches the interpreter's hooks: a slot, a thread, a destructor. The program goes on.

    `tell` gets the first exception of each place, in the thread where it happened; it must not raise and is asked only
    once, because a fault in a painting routine would come back sixty times a second.
    """

    def __init__(self, tell: Callable[[BaseException], None]) -> None:
        self._tell = tell
        self._seen: dict[tuple[type[BaseException], str, int], int] = {}
        self._busy = threading.Lock()

    def install(self) -> None:
        """Take over the hooks."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._unraisable

    def uninstall(self) -> None:
        """Give the hooks back to the interpreter."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def handle(self, error: BaseException) -> None:
        """Log and tell, once for each place."""
        place = _place(error)
        with self._busy:
            times = self._seen[place] = self._seen.get(place, 0) + 1
        if times == 1:
            _LOG.error("uncaught exception", exc_info=error)
            try:
                self._tell(error)
            except Exception:  # noqa: BLE001  # whatever it is, a hook that raises would only hide the first fault
                _LOG.exception("the uncaught exception could not be told")
        elif _is_power_of_ten(times):
            _LOG.error("the uncaught exception at %s:%d came %d times", place[1], place[2], times)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.handle(error.with_traceback(trace))

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.handle(args.exc_value)

    def _unraisable(self, args: Any) -> None:  # noqa: ANN401  # the interpreter's own record has no public type
        if args.exc_value is not None:
            self.handle(args.exc_value)


def _place(error: BaseException) -> tuple[type[BaseException], str, int]:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error), "", 0
    return type(error), trace.tb_frame.f_code.co_filename, trace.tb_lineno


def _is_power_of_ten(number: int) -> bool:
    return str(number).strip("0") == "1"
