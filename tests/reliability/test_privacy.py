"""What a person has said is in the diary, its backups and what they export: in no other file, whatever goes wrong."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest

from coach.storage.sqlite.file import COMPANIONS, FILE
from coach.ui.single import LOCK_NAME
from tests.reliability.nursery import Nursery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights are those of POSIX")
THEIR_OWN = {f"{FILE}{suffix}" for suffix in COMPANIONS}
"""Files that hold what the person said, because that is what they are for."""
END = {"closed": "the window is closed", "crash": "the interpreter crashes"}
THEIR_OWN_FOLDERS = {"backups", "exercises", "carried", "carried.json"}


class Lived:
    """What a day with a marked note has left: `home` with the `profile` in it, `tmp`, and what was said on the way."""

    def __init__(self, home: Path, mark: str, nursery: Nursery, end: str) -> None:
        self.home = home
        self.profile = home / "of" / "a person"
        self.mark = mark
        pid = nursery.bear("tests.reliability.marked:main", folder=str(self.profile), mark=mark, end=end)
        self.said = nursery.hear(lambda word: "day" in word or word.get("gone") == pid)
        assert "day" in self.said, nursery.complaints()
        self.code = nursery.gone(pid)
        self.output = nursery.complaints()

    def files(self) -> Iterator[Path]:
        """Every file that was written, but those that are the person's own."""
        for path in sorted(self.home.rglob("*")):
            inside = path.relative_to(self.profile).parts if path.is_relative_to(self.profile) else ()
            own = inside and (inside[0] in THEIR_OWN or inside[0] in THEIR_OWN_FOLDERS)
            if path.is_file() and not own:
                yield path


@pytest.mark.parametrize("end", END)
def test_what_a_person_said_is_in_no_other_file_and_only_they_may_read_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, end: str, figure: Callable[..., None]
) -> None:
    (home / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    with Nursery(tmp_path / "stderr", "tests.reliability.marked", umask=0) as nursery:
        lived = Lived(home, f"MARKER-{seed:x}", nursery, end)
    assert lived.said["sessions"] == 2
    assert lived.code == (0 if end == "closed" else -11)
    files = list(lived.files())
    no_mark(lived, files)
    the_search_can_find(lived)
    if end == "crash":
        assert "Fatal Python error" in (lived.profile / "logs" / "crash.log").read_text(encoding="utf-8")
    only_its_owner(lived.profile, kept=LOCK_NAME if end == "crash" else "window.ini")
    figure(
        f"a marked note, exercise and title, many faults, then {END[end]}: {len(files)} other files written, 0 hits, "
        "all rights 0600 and 0700 with umask 0",
        files=len(files),
        hits=0,
    )


def no_mark(lived: Lived, files: list[Path]) -> None:
    """Neither the files nor the error output nor the clipboard hold the mark."""
    needles = [lived.mark.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    found = {str(path): needle for path in files for needle in needles if needle in path.read_bytes()}
    assert not found
    assert lived.mark not in lived.output
    assert lived.said["clipboard"] == ""


def the_search_can_find(lived: Lived) -> None:
    """The note is where it belongs, and the log tells of all that went wrong."""
    for own in (f"{FILE}*", "backups/*import*", "carried.json", "carried/*"):
        assert lived.mark.encode() in b"".join(path.read_bytes() for path in lived.profile.glob(own)), own
    log = (lived.profile / "logs" / "coach.log").read_text(encoding="utf-8")
    for known in ("ValueError", "KeyError", "StorageError", "a debug record is kept", "its text is withheld"):
        assert known in log, log


def only_its_owner(profile: Path, kept: str) -> None:
    """Folders are 0700 and files 0600; those that the person has put there are theirs. `kept` is one that Qt makes."""
    places = [path for path in (profile, *profile.rglob("*")) if "exercises" not in path.parts]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in places}
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}
    assert {"coach.log", "crash.log", "logs", "settings.toml", FILE, kept} - set(modes) == set()
