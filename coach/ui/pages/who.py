"""Who is exercising? The people whose diaries are on a server, and a field for somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from coach.services.servers import LONGEST_NAME
from coach.ui.i18n import tr
from coach.ui.sidebar import Logo
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.card import Card
from coach.ui.widgets.page import Page, TitleRow, clear_layout
from coach.ui.widgets.search import SearchField
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from coach.ui.theme.look import Look

MANY = 8
"""With more people than this a search field helps."""
_WIDEST = 640
_LEAST = 120
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class WhoPage(Page):
    """Emits `chosen` with a name of the list, `added` with a new one, and `retry_requested` after a fault."""

    chosen = Signal(str)
    added = Signal(str)
    retry_requested = Signal()

    def __init__(self, look: Look, server: str) -> None:
        """`server` is where the diaries are, as shown to people."""
        super().__init__(look)
        self.column.addWidget(Logo(look, indent=0))
        self.column.addWidget(TitleRow(look, tr("Who is exercising?"), server))
        self.notices = QVBoxLayout()
        self.column.addLayout(self.notices)
        self.waiting = Text(look, tr("Asking the server…"), "body", "ink2")
        self.column.addWidget(self.waiting)
        self.search = SearchField(look, tr("Search people"))
        self.search.textChanged.connect(self._search)
        self.column.addWidget(self.search, 0, Qt.AlignmentFlag.AlignLeft)
        self.list = QVBoxLayout()
        self.list.setSpacing(10)
        self.column.addLayout(self.list)
        self.people: list[NameButton] = []
        self._build_new()
        self.column.addStretch(1)
        self.search.hide()
        self.new.hide()

    def show_waiting(self) -> None:
        """The server is being asked: nothing can be chosen meanwhile."""
        clear_layout(self.notices)
        self.waiting.show()
        self.new.hide()
        self.search.hide()
        self._set_people(())

    def show_people(self, names: Sequence[str], wanted: str = "") -> None:
        """Let somebody be chosen; `wanted` is asked for by the address and is not there."""
        clear_layout(self.notices)
        self.waiting.hide()
        self._set_people(names)
        self.search.setVisible(len(names) > MANY)
        self.new.show()
        if wanted:
            self._say(Tone.INFO, tr("Nobody of that name has a diary here yet."), tr("Choose somebody, or add them."))
            self.name.setText(wanted)
        first: QWidget = self.people[0] if self.people and not wanted else self.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trouble(self, reason: str) -> None:
        """The server cannot be asked."""
        self.show_waiting()
        self.waiting.hide()
        banner = self._say(Tone.LOCKED, tr("It is not known who has a diary here."), reason, link=tr("Try again"))
        banner.link_clicked.connect(self.retry_requested)
        if banner.link is not None:
            banner.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, reason: str) -> None:
        """The new person cannot be added."""
        clear_layout(self.notices)
        self._say(Tone.WARN, tr("Not added."), reason)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        shown = [button for button in self.people if button.isVisibleTo(self)]
        at = next((index for index, button in enumerate(shown) if button.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        target = shown[min(max(at + step, 0), len(shown) - 1)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(target)

    def _build_new(self) -> None:
        self.new = Card(self.look, pad=20, gap=10)
        label = Text(self.look, tr("New person"), "h3")
        self.name = NameField(self.look)
        label.setBuddy(self.name)
        self.add = Button(self.look, tr("Add"), Kind.PRIMARY, size=Size.NORMAL, name=tr("Add the new person"))
        self.add.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip())))
        self.name.returnPressed.connect(self.add.click)
        self.add.clicked.connect(lambda: self.added.emit(self.name.text()))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.name, 1)
        row.addWidget(self.add)
        self.new.column.addWidget(label)
        self.new.column.addLayout(row)
        self.column.addWidget(self.new)

    def _set_people(self, names: Sequence[str]) -> None:
        clear_layout(self.list)
        self.people = [NameButton(self.look, name) for name in names]
        for button in self.people:
            button.clicked.connect(lambda _checked=False, name=button.person: self.chosen.emit(name))
            self.list.addWidget(button)
            button.show()  # at once, so that the first can have the keyboard
        self.search.clear()

    def _search(self, text: str) -> None:
        for button in self.people:
            button.setVisible(text.strip().casefold() in button.person.casefold())

    def _say(self, tone: Tone, lead: str, text: str, link: str = "") -> Banner:
        banner = Banner(self.look, tone, lead, text, link=link)
        self.notices.addWidget(banner)
        return banner


class NameButton(Button):
    """A person to choose; a name longer than the window is shortened on screen and whole for screen readers."""

    def __init__(self, look: Look, person: str) -> None:
        super().__init__(look, "", size=Size.LARGE, name=person)
        self.person = person
        self.setToolTip(person)
        self.setMaximumWidth(_WIDEST * 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._shorten)
        self._shorten()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(_WIDEST), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(_LEAST), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        metrics = QFontMetricsF(self._look.font("button_large"))
        room = self.width() - 2 * Size.LARGE.value[1]
        shown = metrics.elidedText(self.person, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))  # a single one would underline the letter after it


class NameField(QLineEdit):
    """The name of somebody new."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(tr("Name of the new person"))
        self.setPlaceholderText(tr("Name"))
        self.setMaxLength(LONGEST_NAME)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(300), self._look.line("body") + 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(180), self.sizeHint().height())
