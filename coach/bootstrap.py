"""The composition root, without Qt: builds the real adapters and hands them out.

Opening a `Core` touches only folders and settings, so that a window can be painted first; the catalogue and the diary
are loaded when asked for, on whatever thread asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from uuid import UUID

    from coach.clock import Clock
    from coach.desktop.paths import Profile
    from coach.services.ports import Catalogue, PreferenceStore
    from coach.services.unsaved import Entry
    from coach.storage.diary import SqlDiary
    from coach.storage.sqlite.glance import Glance


@dataclass(frozen=True, slots=True)
class Core:
    """Everything the doors need, none of it opened yet."""

    profile: Profile
    clock: Clock
    zone: Callable[[], str]
    preferences: PreferenceStore

    @property
    def folder(self) -> Path:
        """The folder that holds everything of one person."""
        return self.profile.data

    def load_catalogue(self) -> Catalogue:
        """Read all exercise and routine files: ours, then the person's own."""
        from coach.catalogue.loader import load_catalogue
        from coach.desktop.paths import resources

        return load_catalogue([resources() / "exercises", self.folder / "exercises"])

    def glance(self) -> Glance | None:
        """What the diary says at first sight, long before it is open; None where only opening it can tell."""
        from coach.storage.sqlite.glance import glance

        return glance(self.folder)

    def open_diary(self, *, reading: bool = False) -> SqlDiary:
        """Open, and if need be create or migrate, the database; raises StorageError.

        For `reading`, while another process may have it open to write.
        """
        from coach.desktop.places import is_remote
        from coach.storage.diary import open_diary

        return open_diary(self.folder, self.clock, reading=reading, remote=is_remote(self.folder))

    def put_by(self, entries: Sequence[Entry], folder: Path | None = None) -> Path:
        """Keep entries that the diary could not take in a file, for its next opening; says where. KnownError if not."""
        from coach.desktop.fsutil import atomic_write
        from coach.errors import KnownError, os_reason
        from coach.storage.journal import UNSAVED, to_lines

        path = (folder or self.folder) / UNSAVED
        try:
            earlier = path.read_bytes() if path.exists() else b""
            atomic_write(path, earlier + to_lines(entries))
        except OSError as error:
            raise KnownError(
                f"What your diary could not take cannot be kept in {path} either: {os_reason(error)}."
            ) from error
        return path

    def new_ids(self) -> Callable[[], UUID]:
        """Where ids of new records come from."""
        from coach.storage.ids import id_source

        return id_source(self.clock)


def open_core(profile: Path | None = None, clock: Clock | None = None) -> Core:
    """The core of one person's folder; raises KnownError when the folder cannot be used."""
    from coach.desktop.paths import open_profile

    return core_of(open_profile(profile), clock)


def core_of(profile: Profile, clock: Clock | None = None) -> Core:
    """The core of a folder that was opened before."""
    from coach.desktop.settings import TomlPreferences
    from coach.desktop.zone import local_zone

    return Core(profile, clock or SystemClock(), local_zone, TomlPreferences(profile.settings))


def fill_with_demo(core: Core, days: int) -> int:
    """Write sample history up to today into a folder without any; returns the number of sessions.

    Raises:
        KnownError: the folder already holds a history, or no routine could be read.
    """
    from contextlib import closing

    from coach.domain.records import Stamp
    from coach.errors import KnownError
    from coach.services.demo import demo_history, write

    routines = core.load_catalogue().routines
    if not routines:
        raise KnownError("No routine could be read; run `coach check` to see why.")
    zone = core.zone()
    today = Stamp.of(core.clock.now(), zone).local_date
    with closing(core.open_diary()) as diary:
        if diary.sessions(limit=1):
            raise KnownError(f"{core.folder} already holds a history. Name an empty folder with --profile.")
        with diary.together():  # one wait for the disk instead of thousands
            return write(diary, demo_history(next(iter(routines.values())), today, zone, days))
