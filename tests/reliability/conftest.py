"""What the tests of this package share: where chance begins."""

from __future__ import annotations

import pytest


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Where chance begins: the number that pytest prints at the head of a run; `--randomly-seed=N` repeats it."""
    return int(request.config.getoption("randomly_seed", default=0))
