"""A program that opens an old diary and migrates it, with a revision that exists only in tests; says when it begins."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

import coach.storage.migrate  # noqa: F401 - brings Alembic, so that the time is that of the migration
from coach.storage.diary import open_diary
from tests.fakes import FakeClock
from tests.reliability.nursery_main import say
from tests.storage.conftest import add_revision


def main(folder: str, elsewhere: str) -> None:
    """Migrate, say how long it took, and wait; `elsewhere` is a new folder for the scripts."""
    Path(elsewhere).mkdir()
    add_revision(Path(elsewhere), pytest.MonkeyPatch())  # never undone: the process ends with it
    begun = time.monotonic()
    say(at="begun")
    open_diary(Path(folder), FakeClock()).close()
    say(at="migrated", s=time.monotonic() - begun)
    signal.pause()  # whoever started this kills it
