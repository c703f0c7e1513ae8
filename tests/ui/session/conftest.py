"""Sessions that end with their test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.ui.session.guided import Guided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from coach.domain.plan import Plan


class MakeGuided(Protocol):
    """Makes a begun session."""

    def __call__(self, plan: Plan | None = None, **settings: Any) -> Guided: ...


@pytest.fixture
def guided(qapp: QApplication) -> Iterator[MakeGuided]:
    """A factory of begun sessions; their timers are stopped afterwards."""
    made: list[Guided] = []

    def make(plan: Plan | None = None, **settings: Any) -> Guided:
        made.append(Guided(plan, **settings).started())
        return made[-1]

    yield make
    for one in made:
        one.close()
