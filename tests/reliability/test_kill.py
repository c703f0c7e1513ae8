"""`kill -9` at random points of the real program while it guides sessions: what the screen has acknowledged is kept.

Each kill is of a process of its own, with its own window, worker thread and lock; the next one is started on what it
has left, goes on with the session or ends it, and is killed as well, so that one history grows over all of them.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from coach.desktop.settings import TomlPreferences
from coach.services.keeping import BackupReason
from coach.storage.diary import open_diary
from tests.fakes import START, FakeClock
from tests.reliability.figures import amount
from tests.reliability.looking import litter, look, whole_backups
from tests.reliability.nursery import Nursery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
KILLS = amount(150, 1000)
NEXT_START_S = 2.0
"""What a start may take on a computer of its own; told, and judged ten times as mildly, since this one is shared."""
MOST_SETS = 8
GAP_S = 0.06
"""About the time from one set to the next on the fast clock."""


class Life:
    """One folder and everything that was acknowledged on it, over many starts and kills."""

    def __init__(self, folder: Path, nursery: Nursery, die: random.Random) -> None:
        self.folder = folder
        self.scratch = folder.with_name("copy")
        self.die = die
        self.nursery = nursery
        self.acknowledged: Counter[tuple[Any, ...]] = Counter()
        self.now = START
        self.starts: list[float] = []
        self.killed_at: Counter[str] = Counter()
        self.unseen = 0
        self.unfinished = False
        folder.mkdir()
        settings = 'safety_accepted = "2026-11-01"\nfull_screen = false\n'
        (folder / "settings.toml").write_text(settings, encoding="utf-8")

    def start(self) -> int:
        """The next start, two hours later."""
        self.now += timedelta(hours=2)
        return self.nursery.bear(
            "tests.reliability.person:main",
            folder=str(self.folder),
            now=self.now.isoformat(),
            seed=self.die.getrandbits(32),
        )

    def kill_once(self) -> None:
        """Start, wait for a random moment, kill, and look at what is left."""
        pid = self.start()
        heard = list(self._until_a_random_moment())
        assert self.nursery.end(pid) == -9, self.nursery.complaints()
        heard += self._rest()
        self.killed_at[[word["at"] for word in heard if "at" in word][-1] if heard else "starting"] += 1
        for word in heard:
            self._note(word)
        self.check()

    def check(self) -> None:
        """Everything acknowledged is there, and the file is whole."""
        found = look(self.folder, self.scratch)
        if found is None:
            assert not self.acknowledged
            return
        assert (found.integrity, found.orphans) == ("ok", 0)
        lost = self.acknowledged - found.facts
        assert not lost, f"acknowledged and lost: {lost}"
        self.unseen = sum((found.facts - self.acknowledged).values())
        self.unfinished = found.unfinished
        assert TomlPreferences(self.folder / "settings.toml").load()[1] == ()

    def _until_a_random_moment(self) -> Iterator[dict[str, Any]]:
        if self.die.random() < 0.3:
            usual = self.starts[-1] if self.starts else 0.3
            yield from self._listen(self.die.uniform(0, usual * 1.3))
            return
        to_hear = self.die.randint(0, MOST_SETS)
        guided = False
        while to_hear or not guided:
            word = self.nursery.listen(60)
            assert word is not None, "nothing is acknowledged any more"
            assert "gone" not in word, self.nursery.complaints()
            guided = guided or word.get("at") == "guiding"
            to_hear -= "set" in word and to_hear > 0
            yield word
        yield from self._listen(self.die.uniform(0, GAP_S))

    def _listen(self, seconds: float) -> Iterator[dict[str, Any]]:
        limit = time.monotonic() + seconds
        while (word := self.nursery.listen(max(0, limit - time.monotonic()))) is not None:
            assert "gone" not in word, self.nursery.complaints()
            yield word

    def _rest(self) -> Iterator[dict[str, Any]]:
        while (word := self.nursery.listen(0)) is not None:
            yield word

    def _note(self, word: dict[str, Any]) -> None:
        for kind in ("set", "pain", "end"):
            if kind in word:
                self.acknowledged[kind, *word[kind]] += 1
        if "now" in word:
            self.now = max(self.now, datetime.fromisoformat(word["now"]))
        if word.get("at") == "open":
            self.starts.append(word["s"])
            assert word["offered"] == self.unfinished, "what was cut off is offered, and nothing else"


def tidied(folder: Path) -> int:
    """How many scratch files there were; two days later the program must have removed them all."""
    left = litter(folder)
    newest = max((path.stat().st_mtime for path in folder.rglob("*")), default=0)
    later = FakeClock(datetime.fromtimestamp(newest, UTC) + timedelta(days=2))
    with closing(open_diary(folder, later)) as diary:
        diary.archive.back_up(BackupReason.HAND)
    assert litter(folder) == []
    return len(left)


@pytest.mark.timeout(3600)
def test_no_acknowledged_set_is_lost_by_kill_9(tmp_path: Path, seed: int, figure: Callable[..., None]) -> None:
    with Nursery(tmp_path / "stderr", "tests.reliability.person") as nursery:
        life = Life(tmp_path / "person", nursery, random.Random(seed))
        for _ in range(KILLS):
            life.kill_once()
        pid = life.start()
        life._note(nursery.hear(lambda word: word.get("at") == "open"))
        nursery.end(pid)
    backups = whole_backups(life.folder)
    scratch = tidied(life.folder)
    kinds = Counter(fact[0] for fact in life.acknowledged.elements())
    slowest = max(life.starts) + nursery.import_s
    moments = ", ".join(f"{number} {at}" for at, number in sorted(life.killed_at.items()))
    figure(
        f"{KILLS:,} kills ({moments}), {kinds['set']:,} acknowledged sets, {kinds['pain']:,} ratings, "
        f"{kinds['end']:,} ends, 0 lost, {life.unseen} kept but not yet shown, integrity ok, "
        f"{backups} backups whole, {scratch} scratch files gone after two days, "
        f"slowest next start {slowest:.1f} s, seed {seed}",
        kills=KILLS,
        sets=kinds["set"],
        lost=0,
        slowest_start_s=round(slowest, 2),
        seed=seed,
    )
    assert kinds["set"] > KILLS
    assert slowest < 10 * NEXT_START_S


@pytest.mark.timeout(3600)
def test_a_first_start_that_is_killed_leaves_no_diary_or_a_whole_one(
    tmp_path: Path, seed: int, figure: Callable[..., None]
) -> None:
    kills, made = amount(12, 60), 0
    die = random.Random(seed)
    with Nursery(tmp_path / "stderr", "tests.reliability.person") as nursery:
        first = Life(tmp_path / "first", nursery, die)
        pid = first.start()
        usual = nursery.hear(lambda word: word.get("at") == "open")["s"]
        nursery.end(pid)
        for number in range(kills):
            life = Life(tmp_path / str(number), nursery, die)
            pid = life.start()
            for _ in life._listen(die.uniform(0.6 * usual, 1.1 * usual)):
                pass
            nursery.end(pid)
            list(life._rest())
            made += look(life.folder, life.scratch) is not None
            life.check()
            with closing(open_diary(life.folder)) as diary:
                # On a busy machine the kill may come as late as in the first session, but never after its first set.
                assert [session.sets for session in diary.sessions()] in ([], [()])
    figure(f"{kills} first starts killed, {made} with a diary by then, all open at the next", kills=kills, made=made)
