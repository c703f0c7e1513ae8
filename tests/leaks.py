"""Finds what a test left behind in Qt: windows, active timers, running animations and threads.

Each find is stopped or closed as well, so that one guilty test does not fail its neighbours.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget


def windows() -> list[QWidget]:
    """The top-level widgets that exist now."""
    from PySide6.QtWidgets import QApplication

    return QApplication.topLevelWidgets()


def collect(before: list[QWidget]) -> list[str]:
    """Describe and clear all that is still alive; `before` are the windows that were there at the start."""
    _finish_deletions()
    if _new_windows(before) or _running():
        # Cyclic garbage is not a leak: ask again once the collector has been.
        gc.collect()
        _finish_deletions()
    return [*_clear_windows(before), *_stop_running()]


def _finish_deletions() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _new_windows(before: list[QWidget]) -> list[QWidget]:
    """Visible windows of any class and hidden ones of ours; Qt keeps some hidden helpers (tool tips) for itself."""
    from PySide6.QtWidgets import QApplication

    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget not in before and (widget.isVisible() or not type(widget).__module__.startswith("PySide6"))
    ]


def _clear_windows(before: list[QWidget]) -> list[str]:
    found = []
    for widget in _new_windows(before):
        found.append(f"window {_name(widget)}")
        widget.close()
        widget.deleteLater()
    _finish_deletions()
    return found


def _running() -> list[QObject]:
    """Every active timer, running animation and running thread that Python knows of."""
    from PySide6.QtCore import QAbstractAnimation, QThread, QTimer
    from shiboken6 import Shiboken

    known: dict[type, bool] = {}
    found: list[QObject] = []
    for thing in gc.get_objects():
        kind = type(thing)
        if kind not in known:
            known[kind] = issubclass(kind, (QTimer, QAbstractAnimation, QThread))
        if not known[kind] or not Shiboken.isValid(thing):
            continue
        if isinstance(thing, QTimer):
            active = thing.isActive()
        elif isinstance(thing, QThread):
            active = thing.isRunning()
        else:
            active = thing.state() == QAbstractAnimation.State.Running
        if active:
            found.append(thing)
    return found


def _stop_running() -> list[str]:
    from PySide6.QtCore import QAbstractAnimation, QThread, QTimer

    found = []
    for thing in _running():
        found.append(f"{type(thing).__name__} {_name(thing)}")
        if isinstance(thing, (QTimer, QAbstractAnimation)):
            thing.stop()
        elif isinstance(thing, QThread):
            thing.quit()
            thing.wait(5000)
    return found


def _name(thing: QObject) -> str:
    parent = thing.parent()
    return f"{type(thing).__qualname__}({thing.objectName()!r}) of {type(parent).__qualname__}"
