"""A first look at the diary with plain `sqlite3`, for those who cannot wait until SQLAlchemy is imported.

It answers only what a start needs at once, means the same as `coach.storage.reading` (a test holds them equal), never
writes, and where anything is unusual it says nothing: opening the diary tells the rest, and tells it properly.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coach.storage.revisions import HEAD
from coach.storage.sqlite.file import FILE, Access, connect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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


def glance(folder: Path) -> Glance | None:
    """What the diary of a folder says at first sight; None when there is none yet or it needs a closer look.

    Waits for nobody: a diary that another program is writing counts as one that needs a closer look.
    """
    path = folder / FILE
    try:
        with closing(connect(path, Access.READ, busy_s=0)) as connection:
            if connection.execute("SELECT version_num FROM alembic_version").fetchone() != (HEAD,):
                return None
            levels = {str(exercise): int(level) for exercise, level in connection.execute(_LEVELS)}
            (newest,) = connection.execute("SELECT max(local_date) FROM sessions").fetchone()
            return Glance(levels, date.fromisoformat(newest) if newest else None)
    except (OSError, ValueError, TypeError, sqlite3.Error):
        return None
