"""Two computers, the first with a history that has a bit of everything.

The histories are imported late: how many examples a property gets depends on the profile, which is chosen after this
file is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coach.domain.pain import PainMoment
from tests import records as r

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.storage.exchange.histories import Home


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Home]:
    """A computer with two sessions, a correction, a plan that changed, ratings and a level."""
    from tests.storage.exchange.histories import Home, PlanChange

    (tmp_path / "here").mkdir()
    home = Home(tmp_path / "here")
    first, second = r.start(-24 * 60), r.start(0)
    wrong = r.done(first, -24 * 60 + 1, real_reps=3)
    right = r.done(first, -24 * 60 + 2, real_reps=9, supersedes=wrong.id)
    worst = r.pain(
        -24 * 60 + 3,
        moment=PainMoment.WORST,
        session_id=first.id,
        set_id=right.id,
        exercise_id="calf_raise",
        sign="sharp",
    )
    home.live(
        [first, wrong, right, r.pain(-24 * 60), worst, r.end(first, -24 * 60 + 9, note="-2 <b>today</b>")],
        [PlanChange(first.id, 0, []), r.level(0, 2), r.level(1, 3), second, r.done(second, title="=1+1")],
    )
    yield home
    home.diary.close()


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Home]:
    """Another computer, still empty."""
    from tests.storage.exchange.histories import Home

    (tmp_path / "there").mkdir()
    home = Home(tmp_path / "there")
    yield home
    home.diary.close()
