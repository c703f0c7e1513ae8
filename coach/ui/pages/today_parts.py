"""Parts of the Today page: exercise tiles, the resume offer, what was done lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRect, QRectF, QSize, Qt, QTime, Signal
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.i18n import tr, trn
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.card import Card, Hairline
from coach.ui.widgets.figures import Still, StillView
from coach.ui.widgets.page import clear_layout
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.widgets.text import Text
from coach.ui.words import clock_text, day_text, dose_text, duration_text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from coach.domain.routine import RoutineItem
    from coach.ui.pages.today_state import RecentSession, ResumeOffer
    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery

TILES = 6
PICTURE = QSize(178, 140)


def picture_of(look: Look, gallery: Gallery, still: Still | None) -> StillView:
    """The picture of a tile."""
    return StillView(look, gallery, still, size=PICTURE)


def blank_tiles(look: Look, gallery: Gallery) -> list[QWidget]:
    """What stands in for the exercises until they are known."""
    tiles: list[QWidget] = []
    for _ in range(TILES):
        tile = QWidget()
        column = QVBoxLayout(tile)
        column.setContentsMargins(0, 0, 0, 0)
        view = StillView(look, gallery, size=PICTURE, fill="sunken")
        view.setObjectName("picture")
        column.addWidget(view)
        column.addSpacing(look.line("strong") + look.line("small") + 4)
        column.addStretch(1)
        tiles.append(tile)
    return tiles


class ExerciseTile(QAbstractButton):
    """Picture, name, time and dose; opens the exercise."""

    opened = Signal(str)

    def __init__(self, look: Look, gallery: Gallery, item: RoutineItem, person: int) -> None:
        super().__init__()
        self._look = look
        self._id = item.exercise.id
        level = item.exercise.level(item.level)
        time, dose = clock_text(item.seconds), dose_text(item.dose)
        self.setText(item.exercise.title)
        self.setAccessibleName(tr("{title}, {dose}, {time}", title=item.exercise.title, dose=dose, time=time))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        still = Still(item.exercise.id, level.pose, item.exercise.poses[level.pose], person)
        self.picture = picture_of(look, gallery, still)
        self.picture.setObjectName("picture")
        column.addWidget(self.picture)
        column.addSpacing(8)
        line = QHBoxLayout()
        line.addWidget(Text(look, item.exercise.title, "strong", wrap=True), 1)
        line.addWidget(Text(look, time, "body", "ink3", tabular=True), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(Text(look, dose, "small", "ink3", wrap=True))
        column.addStretch(1)
        self.clicked.connect(lambda: self.opened.emit(self._id))

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return 14

    def ring_rect(self) -> QRect:
        """The picture: around the words as well the ring would touch them."""
        return self.picture.geometry()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None:
            return super().sizeHint()
        # No more than it must have: the grid gives all tiles the same.
        return QSize(layout.minimumSize().width(), layout.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse():
            painter = painter_for(self)
            rounded(painter, QRectF(self.rect()), 14, self._look.theme.sunken)
            painter.end()


class ResumeCard(Card):
    """Offers to go on after the program was cut off in the middle of a session."""

    def __init__(self, look: Look, offer: ResumeOffer) -> None:
        super().__init__(look, pad=20, gap=4, fill="soft", edge=None)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        began = QLocale().toString(QTime(offer.began.hour, offer.began.minute), QLocale.FormatType.ShortFormat)
        words.addWidget(Text(look, tr("Go on where you stopped?"), "h2", "on_soft", wrap=True))
        sets = trn("{done} of {n} set done", "{done} of {n} sets done", offer.sets_planned, done=offer.sets_done)
        line = tr(
            "{title}, {day} at {time}: {sets}.",
            title=offer.title,
            day=day_text(offer.began.date()),
            time=began,
            sets=sets,
        )
        words.addWidget(Text(look, line, "body", "on_soft", wrap=True))
        row.addLayout(words, 1)
        self.end = Button(look, tr("No, end it"))
        self.go_on = Button(look, tr("Go on"), Kind.PRIMARY, icon="play", key="Enter")
        row.addWidget(self.end, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(row)
        self._row = row
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        down = self._look.percent > 150
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)


class RecentCard(Card):
    """The last sessions: when, what, how long, how many sets."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, pad=22, gap=8)
        self.column.addWidget(Text(look, tr("Done lately"), "h2"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(9)
        self.column.addLayout(self._rows)
        self.column.addStretch(1)

    def say(self, words: str) -> None:
        """Show words in place of the sessions."""
        clear_layout(self._rows)
        self._rows.addWidget(Text(self._look, words, "small", "ink2", wrap=True))

    def render_sessions(self, sessions: tuple[RecentSession, ...]) -> None:
        """Show these, newest first."""
        clear_layout(self._rows)
        if not sessions:
            self.say(tr("Your sessions will be listed here."))
        for index, session in enumerate(sessions):
            if index:
                self._rows.addWidget(Hairline(self._look))
            self._rows.addLayout(self._row(session))

    def _row(self, session: RecentSession) -> QVBoxLayout:
        row = QVBoxLayout()
        row.setSpacing(0)
        line = QHBoxLayout()
        line.addWidget(Text(self._look, session.title, "small_strong", wrap=True), 1)
        line.addWidget(Text(self._look, day_text(session.day), "small", "ink3"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(line)
        done = trn("{done} of {n} set", "{done} of {n} sets", session.sets_planned, done=session.sets_done)
        facts = tr("{time} · {sets}", time=duration_text(session.seconds), sets=done)
        row.addWidget(Text(self._look, facts, "small", "ink2", wrap=True))
        return row


class ReminderLine(Card):
    """When the next reminder comes; hidden until that is known."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, pad=22, gap=8)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._over = Text(look, "", "small", "ink3", wrap=True)
        self._when = Text(look, "", "strong", wrap=True)
        words.addWidget(self._over)
        words.addWidget(self._when)
        self._row.addLayout(words, 1)
        self.change = Button(look, tr("Change"), name=tr("Change the reminders"), size=Size.SMALL)
        self._row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(self._row)
        self.hide()
        look.changed.connect(self._fit)
        self._fit()

    def render_next(self, upcoming: tuple[str, str] | None) -> None:
        """Show when it comes and what for, that there is none, or nothing yet."""
        if upcoming is not None:
            when, what = upcoming
            self._over.set_text(tr("Next reminder: {what}", what=what) if what else tr("Next reminder"))
            self._when.set_text(when or tr("None planned"))
            self.change.set_text(tr("Change") if when else tr("Set one"), tr("Change the reminders"))
        self.setVisible(upcoming is not None)

    def _fit(self) -> None:
        down = self._look.percent > 150
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
