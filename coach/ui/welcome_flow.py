"""The first thing a person sees: what this is and what to look out for, until they have accepted it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coach.ui.pages.welcome import WelcomePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.domain.exercise import Exercise
    from coach.ui.conductor import Conductor


class WelcomeFlow(QObject):
    """Takes the window over until the safety notice is accepted; calls `then` when it has given it back."""

    def __init__(self, conductor: Conductor, model: Exercise | None, then: Callable[[], None]) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._then = then
        self._page: WelcomePage | None = WelcomePage(
            conductor.look, conductor.gallery, on_server=bool(conductor.adapters.server)
        )
        if model is not None:
            self._page.show_model(model, conductor.preferences.person)
        self._page.accepted.connect(self._accept)
        conductor.shell.take_over(self._page)

    def _accept(self) -> None:
        conductor, page = self._conductor, self._page
        self._page = None
        if page is not None:
            conductor.shell.release(page)
            self._then()
        accepted = conductor.adapters.clock.now().isoformat(timespec="seconds")
        conductor.change_preferences(replace(conductor.preferences, safety_accepted=accepted))
