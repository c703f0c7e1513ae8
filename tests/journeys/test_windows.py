"""Only the program's own window ever shows itself: a part that is shown before it has a place flashes as a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from coach.ui.widgets.toggle import Check
from tests.journeys import eyes, hands

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.journeys.desk import Desk


class Witness(QObject):
    """Notes every window that shows itself."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {getattr(watched, 'text', str)()}".strip())
        return False


def test_no_part_of_a_page_shows_itself_as_a_window(desk: Desk, qapp: QApplication) -> None:
    desk.settings(full_screen=False)
    witness = Witness()
    qapp.installEventFilter(witness)
    try:
        desk.open()
        hands.click("I have read this and I am 18 or older", Check)
        hands.click("Begin")
        hands.click("Start")
        hands.click("Nothing hurts")
        desk.wait(30)
        hands.press("H", "Esc", "Esc", "Tab", "Enter")
        desk.settle()
        assert "Session ended" in eyes.words()
        hands.press("Enter", "Ctrl+3")
        hands.click("Calf raises")
        hands.press("Ctrl+,")
        assert "Session and voice" in eyes.words()
    finally:
        qapp.removeEventFilter(witness)
    assert witness.seen == ["Shell", "Question"]
