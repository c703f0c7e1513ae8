"""One schema for each person: any name or a reason against it, and nobody sees the diary of another."""

from __future__ import annotations

import re
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.errors import KnownError, StorageError
from coach.services.servers import LONGEST_NAME, check_name, find_person, schema_of
from coach.storage.diary import open_diary
from coach.storage.server.people import ServerPeople
from tests import records as r
from tests.server import LOCKED, Server

NAMES = (
    "anna",
    "Anna-Lena",
    "Jürgen Groß",
    "O'Brien; DROP SCHEMA person_anna --",
    'say "aah"',
    "100 % \\ $1 {}",
    "public",
    "李小龍",
    "👩🏽‍🦽",
    "مريم",
    "_4a_c3",
    "x" * LONGEST_NAME,
    "Ä" * LONGEST_NAME,
)


@pytest.fixture
def people(running_server: Server) -> ServerPeople:
    return ServerPeople(running_server.address(running_server.new_database()))


def test_every_name_is_kept_as_it_was_written_and_its_diary_opens(people: ServerPeople) -> None:
    assert people.names() == ()
    for name in NAMES:
        assert people.add(f"  {name} ") == name
    assert sorted(people.names()) == sorted(NAMES)
    for name in NAMES:
        with closing(open_diary(people._address.of(name))) as diary:
            diary.add_level(r.level(0, 3, name))
    for name in NAMES:
        with closing(open_diary(people._address.of(name))) as diary:
            assert diary.levels() == {name: 3}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "needs a name"),
        (" \t\n", "needs a name"),
        ("x" * 10_000, r"at most 100 characters; this one has 10000"),
        ("an\0na", "a character that cannot be kept"),
        ("an\nna", "a character that cannot be kept"),
        ("an\ud83dna", "a character that cannot be kept"),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused_with_the_reason(people: ServerPeople, name: str, said: str) -> None:
    with pytest.raises(KnownError, match=said):
        people.add(name)
    assert people.names() == ()


def test_a_name_that_is_there_already_is_refused_whatever_its_capitals(people: ServerPeople) -> None:
    people.add("Anna")
    for again in ("Anna", "anna", "ANNA", " Anna"):
        with pytest.raises(KnownError, match="of that name already"):
            people.add(again)
    assert people.names() == ("Anna",)


def test_two_ways_to_write_one_letter_are_one_name() -> None:
    assert check_name("Ju\u0308rgen") == check_name("J\u00fcrgen")


@given(st.text(max_size=LONGEST_NAME), st.text(max_size=LONGEST_NAME))
@example("a_", "a_5f")
@example("A", "_41")
@example("x" * 57, "x" * 58)
def test_different_names_have_different_schemas_and_none_needs_quotes(one: str, other: str) -> None:
    one, other = (name.encode(errors="ignore").decode() for name in (one, other))
    assert (schema_of(one) == schema_of(other)) == (one == other)
    assert re.fullmatch(r"person_[a-z0-9_]{0,56}", schema_of(one))


def test_the_person_meant_is_found_by_name_or_else_by_letters() -> None:
    assert find_person(["Anna", "anna", "Bert"], "anna") == "anna"
    assert find_person(["Anna", "Bert"], "bERT") == "Bert"
    assert find_person(["ANNA", "Anna", "Bert"], "anna") is None
    assert find_person([], "anna") is None


def test_two_people_on_one_server_do_not_see_each_other(running_server: Server) -> None:
    anna, bert = running_server.new_person(), running_server.new_person()
    session = r.start()
    with closing(open_diary(anna)) as hers, closing(open_diary(bert)) as his:
        hers.add_session(session)
        hers.add_set(r.done(session))
        hers.add_pain((r.pain(session_id=session.id),))
        hers.add_level(r.level(0, 4))
        assert (his.sessions(), his.open_session(), his.last_pain(), his.levels()) == ((), None, {}, {})
        with pytest.raises(StorageError):
            his.add_set(r.done(session))
        his.add_session(session)  # the same id is no trouble to anybody
        assert len(hers.sessions()[0].sets) == 1
        assert his.sessions()[0].sets == ()


def test_who_may_not_open_a_diary_does_not_hear_of_it_either(running_server: Server) -> None:
    running_server.lock()
    database = running_server.new_database()
    mine = running_server.address(database, user=LOCKED, more="&password=open%3Asesame%40100%25")
    person = running_server.new_person(database).person
    assert ServerPeople(mine).names() == ()
    with pytest.raises(StorageError, match="does not let this user open the diary of that person"):
        open_diary(mine.of(person))
    with pytest.raises(StorageError, match=r"does not allow this user to do that.*CREATE on the database"):
        ServerPeople(mine).add("Me")


def test_a_user_who_may_only_read_and_add_can_do_all_that_a_session_needs(running_server: Server) -> None:
    running_server.lock()
    address = running_server.new_person()
    schema = schema_of(address.person)
    running_server.tell(f"GRANT USAGE ON SCHEMA {schema} TO {LOCKED}")
    running_server.tell(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {schema} TO {LOCKED}")
    mine = running_server.address(person=address.person, user=LOCKED, more="&password=open%3Asesame%40100%25")
    assert address.person in ServerPeople(mine).names()
    session = r.start()
    with closing(open_diary(mine)) as diary:
        diary.add_session(session)
        diary.save_plan(session.id, r.at(1), [])
        diary.add_set(r.done(session))
        diary.add_pain((r.pain(session_id=session.id),))
        diary.add_level(r.level(1, 3))
        diary.add_end(r.end(session))
        assert len(diary.sessions()[0].sets) == 1


def test_a_person_who_is_not_there_is_not_made_by_a_slip_of_the_pen(people: ServerPeople) -> None:
    people.add("Anna")
    with pytest.raises(StorageError, match=r"That person has no diary.*coach people --add") as caught:
        open_diary(people._address.of("Ana"))
    assert "Ana" not in str(caught.value)
    assert people.names() == ("Anna",)


def test_a_database_that_cannot_hold_every_character_is_refused(running_server: Server) -> None:
    latin = running_server.new_database("ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0")
    with pytest.raises(StorageError, match=r"keeps text as LATIN1.*encoding UTF8"):
        ServerPeople(running_server.address(latin)).add("Anna")
