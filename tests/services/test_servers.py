"""The address of a server: what is whose, what is shown, and that a password is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import KnownError
from coach.services.servers import is_address, parse


def test_an_address_is_told_from_a_folder() -> None:
    for text in ("postgresql://db/home", "postgres://db/home", " PostgreSQL+psycopg://db/home "):
        assert is_address(text)
    for text in ("/home/anna", "postgresql", "mysql://db/home", "postgresql:/db"):
        assert not is_address(text)


@pytest.mark.parametrize(
    ("text", "uri", "shown", "person"),
    [
        ("postgresql://anna@db/home", "postgresql://anna@db/home", "home on db", ""),
        ("postgresql+psycopg://db/home?person=anna", "postgresql://db/home", "home on db", "anna"),
        (
            "postgres://a:b@db:5433/home?sslmode=verify-full&person=J%C3%BCrgen%20G&connect_timeout=3",
            "postgresql://a:b@db:5433/home?sslmode=verify-full&connect_timeout=3",
            "home on db:5433",
            "Jürgen G",
        ),
        ("postgresql://a@/home?host=/run/pg", "postgresql://a@/home?host=/run/pg", "home on this computer", ""),
        ("postgresql:///home", "postgresql:///home", "home on this computer", ""),
        ("postgresql://anna@db", "postgresql://anna@db/", "anna on db", ""),
        ("postgresql://", "postgresql:///", "this computer", ""),
        (
            "postgresql://a@[::1]:5432,db2:1/home",
            "postgresql://a@[::1]:5432,db2:1/home",
            "home on [::1]:5432,db2:1",
            "",
        ),
    ],
)
def test_all_but_the_person_is_left_to_the_driver(text: str, uri: str, shown: str, person: str) -> None:
    address = parse(text, {})
    assert (address.uri, address.shown, address.person) == (uri, shown, person)


def test_libpqs_own_variables_fill_in_what_is_left_out() -> None:
    environ = {"PGHOST": "db", "PGUSER": "anna", "PGDATABASE": "home", "PGPORT": "5433"}
    assert parse("postgresql://", environ).shown == "home on db"
    assert parse("postgresql://", environ).key == parse("postgresql://db/home?port=5433", {}).key


def test_one_database_has_one_key_whoever_logs_in_and_however() -> None:
    same = (
        "postgresql://db/home",
        "postgresql://anna:secret@DB/home?sslmode=require",
        "postgres://bert@db/home?person=anna",
        "postgresql+psycopg:///home?host=db&password=secret",
    )
    assert len({parse(text, {}).key for text in same}) == 1
    others = ("postgresql://db/other", "postgresql://db2/home", "postgresql:///home?host=/run/a", "postgresql:///home")
    assert len({parse(text, {}).key for text in (same[0], *others)}) == 1 + len(others)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x2FFF), min_size=6))
def test_a_password_is_shown_nowhere_and_neither_is_an_address_that_cannot_be_read(password: str) -> None:
    password = f"Zq{password}qZ"
    for text in (f"postgresql://anna:{password}@db/home", f"postgresql://db/home?password={password}"):
        try:
            address = parse(text, {})
            said = f"{address!r} {address.shown} {address.key} {address.person}"
        except KnownError as refused:
            said = str(refused)
        assert "Zq" not in said
        assert "qZ" not in said


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://a@b@db/home",
        "postgresql://db/home@x",
        "postgresql://db:port/home",
        "postgresql://[::1/home",
        "postgresql://db/home?sslmode",
        "postgresql://db/home?person=%ff",
        "postgresql://db/ho me",
        "postgresql://db/home\0",
    ],
)
def test_what_cannot_be_read_is_told_with_an_example(text: str) -> None:
    with pytest.raises(KnownError, match=r"cannot be read.*postgresql://user@host/database\?person=name"):
        parse(text, {})
