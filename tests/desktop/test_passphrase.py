"""A passphrase comes from a file, the environment or the terminal, and never from the words of a command."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from coach.desktop import passphrase
from coach.errors import KnownError

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(io.StringIO):
    """Looks like one to Python."""

    def isatty(self) -> bool:
        return True


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Answer the questions at the terminal."""
    left = list(answers)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(passphrase, "getpass", lambda _question: left.pop(0))


def test_the_file_comes_before_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(b"\xef\xbb\xbfgr\xc3\xbcn am Bach\r\n")
    environment = {"COACH_PASSPHRASE": "other"}
    assert passphrase.given(file, environment) == "grün am Bach"
    assert passphrase.given(None, environment) == "other"
    assert passphrase.given(None, {}) == ""


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"x" * 5000], ids=["empty", "blank", "no text", "long"])
def test_a_file_without_a_passphrase_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(content)
    with pytest.raises(KnownError, match="passphrase file"):
        passphrase.given(file, {})


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read: it is not there"):
        passphrase.given(tmp_path / "nothing", {})


def test_it_is_asked_for_at_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("secret\n"))
    with pytest.raises(KnownError, match="COACH_PASSPHRASE, or name a file with --passphrase-file"):
        passphrase.ask("Passphrase")


def test_a_new_one_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "warm sand", "warm sand")
    assert passphrase.ask_twice("New passphrase", "Once more") == "warm sand"
    typed(monkeypatch, "warm sand", "warm hand")
    with pytest.raises(KnownError, match="not the same"):
        passphrase.ask_twice("New passphrase", "Once more")
    typed(monkeypatch, "")
    with pytest.raises(KnownError, match="No passphrase was typed"):
        passphrase.ask("Passphrase")
