"""The pain check-in before a session: where it hurts and how much, in one tap where nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from coach.domain.pain import BodySide
from coach.ui.i18n import tr
from coach.ui.pages.area_list import AreaList
from coach.ui.pages.body_map import BodyMap
from coach.ui.pages.checkin_model import CheckIn, LastRating
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.chip import Chip
from coach.ui.widgets.page import Columns, Page, TitleRow
from coach.ui.widgets.scale import NrsScale, hung
from coach.ui.widgets.text import Text
from coach.ui.words import area_word, body_side_word, region_word

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from coach.domain.pain import Area
    from coach.ui.room import Room
    from coach.ui.theme.look import Look

_TONES = {BodySide.LEFT: "left", BodySide.CENTRE: "neutral", BodySide.RIGHT: "right"}
_SIDE_KEYS = {Qt.Key.Key_L: BodySide.LEFT, Qt.Key.Key_C: BodySide.CENTRE, Qt.Key.Key_R: BodySide.RIGHT}
_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CheckInPage(Page):
    """Emits `saved` with a tuple of (area, number), or `skipped` where nothing is required.

    `active` are the areas that must be answered; `last` the newest earlier answers.
    """

    saved = Signal(object)
    skipped = Signal()
    cancelled = Signal()

    def __init__(self, look: Look, active: tuple[Area, ...] = (), last: dict[Area, LastRating] | None = None) -> None:
        super().__init__(look)
        self.model = CheckIn(active, last, self)
        self._asked: Area | None = None
        self._build_title()
        self.columns = Columns((452, 516))
        self.column.addWidget(self.columns, 1)
        self.map = BodyMap(look, self.model)
        self._map_card = Card(look, pad=20, gap=8)
        self._map_card.column.addWidget(self.map, 1)
        hint = tr("Your left is on the left in both pictures.")
        self._map_card.column.addWidget(
            Text(look, hint, "small", "ink3", align=Qt.AlignmentFlag.AlignHCenter, wrap=True)
        )
        self.columns.left.addWidget(self._map_card, 1)
        list_card = Card(look, pad=22, gap=0)
        self.list = AreaList(look, self.model)
        list_card.column.addWidget(self.list)
        self.columns.right.addWidget(list_card)
        self._build_question()
        self.model.changed.connect(self._follow)
        self._follow()

    def entered(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, room: Room) -> None:
        self.title.set_columns(room.columns)
        self.columns.set_columns(room.columns, room.gap)
        # The list says the same in far less room, and there the question comes first.
        self.columns.show_left(shown=room.columns > 1)
        self.columns.right.insertWidget(1 if room.columns > 1 else 0, self._question, 1)
        down = room.percent > 150
        self._buttons.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
        self.pin(self.save, pinned=room.pinned, home=self._buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handle_key(event):
            super().keyPressEvent(event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._save()
        elif control:
            return False
        elif key in _MOVES:
            rows, sides = _MOVES[key]
            self.model.move(rows, sides)
        elif key in _SIDE_KEYS:
            self.model.set_side(_SIDE_KEYS[key])
        elif key == Qt.Key.Key_N:
            self._no_change()
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._save() if self.model.can_save else self.model.next_area()
        elif key == Qt.Key.Key_Space and self.model.current is None:
            self.model.select(self.list.first)
        else:
            return self._typed(event)
        return True

    def _typed(self, event: QKeyEvent) -> bool:
        """A number is for the area that is asked about, or for the one that carries the focus ring."""
        if self.model.current is None and event.text().isdecimal():
            self.model.select(self.list.first)
        return self.model.current is not None and self.scale.handle_key(event)

    def _build_title(self) -> None:
        self.title = TitleRow(
            self.look,
            tr("Where is your pain right now?"),
            tr("Pick an area on the body or in the list. Blank means not asked, not zero."),
        )
        self.nothing = Button(self.look, tr("Nothing hurts"))
        self.nothing.clicked.connect(self._nothing_hurts)
        self.no_change = Button(self.look, tr("No change"), Kind.SOFT, icon="equal", key="N")
        self.no_change.clicked.connect(self._no_change)
        self.title.end.addWidget(self.nothing)
        self.title.end.addWidget(self.no_change)
        self.column.addWidget(self.title)

    def _build_question(self) -> None:
        card = Card(self.look, pad=22, gap=10)
        top = QHBoxLayout()
        top.setSpacing(10)
        self._area = Text(self.look, "", "h2", wrap=True)
        self._side = Chip(self.look, "")
        self._last = Text(self.look, "", "small", "ink2")
        top.addWidget(self._area)
        top.addWidget(self._side)
        top.addStretch(1)
        top.addWidget(self._last)
        card.column.addLayout(top)
        self.scale = NrsScale(self.look, "", height=46, words=True)
        self.scale.value_changed.connect(self.model.rate)
        card.column.addLayout(hung(self.scale))
        anchors = tr("0 no pain, 10 worst pain imaginable")
        card.column.addWidget(Text(self.look, anchors, "small", "ink3", wrap=True))
        card.column.addStretch(1)
        self._why_not = Text(self.look, "", "small", "ink2", wrap=True)
        card.column.addWidget(self._why_not)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self._links())
        self._buttons.addStretch(1)
        self.next = Button(self.look, tr("Next area"))
        self.next.clicked.connect(self.model.next_area)
        self._buttons.addWidget(self.next)
        self.save = Button(self.look, tr("Save and go on"), Kind.PRIMARY, key="Ctrl+Return")
        self.save.clicked.connect(self._save)
        self._buttons.addWidget(self.save)
        card.column.addLayout(self._buttons)
        self._question = card
        self.columns.right.addWidget(card, 1)

    def _links(self) -> QWidget:
        links = QWidget()
        row = QHBoxLayout(links)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.clear = Button(self.look, tr("Clear"), Kind.LINK)
        self.clear.clicked.connect(lambda: self.model.rate(None))
        self.skip = Button(self.look, tr("Skip"), Kind.LINK, name=tr("Skip the check-in"))
        self.skip.clicked.connect(self.skipped)
        row.addWidget(self.clear)
        row.addWidget(self.skip)
        # Areas that hurt lately are asked about every time (clinical.md 3.2); otherwise nothing is required.
        self.skip.setVisible(not self.model.active)
        links.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return links

    def _follow(self) -> None:
        area = self.model.current
        if area != self._asked and self.isVisible():
            # In a low window the question may be out of sight.
            self.area.ensureWidgetVisible(self.scale, 0, self.look.px(80))
        self._asked = area
        self.scale.setEnabled(area is not None)
        self._side.setVisible(area is not None)
        value = self.model.answer(area) if area else None
        if value != self.scale.value:
            self.scale.set_value(value)
        self.scale.set_name(tr("{area}, pain now", area=area_word(area)) if area else tr("Pick an area first"))
        self._area.set_text(region_word(area.region) if area else tr("Pick an area"))
        if area is not None:
            self._side.set_chip(body_side_word(area.side), _TONES[area.side])
        last = self.model.last.get(area) if area else None
        self._last.set_text(tr("{when} {number}", when=last.when, number=last.nrs) if last else "")
        self.clear.setEnabled(value is not None)
        self.save.setEnabled(self.model.can_save)
        self.no_change.setEnabled(self.model.can_repeat)
        self.no_change.setVisible(bool(self.model.active))
        self._say_why_not()

    def _say_why_not(self) -> None:
        active, missing = len(self.model.active), len(self.model.unanswered)
        words = ""
        if missing:
            words = tr("{done} of {all} answered", done=active - missing, all=active)
        elif not self.model.answers:
            words = tr("Rate an area, or choose “Nothing hurts”.")
        self._why_not.set_text(words)
        self._why_not.setVisible(bool(words))

    def _no_change(self) -> None:
        if self.model.can_repeat:
            self.model.repeat_last()
            self._save()

    def _nothing_hurts(self) -> None:
        self.model.nothing_hurts()
        self._save()

    def _save(self) -> None:
        if self.model.can_save:
            self.saved.emit(self.model.answers)
