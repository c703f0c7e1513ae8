"""`kill -9` in the middle of set 3: sets 1 and 2 are there, and the rest is offered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from coach.catalogue.loader import load_catalogue
from coach.domain.plan import plan_routine
from coach.domain.session import key_of, resume_after_crash
from coach.domain.timeline import Timeline
from coach.services.coaching import Coaching
from coach.storage.diary import open_diary
from coach.storage.ids import id_source
from tests.fakes import FakeClock

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
def test_killed_in_the_middle_of_set_3(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.child", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"set 3\n"
        child.send_signal(signal.SIGKILL)
        assert child.wait(timeout=30) == -signal.SIGKILL

    catalogue = load_catalogue([ROOT / "exercises"])
    places = Timeline(plan_routine(catalogue.routines["daily_six"])).places
    clock = FakeClock()
    with closing(open_diary(tmp_path, clock)) as diary:
        unfinished = Coaching(diary, clock, lambda: "Europe/Berlin", id_source(clock)).unfinished(catalogue.exercises)
    assert unfinished is not None
    assert unfinished.summary.end is None
    assert [record.key for record in unfinished.summary.sets] == [key_of(place) for place in places[:2]]
    assert unfinished.done == {key_of(place) for place in places[:2]}
    assert unfinished.total == len(places)
    run = resume_after_crash(unfinished.plan, unfinished.results, now=0.0)
    assert run is not None
    assert key_of(run.moment(0.0).place) == key_of(places[2])
