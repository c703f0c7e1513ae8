"""The n-th statement fails, and the n-th call to a file, of everything that writes, for every n until none is left.

After each failure the state is the one before or the one after, the error has its sentence and names the full disk, no
scratch file stays behind, and trying again works.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from coach.errors import KnownError
from coach.storage.sqlite.file import FILE
from tests.reliability.failing import CONNECT, FILE_CALL, STATEMENT, Trap, install
from tests.reliability.looking import litter, whole_backups
from tests.reliability.use_cases import DAMAGED, USE_CASES, UseCase, World, state
from tests.storage.conftest import add_revision

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST = 2000
REMOVING = {"unlink", "remove"}
"""Where removing a scratch file is what fails, it stays."""
NEVER_FULL = ("SELECT", "PRAGMA", CONNECT)
"""What never meets a full disk in truth, or cannot tell of it: what is said then need not name it."""
(OPEN,) = (use for use in USE_CASES if use.name == "open a diary")
MIGRATE = replace(OPEN, name="migrate")


def is_aside(folder: Path) -> bool:
    """Whether nothing stands in the diary's place, and the damaged one is kept whole elsewhere."""
    kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return not (folder / FILE).exists() and DAMAGED in kept


def attempt(use: UseCase, folder: Path, trap: Trap, kind: str, number: int, wanted: tuple[object, object]) -> str:
    """One try with one failure; which call it was, or nothing where there are not so many."""
    world = World(folder)
    old, new = wanted
    try:
        use.warm(world)
        problem = ""
        with trap.armed(kind, number):
            try:
                use.act(world)
            except KnownError as error:
                problem = str(error)
        now = state(folder)
        where = f"{use.name}, {kind} {number} ({trap.failed}): {problem}"
        if problem:
            assert trap.failed, where
            assert now in (old, new) or (use.aside and is_aside(folder)), where
            assert re.search("full|room", problem) or trap.failed.startswith(NEVER_FULL), where
        elif not use.goes_on:
            assert now == new, where
        assert not litter(folder) or trap.failed in REMOVING, (where, litter(folder))
        whole_backups(folder)
        if now != new:
            use.act(world)
            assert state(folder) == new, f"trying again: {where}"
            assert not litter(folder) or trap.failed in REMOVING, (where, litter(folder))
    finally:
        world.close()
    return trap.failed


def tried(use: UseCase, base: Path, tries: Path, trap: Trap) -> dict[str, int]:
    """Try it with every failure there can be; how many there were of each kind."""

    def fresh(name: str) -> Path:
        return shutil.copytree(base, tries / name)

    untouched = fresh("untouched")
    old = state(untouched)
    world = World(untouched)
    use.warm(world)
    use.act(world)
    world.close()
    new = state(untouched)
    failures = dict.fromkeys((STATEMENT, FILE_CALL), 0)
    for kind in failures:
        for number in range(1, MOST):
            folder = fresh(f"{kind} {number}")
            if not attempt(use, folder, trap, kind, number, (old, new)):
                break
            failures[kind] += 1
            shutil.rmtree(folder)
        else:
            pytest.fail(f"{use.name} never ends")
    return failures


@pytest.fixture
def tries(tmp_path: Path) -> Path:
    """Where the folders that failures happen in are."""
    folder = tmp_path / "tries"
    folder.mkdir()
    return folder


@pytest.fixture
def trap(tries: Path, monkeypatch: pytest.MonkeyPatch) -> Trap:
    """A trap under every file and connection of those folders."""
    made = Trap(tries)
    install(made, monkeypatch)
    return made


@pytest.mark.parametrize("use", [*USE_CASES, MIGRATE], ids=lambda use: use.name)
def test_a_failure_at_any_point_leaves_the_old_or_the_new(
    tmp_path: Path, tries: Path, monkeypatch: pytest.MonkeyPatch, use: UseCase, figure: Callable[..., None]
) -> None:
    base = tmp_path / "base"
    use.before(base)
    if use is MIGRATE:
        (tmp_path / "elsewhere").mkdir()
        add_revision(tmp_path / "elsewhere", monkeypatch)
    trap = Trap(tries)
    install(trap, monkeypatch)
    failures = tried(use, base, tries, trap)
    figure(
        f"{use.name}: {failures[STATEMENT]} statements and {failures[FILE_CALL]} file calls failed in turn, "
        "old or new state each time",
        statements=failures[STATEMENT],
        file_calls=failures[FILE_CALL],
    )


def by_halves(world: World) -> None:
    """Two commits where one was promised."""
    world.coaching.set_level("calf_raise", 2)
    world.coaching.set_level("calf_stretch", 2)


def untidy(world: World) -> None:
    """A scratch file that stays when it cannot be put in place."""
    scratch = world.folder / "settings.toml.part"
    try:
        scratch.write_bytes(b"")
        scratch.replace(world.folder / "settings.toml")
    except OSError as error:
        raise KnownError("the disk is full") from error


@pytest.mark.parametrize("act", [by_halves, untidy])
def test_what_is_not_all_or_nothing_is_found(
    tmp_path: Path, tries: Path, trap: Trap, act: Callable[[World], None]
) -> None:
    use = UseCase(act.__name__, act)
    use.before(tmp_path / "base")
    with pytest.raises(AssertionError, match=act.__name__):
        tried(use, tmp_path / "base", tries, trap)
