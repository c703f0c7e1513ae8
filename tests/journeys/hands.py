"""A person's hands: keys for whatever has the focus, clicks at a place of the window. Neither ever calls the program.

Keys and clicks enter where the platform's own do, at the window, so focus, shortcuts, menus, questions and whatever
lies over a button all have their say.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QScrollArea, QWidget

from tests.journeys import eyes

MOST_TABS = 80
MOST_TURNS = 60
NOTCH = 120
KEYS = {
    "Space": Qt.Key.Key_Space,
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "PageUp": Qt.Key.Key_PageUp,
    "PageDown": Qt.Key.Key_PageDown,
    "F5": Qt.Key.Key_F5,
    "Tab": Qt.Key.Key_Tab,
    "Backtab": Qt.Key.Key_Backtab,
    "+": Qt.Key.Key_Plus,
    "-": Qt.Key.Key_Minus,
    ".": Qt.Key.Key_Period,
    ",": Qt.Key.Key_Comma,
    "?": Qt.Key.Key_Question,
}
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


def press(*keys: str) -> None:
    """Press and let go of keys one after the other: `Space`, `4`, `Ctrl+1`."""
    for key in keys:
        *held, last = key.split("+") if len(key) > 1 else [key]
        modifiers = Qt.KeyboardModifier.NoModifier
        for name in held:
            modifiers |= _MODIFIERS[name]
        code = KEYS.get(last) or Qt.Key(ord(last.upper()))
        QTest.keyClick(_focused_window(), code, modifiers)
        look()


def write(text: str) -> None:
    """Type text into what has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None, "nothing has the keyboard"
    QTest.keyClicks(focus, text)
    look()


def tab_to(name: str, *, backwards: bool = False) -> QWidget:
    """Press Tab until the control of this name has the focus."""
    passed = []
    for _ in range(MOST_TABS):
        focus = QApplication.focusWidget()
        names = eyes.said(focus) if focus is not None else ("nothing",)
        if focus is not None and name in names:
            return focus
        passed.append(names[0])
        press("Backtab" if backwards else "Tab")
    raise AssertionError(f"Tab never comes to {name!r}, only to {list(dict.fromkeys(passed))}")


def arrow_to(name: str, arrow: str) -> None:
    """Press an arrow until the control that has the focus begins with this name."""
    for _ in range(MOST_TABS):
        press(arrow)
        focus = QApplication.focusWidget()
        if focus is not None and eyes.said(focus)[0].startswith(name):
            return
    raise AssertionError(f"{arrow} never comes to {name!r}")


def click(what: str | QWidget, kind: type[QWidget] = QAbstractButton) -> None:
    """Move the mouse over a control, turning the wheel where it is out of sight, and click it."""
    widget = eyes.find(what, kind) if isinstance(what, str) else what
    click_at(widget, widget.rect().center())


def click_at(widget: QWidget, place: QPoint) -> None:
    """Click a widget at a place of its own."""
    _turn_wheel_to(widget, place)
    window = widget.window()
    spot = widget.mapTo(window, place)
    under = window.childAt(spot) or window
    assert widget in eyes.parents(under), f"{widget} is covered by {under} at {spot}"
    handle = _handle(window)
    QTest.mouseMove(handle, spot)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    look()


def choose(name: str) -> None:
    """Click an entry of the open menu."""
    menu = eyes.front()
    assert isinstance(menu, QMenu)
    spot = menu.actionGeometry(eyes.entry(name)).center()
    QTest.mouseMove(_handle(menu), spot)
    QTest.mouseClick(_handle(menu), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    look()


def close_window(window: QWidget) -> None:
    """Use the cross in the title bar."""
    window.close()
    look()


def look() -> None:
    """Let the screen show what has become of it."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        _manage_windows()


def _manage_windows() -> None:
    """Hand the keyboard on when its window has closed: the off-screen platform has no window manager that would."""
    if QGuiApplication.focusWindow() is None:
        left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        if left:
            left[-1].activateWindow()


def _turn_wheel_to(widget: QWidget, place: QPoint) -> None:
    area = next((parent for parent in eyes.parents(widget) if isinstance(parent, QScrollArea)), None)
    if area is None:
        return
    port = area.viewport()
    for _ in range(MOST_TURNS):
        y = widget.mapTo(port, place).y()
        if 0 < y < port.height():
            return
        middle = port.mapTo(port.window(), port.rect().center())
        turn = NOTCH if y <= 0 else -NOTCH
        QTest.wheelEvent(_handle(port.window()), QPointF(middle), QPoint(0, turn))
        look()
    raise AssertionError(f"the wheel never brings {widget} into sight")


def _focused_window() -> QWindow:
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the keyboard"
    return window


def _handle(window: QWidget) -> QWindow:
    handle = window.windowHandle()
    assert handle is not None
    return handle
