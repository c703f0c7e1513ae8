"""What the running window needs from process and system: a trace of start-up, signals, faults told once."""

from __future__ import annotations

import os
import signal
import socket
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from PySide6.QtWidgets import QWidget

TRACE_VARIABLE = "COACH_TRACE"


def trace(moment: str) -> None:
    """Note a moment of start-up in the file that COACH_TRACE names, if any: `name seconds`, monotonic."""
    path = os.environ.get(TRACE_VARIABLE)
    if path:
        with open(path, "a", encoding="utf-8") as file:  # noqa: PTH123  # pathlib is not needed to start
            file.write(f"{moment} {time.monotonic():.6f}\n")


class FirstPaint(QObject):
    """Calls once, right after a widget was painted for the first time from now on."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._after)
        return False

    def _after(self) -> None:
        self._then()
        self.deleteLater()


class Terminator(QObject):
    """Turns SIGTERM and SIGINT into `asked` on the window's thread; Python alone would wait for its next bytecode."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)  # noqa: FBT003  # the standard library's own signature
        self._before_fd = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _ignore) for number in (signal.SIGTERM, signal.SIGINT)}
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before_fd)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._near.close()
        self._far.close()

    def _woken(self) -> None:
        self._near.recv(64)
        self.asked.emit()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """A handler must exist for the wake-up to happen; the work is done on the window's thread."""


class Teller(QObject):
    """Carries the news of a fault from whatever thread it happened on to the window's."""

    told = Signal(object)

    def tell(self, error: BaseException) -> None:
        """Safe from every thread."""
        self.told.emit(error)
