"""The report for a clinician: which days, what is in it, on what paper. Says how much that is before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from coach.services.report import Paper, ReportChoice, Section
from coach.ui.i18n import tr, trn
from coach.ui.pages.progress_parts import Beside, DatesRow
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.dialog import TallDialog
from coach.ui.widgets.flow import Flow
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Check

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

WIDTH = 560
LONGEST_NAME = 60


class ReportDialog(TallDialog):
    """`weigh_asked` carries a choice whenever it holds something else; `show_contents` or `show_trouble` answers it.

    The other signals carry the choice that is to be saved, printed, or whose paper the programme sheet is to have.
    """

    weigh_asked = Signal(object)
    save_asked = Signal(object)
    print_asked = Signal(object)
    sheet_asked = Signal(object)

    def __init__(self, look: Look, proposed: ReportChoice, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Report"), parent, width=WIDTH)
        self._weighed: ReportChoice | None = None
        intro = tr("For your doctor or physiotherapist: what you did, and how it felt, on a page or two.")
        self.column.addWidget(Text(look, intro, "body", wrap=True))
        self.days = DatesRow(look, proposed.span)
        self.days.chosen.connect(self._weigh)
        self.column.addWidget(self.days)
        self._build_sections(proposed.sections)
        self._build_paper(proposed)
        self.weight = Text(look, "", "strong", wrap=True)
        self.column.addWidget(self.weight)
        lead, text = tr("Not encrypted."), tr("Whoever has the report can read it. Nothing is sent anywhere.")
        self.column.addWidget(Banner(look, Tone.INFO, lead, text))
        self._build_buttons()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._weighed is None:
            self.days.first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._weigh()

    def show_contents(self, choice: ReportChoice, contents: Mapping[Section, int]) -> None:
        """How many things each ticked section holds."""
        if choice == self._weighed:
            self.weight.set_text(contents_text(contents))
            for button in (self.save, self.print):
                button.setEnabled(bool(choice.sections))

    def show_trouble(self, choice: ReportChoice, reason: str) -> None:
        """Why it cannot be said."""
        if choice == self._weighed:
            self.weight.set_text(reason)

    def tick(self, section: Section) -> Check:
        """The tick box of a section."""
        return self._ticks[section]

    def _build_sections(self, ticked: Collection[Section]) -> None:
        self.column.addWidget(Text(self._look, tr("What goes in"), "small_strong", "ink2"))
        self._ticks: dict[Section, Check] = {}
        for section in Section:
            tick = Check(self._look, section_word(section))
            tick.setChecked(section in ticked)
            tick.toggled.connect(self._weigh)
            self._ticks[section] = tick
            self.column.addWidget(tick)

    def _build_paper(self, proposed: ReportChoice) -> None:
        row = Flow(12)
        papers = [(Paper.A4, tr("A4")), (Paper.LETTER, tr("Letter"))]
        self.paper = Segmented(self._look, tr("Paper"), papers, proposed.paper)
        self.name = QLineEdit(proposed.name)
        self.name.setFont(self._look.font("body"))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(tr("Name, if it is to be printed"))
        self.name.setMinimumWidth(self._look.px(190))
        row.add(self.paper)
        row.add(Beside(self._look, tr("Name (optional)"), self.name))
        self.column.addWidget(row)

    def _build_buttons(self) -> None:
        look = self._look
        self.sheet = Button(look, tr("A sheet of your programme instead…"), Kind.LINK)
        self.column.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignLeading)
        self.print = Button(look, tr("Print…"))
        self.cancel = Button(look, tr("Cancel"))
        self.save = Button(look, tr("Save PDF…"), Kind.PRIMARY)
        for button, signal in (
            (self.sheet, self.sheet_asked),
            (self.print, self.print_asked),
            (self.save, self.save_asked),
        ):
            button.clicked.connect(lambda _on=False, asked=signal: self._decide(asked))
        self.cancel.clicked.connect(self.reject)
        for button in (self.cancel, self.print, self.save):
            self.buttons.addWidget(button)

    def _chosen(self) -> ReportChoice | None:
        """As it stands; None while the days are none."""
        span = self.days.span
        sections = frozenset(section for section, tick in self._ticks.items() if tick.isChecked())
        return None if span is None else ReportChoice(span, sections, self.paper.value, self.name.text().strip())

    def _weigh(self, _changed: object = None) -> None:
        choice = self._weighed = self._chosen()
        for button in (self.save, self.print):
            button.setEnabled(False)
        self.sheet.setEnabled(choice is not None)
        if choice is None:
            self.weight.set_text("")
        elif not choice.sections:
            self.weight.set_text(tr("Nothing is ticked yet."))
        else:
            self.weight.set_text(tr("Counting…"))
            self.weigh_asked.emit(choice)

    def _decide(self, asked: Signal) -> None:
        choice = self._chosen()
        if choice is not None:
            self.accept()
            asked.emit(choice)  # type: ignore[attr-defined] # a bound signal, which the stubs do not tell apart


def section_word(section: Section) -> str:
    """A part of the report, as its tick says it."""
    return {
        Section.PROGRAMME: tr("Your programme now"),
        Section.ADHERENCE: tr("Sessions, planned and done"),
        Section.PAIN: tr("Pain, a chart for each rated area"),
        Section.TRENDS: tr("Repetitions and seconds, left and right"),
        Section.TESTS: tr("Self-tests"),
        Section.FLAGS: tr("Answers about worrying symptoms"),
        Section.NOTES: tr("Your notes, word for word"),
    }[section]


def contents_text(contents: Mapping[Section, int]) -> str:
    """`In it: 47 sessions, pain of 2 areas, 3 notes`, and so on."""
    parts = [_count_text(section, contents[section]) for section in Section if contents.get(section)]
    return tr("In it: {what}.", what=", ".join(parts)) if parts else tr("There is nothing of it in these days.")


def _count_text(section: Section, n: int) -> str:
    match section:
        case Section.PROGRAMME:
            return trn("{n} exercise of your programme", "{n} exercises of your programme", n)
        case Section.ADHERENCE:
            return trn("{n} session", "{n} sessions", n)
        case Section.PAIN:
            return trn("pain of {n} area", "pain of {n} areas", n)
        case Section.TRENDS:
            return trn("{n} trend of an exercise", "{n} trends of exercises", n)
        case Section.TESTS:
            return trn("{n} self-test", "{n} self-tests", n)
        case Section.FLAGS:
            return trn("{n} answer about symptoms", "{n} answers about symptoms", n)
        case _:
            return trn("{n} note", "{n} notes", n)
