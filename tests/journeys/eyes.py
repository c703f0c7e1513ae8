"""What a person sees of the program: words, and controls found by what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from coach.ui.audit import spoken_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAction

W = TypeVar("W", bound=QWidget)


def front() -> QWidget:
    """The window in front: an open menu, a question, or the program's own window."""
    found = QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
    assert found is not None, "no window is in front"
    return found.window()


def shown(kind: type[W], inside: QWidget | None = None) -> list[W]:
    """Every widget of a kind that is shown in the front window."""
    return [widget for widget in (inside or front()).findChildren(kind) if widget.isVisible()]


def find(name: str, kind: type[W], inside: QWidget | None = None) -> W:
    """The one shown widget of a kind that says this, or begins so, to eyes or to a screen reader."""
    every = shown(kind, inside)
    found = [widget for widget in every if name in said(widget)]
    found = found or [widget for widget in every if any(text.startswith(name) for text in said(widget))]
    assert len(found) == 1, f"{len(found)} × {name!r} among {sorted(' / '.join(said(w)) for w in every)}"
    return found[0]


def sees(name: str, kind: type[QWidget]) -> bool:
    """Whether a widget of a kind that says exactly this is shown in the front window."""
    return any(name in said(widget) for widget in shown(kind))


def said(widget: QWidget) -> tuple[str, ...]:
    """What a widget says: its name for screen readers, and its words where those are others."""
    text = getattr(widget, "text", None)
    return tuple(dict.fromkeys((spoken_name(widget), str(text()) if callable(text) else "")))


def words(inside: QWidget | None = None) -> str:
    """All that is written in the front window."""
    return " | ".join(label.text() for label in shown(QLabel, inside))


def entry(name: str) -> QAction:
    """The entry of the open menu that begins with these words."""
    found = [action for action in front().actions() if action.text().startswith(name)]
    assert len(found) == 1, f"{len(found)} × {name!r} among {[action.text() for action in front().actions()]}"
    return found[0]


def parents(widget: QWidget) -> Iterator[QWidget]:
    """A widget and everything that holds it, within its window."""
    here: QWidget | None = widget
    while here is not None:
        yield here
        here = None if here.isWindow() else here.parentWidget()
