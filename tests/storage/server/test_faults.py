"""Each fault of a server is one sentence, and nothing of a password or of what somebody wrote is in it."""

from __future__ import annotations

import logging
import traceback
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
import pytest
from psycopg import errors

from coach.desktop.logs import private_trace
from coach.errors import KnownError, StorageError
from coach.services.servers import parse
from coach.storage.diary import open_diary
from coach.storage.server.faults import sentence, told
from coach.storage.server.opening import open_person
from coach.storage.server.people import ServerPeople
from tests import records as r
from tests.server import LOCKED, PASSWORD, Server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coach.services.servers import Address


def refused(address: Address) -> str:
    """What is said when it is asked who is there: one line, without the password anywhere behind it."""
    with pytest.raises(StorageError) as caught:
        ServerPeople(address).names()
    said = str(caught.value)
    assert "\n" not in said
    assert said.endswith(".")
    for text in ("".join(traceback.format_exception(caught.value)), *private_trace(caught.value), repr(address)):
        assert PASSWORD not in text
        assert quote(PASSWORD, safe="") not in text
    return said


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    address = parse(f"postgresql://anna:{quote(PASSWORD, safe='')}@/home?host={tmp_path}", {})
    assert refused(address).startswith(
        "The server of home on this computer cannot be reached. Check that it is running"
    )


def test_a_wrong_password_and_none_at_all(running_server: Server) -> None:
    running_server.lock()
    wrong = running_server.address(user=f"{LOCKED}:{quote(PASSWORD + 'x', safe='')}")
    assert "refused the user name or the password" in refused(wrong)
    none = running_server.address(user=LOCKED, more="&passfile=/nowhere")
    assert "refused the user name or the password" in refused(none)


@pytest.mark.parametrize("how", ["address", "option", "passfile", "variable"])
def test_the_right_password_may_come_from_anywhere(
    running_server: Server, how: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running_server.lock("CREATE ON DATABASE postgres")
    user, more = LOCKED, ""
    if how == "address":
        user = f"{LOCKED}:{quote(PASSWORD, safe='')}"
    elif how == "option":
        more = f"&password={quote(PASSWORD, safe='')}"
    elif how == "passfile":
        passfile = home / ".pgpass"
        passfile.write_text(f"*:*:*:{LOCKED}:" + PASSWORD.replace(":", "\\:") + "\n", encoding="utf-8")
        passfile.chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(passfile))  # libpq asks the system, not $HOME, where home is
    else:
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert isinstance(ServerPeople(running_server.address(user=user, more=more)).names(), tuple)


def test_no_such_database_and_no_such_user(running_server: Server) -> None:
    assert "There is no such database on the server (nowhere on" in refused(running_server.address("nowhere"))
    assert "lets nobody in from this computer by that name" in refused(running_server.address(user="stranger"))


def test_too_many_connections(running_server: Server) -> None:
    running_server.tell("CREATE ROLE crowd LOGIN CONNECTION LIMIT 0")
    assert "as many connections as it takes" in refused(running_server.address(user="crowd"))


def test_an_option_that_postgresql_does_not_know_is_told_without_quoting_it(running_server: Server) -> None:
    said = refused(running_server.address(more=f"&pasword={quote(PASSWORD, safe='')}"))
    assert "an option that PostgreSQL does not know" in said


def test_a_server_that_demands_tls_of_us_and_one_that_has_none(running_server: Server) -> None:
    # Over a Unix socket libpq ignores sslmode, so the sentence is tried on libpq's words.
    words = (
        'connection to server at "db" (10.0.0.1), port 5432 failed: server does not support SSL, but SSL was required'
    )
    assert "No protected connection" in sentence(psycopg.OperationalError(words), "home on db")
    assert running_server.address(more="&sslmode=verify-full").uri.endswith("&sslmode=verify-full")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("53100", "disk of the server of home on db is full.*earlier entries are safe.*make room"),
        ("53300", "as many connections as it takes"),
        ("57014", "took too long to answer"),
        ("57P01", "cannot be reached"),
        ("57P03", "cannot be reached"),
        ("08006", "cannot be reached"),
        ("55P03", "just being written from elsewhere"),
        ("40001", "just being written from elsewhere"),
        ("40P01", "just being written from elsewhere"),
        ("25006", "takes no changes"),
        ("28P01", "refused the user name or the password"),
        ("28000", "lets nobody in"),
        ("3D000", "no such database"),
        ("42501", "does not allow this user"),
        ("42P01", "not on the server of home on db any more"),
        ("22P05", "a character that cannot be kept"),
        ("23505", r"does not fit the others \(23505\)"),
        ("22003", r"does not fit the others \(22003\)"),
        ("XX001", r"could not be used \(XX001\)"),
    ],
)
def test_every_class_of_error_has_its_sentence(code: str, said: str) -> None:
    with pytest.raises(StorageError, match=said), told("home on db"):
        raise errors.lookup(code)("whatever the server says: secret words")


def test_what_the_server_says_in_another_language_still_gets_a_sentence() -> None:
    words = "connection failed: FATAL:  Passwort-Authentifizierung für Benutzer »anna« fehlgeschlagen"
    said = sentence(psycopg.OperationalError(words), "home on db")
    assert said.startswith("The server of home on db cannot be reached.")


def test_a_bug_inside_is_not_dressed_up_as_the_persons_trouble() -> None:
    with pytest.raises(ZeroDivisionError), told("home on db"):
        raise ZeroDivisionError


def test_a_statement_that_takes_too_long_is_ended_and_told(running_server: Server) -> None:
    opened = open_person(running_server.new_person())

    def ask() -> None:
        with opened.writing() as connection:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 5")
            connection.exec_driver_sql("SELECT count(*) FROM generate_series(1, 1000000000)")

    with closing(opened), pytest.raises(StorageError, match=r"took too long to answer\. Nothing was changed"):
        ask()


def test_a_database_that_is_set_to_read_only(running_server: Server) -> None:
    database = running_server.new_database()
    address = running_server.new_person(database)
    running_server.tell(f"ALTER DATABASE {database} SET default_transaction_read_only = on", database)
    with closing(open_diary(address)) as diary:
        assert diary.levels() == {}
        with pytest.raises(StorageError, match="takes no changes"):
            diary.add_level(r.level(0, 2))


def test_a_diary_that_is_taken_away_while_it_is_open(running_server: Server) -> None:
    from coach.services.servers import schema_of

    address = running_server.new_person()
    with closing(open_diary(address)) as diary:
        running_server.tell(f"DROP SCHEMA {schema_of(address.person)} CASCADE")
        with pytest.raises(StorageError, match=r"is not on the server of .* any more"):
            diary.sessions()


def test_what_somebody_wrote_is_in_no_error_and_no_log(
    running_server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    marker = "my-very-own-note"
    start = r.start()
    with closing(open_diary(running_server.new_person())) as diary, caplog.at_level(logging.DEBUG):
        diary.add_session(start)
        end = r.end(start, note=marker, effort=11)
        attempts: tuple[Callable[[], None], ...] = (
            lambda: diary.add_end(end),
            lambda: diary.add_set(r.done(start, title=marker, set_no=0)),
        )
        for attempt in attempts:
            with pytest.raises(StorageError, match=r"does not fit the others \(ck_") as caught:
                attempt()
            shown = "".join(traceback.format_exception(caught.value))
            assert marker not in shown
            assert "Failing row" not in shown
            assert marker not in "".join(private_trace(caught.value))
    assert marker not in caplog.text


def test_a_character_that_cannot_be_kept_is_told_and_harms_nothing(running_server: Server) -> None:
    start = r.start()
    with closing(open_diary(running_server.new_person())) as diary:
        diary.add_session(start)
        for note in ("half a pair \ud83d", "a null \0"):
            with pytest.raises(StorageError, match="a character that cannot be kept"):
                diary.add_end(r.end(start, note=note))
        diary.add_end(r.end(start, note="fine"))
        assert diary.sessions()[0].end == r.end(start, note="fine")


def test_an_address_with_an_unescaped_password_is_refused_without_quoting_it() -> None:
    for text in (
        f"postgresql://anna:{PASSWORD}@db/home",
        "postgresql://anna:pa/ss@db/home",
        "postgresql://anna:pa?ss@db/home",
        "postgresql://anna:pa ss@db/home",
        "postgresql://anna:pass@db:port/home",
    ):
        with pytest.raises(KnownError) as caught:
            parse(text, {})
        assert "cannot be read" in str(caught.value)
        assert "ss" not in str(caught.value).replace("password", "").replace("address", "").replace("person", "")
