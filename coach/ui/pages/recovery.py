"""Recovery: what happened to the diary, what is offered, and afterwards what is back and what is not.

Purpose: trust. One main action at a time, which Enter does; whatever cannot be opened is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.errors import Damage
from coach.ui.data_words import capital, long_day, moment_text, rows_text, sessions_text
from coach.ui.i18n import tr, trn
from coach.ui.pages.facts import STACKED_FROM, Fact
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.card import Card, Hairline
from coach.ui.widgets.flow import Flow
from coach.ui.widgets.page import Page, clear_layout
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from coach.ui.pages.recovery_state import BackState, DamagedState, Offer
    from coach.ui.room import Room
    from coach.ui.theme.look import Look

MEASURE = 760
"""Width of the column in px at 100 % text."""
_MUCH = 1000


class RecoveryPage(Page):
    """Emits what the person wants; shows `render_damaged`, and after that `render_back`."""

    restore_requested = Signal()
    choose_requested = Signal()
    anew_requested = Signal()
    save_requested = Signal()
    retry_requested = Signal()
    continue_requested = Signal()
    show_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.primary: Button | None = None
        self._middle = QWidget()
        self._lines = QVBoxLayout(self._middle)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._middle, _MUCH)  # all there is, up to its measure
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def arrange(self, room: Room) -> None:
        self._middle.setMaximumWidth(self.look.px(MEASURE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.primary is not None:
                self.primary.click()
            return
        super().keyPressEvent(event)

    # --- before -----------------------------------------------------------------------------------------------------

    def render_damaged(self, state: DamagedState) -> None:
        """What happened, and what can be done."""
        title, text = _what_happened(state.damage)
        self._begin("triangle-alert", "warn", "warn_soft", title, text)
        self._add_news(state)
        if state.looking:
            self._add(Text(self.look, tr("Looking through your backups…"), "body", "ink2", wrap=True), 24)
        elif state.offer is not None:
            self._add(self._offer_card(state, state.offer), 24)
        elif state.backups:
            words = trn("Your backup does not open.", "None of your {n} backups opens.", state.backups)
            self._add(Text(self.look, words, "strong", wrap=True), 24)
        else:
            self._add(Text(self.look, tr("There is no backup yet."), "strong", wrap=True), 24)
        self._add_buttons(self._offers(state))
        self._add_links(self._more(state))
        self._add_details(state.sentence)
        self._end(title, enabled=not state.busy)

    def _add_news(self, state: DamagedState) -> None:
        for tone, text in ((Tone.INFO, state.busy), (Tone.WARN, state.trouble), (Tone.SAVED, state.saved)):
            if text:
                self._add(Banner(self.look, tone, "", text), 20)

    def _offer_card(self, state: DamagedState, offer: Offer) -> Card:
        made = capital(moment_text(offer.backup.made, state.now))
        first = tr("Your newest backup") if state.damage is not Damage.NEWER else tr("Your newest older backup")
        facts = [("archive-restore", "accent", made, first)]
        facts.append(("check", "accent", capital(sessions_text(offer.contents.rows)), tr("checked, complete")))
        facts.append(("check", "accent", tr("Settings and your own exercises"), tr("not affected")))
        if state.damage is not Damage.NEWER:
            broken = state.damage is Damage.BROKEN
            rest = tr("taken over where it can be read") if broken else tr("not in the copy")
            facts.append(("circle-minus", "warn", tr("What you did after that"), rest))
        return self._facts(facts)

    def _offers(self, state: DamagedState) -> list[Button]:
        look = self.look
        if state.damage is Damage.NEWER:
            again = Button(look, tr("Try again"), size=Size.LARGE)
            again.clicked.connect(self.retry_requested)
            back = Button(look, tr("Use the older backup"), size=Size.LARGE)
            back.clicked.connect(self.restore_requested)
            return [again, back] if state.offer is not None else [again]
        if state.offer is not None:
            restore = Button(look, tr("Restore this copy"), Kind.PRIMARY, key="Enter", size=Size.LARGE)
            restore.clicked.connect(self.restore_requested)
            self.primary = restore
            return [restore]
        choose = Button(look, tr("Choose a copy…"), size=Size.LARGE)
        choose.clicked.connect(self.choose_requested)
        anew = Button(look, tr("Start a new diary"), size=Size.LARGE)
        anew.clicked.connect(self.anew_requested)
        return [] if state.looking else [choose, anew]

    def _more(self, state: DamagedState) -> list[Button]:
        links: list[Button] = []
        if state.offer is not None or state.looking:
            links.append(self._link(tr("Choose another copy"), self.choose_requested))
            links.append(self._link(tr("Start a new diary"), self.anew_requested))
        if state.damage is not Damage.MISSING:
            whole = state.damage in {Damage.NEWER, Damage.SEALED}
            links.append(self._link(tr("Save the file") if whole else tr("Save the damaged file"), self.save_requested))
        if state.damage is not Damage.NEWER:
            sealed = state.damage is Damage.SEALED
            links.append(self._link(tr("Enter the passphrase") if sealed else tr("Try again"), self.retry_requested))
        return links

    def _add_details(self, sentence: str) -> None:
        self._add(Text(self.look, sentence, "small", "ink3", wrap=True), 20)

    # --- after ------------------------------------------------------------------------------------------------------

    def render_back(self, state: BackState) -> None:
        """What is back, what came out of the damaged file, and what is missing."""
        title, text = _back_title(state), _back_text(state)
        self._begin("archive-restore", "accent", "soft", title, text)
        restored = state.restored
        facts = [("check", "accent", capital(sessions_text(restored.contents.rows)), tr("complete"))]
        rescued = sum(restored.rescued.values())
        if rescued:
            words = tr("Among them {what}", what=rows_text(restored.rescued))
            facts.append(("check", "accent", words, tr("saved from the damaged file")))
        facts.append(("check", "accent", tr("Settings and your own exercises"), tr("complete")))
        if state.made is not None:
            made = moment_text(state.made, state.now)
            words = tr("Other entries after {made}", made=made) if rescued else tr("Entries after {made}", made=made)
            facts.append(("circle-minus", "warn", words, tr("may be missing") if rescued else tr("not in the copy")))
        self._add(self._facts(facts), 24)
        go_on = Button(self.look, tr("Continue"), Kind.PRIMARY, key="Enter", size=Size.LARGE)
        go_on.clicked.connect(self.continue_requested)
        self.primary = go_on
        self._add_buttons([go_on])
        links = [self._link(tr("Choose another copy"), self.choose_requested)]
        if restored.put_aside is not None:
            links.append(self._link(tr("Show the damaged file"), self.show_requested))
        self._add_links(links)
        self._end(title, enabled=True)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _begin(self, icon: str, color: str, fill: str, title: str, text: str) -> None:
        self.primary = None
        if self.isVisible():
            self.setFocus()  # what has the keyboard goes, and Qt would hand it to the sidebar
        clear_layout(self._lines)
        self._lines.addWidget(Tile(self.look, icon, color, fill))
        self._add(Text(self.look, title, "h1", wrap=True), 24)
        self._add(Text(self.look, text, "lead", "ink2", wrap=True), 8)

    def _add(self, widget: QWidget, space: int) -> None:
        self._lines.addSpacing(space)
        self._lines.addWidget(widget)

    def _facts(self, facts: list[tuple[str, str, str, str]]) -> Card:
        card = Card(self.look, pad=24, gap=13)
        margins = card.column.contentsMargins()
        card.column.setContentsMargins(margins.left(), 20, margins.right(), 20)
        for index, (icon, color, words, state) in enumerate(facts):
            if index:
                card.column.addWidget(Hairline(self.look))
            card.column.addWidget(Fact(self.look, icon, color, words, state))
        return card

    def _add_buttons(self, buttons: list[Button]) -> None:
        if not buttons:
            return
        holder = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        if self.look.percent > STACKED_FROM:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
            for button in buttons:
                row.setAlignment(button, Qt.AlignmentFlag.AlignLeading)
        self._add(holder, 24)

    def _add_links(self, links: list[Button]) -> None:
        flow = Flow(22)
        for link in links:
            flow.add(link)
        self._add(flow, 24)

    def _link(self, words: str, signal: object) -> Button:
        link = Button(self.look, words, Kind.LINK)
        link.clicked.connect(signal)
        return link

    def _end(self, title: str, *, enabled: bool) -> None:
        for button in self._middle.findChildren(Button):
            button.setEnabled(enabled)
        self.setAccessibleName(title)
        self.area.bar.setValue(0)
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, title))


class Tile(QWidget):
    """The large icon over the title, in a rounded square."""

    _SIDE, _ICON = 60, 30

    def __init__(self, look: Look, icon: str, color: str, fill: str) -> None:
        super().__init__()
        self._look = look
        self._icon, self._color, self._fill = icon, color, fill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(self._SIDE), self._look.px(self._SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme, size = self._look.theme, self._look.px(self._ICON)
        rounded(painter, QRectF(self.rect()), self._look.px(14), theme.color(self._fill))
        at = (self.width() - size) // 2
        picture = self._look.icon(self._icon, size, theme.color(self._color), self.devicePixelRatioF())
        painter.drawPixmap(at, at, picture)
        painter.end()


def _what_happened(damage: Damage) -> tuple[str, str]:
    """Title, and one or two sentences, by the kind of damage."""
    cannot = tr("Your diary cannot be opened")
    return {
        Damage.MISSING: (
            tr("Your diary is not where it was"),
            tr("Its file is gone: moved, renamed or deleted. Your backups are still here."),
        ),
        Damage.EMPTY: (
            cannot,
            tr("Its file is there, but empty. A full disk or a program that copies folders may have done that."),
        ),
        Damage.FOREIGN: (
            cannot,
            tr("Something else stands in its place, or has overwritten it. It is kept as it is."),
        ),
        Damage.BROKEN: (
            cannot,
            tr("Its file is damaged, most likely by a power cut or a fault of the disk. It is kept as it is."),
        ),
        Damage.NEWER: (
            tr("Your diary needs a newer Foot Coach"),
            tr("A newer version has written it. Update Foot Coach to open it; nothing was changed."),
        ),
        Damage.SEALED: (
            tr("Your diary is locked"),
            tr(
                "Without its passphrase nobody can open it: not you, not we. You can go back to a copy that is not "
                "locked, or begin a new diary. The locked file is kept."
            ),
        ),
    }[damage]


def _back_title(state: BackState) -> str:
    if state.made is None:
        return tr("Your diary is back")
    day, today = state.made.astimezone(state.now.tzinfo).date(), state.now.date()
    if day == today:
        return tr("Your diary is back, from today’s copy")
    if (today - day).days == 1:
        return tr("Your diary is back, from yesterday’s copy")
    return tr("Your diary is back, from the copy of {day}", day=long_day(day, today))


def _back_text(state: BackState) -> str:
    if state.made is None:
        opened = tr("We opened the copy {name}.", name=state.restored.backup.name)
    else:
        opened = tr("We opened the copy from {made}.", made=moment_text(state.made, state.now))
    if state.restored.put_aside is None:
        return opened
    return tr("The damaged file was put aside unchanged. {opened}", opened=opened)
