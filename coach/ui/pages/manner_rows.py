"""The manner of reminders as rows: quiet hours, snoozes, what becomes of a missed one, when it waits, its sound."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coach.domain.reminders.check import MOST_SNOOZES
from coach.domain.reminders.parts import IfMissed, InQuiet, Manner, Quiet
from coach.ui.i18n import tr
from coach.ui.pages.settings_parts import Row
from coach.ui.reminder_words import missed_choice
from coach.ui.widgets.date_field import TimeField
from coach.ui.widgets.flow import Flow
from coach.ui.widgets.pickers import Combo, Stepper
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Check, Toggle

if TYPE_CHECKING:
    from coach.ui.theme.look import Look

SNOOZES = (5, 10, 15, 30, 60)
SELDOM = ("in_quiet", "snooze_min", "snoozes", "nudge_min")
"""Rows that most people never need."""
WIDE = frozenset({"snooze_min"})
"""Rows whose control needs a line of its own."""
NUDGES = (0, 5, 10, 15, 30, 60)
_USUAL_QUIET = Quiet(time(21), time(7))


class MannerRows(QObject):
    """Rows to be put into a card. `changed` carries the new manner; a bad one is shown, not judged, here."""

    changed = Signal(object)

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._manner = Manner()
        self.rows: dict[str, Row] = {}
        self._build_quiet()
        self._build_snooze()
        self._build_missed()

    def show_manner(self, manner: Manner) -> None:
        """Show this, without a signal."""
        self._manner = manner
        quiet = manner.quiet
        _set(self.quiet_on, on=quiet is not None)
        for field, at in zip(self.quiet_ends, _ends(quiet), strict=True):
            field.set_value(at)
            field.setEnabled(quiet is not None)
        _set(self.moves, on=manner.in_quiet is InQuiet.MOVE)
        self.moves.setEnabled(quiet is not None)
        for minutes, check in self.lengths.items():
            _set(check, on=minutes in manner.snooze_min)
        self.limit.set_value(min(manner.snoozes, MOST_SNOOZES))
        self.nudge.setCurrentIndex(max(0, self.nudge.findData(manner.nudge_min or 0)))
        self.if_missed.setCurrentIndex(self.if_missed.findData(manner.if_missed))
        _set(self.waits, on=manner.wait_while_presenting)
        _set(self.sound, on=manner.sound)

    def _build_quiet(self) -> None:
        look = self._look
        self.quiet_on = Toggle(look, name=tr("Quiet hours"))
        self.quiet_on.toggled.connect(lambda on: self._change(quiet=self._hours() if on else None))
        self._row("quiet", tr("Quiet hours"), "", self.quiet_on)
        self.quiet_ends = tuple(
            TimeField(look, name, at)
            for name, at in ((tr("Quiet hours begin"), _USUAL_QUIET.start), (tr("Quiet hours end"), _USUAL_QUIET.end))
        )
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.quiet_ends[0])
        line.addWidget(Text(look, tr("to"), "body", "ink2"))
        line.addWidget(self.quiet_ends[1])
        line.addStretch(1)
        self._row("hours", tr("From"), "", holder)
        for field in self.quiet_ends:
            field.changed.connect(lambda _at: self._change(quiet=self._hours()))
        self.moves = Toggle(look, name=tr("Move it to the end of the quiet hours"))
        self.moves.toggled.connect(lambda on: self._change(in_quiet=InQuiet.MOVE if on else InQuiet.DROP))
        self._row(
            "in_quiet", tr("Move it to their end"), tr("If that is the same day; else it is left out."), self.moves
        )

    def _build_snooze(self) -> None:
        look = self._look
        flow = Flow(12)
        self.lengths = {}
        for minutes in SNOOZES:
            words = tr("{minutes} min", minutes=minutes)
            check = Check(look, words, name=tr("Snooze for {minutes} minutes", minutes=minutes))
            check.toggled.connect(lambda _on: self._change(snooze_min=self._lengths()))
            self.lengths[minutes] = check
            flow.add(check)
        self._row("snooze_min", tr("Snooze for"), tr("The shortest one is offered first."), flow)
        names = (tr("Fewer snoozes"), tr("More snoozes"))
        self.limit = Stepper(look, tr("Snoozes at most"), range(MOST_SNOOZES + 1), 3, str, names)
        self.limit.chosen.connect(lambda count: self._change(snoozes=count))
        self._row("snoozes", tr("Snoozes at most"), tr("After that it is silent."), self.limit)
        self.nudge = Combo(look, tr("Second call"))
        for minutes in NUDGES:
            self.nudge.addItem(tr("After {minutes} min", minutes=minutes) if minutes else tr("None"), minutes)
        self.nudge.activated.connect(lambda index: self._change(nudge_min=self.nudge.itemData(index) or None))
        self._row("nudge_min", tr("Second call"), tr("Once, gently, when you have not answered."), self.nudge)

    def _build_missed(self) -> None:
        look = self._look
        self.if_missed = Combo(look, tr("If I miss one"))
        for choice in IfMissed:
            self.if_missed.addItem(missed_choice(choice), choice)
        self.if_missed.activated.connect(lambda index: self._change(if_missed=self.if_missed.itemData(index)))
        self._row("if_missed", tr("If I miss one"), "", self.if_missed)
        self.waits = Toggle(look, name=tr("Wait while I am presenting"))
        self.waits.toggled.connect(lambda on: self._change(wait_while_presenting=on))
        note = tr("In calls and while you type it always waits.")
        self._row("wait", tr("Wait while I am presenting"), note, self.waits)
        self.sound = Toggle(look, name=tr("Sound"))
        self.sound.toggled.connect(lambda on: self._change(sound=on))
        self._row("sound", tr("Sound"), "", self.sound)

    def _row(self, key: str, title: str, note: str, control: QWidget) -> None:
        self.rows[key] = Row(self._look, title, note, control)

    def _hours(self) -> Quiet:
        return Quiet(self.quiet_ends[0].value, self.quiet_ends[1].value)

    def _lengths(self) -> tuple[int, ...]:
        others = tuple(minutes for minutes in self._manner.snooze_min if minutes not in self.lengths)
        return tuple(sorted((*others, *(m for m, check in self.lengths.items() if check.isChecked()))))

    def _change(self, **values: object) -> None:
        manner = replace(self._manner, **values)  # type: ignore[arg-type] # named by the rows
        if manner != self._manner:
            self.changed.emit(manner)


def _ends(quiet: Quiet | None) -> tuple[time, time]:
    shown = quiet or _USUAL_QUIET
    return shown.start, shown.end


def _set(button: Toggle | Check, *, on: bool) -> None:
    blocked = button.blockSignals(True)  # noqa: FBT003 - Qt's signature
    button.setChecked(on)
    button.blockSignals(blocked)
    button.update()
