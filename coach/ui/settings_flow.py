"""The page of settings: what it shows, and what is done when something is asked for there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from coach import __version__
from coach.ui.i18n import tr
from coach.ui.shell import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from coach.domain.exercise import Exercise
    from coach.ui.conductor import Conductor
    from coach.ui.pages.settings import SettingsPage


class SettingsFlow(QObject):
    """Makes the page, and brings it up to date."""

    def __init__(self, conductor: Conductor, assets: Path) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._assets = assets

    def make_page(self) -> SettingsPage:
        """The page, with all its wishes answered."""
        from coach.ui.pages.settings import SettingsPage

        conductor = self._conductor
        page = SettingsPage(conductor.look, conductor.gallery)
        page.changed.connect(conductor.change_preferences)
        page.sample_requested.connect(self._sample)
        page.folder_requested.connect(self._open_folder)
        page.path_copied.connect(lambda _path: conductor.shell.toast.show_message(tr("Path copied.")))
        conductor.data.serve(page.data)
        conductor.reminders.serve(page.start)
        return page

    def render(self, model: Exercise | None) -> None:
        """Show everything as it is; `model` stands in the choice of people."""
        from coach.ui.pages.settings import SettingsState

        conductor = self._conductor
        page = cast("SettingsPage", conductor.shell.page(SETTINGS))
        licences = self._assets / "licences.md"
        page.render_state(
            SettingsState(
                conductor.preferences,
                conductor.adapters.folder,
                __version__,
                voices=conductor.announcer.voices(),
                voice_problem=conductor.announcer.voice_problem,
                licences=licences.read_text(encoding="utf-8") if licences.is_file() else "",
                model=model,
                server=conductor.adapters.server,
            )
        )

    def _sample(self) -> None:
        self._conductor.announcer.prepare()
        self._conductor.announcer.say(tr("Calf raises. Both feet. 10 times."))

    def _open_folder(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._conductor.adapters.folder)))
