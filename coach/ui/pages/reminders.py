"""Reminders: choose times and see the week they produce. Every change applies at once."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout

from coach.domain.reminders.parts import BadReminderError, ReminderKind, slot_name
from coach.domain.reminders.placing import TOGETHER
from coach.ui.i18n import tr
from coach.ui.pages.manner_rows import SELDOM, WIDE, MannerRows
from coach.ui.pages.reminder_editor import ReminderEditor
from coach.ui.pages.reminder_log import LogCard
from coach.ui.pages.reminder_row import ReminderRow
from coach.ui.pages.week_card import WeekCard
from coach.ui.reminder_words import fault_words, kind_note, kind_word, next_text
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.card import Card, Hairline
from coach.ui.widgets.page import Columns, Page, TitleRow, clear_layout
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from coach.domain.reminders.parts import Manner
    from coach.domain.reminders.rule import Reminder
    from coach.ui.pages.reminders_state import RemindersState
    from coach.ui.room import Room
    from coach.ui.theme.look import Look

_WIDE_FROM = 900
"""So wide is the page, in letters of the usual size, before days fit beside the words of a reminder."""


class RemindersPage(Page):
    """`changed` carries a reminder as it is from now on, `manner_changed` the manner of all.

    `added` carries the kind of a new one, `removed` one to remove. `pause_asked` is True to be left alone for
    today, False to go on. `refused` says why a change cannot be.
    """

    changed = Signal(object)
    manner_changed = Signal(object)
    added = Signal(object)
    removed = Signal(object)
    pause_asked = Signal(bool)
    refused = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._state: RemindersState | None = None
        self._open: UUID | None = None
        self._asked_to_add = False
        self._rows: dict[UUID, ReminderRow] = {}
        self._build_title()
        self.notices = QVBoxLayout()
        self.notices.setSpacing(12)
        self.column.addLayout(self.notices)
        self.columns = Columns()
        self.column.addWidget(self.columns)
        self._build_list()
        self._build_rules()
        self.week = WeekCard(look)
        self.column.addWidget(self.week)
        self.log = LogCard(look)
        self.column.addWidget(self.log)
        self.column.addStretch(1)
        self.editor = ReminderEditor(look)
        self.editor.changed.connect(self.changed)
        self.editor.removed.connect(self._remove)
        self.editor.unfolded.connect(self._bring_into_view)
        self.editor.closed.connect(lambda: self.open_editor(None))
        self.editor.hide()

    def render_state(self, state: RemindersState) -> None:
        """Show this state."""
        self._state = state
        self._render_notices(state)
        self._render_list(state)
        self.manner.show_manner(state.manner)
        for card in (self.week, self.log):
            card.setVisible(bool(state.rules or state.stories))
            card.render_state(state)
        self._rules_card.setVisible(bool(state.rules))
        self.pause.setVisible(bool(state.rules))
        self.pause.setEnabled(not state.read_only and state.paused_until is None)
        for part in (self.add, *self._rows.values(), self._rules_card, self.editor):
            part.setEnabled(not state.read_only)
        self.arrange(self.room)

    def open_editor(self, key: UUID | None) -> None:
        """Fold the editor out under a reminder, or away."""
        self.editor.hide()
        before, self._open = self._open, key if key in self._rows and key != self._open else None
        for row in self._rows.values():
            row.open.setChecked(row.key == self._open)
        rule = self._state.outlook.rule(self._open) if self._state is not None and self._open is not None else None
        if rule is None or self._state is None:
            if before in self._rows:
                self._rows[before].open.setFocus()
            return
        self._rows[rule.id].below.addWidget(self.editor)
        self.editor.render_rule(rule, self._state)
        self.editor.show()
        field = self.editor.first_field()
        field.setFocus()
        self._bring_into_view(field)

    def arrange(self, room: Room) -> None:
        narrow = room.columns == 1
        self._title.set_columns(room.columns)
        self.columns.set_columns(room.columns, room.gap)
        for row in self._rows.values():
            row.set_narrow(narrow=narrow or room.content * 100 < _WIDE_FROM * room.percent)
        self.editor.arrange(stacked=narrow)
        for key, line in self.manner.rows.items():
            line.set_stacked(stacked=narrow or key in WIDE)
        self.week.set_narrow(narrow=narrow)

    def row(self, key: UUID) -> ReminderRow:
        """The row of a reminder."""
        return self._rows[key]

    # --- building ---------------------------------------------------------------------------------------------------

    def _build_title(self) -> None:
        self._title = TitleRow(self.look, tr("Reminders"))
        self.pause = Button(self.look, tr("Pause for today"), icon="bell-off")
        self.pause.clicked.connect(lambda: self.pause_asked.emit(True))  # noqa: FBT003 - a signal's argument
        self.add = Button(self.look, tr("Add reminder"), Kind.PRIMARY, icon="plus")
        self.add.clicked.connect(self._choose_kind)
        self._title.end.addWidget(self.pause)
        self._title.end.addWidget(self.add)
        self.column.addWidget(self._title)

    def _build_list(self) -> None:
        card = Card(self.look, pad=16, gap=4)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        card.column.addLayout(self._list)
        self._none = Text(
            self.look,
            tr("You have no reminders yet. One at a time that suits you is enough to begin with."),
            "body",
            "ink2",
            wrap=True,
        )
        card.column.addWidget(self._none)
        card.column.addStretch(1)
        self.columns.left.addWidget(card, 1)

    def _build_rules(self) -> None:
        self._rules_card = Card(self.look, pad=20, gap=0)
        self._rules_card.column.addWidget(Text(self.look, tr("Rules for all"), "h2"))
        self._rules_card.column.addSpacing(10)
        self.manner = MannerRows(self.look, self)
        self.manner.changed.connect(self._change_manner)
        for key, row in self.manner.rows.items():
            if key not in SELDOM:
                self._rules_card.column.addWidget(row)
        self.more = Button(self.look, tr("More rules"), Kind.LINK)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._unfold)
        self._rules_card.column.addSpacing(4)
        self._rules_card.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._rules_card.column.addSpacing(8)
        for key in SELDOM:
            self._rules_card.column.addWidget(self.manner.rows[key])
        self._unfold(on=False)
        self._rules_card.column.addStretch(1)
        self.columns.right.addWidget(self._rules_card, 1)

    def _unfold(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        for key in SELDOM:
            self.manner.rows[key].setVisible(on)
        self.more.set_text(tr("Fewer rules") if on else tr("More rules"))

    # --- showing ----------------------------------------------------------------------------------------------------

    def _render_notices(self, state: RemindersState) -> None:
        clear_layout(self.notices)
        until = state.paused_until
        if until is not None:
            when = next_text(until, state.now)
            banner = self._notice(
                Tone.PAUSED, tr("Reminders are paused."), tr("They go on: {when}.", when=when), tr("Resume")
            )
            banner.link_clicked.connect(lambda: self.pause_asked.emit(False))  # noqa: FBT003 - a signal's argument
        if state.blocked:
            self._notice(Tone.WARN, tr("Notifications cannot be shown here."), state.blocked)
        if state.locked:
            self._notice(Tone.LOCKED, tr("A safety stop is open."), tr("Reminders are silent until it is resolved."))
        if state.read_only:
            self._notice(Tone.LOCKED, tr("You can look, but not change anything."), state.read_only)
        closest = self._together(state)
        if closest:
            self._notice(Tone.INFO, tr("Two reminders come within 30 minutes."), closest)

    def _notice(self, tone: Tone, lead: str, text: str, link: str = "") -> Banner:
        banner = Banner(self.look, tone, lead, text, link=link)
        self.notices.addWidget(banner)
        return banner

    def _together(self, state: RemindersState) -> str:
        """A sentence on the first two different reminders that come close together, or nothing."""
        coming = sorted((each.at, each.reminder) for each in state.week if each.rings_after(state.now) and each.at)
        for (first, one), (second, other) in pairwise(coming):
            if one != other and second - first < TOGETHER:
                when = next_text(first.astimezone(state.now.tzinfo), state.now)
                then = slot_name(second.astimezone(state.now.tzinfo).time())
                return tr("{first} and {second}. You may want to move one.", first=when, second=then)
        return ""

    def _render_list(self, state: RemindersState) -> None:
        rules = state.rules
        self._none.setVisible(not rules)
        if [rule.id for rule in rules] != list(self._rows):
            self._rebuild(rules)
        for rule in rules:
            self._rows[rule.id].render_rule(rule, state)
        opened = state.outlook.rule(self._open) if self._open is not None else None
        if opened is not None:
            self.editor.render_rule(opened, state)

    def _rebuild(self, rules: tuple[Reminder, ...]) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and any(row.isAncestorOf(focus) for row in self._rows.values()):
            self.add.setFocus()
        self.editor.hide()
        self.editor.setParent(self)
        fresh = [rule.id for rule in rules if rule.id not in self._rows]
        had_any = bool(self._rows)
        clear_layout(self._list)
        self._rows = {}
        for index, rule in enumerate(rules):
            if index:
                self._list.addWidget(Hairline(self.look))
            row = ReminderRow(self.look, rule)
            row.opened.connect(self.open_editor)
            row.days_chosen.connect(self._choose_days)
            row.switched.connect(self._switch)
            self._list.addWidget(row)
            self._rows[rule.id] = row
        opened, self._open = self._open, None
        if self._asked_to_add and len(fresh) == 1:
            opened = fresh[0]
        self._asked_to_add = False
        if opened in self._rows and (had_any or fresh):
            self.open_editor(opened)

    def _bring_into_view(self, part: QWidget) -> None:
        if self.editor.isVisible():
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # it has just grown
            self.area.ensureWidgetVisible(part, 0, self.look.px(60))

    # --- wishes -----------------------------------------------------------------------------------------------------

    def _choose_kind(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for kind in ReminderKind:
            action = QAction(kind_word(kind), menu)
            action.setToolTip(kind_note(kind))
            action.triggered.connect(lambda _=False, chosen=kind: self._add(chosen))
            menu.addAction(action)
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _add(self, kind: ReminderKind) -> None:
        self._asked_to_add = True
        self.added.emit(kind)

    def _remove(self, rule: Reminder | None) -> None:
        if rule is not None:
            self.open_editor(None)
            self.removed.emit(rule)

    def _choose_days(self, key: UUID, days: object) -> None:
        self._replace(key, weekdays=days)

    def _switch(self, key: UUID, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._replace(key, on=on)

    def _replace(self, key: UUID, **values: object) -> None:
        rule = self._state.outlook.rule(key) if self._state is not None else None
        if rule is None or self._state is None:
            return
        try:
            self.changed.emit(replace(rule, **values))  # type: ignore[arg-type] # named by the caller
        except BadReminderError as error:
            self._rows[key].render_rule(rule, self._state)
            self.refused.emit(" ".join(fault_words(fault) for fault in error.faults))

    def _change_manner(self, manner: Manner) -> None:
        """Tried on one reminder: what cannot be is told here, and nothing is changed."""
        rules = self._state.rules if self._state is not None else ()
        try:
            for rule in rules[:1]:
                replace(rule, manner=manner)
        except BadReminderError as error:
            self._fault(error)
        else:
            self._fault(None)
            self.manner_changed.emit(manner)

    def _fault(self, error: BadReminderError | None) -> None:
        for row in self.manner.rows.values():
            row.set_below(None)
        for fault in error.faults if error is not None else ():
            banner = Banner(self.look, Tone.WARN, "", fault_words(fault))
            if fault.field in self.manner.rows:
                self.manner.rows[fault.field].set_below(banner)
