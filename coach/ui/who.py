"""The window before the window: asks a server whose diaries it holds, and the person which of them is theirs.

Nothing is asked where the answer is clear: one person on the server, or the one that the address names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from coach.errors import KnownError
from coach.services.servers import find_person
from coach.ui.pages.who import WhoPage
from coach.ui.room import room_for
from coach.ui.widgets.focus import FocusRing
from coach.ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from coach.services.servers import Address, People
    from coach.ui.background import Worker
    from coach.ui.place import Places
    from coach.ui.theme.look import Look


class WhoWindow(Window):
    """`decided` carries the name of the person, once; closing the window decides nothing."""

    decided = Signal(str)

    def __init__(
        self,
        look: Look,
        worker: Worker,
        server: Address,
        people: Callable[[Address], People],
        places: Places | None = None,
    ) -> None:
        """`people` gives the list of a server; it is called on the worker's thread, because it brings the driver."""
        super().__init__(places)
        self._look, self._worker = look, worker
        self._server, self._people = server, people
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.page = WhoPage(look, server.shown)
        whole.addWidget(self.page)
        self.ring = FocusRing(look, self)
        self.page.chosen.connect(self._decide)
        self.page.added.connect(self._add)
        self.page.retry_requested.connect(self.ask)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.page.search.setFocus)
        look.changed.connect(self._fit_room)
        self._fit_room()

    def ask(self) -> None:
        """Ask the server who is there, and go on by itself where that is clear."""
        self.page.show_waiting()
        self._worker.submit(lambda: self._people(self._server).names(), self._asked, self._failed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_room()

    def _asked(self, names: tuple[str, ...]) -> None:
        wanted = self._server.person
        clear = find_person(names, wanted) if wanted else names[0] if len(names) == 1 else None
        if clear is not None:
            self._decide(clear)
        else:
            self.page.show_people(names, wanted)

    def _add(self, name: str) -> None:
        self.page.setEnabled(False)
        self._worker.submit(lambda: self._people(self._server).add(name), self._decide, self._not_added)

    def _decide(self, name: str) -> None:
        self.decided.emit(name)
        self.close()

    def _not_added(self, error: Exception) -> None:
        self.page.setEnabled(True)
        if not isinstance(error, KnownError):
            raise error
        self.page.show_refusal(str(error))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self.page.show_trouble(str(error))

    def _fit_room(self) -> None:
        self.set_ground(self._look.theme.bg)
        self.page.set_room(room_for(self.width(), self.height(), self._look.percent))
