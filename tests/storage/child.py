"""A program that is killed: guides a session up to the middle of set 3 and then waits for its end.

Run as `python -m tests.storage.child FOLDER`; says `set 3` when set 3 is written but not committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import insert

from coach.catalogue.loader import load_catalogue
from coach.domain.plan import plan_routine
from coach.domain.records import SetStatus
from coach.domain.session import SetDone
from coach.domain.timeline import Timeline
from coach.services.coaching import Coaching
from coach.storage import rows
from coach.storage.diary import open_diary
from coach.storage.ids import id_source
from coach.storage.tables import sets
from tests.fakes import FakeClock

ROOT = Path(__file__).resolve().parents[2]


def main(folder: Path) -> None:
    """Do two sets, begin a third, and wait."""
    routine = load_catalogue([ROOT / "exercises"]).routines["daily_six"]
    plan = plan_routine(routine)
    clock = FakeClock()
    diary = open_diary(folder, clock)
    coaching = Coaching(diary, clock, lambda: "Europe/Berlin", id_source(clock))
    session = coaching.start(routine.id, routine.title, plan)
    first, second, third = (
        SetDone(place, SetStatus.DONE, place.bout.reps, place.bout.hold_s) for place in Timeline(plan).places[:3]
    )
    clock.advance(70)
    coaching.record(session.id, first)
    clock.advance(70)
    half_way = coaching.record(session.id, second)
    with diary._database.writing() as connection:
        unfinished = rows.from_set(half_way) | {"id": coaching._new_id(), "set_no": third.place.bout.set_no + 7}
        connection.execute(insert(sets), unfinished)
        sys.stdout.write("set 3\n")
        sys.stdout.flush()
        sys.stdin.read()  # for ever: whoever started this kills it


if __name__ == "__main__":
    main(Path(sys.argv[1]))
