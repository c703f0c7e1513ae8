"""The command line with a profile on a server: whose diary it is, one plain line for each trouble, no password."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from coach.cli import run
from tests.server import LOCKED, PASSWORD

if TYPE_CHECKING:
    from tests.server import Server

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def profile(running_server: Server) -> str:
    """The address of an empty database."""
    return running_server.text(running_server.new_database())


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(list(words)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("coach: ")
    assert err.count("\n") == 1
    return err


def test_people_are_added_and_listed(profile: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["people", "--profile", profile]) == 0
    assert capsys.readouterr().out == ""
    assert run(["people", "--profile", profile, "--add", "Jürgen"]) == 0
    assert run(["people", "--profile", profile, "--add", "anna"]) == 0
    capsys.readouterr()
    assert run(["people", "--profile", profile]) == 0
    assert capsys.readouterr().out == "anna\nJürgen\n"
    assert run(["people", "--profile", profile, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == ["anna", "Jürgen"]
    assert "of that name already" in refusal(capsys, "people", "--profile", profile, "--add", "ANNA")


def test_it_has_to_be_clear_whose_diary_is_meant(profile: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nobody has a diary on that server yet" in refusal(capsys, "log", "--profile", profile)
    assert run(["people", "--profile", profile, "--add", "anna"]) == 0
    capsys.readouterr()
    assert run(["demo", "--days", "7", "--profile", profile]) == 0  # there is only one
    assert "on this computer" in capsys.readouterr().out
    assert run(["people", "--profile", profile, "--add", "Bert"]) == 0
    capsys.readouterr()
    assert "?person=NAME in the address: anna, Bert." in refusal(capsys, "today", "--profile", profile)
    for person, sessions in (("anna", True), ("Bert", False)):
        assert run(["log", "--json", "--profile", f"{profile}&person={person}"]) == 0
        assert bool(json.loads(capsys.readouterr().out)) == sessions
    assert "already holds a history" in refusal(capsys, "demo", "--profile", f"{profile}&person=anna")
    assert "That person has no diary" in refusal(capsys, "log", "--profile", f"{profile}&person=ana")


def test_the_environment_names_the_server(
    profile: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_PROFILE", profile.replace("postgresql://", "postgresql+psycopg://"))
    assert run(["people", "--add", "anna"]) == 0
    assert run(["log"]) == 0
    assert "Nothing was done" in capsys.readouterr().out


def test_a_folder_has_no_list_of_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "holds the diary of one person" in refusal(capsys, "people", "--profile", str(tmp_path))


def test_a_password_reaches_no_message_and_no_file(
    running_server: Server, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running_server.lock("CREATE ON DATABASE postgres")
    database = running_server.new_database()
    secrets = (PASSWORD, quote(PASSWORD, safe=""))
    good = running_server.text(database, user=f"{LOCKED}:{secrets[1]}")
    bad = running_server.text(database, user=f"{LOCKED}:x{secrets[1]}")
    away = f"postgresql://anna:{secrets[1]}@/home?host={home}"
    for profile in (good, bad, away):
        for command in (["people"], ["log"], ["log", "--json"], ["demo", "--days", "3"], ["people", "--add", "Me"]):
            run([*command, "--profile", profile])
    out, err = capsys.readouterr()
    said = out + err
    assert "does not allow this user" in said
    assert "refused the user name or the password" in said
    assert "cannot be reached" in said
    written = [path for path in home.rglob("*") if path.is_file()]
    names = "\n".join(map(str, home.rglob("*")))
    for secret in secrets:
        assert secret not in said + names
        assert [path for path in written if secret.encode() in path.read_bytes()] == []


def test_without_the_driver_one_sentence_names_the_extra(tmp_path: Path) -> None:
    code = "import sys; sys.modules['psycopg'] = None; from coach.cli import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "log", "--profile", "postgresql://db/home?person=anna"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "needs an extra that is not installed" in done.stderr
    assert "foot-coach[server]" in done.stderr
