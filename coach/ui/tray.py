"""The icon in the tray: what comes next, start, pause, open, quit. There may be no tray, or it may come late."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from coach.ui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coach.ui.theme.look import Look

TRY_EVERY_MS, TRIES = 5_000, 36
"""A tray that comes up after us, at login, is waited for so long: three minutes; after that it is asked for no more."""
_SIZES = (16, 22, 24, 32, 48)


class PauseFor(StrEnum):
    """How long reminders are silent."""

    HOUR = "hour"
    TODAY = "today"
    MORNING = "morning"


class Tray(QObject):
    """Owns the icon once there is a tray. `came` when that is so, `gave_up` when none came; the rest are wishes.

    `tell` gives the lines of the menu: what comes next and when, and whether reminders are paused. It is asked when the
    menu is opened, so that no timer has to count down meanwhile.
    """

    came = Signal()
    gave_up = Signal()
    start_asked = Signal()
    pause_asked = Signal(object)
    resume_asked = Signal()
    open_asked = Signal()
    quit_asked = Signal()
    message_clicked = Signal()

    def __init__(
        self,
        look: Look,
        assets: Path,
        tell: Callable[[], tuple[str, str, bool]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._assets, self._tell = look, assets, tell
        self.icon: QSystemTrayIcon | None = None
        self.menu = QMenu()
        self._build()
        self._tries = 0
        self._timer = QTimer(self, interval=TRY_EVERY_MS)
        self._timer.timeout.connect(self.look_again)
        self._paused: bool | None = None
        if not self.look_again():
            self._timer.start()

    @property
    def there(self) -> bool:
        """Whether the person can see it."""
        return self.icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def waiting(self) -> bool:
        """Whether a tray may still come."""
        return self._timer.isActive()

    def look_again(self) -> bool:
        """Take the place in the tray if there is one now."""
        self._tries += 1
        if self.icon is None and QSystemTrayIcon.isSystemTrayAvailable():
            self._timer.stop()
            self.icon = QSystemTrayIcon(self)
            self.icon.setContextMenu(self.menu)
            self.icon.activated.connect(self._activated)
            self.icon.messageClicked.connect(self.message_clicked)
            self.refresh()
            self.icon.show()
            self.came.emit()
        elif self._tries >= TRIES and self._timer.isActive():
            self._timer.stop()
            self.gave_up.emit()
        return self.icon is not None

    def refresh(self) -> None:
        """Show how things stand: the words, and the icon's two states."""
        lead, under, paused = self._tell()
        self._next.setText(lead)
        self._what.setText(under)
        self._what.setVisible(bool(under))
        self._resume.setVisible(paused)
        self._pause.menuAction().setVisible(not paused)
        if self.icon is not None:
            self.icon.setToolTip("\n".join(filter(None, (tr("Foot Coach"), lead, under))))
            if paused != self._paused:
                self._paused = paused
                self.icon.setIcon(self._drawn(paused=paused))

    def balloon(self, title: str, text: str) -> bool:
        """Say something beside the icon; False where that cannot be."""
        if self.icon is None or not self.there or not self.icon.supportsMessages():
            return False
        self.icon.showMessage(title, text, self.icon.icon())
        return True

    def close(self) -> None:
        """Leave the tray."""
        self._timer.stop()
        if self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None
        self.menu.deleteLater()

    def _build(self) -> None:
        menu = self.menu
        menu.setAccessibleName(tr("Foot Coach"))
        menu.aboutToShow.connect(self.refresh)
        self._next = self._add(menu, "", None)
        self._what = self._add(menu, "", None)
        menu.addSeparator()
        self._add(menu, tr("Start now"), self.start_asked.emit)
        self._pause = QMenu(tr("Pause reminders"), menu)
        menu.addMenu(self._pause)
        for words, length in (
            (tr("For 1 hour"), PauseFor.HOUR),
            (tr("For today"), PauseFor.TODAY),
            (tr("Until tomorrow morning"), PauseFor.MORNING),
        ):
            self._add(self._pause, words, partial(self.pause_asked.emit, length))
        self._resume = self._add(menu, tr("Resume reminders"), self.resume_asked.emit)
        menu.addSeparator()
        self._add(menu, tr("Open"), self.open_asked.emit)
        self._add(menu, tr("Quit"), self.quit_asked.emit)

    def _add(self, menu: QMenu, words: str, act: Callable[[], object] | None) -> QAction:
        action = QAction(words, menu)
        if act is None:
            action.setEnabled(False)
        else:
            action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        return action

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.open_asked.emit()

    def _drawn(self, *, paused: bool) -> QIcon:
        icon = QIcon()
        for size in _SIZES:
            pixmap = QIcon(str(self._assets / "app" / "icon-small.svg")).pixmap(size, size)
            icon.addPixmap(_paused(pixmap, self._look) if paused else pixmap)
        return icon


def _paused(pixmap: QPixmap, look: Look) -> QPixmap:
    """The same, faded, with the two bars of a pause: shape tells as well as shade."""
    faded = QPixmap(pixmap.size())
    faded.fill(QColor(0, 0, 0, 0))
    unit = pixmap.width() / 16
    painter = QPainter(faded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.55)
    painter.drawPixmap(0, 0, pixmap)
    painter.setOpacity(1.0)
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(QColor(look.theme_for(dark=True).bg))
    painter.drawEllipse(round(7 * unit), round(7 * unit), round(9 * unit), round(9 * unit))
    painter.setBrush(QColor(look.theme_for(dark=True).ink))
    for left in (9.4, 12.2):
        painter.drawRect(round(left * unit), round(9.2 * unit), max(1, round(1.5 * unit)), round(4.6 * unit))
    painter.end()
    return faded
