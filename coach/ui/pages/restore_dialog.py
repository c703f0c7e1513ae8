"""Restore: the backups by date; the chosen one is looked into before it can be put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.data_words import capital, long_day, moment_text, reason_text, rows_text, size_text
from coach.ui.i18n import tr
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.dialog import TallDialog
from coach.ui.widgets.paint import painter_for, rounded, start_x
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QShowEvent

    from coach.services.keeping import Backup, Contents
    from coach.ui.theme.look import Look

WIDTH = 520
_PAD = 14
_MARK = 20
_RADIUS = 10


class BackupRow(QRadioButton):
    """One backup: when it was made, why, and how large it is."""

    def __init__(self, look: Look, backup: Backup, now: datetime) -> None:
        super().__init__(capital(moment_text(backup.made, now)))
        self._look = look
        self.backup = backup
        self._under = tr("{reason}, {size}", reason=capital(reason_text(backup.reason)), size=size_text(backup.size))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._under)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return _RADIUS

    def sizeHint(self) -> QSize:
        strong, small = (QFontMetrics(self._look.font(role)) for role in ("strong", "small"))
        words = max(strong.horizontalAdvance(self.text()), small.horizontalAdvance(self._under))
        tall = self._look.line("strong") + self._look.line("small") + 16
        return QSize(self._left() + words + _PAD, tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()  # the dialog's
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        on = self.isChecked()
        if on or self.underMouse():
            rounded(painter, QRectF(self.rect()), _RADIUS, theme.soft if on else theme.sunken)
        mark = self._look.px(_MARK)
        dot = QRectF(start_x(self, _PAD, mark), (self.height() - mark) / 2, mark, mark)
        painter.setPen(QPen(QColor(theme.accent if on else theme.ctl), self._look.px(6) if on else 1.5))
        painter.setBrush(QColor(theme.surface))
        inset = self._look.px(3) if on else 1.0
        painter.drawEllipse(dot.adjusted(inset, inset, -inset, -inset))
        left = self._left()
        room = self.width() - left - _PAD
        x = start_x(self, left, room)
        first = self._look.line("strong")
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.setFont(self._look.font("strong" if on else "medium", tabular=True))
        painter.setPen(QColor(theme.on_soft if on else theme.ink))
        painter.drawText(QRectF(x, 8, room, first), side, self.text())
        painter.setFont(self._look.font("small"))
        painter.setPen(QColor(theme.on_soft if on else theme.ink3))
        painter.drawText(QRectF(x, 8 + first, room, self._look.line("small")), side, self._under)
        painter.end()

    def _left(self) -> int:
        return _PAD + self._look.px(_MARK) + 12


class RestoreDialog(TallDialog):
    """`look_asked` carries the backup that was chosen, `decided` the path of the one to be put back.

    `show_contents` and `show_trouble` answer `look_asked`; until then it cannot be put back. `file_asked` is for a copy
    that lies elsewhere, whose path comes in by `show_other`.
    """

    look_asked = Signal(object)
    file_asked = Signal()
    decided = Signal(object)

    def __init__(
        self, look: Look, backups: Sequence[Backup], now: datetime, reassurance: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, tr("Restore a backup"), parent, width=WIDTH)
        self._now = now
        self._path: Path | None = None
        self._group = QButtonGroup(self)
        self.column.addWidget(Text(look, reassurance, "small", "ink2", wrap=True))
        self.rows = [BackupRow(look, backup, now) for backup in backups]
        rows = QVBoxLayout()
        rows.setSpacing(4)
        for index, row in enumerate(self.rows):
            self._group.addButton(row, index)
            rows.addWidget(row)
        self.column.addLayout(rows)
        if not self.rows:
            self.column.addWidget(Text(look, tr("There is no backup yet."), "body", wrap=True))
        # What is in the chosen one stays in sight while the list scrolls.
        self._inside = Text(look, "", "small", "ink2", wrap=True)
        self.body.addWidget(self._inside)
        self.other = Button(look, tr("Another file…"), Kind.LINK, name=tr("Choose a copy that lies elsewhere"))
        self.other.clicked.connect(self.file_asked)
        self.buttons.insertWidget(0, self.other)
        self.leave = Button(look, tr("Cancel"))
        self.leave.clicked.connect(self.reject)
        self.put_back = Button(look, tr("Restore"), Kind.PRIMARY)
        self.put_back.clicked.connect(self._decide)
        self.put_back.setEnabled(False)
        self.buttons.addWidget(self.leave)
        self.buttons.addWidget(self.put_back)
        for button in (self.other, self.leave, self.put_back):
            button.setAutoDefault(False)
        self._group.idToggled.connect(self._picked)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.rows and self._group.checkedButton() is None and self._path is None:
            self.rows[0].setChecked(True)
        (self.rows[0] if self.rows else self.other).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.put_back.isEnabled():
                self._decide()
            return
        super().keyPressEvent(event)

    def show_other(self, path: Path) -> None:
        """A file that is none of the listed ones was chosen."""
        self._group.setExclusive(False)
        for row in self.rows:
            row.setChecked(False)
        self._group.setExclusive(True)
        self._ask(path)

    def show_contents(self, path: Path, contents: Contents) -> None:
        """What a backup holds."""
        if path == self._path:
            self._inside.set_style(color="ink2")
            self._inside.set_text(self._words(contents), self._named(path))
            self.put_back.setEnabled(True)

    def show_trouble(self, path: Path, reason: str) -> None:
        """Why a backup is of no use."""
        if path == self._path:
            self._inside.set_style(color="warn")
            self._inside.set_text(reason, self._named(path))

    def _words(self, contents: Contents) -> str:
        inside = tr("{what}.", what=capital(rows_text(contents.rows)))
        if contents.last_day is None:
            return inside
        day = long_day(contents.last_day, self._now.date())
        return tr("{inside} Last session: {day}.", inside=inside, day=day)

    def _named(self, path: Path) -> str:
        return "" if any(row.backup.path == path for row in self.rows) else tr("{name}:", name=path.name)

    def _picked(self, index: int, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        if on:
            self.bring_into_view(self.rows[index])
            self._ask(self.rows[index].backup.path)

    def _ask(self, path: Path) -> None:
        self._path = path
        self.put_back.setEnabled(False)
        self._inside.set_style(color="ink2")
        self._inside.set_text(tr("Looking into it…"), self._named(path))
        self.look_asked.emit(path)

    def _decide(self) -> None:
        path = self._path
        self.accept()
        self.decided.emit(path)
