"""What happens on the way: several computers at once, a server that is started anew, killed, or gone for a while."""

from __future__ import annotations

import threading
from contextlib import closing, suppress
from signal import SIGINT
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from coach.domain.records import SetStatus
from coach.errors import StorageError
from coach.services.servers import schema_of
from coach.storage.diary import open_diary
from coach.storage.server.opening import open_person
from tests import records as r

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coach.services.servers import Address
    from coach.storage.diary import SqlDiary
    from tests.server import Server

ROUNDS = 12


def at_once(*jobs: Callable[[], None]) -> None:
    """Run jobs at the same time, each in its own thread; the first error of any is raised."""
    errors: list[BaseException] = []
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], None]) -> None:
        try:
            gate.wait(timeout=30)
            job()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            errors.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if errors:
        raise errors[0]


def rows(server: Server, address: Address, query: str) -> list[tuple[Any, ...]]:
    with closing(psycopg.connect(server.text())) as connection:
        connection.execute(f"SET search_path = {schema_of(address.person)}")
        return connection.execute(query).fetchall()


def test_two_computers_that_write_for_one_person_lose_nothing_and_fork_no_chain(running_server: Server) -> None:
    address = running_server.new_person()
    session = r.start()
    with closing(open_diary(address)) as diary:
        diary.add_session(session)

    def computer(number: int) -> None:
        with closing(open_diary(address)) as diary:
            for turn in range(ROUNDS):
                diary.save_plan(session.id, r.at(turn), [{"by": number, "turn": turn}])
                diary.add_end(r.end(session, turn, note=f"{number} {turn}"))
                diary.add_level(r.level(turn, 1 + turn % 5))
                diary.add_set(r.done(session, turn, set_no=1 + number * ROUNDS + turn))

    at_once(lambda: computer(0), lambda: computer(1))
    numbers = [number for (number,) in rows(running_server, address, "SELECT number FROM session_plans ORDER BY 1")]
    assert numbers == list(range(1, 2 * ROUNDS + 1))
    for table in ("session_ends", "level_changes"):
        links = [link for (link,) in rows(running_server, address, f"SELECT supersedes FROM {table}")]
        assert len(links) == 2 * ROUNDS
        assert links.count(None) == 1, table
        assert len(set(links)) == len(links), f"two rows of {table} take the place of the same one"
    with closing(open_diary(address)) as diary:
        assert len(diary.sessions()[0].sets) == 2 * ROUNDS


def test_two_computers_may_add_the_same_person_at_the_same_moment(running_server: Server) -> None:
    from coach.errors import KnownError
    from coach.storage.server.people import ServerPeople

    address = running_server.address(running_server.new_database())

    def add() -> None:
        with suppress(KnownError):  # the second may hear that she is there already
            ServerPeople(address).add("Anna")

    at_once(add, add, add)
    assert ServerPeople(address).names() == ("Anna",)
    open_diary(address.of("Anna")).close()


def test_a_writer_elsewhere_is_waited_for_and_then_told_and_keeps_no_reader_waiting(running_server: Server) -> None:
    address = running_server.new_person()
    other = open_person(address)
    with closing(other), closing(open_diary(address, busy_s=0.05)) as diary:
        with other.writing():
            with pytest.raises(StorageError, match="just being written from elsewhere"):
                diary.add_level(r.level(0, 2))
            assert diary.levels() == {}
        diary.add_level(r.level(0, 3))
        assert diary.levels() == {"calf_raise": 3}


def test_writers_for_different_people_do_not_wait_for_each_other(running_server: Server) -> None:
    other = open_person(running_server.new_person())
    with closing(other), closing(open_diary(running_server.new_person(), busy_s=0.05)) as diary, other.writing():
        diary.add_level(r.level(0, 2))
        assert diary.levels() == {"calf_raise": 2}


def test_a_server_started_anew_between_two_sets_is_not_noticed(own_server: Server) -> None:
    session = r.start()
    with closing(open_diary(own_server.new_person())) as diary:
        diary.add_session(session)
        diary.add_set(r.done(session, 1))
        own_server.stop(SIGINT)
        own_server.start()
        diary.add_set(r.done(session, 2, set_no=2))
        assert len(diary.sessions()[0].sets) == 2


def test_a_set_that_the_server_was_away_for_can_be_kept_when_it_is_back(own_server: Server) -> None:
    session = r.start()
    record = r.done(session, 1)
    with closing(open_diary(own_server.new_person())) as diary:
        diary.add_session(session)
        own_server.stop()
        for _ in range(2):
            with pytest.raises(StorageError, match=r"cannot be reached.*try again.*Nothing that was kept is lost"):
                diary.add_set(record)
        with pytest.raises(StorageError, match="cannot be reached"):
            diary.sessions()
        own_server.start()
        diary.add_set(record)
        assert diary.sessions()[0].sets == (record,)


def test_a_transaction_that_the_server_ends_in_the_middle_never_happened(own_server: Server) -> None:
    address = own_server.new_person()
    session = r.start()

    def begin(diary: SqlDiary) -> None:
        with diary.together():
            diary.add_session(session)
            own_server.stop()

    with closing(open_diary(address)) as diary:
        with pytest.raises(StorageError, match="cannot be reached"):
            begin(diary)
        own_server.start()
        assert diary.sessions() == ()
        diary.add_session(session)


def test_kill_9_of_the_server_costs_no_acknowledged_set(own_server: Server) -> None:
    address = own_server.new_person()
    session = r.start()
    acknowledged: list[object] = []
    with closing(open_diary(address)) as diary:
        diary.add_session(session)
        for _round in range(3):
            enough = threading.Event()
            stop_at = len(acknowledged) + 20

            def guide(enough: threading.Event = enough, stop_at: int = stop_at) -> None:
                with suppress(StorageError):
                    while True:
                        record = r.done(session, set_no=len(acknowledged) + 1)
                        diary.add_set(record)
                        acknowledged.append(record.id)
                        if len(acknowledged) >= stop_at:
                            enough.set()

            writer = threading.Thread(target=guide)
            writer.start()
            assert enough.wait(timeout=60)
            own_server.kill()
            writer.join(timeout=60)
            own_server.start()
            kept = {record.id for record in diary.sessions()[0].sets}
            assert kept >= set(acknowledged)
            assert len(kept) <= len(acknowledged) + _round + 1  # at most the set under way at each kill


@pytest.mark.parametrize("reached", [True, False], ids=["kept", "not kept"])
def test_a_connection_lost_at_the_very_commit(
    running_server: Server, monkeypatch: pytest.MonkeyPatch, reached: bool
) -> None:
    """Where the answer to COMMIT is lost nobody knows what became of it, so the server is asked."""
    session = r.start()
    record = r.done(session, 1, status=SetStatus.PARTIAL)
    real = psycopg.Connection.commit

    def lost(connection: psycopg.Connection[Any]) -> None:
        if reached:
            real(connection)
        connection.close()
        raise psycopg.OperationalError("consuming input failed: server closed the connection unexpectedly")

    with closing(open_diary(running_server.new_person())) as diary:
        diary.add_session(session)
        with monkeypatch.context() as patch:
            patch.setattr(psycopg.Connection, "commit", lost)
            if reached:
                diary.add_set(record)
            else:
                with pytest.raises(StorageError, match="cannot be reached"):
                    diary.add_set(record)
        assert diary.sessions()[0].sets == ((record,) if reached else ())
        if not reached:
            diary.add_set(record)
        assert diary.sessions()[0].sets == (record,)


def test_a_standby_can_be_read_and_says_why_it_takes_nothing(own_server: Server) -> None:
    address = own_server.new_person()
    with closing(open_diary(address)) as diary:
        diary.add_level(r.level(0, 4))
    own_server.stop(SIGINT)
    signal_file: Path = own_server.folder / "data" / "standby.signal"
    signal_file.touch()
    own_server.start()
    with closing(open_diary(address)) as diary:
        assert diary.levels() == {"calf_raise": 4}
        with pytest.raises(StorageError, match=r"takes no changes.*a copy of another server.*main server"):
            diary.add_level(r.level(1, 5))
