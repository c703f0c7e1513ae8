"""Opening a person's diary: the same schema whichever way it came to be, migrated whole or not at all, durable."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.dialects import postgresql

from coach.errors import StorageError
from coach.services.servers import schema_of
from coach.storage import migrate
from coach.storage.diary import open_diary
from coach.storage.revisions import HEAD, REVISIONS
from coach.storage.server import opening
from coach.storage.server.engine import make_engine
from coach.storage.server.facts import server_facts
from coach.storage.server.opening import open_person
from coach.storage.tables import metadata
from tests import records as r
from tests.storage.conftest import NEXT, add_revision

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from coach.services.servers import Address
    from tests.server import Server


@pytest.fixture
def person(running_server: Server) -> Address:
    """Somebody with a session of two sets."""
    address = running_server.new_person()
    start = r.start()
    with closing(open_diary(address)) as diary:
        diary.add_session(start)
        first = r.done(start, 1)
        diary.add_set(first)
        diary.add_set(r.done(start, 2, supersedes=first.id))
        diary.add_pain((r.pain(2, session_id=start.id, set_id=first.id),))
    return address


def dump(server: Server, address: Address) -> str:
    """All that PostgreSQL itself knows of the tables of a person, and every row, without the schema's name."""
    schema = schema_of(address.person)
    text = server.run(
        "pg_dump",
        f"--schema={schema}",
        "--no-comments",
        "--inserts",
        "-U",
        "coach",
        "-h",
        str(server.folder),
        "postgres",
    )
    return re.sub(r"^--.*\n|^\\.*\n", "", text, flags=re.MULTILINE).replace(schema, "person")


def set_up(monkeypatch: pytest.MonkeyPatch, folder: Path, more: str = "pass") -> None:
    add_revision(folder, monkeypatch, more)
    (step,) = (folder / "scripts" / "versions").glob(f"{NEXT}_*.py")
    # Built anew in SQLite, which cannot do without; here it is altered, as every real step lets Alembic decide.
    step.write_text(step.read_text("utf-8").replace('recreate="always"', 'recreate="auto"'), encoding="utf-8")
    monkeypatch.setattr(opening, "REVISIONS", (*REVISIONS, NEXT))
    monkeypatch.setattr(opening, "HEAD", NEXT)


def test_a_fresh_schema_equals_the_one_that_the_migrations_lead_to(running_server: Server) -> None:
    fresh = running_server.new_person()
    other = running_server.address(person="migrated")
    engine = make_engine(other, schema_of(other.person))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema_of(other.person)}")
        migrate.upgrade(connection)
    engine.dispose()
    tables = dump(running_server, fresh)
    assert tables.count("CREATE TABLE") == len(metadata.tables) + 1
    assert tables == dump(running_server, other)


def test_text_is_compared_byte_by_byte_whatever_the_databases_own_order_is(running_server: Server) -> None:
    address = running_server.new_person()
    database = open_person(address)
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    kinds = {c.type.compile(dialect) for table in metadata.tables.values() for c in table.columns}
    assert kinds == {'TEXT COLLATE "C"', "BIGINT"}
    with closing(database), database.writing() as connection:
        order = connection.exec_driver_sql("SELECT x FROM (VALUES ('a'), ('B'), ('_')) AS v(x) ORDER BY x").scalars()
        assert list(order) != ["B", "_", "a"]  # so the database itself has another order than ours
        for number, exercise in enumerate(("a", "B", "_", "ä")):
            row = {"id": str(r.new_id()), "exercise": exercise}
            connection.exec_driver_sql(
                "INSERT INTO level_changes VALUES (%(id)s, '2026-11-15T08:30:00.000000Z', 'UTC', '2026-11-15',"
                f" %(exercise)s, {number + 1}, '', NULL)",
                row,
            )
        kept = connection.exec_driver_sql("SELECT exercise_id FROM level_changes ORDER BY exercise_id").scalars()
        assert list(kept) == ["B", "_", "a", "ä"]


def test_a_newer_diary_is_refused_politely_and_left_alone(running_server: Server, person: Address) -> None:
    running_server.tell(f"UPDATE {schema_of(person.person)}.alembic_version SET version_num = '7777'")
    before = dump(running_server, person)
    with pytest.raises(StorageError, match=rf"newer version.*7777.*{HEAD}.*Update Foot Coach.*Nothing was changed"):
        open_diary(person)
    assert dump(running_server, person) == before


def test_a_diary_without_its_revision_is_called_damaged(running_server: Server, person: Address) -> None:
    running_server.tell(f"DELETE FROM {schema_of(person.person)}.alembic_version")
    with pytest.raises(StorageError, match="revision of its tables is missing"):
        open_diary(person)


def test_a_migration_keeps_every_row_and_reference(
    person: Address, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_up(monkeypatch, tmp_path)
    asked: list[tuple[str, int]] = []

    def export(connection: Connection, revision: str) -> None:
        asked.append((revision, len(connection.exec_driver_sql("SELECT * FROM sets").all())))

    database = open_person(person, before_migration=export)
    with closing(database), database.reading() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == NEXT
        assert connection.exec_driver_sql("SELECT count(*) FROM extra").scalar() == 0
    assert asked == [(HEAD, 2)]
    with closing(open_diary(person)) as diary:
        assert len(diary.sessions()[0].sets) == 1
        with pytest.raises(StorageError, match="fk_sets_session_id"):
            diary.add_set(r.done(r.start()))


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("raise RuntimeError('half way')", RuntimeError),
        ("op.execute('CREATE TABLE extra (id TEXT)')", StorageError),
        ('op.execute("DELETE FROM sessions")', StorageError),  # would leave sets that refer to nothing
    ],
)
def test_a_migration_that_fails_was_never_begun(
    running_server: Server,
    person: Address,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    more: str,
    fault: type[Exception],
) -> None:
    before = dump(running_server, person)
    with monkeypatch.context() as patch:
        set_up(patch, tmp_path, more)
        with pytest.raises(fault):
            open_diary(person)
    assert dump(running_server, person) == before
    with closing(open_diary(person)) as diary:  # the old program goes on with it
        assert len(diary.sessions()) == 1


def test_a_migration_does_not_start_when_the_copy_before_it_fails(
    running_server: Server, person: Address, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = dump(running_server, person)
    set_up(monkeypatch, tmp_path)

    def full(_connection: Connection, _revision: str) -> None:
        raise StorageError("The disk is full.")

    with pytest.raises(StorageError, match="disk is full"):
        open_person(person, before_migration=full)
    assert dump(running_server, person) == before


def test_an_entry_is_on_the_servers_disk_even_where_the_server_would_answer_before(running_server: Server) -> None:
    database = running_server.new_database()
    address = running_server.new_person(database)
    running_server.tell(f"ALTER DATABASE {database} SET synchronous_commit = off", database)
    opened = open_person(address)
    with closing(opened):
        facts = server_facts(opened)
        with opened.writing() as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    assert facts.synchronous_commit == "on"
    assert facts.schema == schema_of(address.person)
    assert (facts.encoding, facts.standby, facts.fsync, facts.full_page_writes) == ("UTF8", False, False, True)
    assert int(facts.version.split(".")[0].split()[0]) >= 13
    assert facts.size > 0


def test_an_answer_that_waits_for_a_second_server_is_left_as_it_is(running_server: Server) -> None:
    database = running_server.new_database()
    address = running_server.new_person(database)
    running_server.tell(f"ALTER DATABASE {database} SET synchronous_commit = remote_apply", database)
    opened = open_person(address)
    with closing(opened), opened.writing() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "remote_apply"


def test_nothing_of_one_transaction_is_left_for_the_next_user_of_a_connection(running_server: Server) -> None:
    opened = open_person(running_server.new_person())
    with closing(opened):
        with opened.writing() as connection:
            raw = connection.connection.driver_connection
        assert raw is not None
        for name, value in (("search_path", '"$user", public'), ("lock_timeout", "0"), ("statement_timeout", "0")):
            assert raw.execute(f"SHOW {name}").fetchone() == (value,)
        raw.rollback()


def test_closing_twice_is_no_trouble(running_server: Server) -> None:
    diary = open_diary(running_server.new_person())
    diary.close()
    diary.close()
