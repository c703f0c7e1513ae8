"""What can come between a person and their progress: haste, midnight, a failing disk, a diary that does not open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLabel

from coach.bootstrap import fill_with_demo
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.progress.span import Range
from coach.errors import StorageError
from coach.services.coaching import Rating
from coach.services.progress import Query, look
from coach.ui import progress_flow
from coach.ui.pages.progress import ProgressPage
from tests.journeys import eyes, hands

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.desk import Desk


@dataclass
class HeldWorker:
    """Does a job when the test says so, and tells of it when the test says so."""

    jobs: list[tuple[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None] | None]] = field(
        default_factory=list
    )

    def submit(
        self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Keep it."""
        self.jobs.append((job, done, failed))

    def work(self) -> Callable[[], None]:
        """Do the oldest; what is returned tells of it."""
        job, done, _ = self.jobs.pop(0)
        result = job()
        return lambda: done(result)

    def stop(self) -> bool:
        """Nothing to end."""
        return True


@pytest.fixture
def weeks(practised: Desk) -> Desk:
    """Four weeks of history, and the page is open."""
    fill_with_demo(practised.core, 28)
    practised.open()
    hands.press("Ctrl+2")
    practised.settle()
    return practised


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Query]:
    """Every choice that was really read."""
    found: list[Query] = []

    def watched(*given: Any) -> Any:
        found.append(given[1])
        return look(*given)

    monkeypatch.setattr(progress_flow, "look", watched)
    return found


def page(desk: Desk) -> ProgressPage:
    shown = desk.window.shell.page("progress")
    assert isinstance(shown, ProgressPage)
    return shown


def hold(desk: Desk) -> HeldWorker:
    """From now on the worker waits for the test."""
    held = HeldWorker()
    desk.window.worker = held
    return held


def test_who_clicks_on_gets_the_newest_choice_and_the_others_are_not_read(weeks: Desk, read: list[Query]) -> None:
    inline, held = weeks.window.worker, hold(weeks)
    flow = weeks.window.progress
    for chosen in (Range.TWO_WEEKS, Range.YEAR, Range.ALL):
        flow.ask(Query(range=chosen))
    while held.jobs:
        held.work()()
    weeks.window.worker = inline
    assert [query.range for query in read] == [Range.ALL]
    assert page(weeks).range.value is Range.ALL


def test_a_result_that_comes_late_is_ignored(weeks: Desk) -> None:
    inline, held = weeks.window.worker, hold(weeks)
    flow = weeks.window.progress
    flow.ask(Query(range=Range.TWO_WEEKS))
    tell_late = held.work()
    flow.ask(Query(range=Range.ALL))
    held.work()()
    words = eyes.words()
    tell_late()
    hands.look()
    weeks.window.worker = inline
    assert eyes.words() == words
    assert page(weeks).range.value is Range.ALL


def test_while_it_is_read_what_was_chosen_is_seen_and_the_page_can_be_used(weeks: Desk) -> None:
    inline, held = weeks.window.worker, hold(weeks)
    hands.click("1 year")
    assert page(weeks).range.value is Range.YEAR
    hands.click("How it works")
    assert "it never starts anew" in eyes.words()
    held.work()()
    weeks.window.worker = inline


def test_midnight_makes_it_another_day(weeks: Desk, read: list[Query]) -> None:
    assert page(weeks).sessions.chart.view.chart.span.last == weeks.clock.now().date()
    weeks.window.reminders.flow.changed.emit()  # any look of the alarm clock at the same day
    assert read == []
    weeks.clock.advance(24 * 3600)
    weeks.window.reminders.flow.changed.emit()
    weeks.settle()
    assert len(read) == 1
    assert page(weeks).sessions.chart.view.chart.span.last == weeks.clock.now().date()


def test_a_new_rating_is_seen_and_read_only_when_the_page_is_shown(weeks: Desk, read: list[Query]) -> None:
    knee = Area(Region.KNEE, BodySide.LEFT)
    hands.press("Ctrl+1")
    weeks.window.coaching().rate((Rating(knee, PainMoment.BEFORE, 7),))
    weeks.window.refresh()
    weeks.settle()
    assert read == []
    hands.press("Ctrl+2")
    weeks.settle()
    assert len(read) == 1
    combo = page(weeks).pain.area
    assert "Knee, left" in [combo.itemText(index) for index in range(combo.count())]


def test_a_disk_that_fails_is_told_and_asked_again(weeks: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any) -> Any:
        raise StorageError("The disk does not answer.")

    monkeypatch.setattr(progress_flow, "look", broken)
    hands.click("2 weeks")
    weeks.settle()
    assert "Your progress could not be read. The disk does not answer." in eyes.words()
    monkeypatch.setattr(progress_flow, "look", look)
    hands.click("Try again")
    weeks.settle()
    assert "could not be read" not in eyes.words()
    assert page(weeks).range.value is Range.TWO_WEEKS


@pytest.mark.expect_log("the diary cannot be used: StorageError")
def test_a_diary_that_cannot_be_opened_is_told_here_too(practised: Desk) -> None:
    (practised.folder / "diary.sqlite3").mkdir()
    practised.open()
    hands.press("Ctrl+2")
    practised.settle()
    assert "Your progress could not be read." in eyes.words()
    (practised.folder / "diary.sqlite3").rmdir()
    hands.click("Try again")
    practised.settle()
    assert "could not be read" not in eyes.words()
    assert eyes.sees("Too early to say", QLabel)
