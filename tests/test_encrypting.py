"""The functions behind `coach encrypt` and behind every command that opens a locked diary."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach import bootstrap
from coach.bootstrap import Core, open_core, open_or_ask
from coach.chores import change_passphrase, decrypt, encrypt
from coach.desktop import passphrase
from coach.errors import KnownError
from coach.storage.sqlite import file
from tests import records as r
from tests.desktop.test_passphrase import Terminal
from tests.locks import fill, need_cipher

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "warm sand under bare feet"
ANOTHER = "a quiet stream in the wood"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    need_cipher()
    folder = tmp_path / "person"
    folder.mkdir()
    fill(folder, "a note")
    return folder


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Answer the questions at the terminal; those that are left."""
    left = list(answers)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(passphrase, "getpass", lambda _question: left.pop(0))
    return left


def sealed(core: Core) -> bool:
    return file.header(core.folder / file.FILE) != file.PLAIN


def test_on_change_and_off_at_the_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, PASSPHRASE, PASSPHRASE)
    assert encrypt(open_core(folder), None, remember=False, backups_too=True) == 0
    assert "Older backups rewritten likewise: 1." in capsys.readouterr().out
    assert sealed(open_core(folder))
    left = typed(monkeypatch, PASSPHRASE, ANOTHER, ANOTHER)
    change_passphrase(open_core(folder), None, None, remember=False, backups_too=True)
    assert left == []
    typed(monkeypatch, PASSPHRASE)
    with pytest.raises(KnownError, match="not the right one"):
        decrypt(open_core(folder), None, backups_too=True)
    typed(monkeypatch, ANOTHER)
    decrypt(open_core(folder), None, backups_too=True)
    assert not sealed(open_core(folder))


def test_on_change_and_off_by_files_and_the_environment(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text(PASSPHRASE, encoding="utf-8")
    new.write_text(ANOTHER, encoding="utf-8")
    encrypt(open_core(folder), old, remember=False, backups_too=True)
    with closing(open_core(folder, passphrase_file=old).open_diary()) as diary:
        assert len(diary.sessions()) == 1
    change_passphrase(open_core(folder), old, new, remember=False, backups_too=True)
    monkeypatch.setenv("COACH_PASSPHRASE", ANOTHER)
    core = open_core(folder)
    assert core.glance() is not None
    with closing(core.open_diary()) as diary:
        assert len(diary.sessions()) == 1
    decrypt(core, None, backups_too=True)
    assert not sealed(core)


def test_a_short_passphrase_is_refused_before_anything_is_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PASSPHRASE", "short")
    with pytest.raises(KnownError, match="at least 8 characters"):
        encrypt(open_core(folder), None, remember=False, backups_too=True)
    assert [path.name for path in folder.iterdir() if "key" in path.name or path.is_dir()] == []


def test_a_locked_diary_asks_three_times(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, PASSPHRASE, PASSPHRASE)
    encrypt(open_core(folder), None, remember=False, backups_too=True)
    left = typed(monkeypatch, "wrong", "wrong again", PASSPHRASE)
    with closing(open_or_ask(open_core(folder))) as diary:
        assert len(diary.sessions()) == 1
    assert left == []
    typed(monkeypatch, *["wrong"] * bootstrap.TRIES)
    with pytest.raises(KnownError, match="This passphrase does not open"):
        open_or_ask(open_core(folder))


def test_where_nobody_can_be_asked_it_says_how_to_give_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, PASSPHRASE, PASSPHRASE)
    encrypt(open_core(folder), None, remember=False, backups_too=True)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(Terminal, "isatty", lambda _self: False)
    with pytest.raises(KnownError, match="COACH_PASSPHRASE, or name a file with --passphrase-file"):
        open_or_ask(open_core(folder))


def test_what_a_locked_diary_could_not_take_is_put_by_encrypted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PASSPHRASE", PASSPHRASE)
    encrypt(open_core(folder), None, remember=False, backups_too=True)
    core = open_core(folder)
    core.open_diary().close()
    start = r.start(60, routine_title="Marker-4711")
    core.put_by([start])
    path = core.put_by([r.end(start, 70, note="Marker-4711")])  # a second one adds to the first
    assert b"Marker-4711" not in path.read_bytes()
    monkeypatch.setenv("COACH_PASSPHRASE", "")
    with pytest.raises(KnownError, match="its passphrase is not known"):
        open_core(folder).put_by([start])
    monkeypatch.setenv("COACH_PASSPHRASE", PASSPHRASE)
    with closing(open_core(folder).open_diary()) as diary:
        newest = diary.sessions()[0]
        assert newest.start == start
        assert newest.end is not None
        assert diary.notes == ("2 entries that your diary could not take last time are in it now.",)
    assert not path.exists()
