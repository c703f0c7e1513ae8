"""The composition root, without Qt: builds the real adapters and hands them out.

Opening a `Core` touches only folders and settings, so that a window can be painted first; the catalogue and the diary
are loaded when asked for, on whatever thread asks.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from coach.clock import Clock
    from coach.services.ports import Catalogue, Diary, PreferenceStore


@dataclass(frozen=True, slots=True)
class Core:
    """Everything the doors need, none of it opened yet."""

    folder: Path
    clock: Clock
    zone: Callable[[], str]
    new_id: Callable[[], UUID]
    preferences: PreferenceStore

    def load_catalogue(self) -> Catalogue:
        """Read all exercise and routine files: ours, then the person's own."""
        from coach.catalogue.loader import load_catalogue
        from coach.desktop.paths import resources

        return load_catalogue([resources() / "exercises", self.folder / "exercises"])

    def open_diary(self) -> Diary:
        """Open, and if need be create or migrate, the database; raises StorageError."""
        from coach.storage.database import open_diary

        return open_diary(self.folder)


def open_core(profile: Path | None = None, clock: Clock | None = None) -> Core:
    """The core of one person's folder; raises KnownError when the folder cannot be used."""
    from coach.desktop.paths import profile_folder
    from coach.desktop.settings import TomlPreferences
    from coach.desktop.zone import local_zone
    from coach.storage.ids import uuid7

    clock = clock or SystemClock()
    folder = profile_folder(profile)
    return Core(
        folder=folder,
        clock=clock,
        zone=local_zone,
        new_id=lambda: uuid7(clock.now(), os.urandom),
        preferences=TomlPreferences(folder),
    )
