"""A session with its diary on a server: the server goes away in the middle and comes back, and nothing is lost."""

from __future__ import annotations

from signal import SIGINT
from typing import TYPE_CHECKING

import pytest

from coach.domain.preferences import Preferences
from coach.domain.records import Outcome
from tests.journeys import eyes, hands
from tests.journeys.desk import Desk
from tests.journeys.plans import as_logged, as_planned, daily_six
from tests.journeys.test_storage_faults import banner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.ui.theme.look import Look
    from tests.fakes import FakeClock
    from tests.server import Server

PLAN = daily_six("left", "left", "left", "left", "left")


@pytest.fixture
def at_server(own_server: Server, home: object, journey_look: Look, clock: FakeClock) -> Iterator[Desk]:
    """The first second of today's routine, with the diary on a server."""
    person = own_server.new_person().person.replace(" ", "%20")
    desk = Desk(own_server.text(more=f"&person={person}"), journey_look, clock)
    desk.settings(safety_accepted="2026-11-01T08:00:00+00:00", full_screen=False)
    desk.open()
    hands.press("Enter")
    hands.click("Nothing hurts")
    assert desk.guiding
    yield desk
    desk.close()
    journey_look.apply(Preferences())


def test_a_server_that_is_away_for_a_while_is_said_and_the_next_set_tries_again(
    at_server: Desk, own_server: Server
) -> None:
    at_server.wait_for("calf_stretch")
    own_server.stop(SIGINT)
    at_server.wait_until(lambda: len(at_server.session.unsaved) == 2)
    assert "2 sets are not saved yet." in banner(at_server)
    assert "cannot be reached" in banner(at_server)
    own_server.start()
    at_server.wait_until(lambda: not at_server.session.unsaved)
    assert banner(at_server) == ""
    at_server.wait_for_end()
    hands.press("Enter")
    at_server.settle()
    (session,) = at_server.logged()
    assert sorted(as_logged(session.sets), key=str) == sorted(as_planned(PLAN), key=str)
    assert session.end is not None
    assert session.end.outcome is Outcome.COMPLETED


def test_settings_say_where_the_diary_is(at_server: Desk) -> None:
    at_server.wait_for_end()
    hands.press("Enter")
    hands.press("Ctrl+,")
    hands.click("Data")
    assert "Your history is in the database postgres on this computer" in eyes.words()
