"""Looks at a window for what eyes would complain of: cut text, things outside their parent, controls without a name.

Used by the tour and by tests. It reads geometry only and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QScrollArea, QStackedWidget, QWidget

from coach.ui.widgets.focus import FocusRing
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAccessibleInterface

_SLACK = 1  # rounding


def faults(root: QWidget) -> list[str]:
    """Everything that is cut, squeezed or outside its parent, one line each; empty when all is well."""
    found: list[str] = []
    for widget in visible_widgets(root):
        found += _squeezed(widget)
        found += _outside(widget)
        found += _cut(widget)
        if isinstance(widget, QScrollArea):
            found += _sideways(widget)
    return found


def nameless(root: QWidget) -> list[str]:
    """Visible controls that can be reached with Tab but tell a screen reader nothing."""
    return [
        describe(widget)
        for widget in visible_widgets(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and not spoken_name(widget)
    ]


def tab_order(root: QWidget) -> list[QWidget]:
    """The controls in the order that Tab visits them, from the first one of `root` on."""
    order: list[QWidget] = []
    chain: QWidget | None = root
    while chain is not None:
        widget = chain
        reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        if reachable and root.isAncestorOf(widget) and widget.isVisibleTo(root) and widget.focusProxy() is None:
            order.append(widget)
        chain = widget.nextInFocusChain()
        if chain is root:
            break
    return order


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(QAccessible.Text.Name)


def visible_widgets(root: QWidget) -> Iterator[QWidget]:
    """All widgets below `root` that are shown, parents first, but for the focus ring, which lies over everything."""
    for child in root.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.isWindow() or not child.isVisibleTo(root) or isinstance(child, FocusRing):
            continue
        yield child
        yield from visible_widgets(child)


def describe(widget: QWidget) -> str:
    """A widget in a word: its class and what it says."""
    text = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    return f"{type(widget).__name__} {text[:40]!r}" if text else type(widget).__name__


def _squeezed(widget: QWidget) -> list[str]:
    if widget.layout() is not None or isinstance(widget, QAbstractScrollArea | QStackedWidget):
        return []
    needs = widget.minimumSizeHint()
    has = widget.size()
    if needs.width() > has.width() + _SLACK or needs.height() > has.height() + _SLACK:
        wanted = f"{needs.width()}x{needs.height()}"
        return [f"{describe(widget)} needs {wanted}, has {has.width()}x{has.height()}"]
    return []


def _cut(widget: QWidget) -> list[str]:
    if isinstance(widget, Text):
        if not widget.text():
            return []
        if not widget.wordWrap() and widget.natural_width() > widget.width() + _SLACK:
            return [f"{describe(widget)} is cut at {widget.width()} px of {widget.natural_width()}"]
        if widget.least_width() > widget.width() + 2 * _SLACK:
            return [f"{describe(widget)} breaks a word: {widget.width()} px of {widget.least_width()}"]
    if widget.layout() is None and widget.hasHeightForWidth():
        needed = widget.heightForWidth(widget.width())
        if needed > widget.height() + _SLACK:
            return [f"{describe(widget)} is cut at {widget.height()} px of {needed} in height"]
    return []


def _outside(widget: QWidget) -> list[str]:
    parent = widget.parentWidget()
    if parent is None:
        return []
    frame = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    place = widget.geometry()
    scrolls = isinstance(parent.parentWidget(), QAbstractScrollArea)
    if scrolls:  # may be longer than what is seen of it, but not wider
        place = QRect(place.x(), frame.y(), place.width(), 1)
    if frame.contains(place) or place.isEmpty():
        return []
    return [f"{describe(widget)} reaches out of {describe(parent)}: {place.getRect()} in {parent.rect().getRect()}"]


def _sideways(area: QScrollArea) -> list[str]:
    bar = area.horizontalScrollBar()
    return [f"{describe(area)} scrolls sideways by {bar.maximum()} px"] if bar.maximum() > 0 else []
