"""A program that opens an old diary and migrates it, with a revision that exists only in tests; says when it begins."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from coach.storage import migrate
from coach.storage.diary import open_diary
from coach.storage.revisions import REVISIONS
from coach.storage.sqlite import opening
from tests.fakes import FakeClock
from tests.reliability.nursery_main import say
from tests.storage.test_migrations import NEXT


def main(folder: str, scripts: str) -> None:
    """Migrate, and say how long it took."""
    instead = pytest.MonkeyPatch()  # never undone: the process ends with it
    instead.setattr(migrate, "SCRIPTS", Path(scripts))
    instead.setattr(opening, "REVISIONS", (*REVISIONS, NEXT))
    instead.setattr(opening, "HEAD", NEXT)
    begun = time.monotonic()
    say(at="begun")
    open_diary(Path(folder), FakeClock()).close()
    say(at="migrated", s=time.monotonic() - begun)
