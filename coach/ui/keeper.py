"""The diary while it is open, or that there is none. Everything here runs on the worker's thread, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.errors import KnownError
from coach.ui import states
from coach.ui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.domain.exercise import Exercise
    from coach.services.coaching import Coaching
    from coach.services.ports import Adapters, Archive, OpenDiary
    from coach.services.progress_book import ProgressBook


class DiaryKeeper:
    """Opens the diary, reads what pages show, closes it. `news` are sentences on what opening has found and done."""

    def __init__(self, adapters: Adapters) -> None:
        self._adapters = adapters
        self._coaching: Coaching | None = None
        self.diary: OpenDiary | None = None
        self.news: tuple[str, ...] = ()

    def open(self) -> None:
        """Open it, unless it is open; raises StorageError."""
        from coach.services.coaching import Coaching

        if self.diary is None:
            adapters = self._adapters
            self.diary = adapters.open_diary()
            self.news = self.diary.notes
            self._coaching = Coaching(self.diary, adapters.clock, adapters.zone, adapters.new_ids())

    def close(self) -> None:
        """Release it; without one, does nothing."""
        diary, self.diary, self._coaching = self.diary, None, None
        if diary is not None:
            diary.close()

    def coaching(self) -> Coaching:
        """The use cases of a session. Raises KnownError while the diary is not open."""
        if self._coaching is None:
            raise KnownError(tr("Your diary could not be opened."))
        return self._coaching

    def archive(self) -> Archive:
        """The history as a whole. Raises KnownError while the diary is not open."""
        return self.opened().archive

    def progress(self) -> ProgressBook:
        """The history in numbers. Raises KnownError while the diary is not open."""
        return self.opened().progress

    def read(self, exercises: Mapping[str, Exercise]) -> states.Diaries:
        """Everything any page needs; `exercises` are needed to go on with an unfinished session."""
        return states.read(self.opened(), self.coaching().unfinished(exercises))

    def read_lately(self, exercises: Mapping[str, Exercise]) -> states.Diaries:
        """What the pages need that look back no further than a fortnight."""
        unfinished = self.coaching().unfinished(exercises)
        today = states.local(self._adapters.clock.now(), self._adapters.zone()).date()
        return states.read_lately(self.opened(), unfinished, today)

    def opened(self) -> OpenDiary:
        """The diary itself. Raises KnownError while it is not open."""
        if self.diary is None:
            raise KnownError(tr("Your diary could not be opened."))
        return self.diary
