"""The library and the page of one exercise: what they show, and the level that is chosen there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from coach.ui import states
from coach.ui.shell import EXERCISES

if TYPE_CHECKING:
    from coach.ui.conductor import Conductor
    from coach.ui.pages.detail import DetailPage
    from coach.ui.pages.exercises import ExercisesPage


class LibraryFlow(QObject):
    """Makes both pages, and brings them up to date."""

    def __init__(self, conductor: Conductor) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._detail: DetailPage | None = None
        self._came_from = EXERCISES

    def make_page(self) -> ExercisesPage:
        """The library."""
        from coach.ui.pages.exercises import ExercisesPage

        page = ExercisesPage(self._conductor.look, self._conductor.gallery)
        page.exercise_opened.connect(self.open)
        return page

    def render(self) -> None:
        """Show the library as it is."""
        conductor = self._conductor
        if conductor.catalogue is not None:
            page = cast("ExercisesPage", conductor.shell.page(EXERCISES))
            page.render_state(states.exercises_state(conductor.catalogue, conductor.preferences, conductor.levels))

    def open(self, exercise_id: str) -> None:
        """Show one exercise."""
        conductor = self._conductor
        if conductor.catalogue is None or exercise_id not in conductor.catalogue.exercises:
            return
        if self._detail is None:
            from coach.ui.pages.detail import DetailPage

            self._detail = DetailPage(conductor.look, conductor.gallery)
            self._detail.back_requested.connect(lambda: conductor.shell.open(self._came_from))
            self._detail.level_chosen.connect(self._choose_level)
            self._detail.try_requested.connect(conductor.try_exercise)
        # Going back leads to where the person came from.
        if conductor.shell.current is not self._detail:
            self._came_from = conductor.shell.open_page
        self._render_detail(self._detail, exercise_id)
        conductor.shell.open_inside(self._detail, EXERCISES)

    def _render_detail(self, detail: DetailPage, exercise_id: str) -> None:
        conductor = self._conductor
        if conductor.catalogue is not None:
            state = states.detail_state(conductor.catalogue, conductor.preferences, conductor.levels, exercise_id)
            detail.render_state(state)

    def _choose_level(self, exercise_id: str, level: int) -> None:
        conductor = self._conductor

        def chosen(_none: None) -> None:
            conductor.refresh()
            if conductor.found is not None and self._detail is not None:
                conductor.found = replace(conductor.found, levels={**conductor.found.levels, exercise_id: level})
                self._render_detail(self._detail, exercise_id)

        conductor.worker.submit(
            lambda: conductor.coaching().set_level(exercise_id, level), chosen, conductor.tell_trouble
        )
