"""Killed at any step of encrypting, decrypting or changing the key: the old diary stands there or the new one."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from coach.storage.diary import open_diary
from coach.storage.sqlite import file
from coach.storage.sqlite.sealing import seal
from tests.fakes import START, FakeClock
from tests.locks import KEY, KEYS, OTHER, fill, need_cipher

ROOT = Path(__file__).resolve().parents[2]
BEFORE_AFTER = {"seal": (file.PLAIN, KEY.salt), "unseal": (KEY.salt, file.PLAIN), "change": (KEY.salt, OTHER.salt)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals are those of POSIX")
@pytest.mark.parametrize(("what", "stride"), [("change", 1), ("seal", 3), ("unseal", 3)])  # one path, three ways
def test_killed_at_any_step(tmp_path: Path, what: str, stride: int) -> None:
    need_cipher()
    template = tmp_path / "template"
    template.mkdir()
    fill(template, "a note")
    if what != "seal":
        seal(template, KEY, START)
    with closing(open_diary(template, FakeClock(), keys=KEYS)) as diary:
        history = diary.sessions()
    target = tmp_path / "killed"
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.sealing", str(template), str(target), what, str(stride)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    assert steps > 50 / stride
    seen = []
    for number in range(1, steps + 2):
        folder = target / str(number)
        seen.append(file.header(folder / file.FILE))
        with closing(open_diary(folder, FakeClock(), busy_s=0, keys=KEYS)) as diary:
            assert diary.sessions() == history, number
        assert not list(folder.glob(".*")), number  # the copy that was being made is gone again
    before, after = BEFORE_AFTER[what]
    assert seen == [before] * seen.count(before) + [after] * seen.count(after)
    assert seen.count(after) > 1  # some died between the new file and the end
