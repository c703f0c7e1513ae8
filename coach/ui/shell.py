"""The window: sidebar, pages, and whatever takes the whole window over (welcome, session).

It knows no diary and no exercises. Pages are made by the functions it is given, the first time they are opened. The
window shows before anything heavy is loaded: empty first (`Window`), then `furnish` brings what stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from coach.ui.i18n import tr
from coach.ui.room import Room, room_for
from coach.ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QStackedWidget, QWidget

    from coach.ui.place import Places
    from coach.ui.sidebar import Entry, Sidebar
    from coach.ui.theme.look import Look
    from coach.ui.widgets.focus import FocusRing
    from coach.ui.widgets.page import Page
    from coach.ui.widgets.toast import Toast

TODAY, PROGRESS, EXERCISES, REMINDERS, SETTINGS = "today", "progress", "exercises", "reminders", "settings"


class Shell(Window):
    """The main window. Made without a look it is empty, and only to be shown, until `furnish` is called.

    `page_shown` carries the id of the page that is now open.
    """

    page_shown = Signal(str)
    _look: Look
    _make: Mapping[str, Callable[[], Page]]
    _layers: QStackedWidget
    _stack: QStackedWidget
    sidebar: Sidebar
    ring: FocusRing

    def __init__(
        self,
        look: Look | None = None,
        make: Mapping[str, Callable[[], Page]] | None = None,
        places: Places | None = None,
    ) -> None:
        super().__init__(places)
        self._pages: dict[str, Page] = {}
        self._open = ""
        self._beside = False
        self._toast: Toast | None = None
        self._furnished = False
        if look is not None:
            self.furnish(look, make or {})

    def furnish(self, look: Look, make: Mapping[str, Callable[[], Page]], *, veiled: bool = False) -> None:
        """Bring in the sidebar and the room for pages; `make` builds the page of each id in `entries`.

        `veiled` keeps the window empty until `unveil`, so that nobody sees it being furnished.
        """
        from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

        from coach.ui.sidebar import Sidebar
        from coach.ui.widgets.focus import FocusRing

        self._look = look
        self._make = make
        self._layers = QStackedWidget()
        if veiled:
            self._layers.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._layers)
        frame = QWidget()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.sidebar = Sidebar(look, [entry for entry in entries() if entry.id in make])
        self.sidebar.chosen.connect(self._open_beside)
        self._stack = QStackedWidget()
        row.addWidget(self.sidebar)
        row.addWidget(self._stack, 1)
        self._layers.addWidget(frame)
        self.ring = FocusRing(look, self)
        self._set_keys()
        self._furnished = True
        self._look_changed()
        look.changed.connect(self._look_changed)

    def unveil(self) -> None:
        """Show what was furnished behind the veil; does nothing a second time."""
        if self._layers.isHidden():
            self._layers.show()
            page = self.current
            if page is not None:
                page.setFocus()

    @property
    def toast(self) -> Toast:
        """Messages at the bottom edge; made when there is something to say."""
        if self._toast is None:
            from coach.ui.widgets.toast import Toast

            self._toast = Toast(self._look, self)
        return self._toast

    @property
    def open_page(self) -> str:
        """The id of the page that is open."""
        return self._open

    @property
    def current(self) -> QWidget | None:
        """What fills the window or the space beside the sidebar."""
        over = self._layers.currentIndex() > 0
        return self._layers.currentWidget() if over else self._stack.currentWidget()

    def room(self) -> Room:
        """The layout this window gives."""
        return room_for(self.width(), self.height(), self._look.percent)

    def page(self, page_id: str) -> Page:
        """A page, made now if it was never opened."""
        if page_id not in self._pages:
            page = self._make[page_id]()
            page.set_room(self.room())
            self._pages[page_id] = page
            self._stack.addWidget(page)
        return self._pages[page_id]

    def has_page(self, page_id: str) -> bool:
        """Whether a page was made already."""
        return page_id in self._pages

    def open(self, page_id: str) -> None:
        """Show a page of the sidebar."""
        if self._layers.currentIndex() > 0:
            return
        page = self.page(page_id)
        self._open = page_id
        self.sidebar.select(page_id)
        self._show(page)
        self.page_shown.emit(page_id)

    def open_inside(self, page: Page, under: str) -> None:
        """Show a page that has no row of its own (a detail, a check-in); `under` stays marked in the sidebar."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        page.set_room(self.room())
        self._open = under
        self.sidebar.select(under)
        self._show(page)

    def drop(self, page: Page) -> None:
        """Forget a page shown by `open_inside`."""
        self._stack.removeWidget(page)
        page.deleteLater()

    def take_over(self, widget: QWidget) -> None:
        """Give the whole window to a widget, such as the session."""
        from coach.ui.widgets.page import Page

        if self._layers.indexOf(widget) < 0:
            self._layers.addWidget(widget)
        if isinstance(widget, Page):
            widget.set_room(self.room())
        self._layers.setCurrentWidget(widget)
        widget.setFocus()

    def release(self, widget: QWidget) -> None:
        """Take the window back; the widget is deleted."""
        self._layers.removeWidget(widget)
        self._layers.setCurrentIndex(0)
        widget.deleteLater()
        if self._open:
            self.page(self._open).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._furnished:
            self._fit_room()

    def show_keys(self) -> None:
        """The list of keys and a word of help."""
        from coach.ui.help import KeysDialog

        KeysDialog(self._look, self).open()

    def _show(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)
        if not self._beside:
            page.setFocus()
        page.entered()

    def _open_beside(self, page_id: str) -> None:
        """Whoever walks the sidebar by keyboard stays there; however else a page is opened, it gets the keyboard."""
        focus = QApplication.focusWidget()
        self._beside = focus is not None and self.sidebar.isAncestorOf(focus)
        try:
            self.open(page_id)
        finally:
            self._beside = False

    def _set_keys(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        for entry in entries():
            if entry.id in self._make:
                shortcut = QShortcut(QKeySequence(entry.key), self)
                shortcut.activated.connect(lambda page=entry.id: self.open(page))
        for keys, action in (("F1", self.show_keys), ("?", self.show_keys), ("Ctrl+Z", self._undo)):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _undo(self) -> None:
        if self._toast is not None and self._toast.isVisible():
            self._toast.undo()

    def _look_changed(self) -> None:
        self.set_ground(self._look.theme.bg)
        self._fit_room()
        self.update()

    def _fit_room(self) -> None:
        from coach.ui.widgets.page import Page

        room = self.room()
        self.sidebar.set_rail(rail=room.rail)
        for index in range(self._stack.count()):
            page = self._stack.widget(index)
            if isinstance(page, Page):
                page.set_room(room)
        for index in range(1, self._layers.count()):
            over = self._layers.widget(index)
            if isinstance(over, Page):
                over.set_room(room)


def entries() -> tuple[Entry, ...]:
    """The pages there are, in the order of the sidebar."""
    from coach.ui.sidebar import Entry

    return (
        Entry(TODAY, tr("Today"), "house", "Ctrl+1"),
        Entry(PROGRESS, tr("Progress"), "chart-line", "Ctrl+2"),
        Entry(EXERCISES, tr("Exercises"), "library", "Ctrl+3"),
        Entry(REMINDERS, tr("Reminders"), "bell", "Ctrl+4"),
        Entry(SETTINGS, tr("Settings"), "settings-2", "Ctrl+,", foot=True),
    )
