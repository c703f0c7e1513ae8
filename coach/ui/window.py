"""The outer window by itself: in its place, at its size and in its colour while all that fills it is still loading.

It is shown before themes, fonts and pages are even imported. So nothing here may import them, nor use `Qt` or a call
that takes one of its enumerations (`QPainter.fillRect` does, among others) before it is needed: there are 93 of them,
and PySide makes them all at the first use of any, which takes as long as all the rest of the first window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from coach.ui.i18n import tr
from coach.ui.place import Place, fit, system_is_dark, usable_screens
from coach.ui.room import MIN_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from coach.ui.place import Places


class Window(QWidget):
    """A top-level window that remembers its place and its colour in `places`.

    `close_requested` is emitted instead of closing while `hold_open` is set (a session asks first). Where
    `may_hide` says so, it is not closed either, and `hidden_instead` is emitted.
    """

    close_requested = Signal()
    hidden_instead = Signal()
    closed = Signal()

    def __init__(self, places: Places | None = None) -> None:
        super().__init__()
        self._places = places
        self.system_dark = system_is_dark()
        self._maximized = False
        self._ground = ""
        self.hold_open = False
        self.may_hide: Callable[[], bool] | None = None
        self.setWindowTitle(tr("Foot Coach"))
        self.setMinimumSize(*MIN_SIZE)
        self._restore_place()

    @property
    def ground(self) -> str:
        """The colour behind everything, `#RRGGBB`, as last seen; empty if it is not known or may be another now."""
        return self._ground

    def set_ground(self, color: str) -> None:
        """Remember the colour that fills the window from now on; the application's palette is what fills it."""
        self._ground = color

    def appear(self) -> None:
        """Show it as it was left: in its place or maximized."""
        if self._maximized:
            self.showMaximized()
        else:
            self.show()

    def enter_full_screen(self) -> None:
        """Fill the screen, for a session."""
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() | Qt.WindowState.WindowFullScreen)

    def leave_full_screen(self) -> None:
        """Be a window again, as large as before."""
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)

    def toggle_full_screen(self) -> None:
        """From a window to the full screen and back."""
        if self.isFullScreen():
            self.leave_full_screen()
        else:
            self.enter_full_screen()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.hold_open:
            event.ignore()
            self.close_requested.emit()
            return
        if self._places is not None:
            self._places.save(self._place())
        if self.may_hide is not None and self.may_hide():
            event.ignore()
            self.hidden_instead.emit()
            return
        event.accept()
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self.update()

    def _place(self) -> Place:
        plain = self.normalGeometry()
        return Place(
            plain.x(),
            plain.y(),
            plain.width(),
            plain.height(),
            maximized=self.isMaximized(),
            ground=self._ground,
            dark=self.system_dark,
        )

    def _restore_place(self) -> None:
        kept = self._places.load() if self._places else None
        place = fit(kept, usable_screens())
        self.setGeometry(place.rect)
        self._maximized = place.maximized
        if kept is not None and kept.dark == self.system_dark:
            self._ground = kept.ground
