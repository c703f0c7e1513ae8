"""A first look at the diary without SQLAlchemy, for those who cannot wait until SQLAlchemy is imported.

It answers only what a start needs at once, means the same as `coach.storage.reading` (a test holds them equal), never
writes, and where anything is unusual it says nothing: opening the diary tells the rest, and tells it properly.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coach.errors import StorageError
from coach.storage.revisions import HEAD
from coach.storage.sqlite.file import FILE, SIDECAR, Access, connect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coach.storage.sqlite.key import Key, KeySource

_LEVELS = """
SELECT exercise_id, level FROM level_changes
WHERE id NOT IN (SELECT supersedes FROM level_changes WHERE supersedes IS NOT NULL)
ORDER BY at, id
"""


@dataclass(frozen=True, slots=True)
class Glance:
    """The person's own levels by exercise id, and the local date of the newest session."""

    levels: Mapping[str, int]
    last_day: date | None


def glance(folder: Path, keys: KeySource | None = None) -> Glance | None:
    """What the diary of a folder says at first sight; None when there is none yet or it needs a closer look.

    Waits for nobody: a diary that another program is writing, or whose key is not known yet, needs a closer look.
    """
    path = folder / FILE
    try:
        with closing(connect(path, Access.READ, busy_s=0, key=_key(folder, keys))) as connection:
            if connection.execute("SELECT version_num FROM alembic_version").fetchone() != (HEAD,):
                return None
            levels = {str(exercise): int(level) for exercise, level in connection.execute(_LEVELS)}
            (newest,) = connection.execute("SELECT max(local_date) FROM sessions").fetchone()
            return Glance(levels, date.fromisoformat(newest) if newest else None)
    except (OSError, ValueError, TypeError, StorageError, sqlite3.Error):
        return None


def _key(folder: Path, keys: KeySource | None) -> Key | None:
    """The key of an encrypted diary, ValueError where it is not known; None for a plain one.

    Told by the file beside it: the diary itself may be in use, and then only its own library may open it.
    """
    if not (folder / SIDECAR).exists():
        return None
    from coach.storage.sqlite import sidecar  # brings a parser and more, for encrypted diaries only

    entry = sidecar.current(folder)
    key = keys(entry.salt) if keys and entry else None
    if entry is not None and key is None:
        raise ValueError("encrypted, and its key is not known yet")
    return key
