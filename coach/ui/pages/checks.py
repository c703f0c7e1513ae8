"""The two questions between sessions: the next morning, and once a week. Ten seconds; nothing is filled in before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from coach.services.reminding import Stiffness
from coach.ui.i18n import tr
from coach.ui.pages.after_parts import AreaAdder, PainRow
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.card import Card, Hairline
from coach.ui.widgets.page import Page, TitleRow
from coach.ui.widgets.scale import hung
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text
from coach.ui.words import area_word

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from coach.domain.pain import Area
    from coach.ui.room import Room
    from coach.ui.theme.look import Look
    from coach.ui.widgets.scale import NumberScale

LONGEST_ANSWER = 200


@dataclass(frozen=True, slots=True)
class CheckAnswers:
    """What was answered. `pain` is that of the first steps, or the week's average; `worst` the week's worst."""

    pain: tuple[tuple[Area, int], ...] = ()
    worst: tuple[tuple[Area, int], ...] = ()
    stiffness: Stiffness | None = None
    hardest: str = ""


class _CheckPage(Page):
    """Emits `saved` with `CheckAnswers` once, or `cancelled`. `areas` are those that are active."""

    saved = Signal(object)
    cancelled = Signal()
    _title = ""
    _under = ""

    def __init__(self, look: Look, areas: tuple[Area, ...]) -> None:
        super().__init__(look)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._head = TitleRow(look, self._title, self._under)
        self.column.addWidget(self._head)
        card = Card(look, pad=24, gap=12)
        card.setMaximumWidth(look.px(760))
        self.column.addWidget(card)
        self.pain: list[PainRow] = []
        self.worst: list[PainRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        card.column.addLayout(self._rows)
        self._calm = Text(look, tr("Nothing hurt lately. If something does, add it."), "body", "ink2", wrap=True)
        card.column.addWidget(self._calm)
        for area in areas:
            self._ask(area)
        self.adder = AreaAdder(look)
        self.adder.picked.connect(self.add_area)
        card.column.addWidget(self.adder, 0, Qt.AlignmentFlag.AlignLeading)
        anchors = tr("0 no pain, 10 worst pain imaginable")
        card.column.addWidget(Text(look, anchors, "small", "ink3", wrap=True))
        card.column.addWidget(Hairline(look))
        self._build_more(card)
        self._build_foot()
        self.column.addStretch(1)
        self._follow()

    def entered(self) -> None:
        scales = self.scales()
        (scales[0] if scales else self.adder).setFocus(Qt.FocusReason.OtherFocusReason)

    def scales(self) -> list[NumberScale]:
        """All numbers that are asked for, in the order of the page."""
        return [row.scale for row in self._every_row()]

    def add_area(self, area: Area) -> None:
        """Ask about one more area."""
        if area not in [row.area for row in self.pain]:
            self._ask(area)
            self.pain[-1].scale.setFocus(Qt.FocusReason.TabFocusReason)
        self._follow()

    def answers(self) -> CheckAnswers:
        """What was said so far."""
        return CheckAnswers(pain=_given(self.pain), worst=_given(self.worst))

    def can_save(self) -> bool:
        """Whether something was answered."""
        return self.answers() != CheckAnswers()

    def arrange(self, room: Room) -> None:
        self._head.set_columns(room.columns)
        self.pin(self.save, pinned=room.pinned, home=self._foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        waiting = next((scale for scale in self.scales() if scale.value is None), None)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._save()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.text().isdecimal() and waiting is not None:
            waiting.setFocus(Qt.FocusReason.TabFocusReason)
            waiting.handle_key(event)
        else:
            super().keyPressEvent(event)

    def ask_again(self) -> None:
        """The answers could not be kept: they may be handed over once more."""
        self._follow()

    def _ask(self, area: Area) -> None:
        raise NotImplementedError

    def _build_more(self, card: Card) -> None:
        raise NotImplementedError

    def _every_row(self) -> list[PainRow]:
        return [*self.pain, *self.worst]

    def _add(self, rows: list[PainRow], area: Area, title: str, name: str) -> None:
        row = PainRow(self.look, area, title, name)
        row.scale.value_changed.connect(lambda _value: self._follow())
        rows.append(row)
        self._rows.addLayout(hung(row))

    def _build_foot(self) -> None:
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self.later = Button(self.look, tr("Later"), key="Esc")
        self.later.clicked.connect(self.cancelled)
        self.save = Button(self.look, tr("Save"), Kind.PRIMARY, key="Enter")
        self.save.clicked.connect(self._save)
        self._foot.addWidget(self.later)
        self._foot.addWidget(self.save)
        self._foot.addStretch(1)
        self.column.addLayout(self._foot)

    def _follow(self) -> None:
        self._calm.setVisible(not self.pain)
        if hasattr(self, "adder"):
            self.adder.set_taken([row.area for row in self.pain])
        if hasattr(self, "save"):
            self.save.setEnabled(self.can_save())

    def _save(self) -> None:
        if self.save.isEnabled():
            self.save.setEnabled(False)
            self.saved.emit(self.answers())


class MorningCheckPage(_CheckPage):
    """Pain on the first steps of each active area, and how long it was stiff."""

    def __init__(self, look: Look, areas: tuple[Area, ...]) -> None:
        self._title = tr("First steps this morning")
        self._under = tr("How much did your first steps after getting up hurt? Blank means not asked, not zero.")
        super().__init__(look, areas)

    def answers(self) -> CheckAnswers:
        return CheckAnswers(pain=_given(self.pain), stiffness=self.stiffness.answer)

    def _ask(self, area: Area) -> None:
        self._add(self.pain, area, "", tr("{area}, first steps this morning", area=area_word(area)))

    def _build_more(self, card: Card) -> None:
        card.column.addWidget(Text(self.look, tr("Stiff for how many minutes?"), "strong", wrap=True))
        choices = [
            (Stiffness.NONE, tr("0 min")),
            (Stiffness.TO_5, tr("1 to 5")),
            (Stiffness.TO_15, tr("6 to 15")),
            (Stiffness.TO_30, tr("16 to 30")),
            (Stiffness.LONGER, tr("Over 30")),
        ]
        self.stiffness: Segmented[Stiffness] = Segmented(self.look, tr("Stiff for how many minutes?"), choices)
        self.stiffness.choose_none()
        self.stiffness.chosen.connect(lambda _value: self._follow())
        card.column.addWidget(self.stiffness)


class WeeklyCheckPage(_CheckPage):
    """Average and worst of the last seven days of each active area, and what is hardest."""

    def __init__(self, look: Look, areas: tuple[Area, ...]) -> None:
        self._title = tr("Your last 7 days")
        self._under = tr("Look back over the week. Blank means not asked, not zero.")
        super().__init__(look, areas)

    def answers(self) -> CheckAnswers:
        return CheckAnswers(_given(self.pain), _given(self.worst), None, self.hardest.text().strip())

    def can_save(self) -> bool:
        """An average without a worst, or the other way round, is half an answer."""
        answers = self.answers()
        return super().can_save() and {area for area, _ in answers.pain} == {area for area, _ in answers.worst}

    def _ask(self, area: Area) -> None:
        words = area_word(area)
        self._add(self.pain, area, tr("On average"), tr("{area}, on average in the last 7 days", area=words))
        self._add(self.worst, area, tr("At worst"), tr("{area}, at worst in the last 7 days", area=words))

    def _every_row(self) -> list[PainRow]:
        return [row for pair in zip(self.pain, self.worst, strict=True) for row in pair]

    def _build_more(self, card: Card) -> None:
        card.column.addWidget(Text(self.look, tr("Which activity is hardest?"), "strong", wrap=True))
        self.hardest = QLineEdit()
        self.hardest.setMaxLength(LONGEST_ANSWER)
        self.hardest.setAccessibleName(tr("Which activity is hardest?"))
        self.hardest.setPlaceholderText(tr("Such as stairs, or getting up"))
        self.hardest.textChanged.connect(lambda _text: self._follow())
        card.column.addWidget(self.hardest)


def _given(rows: list[PainRow]) -> tuple[tuple[Area, int], ...]:
    return tuple((row.area, row.scale.value) for row in rows if row.scale.value is not None)
