"""A program that is killed in the middle of a session: the real window and the real worker, on a fast clock.

Run as `python -m tests.journeys.child FOLDER`. Says `set N` once set N is acknowledged on the screen, and `in set 3`
when it stands in the middle of the third; then it waits for its end.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from coach.app import make_application
from coach.desktop.paths import resources
from coach.ui.theme.look import Look
from tests.fakes import FakeClock
from tests.journeys import hands
from tests.journeys.desk import Desk

KILLED_IN = 3
INTO_S = 20


def main(folder: Path) -> None:
    """Guide a session up to the middle of set 3 and wait."""
    application = make_application()
    desk = Desk(folder, Look(resources() / "assets"), FakeClock(), threaded=True)
    desk.open()
    hands.press("Enter")
    hands.click("Nothing hurts")
    desk.settle()
    for number in range(1, KILLED_IN):
        desk.wait_until(partial(_acknowledged, desk, number))
        say(f"set {number}")
    desk.wait_for("calf_raise", phase="work")
    desk.wait(INTO_S)
    say(f"in set {KILLED_IN}")
    sys.stdin.read()  # for ever: whoever started this kills it
    application.quit()


def _acknowledged(desk: Desk, number: int) -> bool:
    return len(desk.session.run.results) == number and not desk.session.unsaved


def say(words: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
