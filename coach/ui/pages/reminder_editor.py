"""One reminder, to be changed in place. Every change applies at once; what cannot be is told at its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coach.domain.reminders.check import LONGEST_TEXT
from coach.domain.reminders.parts import (
    AtTimes,
    BadReminderError,
    Pause,
    ReminderKind,
    SkipDone,
    Within,
)
from coach.domain.reminders.starters import starter
from coach.ui.i18n import tr
from coach.ui.pages.manner_rows import WIDE, MannerRows
from coach.ui.pages.settings_parts import Row
from coach.ui.reminder_words import fault_words, kind_note, kind_word, next_text, skip_word
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.date_field import DateField, TimeField
from coach.ui.widgets.day_picker import DayPicker
from coach.ui.widgets.flow import Flow
from coach.ui.widgets.pickers import Combo
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text
from coach.ui.words import day_text, minutes_text

if TYPE_CHECKING:
    from coach.domain.reminders.parts import Fault, When
    from coach.domain.reminders.rule import Reminder
    from coach.ui.pages.reminders_state import RemindersState
    from coach.ui.theme.look import Look

EVERY = (15, 20, 30, 45, 60, 90, 120, 180, 240)
SITTING_EVERY = tuple(minutes for minutes in EVERY if minutes >= 20)
WITH_ROUTINE = frozenset({ReminderKind.ROUTINE, ReminderKind.FIRST_STEPS, ReminderKind.SITTING})
TIMES, HOURS = "times", "hours"
_WIDE = WIDE | {"when", "rest", "pause"}
_FIELD_ROWS = {"when": "when", "weekdays": "weekdays", "routine_id": "routine", "text": "text", "pause": "pause"}


class ReminderEditor(QWidget):
    """`changed` carries a reminder that can be; `removed` asks to remove it, `closed` to fold this up.

    `unfolded` carries a part that has just come and should be seen.
    """

    changed = Signal(object)
    removed = Signal(object)
    closed = Signal()
    unfolded = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rule: Reminder | None = None
        self._draft: dict[str, object] = {}
        self._state: RemindersState | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 4, 0, 8)
        self.column.setSpacing(0)
        self.rows: dict[str, Row] = {}
        self._build_when()
        self._build_what()
        self._build_more()
        self._build_foot()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def render_rule(self, rule: Reminder, state: RemindersState) -> None:
        """Show a reminder as it is; a draft that could not be applied stays while it is the same one."""
        self._state = state
        if self._rule is not None and self._rule.id == rule.id and self._draft:
            self._rule = rule
            return
        same = self._rule is not None and self._rule.id == rule.id
        self._rule, self._draft = rule, {}
        self._tell(())
        self._show_when(rule, anew=not same)
        self.days.set_days(rule.weekdays)
        self.kind.setCurrentIndex(self.kind.findData(rule.kind))
        self.rows["kind"].set_note(kind_note(rule.kind))
        self._show_routines(rule, state)
        if not (same and self.text.hasFocus()):
            self.text.setText(rule.text)
        self.skip.setCurrentIndex(self.skip.findData(rule.skip_done))
        self._show_rest(rule)
        self._show_pause(rule, state)
        self.manner.show_manner(rule.manner)

    def first_field(self) -> QWidget:
        """Where the keyboard begins: the first time."""
        return self.times[0] if self.times and self.mode.value == TIMES else self.start

    def arrange(self, *, stacked: bool) -> None:
        """Controls beside or below their names."""
        for key, row in (*self.rows.items(), *self.manner.rows.items()):
            row.set_stacked(stacked=stacked or key in _WIDE)

    # --- its parts --------------------------------------------------------------------------------------------------

    def _build_when(self) -> None:
        look = self._look
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.mode = Segmented(look, tr("When"), [(TIMES, tr("At times")), (HOURS, tr("Every so often"))])
        self.mode.chosen.connect(self._mode_chosen)
        column.addWidget(self.mode)
        self.times: list[TimeField] = []
        self._times = Flow(8)
        column.addWidget(self._times)
        self._hours = self._hours_row()
        column.addWidget(self._hours)
        self._add("when", tr("When"), "", holder)
        self.days = DayPicker(look, tr("On these days"))
        self.days.chosen.connect(lambda days: self._change(weekdays=days))
        self._add("weekdays", tr("Days"), "", self.days)

    def _hours_row(self) -> QWidget:
        look = self._look
        holder = Flow(8)
        self.start = TimeField(look, tr("From"), time(9))
        self.end = TimeField(look, tr("Until"), time(17))
        self.every = Combo(look, tr("Minutes between two"))
        for minutes in EVERY:
            self.every.addItem(tr("{minutes} min", minutes=minutes), minutes)
        for part in (
            Text(look, tr("from"), "body", "ink2"),
            self.start,
            Text(look, tr("until"), "body", "ink2"),
            self.end,
            Text(look, tr("every"), "body", "ink2"),
            self.every,
        ):
            holder.add(part)
        self.start.changed.connect(lambda _at: self._change(when=self._within()))
        self.end.changed.connect(lambda _at: self._change(when=self._within()))
        self.every.activated.connect(lambda _index: self._change(when=self._within()))
        return holder

    def _build_what(self) -> None:
        look = self._look
        self.kind = Combo(look, tr("What for"))
        for kind in ReminderKind:
            self.kind.addItem(kind_word(kind), kind)
        self.kind.activated.connect(self._kind_chosen)
        self._add("kind", tr("What for"), "", self.kind)
        self.routine = Combo(look, tr("Routine"))
        self.routine.activated.connect(lambda index: self._change(routine_id=self.routine.itemData(index)))
        self._add("routine", tr("Routine"), tr("What Start begins."), self.routine)
        self.text = QLineEdit()
        self.text.setAccessibleName(tr("Your own words"))
        self.text.setMaxLength(LONGEST_TEXT)
        self.text.setMinimumWidth(look.px(180))
        self.text.editingFinished.connect(lambda: self._change(text=self.text.text().strip()))
        note = tr("Part of the notification, which a locked screen shows too.")
        self._add("text", tr("Your own words"), note, self.text)

    def _build_more(self) -> None:
        look = self._look
        self.more = Button(look, tr("More"), Kind.LINK)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._unfold)
        self.column.addWidget(self.more)
        self.column.addSpacing(8)
        self._folded = QWidget()
        folded = QVBoxLayout(self._folded)
        folded.setContentsMargins(0, 0, 0, 0)
        folded.setSpacing(0)
        self.column.addWidget(self._folded)
        self.skip = Combo(look, tr("When it is done already"))
        for skip in SkipDone:
            self.skip.addItem(skip_word(skip), skip)
        self.skip.activated.connect(lambda index: self._change(skip_done=self.skip.itemData(index)))
        self._add("skip_done", tr("When it is done already"), "", self.skip, folded)
        self._build_rest(folded)
        self._build_pause(folded)
        self.manner = MannerRows(look, self)
        self.manner.changed.connect(lambda manner: self._change(manner=manner))
        for row in self.manner.rows.values():
            folded.addWidget(row)
        self._folded.hide()

    def _build_rest(self, folded: QVBoxLayout) -> None:
        look = self._look
        self._rest = Flow(8)
        self.rest_day = DateField(look, tr("A day off"), _NO_DAY)
        self.add_rest = Button(look, tr("Add"), name=tr("Add this day off"))
        self.add_rest.clicked.connect(self._add_rest_day)
        self._rest_days: list[Button] = []
        self._rest.add(self.rest_day)
        self._rest.add(self.add_rest)
        self._add("rest", tr("Days off"), tr("Single days without this reminder."), self._rest, folded)

    def _build_pause(self, folded: QVBoxLayout) -> None:
        look = self._look
        holder = Flow(8)
        self.pause_until = DateField(look, tr("Pause until"), _NO_DAY)
        self.pause = Button(look, tr("Pause"))
        self.pause.clicked.connect(self._toggle_pause)
        holder.add(self.pause_until)
        holder.add(self.pause)
        self._add("pause", tr("Pause until"), "", holder, folded)

    def _build_foot(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 8, 0, 0)
        self.remove = Button(self._look, tr("Remove"), Kind.DANGER, name=tr("Remove this reminder"), size=Size.SMALL)
        self.remove.clicked.connect(lambda: self.removed.emit(self._rule))
        self.close_button = Button(self._look, tr("Close"), name=tr("Close the editor"), size=Size.SMALL)
        self.close_button.clicked.connect(self.closed)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self.column.addLayout(foot)

    def _add(self, key: str, title: str, note: str, control: QWidget, into: QVBoxLayout | None = None) -> None:
        self.rows[key] = Row(self._look, title, note, control)
        (into or self.column).addWidget(self.rows[key])

    # --- when -------------------------------------------------------------------------------------------------------

    def _show_when(self, rule: Reminder, *, anew: bool) -> None:
        sitting, within = rule.kind is ReminderKind.SITTING, isinstance(rule.when, Within)
        self.mode.setVisible(not sitting)
        self.mode.set_value(HOURS if within else TIMES)
        self._hours.setVisible(within)
        self._times.setVisible(not within)
        if isinstance(rule.when, Within):
            self.start.set_value(rule.when.start)
            self.end.set_value(rule.when.end)
            if self.every.findData(rule.when.every_min) < 0:
                self.every.addItem(tr("{minutes} min", minutes=rule.when.every_min), rule.when.every_min)
            self.every.setCurrentIndex(self.every.findData(rule.when.every_min))
        elif anew or tuple(field.value for field in self.times) != rule.when.times:
            self._show_times(rule.when.times)

    def _show_times(self, times: tuple[time, ...]) -> None:
        held = next((index for index, field in enumerate(self.times) if field.hasFocus()), None)
        self._times.clear()
        self.times = []
        for number, at in enumerate(times):
            field = TimeField(self._look, tr("Time {number}", number=number + 1), at)
            field.changed.connect(lambda _at: self._times_changed())
            self.times.append(field)
            self._times.add(field)
            if len(times) > 1:
                name = tr("Remove time {number}", number=number + 1)
                gone = Button(self._look, "", icon="x", name=name)
                gone.clicked.connect(lambda _=False, index=number: self._remove_time(index))
                self._times.add(gone)
        self.add_time = Button(self._look, tr("Add a time"), icon="plus")
        self.add_time.clicked.connect(self._one_more)
        self._times.add(self.add_time)
        if held is not None:
            self.times[min(held, len(self.times) - 1)].setFocus()

    def _times_changed(self) -> None:
        self._change(when=AtTimes(tuple(sorted(field.value for field in self.times))))

    def _remove_time(self, index: int) -> None:
        self.times[min(index, len(self.times) - 1)].setFocus()
        left = tuple(field.value for number, field in enumerate(self.times) if number != index)
        self._show_times(left)
        self._times_changed()
        self.times[min(index, len(left) - 1)].setFocus()

    def _one_more(self) -> None:
        taken = {field.value for field in self.times}
        last = max(taken, default=time(8))
        free = (time((last.hour + n) % 24, last.minute) for n in range(1, 25))
        self._show_times((*(field.value for field in self.times), next((t for t in free if t not in taken), last)))
        self._times_changed()
        self.times[-1].setFocus()

    def _mode_chosen(self, mode: str) -> None:
        if mode == HOURS:
            when: When = self._within()
        else:
            when = AtTimes(tuple(field.value for field in self.times) or (self.start.value,))
        self._change(when=when)

    def _within(self) -> Within:
        return Within(self.start.value, self.end.value, self.every.currentData())

    # --- what -------------------------------------------------------------------------------------------------------

    def _kind_chosen(self, index: int) -> None:
        rule, state = self._rule, self._state
        if rule is None or state is None:
            return
        kind = self.kind.itemData(index)
        routine = rule.routine_id or next(iter(state.routines), "")
        fresh = starter(kind, rule.id, rule.since, routine if kind is ReminderKind.ROUTINE else "")
        sitting = ReminderKind.SITTING in {kind, rule.kind}
        when = fresh.when if sitting else rule.when
        self._change(kind=kind, when=when, routine_id=fresh.routine_id)

    def _show_routines(self, rule: Reminder, state: RemindersState) -> None:
        self.rows["routine"].setVisible(rule.kind in WITH_ROUTINE)
        self.routine.clear()
        if rule.kind is not ReminderKind.ROUTINE:
            self.routine.addItem(tr("None, just remind me"), "")
        for routine in state.routines.values():
            self.routine.addItem(f"{routine.title}, {minutes_text(routine.seconds)}", routine.id)
        self.routine.setCurrentIndex(self.routine.findData(rule.routine_id))

    # --- more -------------------------------------------------------------------------------------------------------

    def _unfold(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._folded.setVisible(on)
        self.more.set_text(tr("Less") if on else tr("More"))
        self.unfolded.emit(self.rows["rest"] if on else self.more)

    def _show_rest(self, rule: Reminder) -> None:
        now = self._state.now if self._state is not None else rule.since
        for button in self._rest_days:
            self._rest.take(button)
        self._rest_days = []
        self.rest_day.set_value(max(self.rest_day.value, now.date()))
        for day in sorted(day for day in rule.rest_days if day >= now.date()):
            name = tr("Remove the day off on {day}", day=day_text(day))
            button = Button(self._look, day_text(day), icon="x", name=name)
            button.clicked.connect(lambda _=False, gone=day: self._change(rest_days=rule.rest_days - {gone}))
            self._rest_days.append(button)
            self._rest.add(button)

    def _add_rest_day(self) -> None:
        if self._rule is not None:
            self._change(rest_days=self._rule.rest_days | {self.rest_day.value})

    def _show_pause(self, rule: Reminder, state: RemindersState) -> None:
        on = rule.pause is not None and rule.pause.covers(state.now)
        until = rule.pause.until.astimezone(state.now.tzinfo) if on and rule.pause is not None else None
        note = tr("Paused until {when}.", when=next_text(until, state.now)) if until is not None else ""
        self.rows["pause"].set_note(note)
        self.pause_until.set_value(until.date() if until else max(self.pause_until.value, state.now.date() + _DAY))
        self.pause_until.setEnabled(not on)
        self.pause.set_text(tr("Resume") if on else tr("Pause"))

    def _toggle_pause(self) -> None:
        rule, state = self._rule, self._state
        if rule is None or state is None:
            return
        if rule.pause is not None and rule.pause.covers(state.now):
            self._change(pause=None)
            return
        until = datetime.combine(self.pause_until.value, time(), state.now.tzinfo)
        self._change(pause=Pause(state.now.astimezone(UTC), until.astimezone(UTC)))

    # --- how it is applied ------------------------------------------------------------------------------------------

    def _change(self, **values: object) -> None:
        """Apply a change, together with earlier ones that could not be applied yet."""
        if self._rule is None:
            return
        self._draft |= values
        try:
            rule = replace(self._rule, **self._draft)  # type: ignore[arg-type] # named by the controls
        except BadReminderError as error:
            self._tell(error.faults)
            return
        self._draft = {}
        self._tell(())
        if rule != self._rule:
            self.changed.emit(rule)

    def _tell(self, faults: tuple[Fault, ...]) -> None:
        """Say at each field what is wrong with it."""
        for row in (*self.rows.values(), *self.manner.rows.values()) if hasattr(self, "manner") else ():
            row.set_below(None)
        for fault in faults:
            place = self.rows.get(_FIELD_ROWS.get(fault.field, "")) or self.manner.rows.get(fault.field)
            if place is not None:
                place.set_below(Banner(self._look, Tone.WARN, "", fault_words(fault)))
                self.unfolded.emit(place)
        for field in (*self.times, self.start, self.end):
            field.set_wrong(wrong=any(fault.field == "when" for fault in faults))


_DAY = timedelta(days=1)
_NO_DAY = date(2000, 1, 1)
