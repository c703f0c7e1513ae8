"""Notifications: whatever the desktop does, nobody waits, an answer comes once, and a failure is told in a sentence."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import pytest

from coach.desktop.bus import Bus
from coach.desktop.notices import GONE, LATE, OPEN, REFUSED, DesktopNotices
from coach.desktop.notices.freedesktop import NAME, NO_BUS, NO_SERVER, PLACE, FreedesktopNotices
from coach.desktop.notices.library import NOT_ALLOWED, NOWHERE, LibraryNotices
from coach.services.reminding import Notice
from tests.desktop.peers import HANG, WAIT_S, Peer, peer, running_bus, running_loop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coach.desktop.loop import Loop
    from tests.desktop.peers import Daemon

NOTICE = Notice(
    "morning", "Time for your feet", "The daily six takes 9 minutes.", (("start", "Start"), ("later", "In 10 min"))
)
EXPIRED, DISMISSED, BY_US = 1, 2, 3


class Heard:
    """What came back."""

    def __init__(self) -> None:
        self.answers: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self.failures: SimpleQueue[str] = SimpleQueue()

    def answer(self) -> tuple[str, str]:
        return self.answers.get(timeout=WAIT_S)

    def failure(self) -> str:
        return self.failures.get(timeout=WAIT_S)

    def nothing(self) -> bool:
        return self.answers.empty() and self.failures.empty()


def abilities(*words: str) -> tuple[str, list[str]]:
    return "as", list(words)


def server_answers(*able: str) -> dict[str, Any]:
    """A server that gives ids from 1 on; a replaced one keeps its own."""
    ids = itertools.count(1)
    return {
        "GetCapabilities": abilities(*able),
        "Notify": lambda message: ("u", message.body[1] or next(ids)),
        "CloseNotification": ("",),
    }


FULL = ("actions", "body", "body-markup")


@pytest.fixture
def bus() -> Iterator[Daemon]:
    with running_bus() as daemon:
        yield daemon


@pytest.fixture
def loop() -> Iterator[Loop]:
    with running_loop() as running:
        yield running


@contextmanager
def notices(loop: Loop, address: str, limit_s: float = WAIT_S) -> Iterator[tuple[DesktopNotices, Heard]]:
    """Our side, speaking to the bus at this address."""
    session = Bus(loop, address)
    heard = Heard()
    ours = DesktopNotices(loop, lambda told: FreedesktopNotices(told, session), limit_s)
    ours.start(lambda tag, action: heard.answers.put((tag, action)), heard.failures.put)
    yield ours, heard
    ours.stop()


def call(server: Peer, member: str) -> list[Any]:
    """The body of the next call of this name."""
    while True:
        name, body = server.calls.get(timeout=WAIT_S)
        if name == member:
            return body


def press(server: Peer, number: int, action: str) -> None:
    server.emit(PLACE.path, NAME, "ActionInvoked", "us", number, action)


def close(server: Peer, number: int, reason: int) -> None:
    server.emit(PLACE.path, NAME, "NotificationClosed", "uu", number, reason)


def settled(ours: DesktopNotices, server: Peer, loop: Loop) -> None:
    """Everything sent so far has been dealt with: what is sent after it was answered."""
    ours.show(Notice("probe", "probe", ""))
    call(server, "Notify")
    loop.ask(_nothing, WAIT_S)
    ours.withdraw("probe")
    call(server, "CloseNotification")


async def _nothing() -> None:
    pass


def test_a_notification_is_shown_as_asked_and_its_button_answers(bus: Daemon, loop: Loop) -> None:
    with peer(bus.address, NAME, server_answers(*FULL)) as server, notices(loop, bus.address) as (ours, heard):
        ours.show(NOTICE)
        app, replaces, _, title, text, actions, hints, timeout = call(server, "Notify")
        assert (app, replaces, title, text, timeout) == ("Foot Coach", 0, NOTICE.title, NOTICE.text, -1)
        assert actions == ["default", "Foot Coach", "start", "Start", "later", "In 10 min"]
        assert {name: value.value for name, value in hints.items()} == {
            "urgency": 1,
            "desktop-entry": "foot-coach",
            "suppress-sound": True,
        }
        press(server, 1, "later")
        close(server, 1, DISMISSED)
        assert heard.answer() == ("morning", "later")
        settled(ours, server, loop)
        assert heard.nothing()


def test_urgency_and_sound_are_passed_on(bus: Daemon, loop: Loop) -> None:
    with peer(bus.address, NAME, server_answers(*FULL)) as server, notices(loop, bus.address) as (ours, _):
        ours.show(Notice("tag", "Title", "", sound=True, urgent=True))
        hints = call(server, "Notify")[6]
        assert hints["urgency"].value == 2
        assert hints["sound-name"].value == "message-new-instant"
        assert "suppress-sound" not in hints


def test_clicking_the_notification_itself_opens(bus: Daemon, loop: Loop) -> None:
    with peer(bus.address, NAME, server_answers(*FULL)) as server, notices(loop, bus.address) as (ours, heard):
        ours.show(NOTICE)
        call(server, "Notify")
        press(server, 1, "default")
        assert heard.answer() == ("morning", OPEN)


@pytest.mark.parametrize("reason", [EXPIRED, DISMISSED, 4])
def test_one_that_was_closed_unanswered_is_gone(bus: Daemon, loop: Loop, reason: int) -> None:
    with peer(bus.address, NAME, server_answers(*FULL)) as server, notices(loop, bus.address) as (ours, heard):
        ours.show(NOTICE)
        call(server, "Notify")
        close(server, 1, reason)
        assert heard.answer() == ("morning", GONE)


def test_the_same_tag_replaces_and_another_does_not(bus: Daemon, loop: Loop) -> None:
    with peer(bus.address, NAME, server_answers(*FULL)) as server, notices(loop, bus.address) as (ours, heard):
        for tag in ("morning", "morning", "evening", "morning"):
            ours.show(Notice(tag, "Title", ""))
        assert [call(server, "Notify")[1] for _ in range(4)] == [0, 1, 0, 1]
        press(server, 2, "default")
        assert heard.answer() == ("evening", OPEN)


def test_one_that_is_withdrawn_at_once_does_not_stay(bus: Daemon, loop: Loop) -> None:
    with peer(bus.address, NAME, server_answers(*FULL)) as server, notices(loop, bus.address) as (ours, heard):
        ours.show(NOTICE)
        ours.withdraw("morning")
        ours.withdraw("never shown")
        assert call(server, "CloseNotification") == [1]
        close(server, 1, BY_US)
        settled(ours, server, loop)
        assert heard.nothing()


def test_all_are_taken_away_at_the_end_and_nothing_is_told_after_it(bus: Daemon) -> None:
    with peer(bus.address, NAME, server_answers(*FULL)) as server:
        with running_loop() as loop, notices(loop, bus.address) as (ours, heard):
            ours.show(NOTICE)
            ours.show(Notice("evening", "Title", ""))
        assert sorted(call(server, "CloseNotification") for _ in range(2)) == [[1], [2]]
        assert heard.nothing()


def test_nothing_is_started_by_the_end_or_by_taking_away_what_was_never_shown(loop: Loop) -> None:
    ours = DesktopNotices(loop, lambda _: pytest.fail("made"))
    ours.withdraw("tag")
    ours.stop()
    assert not loop.running


async def _timers() -> int:
    await asyncio.sleep(0)
    return sum(not handle.cancelled() for handle in asyncio.get_running_loop()._scheduled)  # type: ignore[attr-defined]


def test_a_notification_that_is_on_screen_costs_nothing(bus: Daemon, loop: Loop) -> None:
    """The thread sleeps until something comes from the bus: it waits for no time, and nothing else runs in it."""
    with peer(bus.address, NAME, server_answers(*FULL)) as server, notices(loop, bus.address) as (ours, _):
        ours.show(NOTICE)
        settled(ours, server, loop)
        loop.ask(lambda: ours._in_turn(lambda _: _nothing()), WAIT_S)  # after all the others
        assert loop.ask(_timers, WAIT_S) == 0


# fault 36: no bus, no server, a server that restarts, knows no buttons, or speaks of what is not ours


def test_fault_36_no_session_bus(loop: Loop, home: Any) -> None:
    with notices(loop, f"unix:path={home}/nothing") as (ours, heard):
        ours.show(NOTICE)
        assert heard.failure() == NO_BUS


def test_fault_36_no_address_of_a_bus_at_all(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with notices(loop, "") as (ours, heard):
        ours.show(NOTICE)
        assert heard.failure() == NO_BUS


def test_fault_36_no_notification_server_until_one_comes(bus: Daemon, loop: Loop) -> None:
    with notices(loop, bus.address) as (ours, heard):
        ours.show(NOTICE)
        assert heard.failure() == NO_SERVER
        with peer(bus.address, NAME, server_answers(*FULL)) as server:
            ours.show(NOTICE)
            assert call(server, "Notify")[3] == NOTICE.title


def test_fault_36_a_server_that_never_answers_is_not_waited_for(bus: Daemon, loop: Loop) -> None:
    answers = {**server_answers(*FULL), "Notify": HANG}
    with peer(bus.address, NAME, answers), notices(loop, bus.address, limit_s=0.05) as (ours, heard):
        ours.show(NOTICE)
        assert heard.failure() == LATE


@pytest.mark.parametrize("member", ["GetCapabilities", "Notify"])
@pytest.mark.parametrize(
    "answer", [None, ("s", "nonsense"), ("",), ("i", -1)], ids=["error", "text", "empty", "number"]
)
def test_fault_36_nonsense_from_the_server_fails_in_a_sentence(
    bus: Daemon, loop: Loop, member: str, answer: Any
) -> None:
    answers = {**server_answers(*FULL), member: answer}
    with peer(bus.address, NAME, answers) as server, notices(loop, bus.address) as (ours, heard):
        ours.show(NOTICE)
        if member == "Notify" or answer in {None, ("i", -1)}:
            assert heard.failure() == REFUSED
        else:  # it says nothing that we understand of what it can do, so it is asked for the least
            assert call(server, "Notify")[5] == ["default", "Foot Coach"]


def test_fault_36_a_restarted_server_is_used_again_and_what_it_showed_is_gone(bus: Daemon, loop: Loop) -> None:
    with notices(loop, bus.address) as (ours, heard):
        with peer(bus.address, NAME, server_answers(*FULL)) as server:
            ours.show(NOTICE)
            call(server, "Notify")
            settled(ours, server, loop)
        assert heard.answer() == ("morning", GONE)
        with peer(bus.address, NAME, server_answers()) as server:
            ours.show(NOTICE)
            _, replaces, *_, actions, _, _ = call(server, "Notify")
            assert replaces == 0
            assert actions == ["default", "Foot Coach"]  # its abilities were asked for anew
            press(server, 1, "default")
            assert heard.answer() == ("morning", OPEN)


def test_fault_36_a_bus_that_dies_takes_its_notifications_and_the_next_one_is_told(loop: Loop) -> None:
    with (
        running_bus() as daemon,
        peer(daemon.address, NAME, server_answers(*FULL)) as server,
        notices(loop, daemon.address) as (ours, heard),
    ):
        ours.show(NOTICE)
        call(server, "Notify")
        settled(ours, server, loop)
        server.flush()
        daemon.kill()
        assert heard.answer() == ("morning", GONE)
        ours.show(NOTICE)
        assert heard.failure() == NO_BUS


def test_fault_36_without_buttons_the_notification_itself_opens(bus: Daemon, loop: Loop) -> None:
    with peer(bus.address, NAME, server_answers("body")) as server, notices(loop, bus.address) as (ours, heard):
        ours.show(NOTICE)
        assert call(server, "Notify")[5] == ["default", "Foot Coach"]
        press(server, 1, "default")
        assert heard.answer() == ("morning", OPEN)


def test_fault_36_unknown_ids_late_clicks_and_odd_signals_are_harmless(bus: Daemon, loop: Loop) -> None:
    with peer(bus.address, NAME, server_answers(*FULL)) as server, notices(loop, bus.address) as (ours, heard):
        ours.show(NOTICE)
        call(server, "Notify")
        press(server, 4711, "start")
        close(server, 4711, EXPIRED)
        server.emit(PLACE.path, NAME, "ActionInvoked", "")
        server.emit(PLACE.path, NAME, "ActionInvoked", "uu", 1, 2)
        server.emit(PLACE.path, NAME, "ActionInvoked", "ss", "1", "start")
        server.emit(PLACE.path, NAME, "NotificationClosed", "us", 1, "why")
        press(server, 1, "start")
        press(server, 1, "start")  # again, and long after
        assert heard.answer() == ("morning", "start")
        settled(ours, server, loop)
        assert heard.nothing()


def test_fault_36_an_answer_in_the_same_breath_as_the_id_is_not_lost(bus: Daemon, loop: Loop) -> None:
    """A server that does not show it closes it as soon as it has given it a number."""
    with peer(bus.address, NAME, server_answers(*FULL)) as server, notices(loop, bus.address) as (ours, heard):

        def close_at_once(message: Any) -> tuple[str, int]:
            server._loop.submit(lambda: _later(server))
            return "u", 9

        server.answers["Notify"] = close_at_once
        ours.show(NOTICE)
        assert heard.answer() == ("morning", GONE)


async def _later(server: Peer) -> None:
    from dbus_fast import Message

    assert server._bus is not None
    server._bus.send(Message.new_signal(PLACE.path, NAME, "NotificationClosed", "uu", [9, EXPIRED]))


@pytest.mark.expect_log("what was to follow a notification failed")
def test_fault_40_a_fault_of_ours_in_an_answer_is_logged_and_the_next_one_works(bus: Daemon, loop: Loop) -> None:
    told: SimpleQueue[str] = SimpleQueue()

    def fail(tag: str, _: str) -> None:
        told.put(tag)
        raise LookupError

    session = Bus(loop, bus.address)
    ours = DesktopNotices(loop, lambda tell: FreedesktopNotices(tell, session), WAIT_S)
    ours.start(fail, told.put)
    with peer(bus.address, NAME, server_answers(*FULL)) as server:
        for number in (1, 2):
            ours.show(NOTICE)
            call(server, "Notify")
            press(server, number, "start")
            assert told.get(timeout=WAIT_S) == "morning"
        ours.stop()


# fault 37: hostile words

HOSTILE = "<b>&amp;</b>\x00 \u202e\nשלום\n\n" + "x" * 5000


@pytest.mark.parametrize(
    ("able", "begins"),
    [(FULL, "&lt;b&gt;&amp;amp;&lt;/b&gt;\nשלום\nx"), (("actions", "body"), "<b>&amp;</b>\nשלום\nx")],
)
def test_fault_37_words_are_escaped_where_the_server_reads_markup(
    bus: Daemon, loop: Loop, able: tuple[str, ...], begins: str
) -> None:
    notice = Notice("tag", HOSTILE, HOSTILE, (("go", HOSTILE),))
    with peer(bus.address, NAME, server_answers(*able)) as server, notices(loop, bus.address) as (ours, _):
        ours.show(notice)
        _, _, _, title, text, actions, _, _ = call(server, "Notify")
        assert text.startswith(begins)
        assert len(text) < 350
        assert title.startswith("<b>&amp;</b> שלום x")
        assert len(title) == 80
        assert len(actions[3]) == 40


# Windows and macOS, by the library that speaks to them


class FakeLibrary:
    """A DesktopNotifier."""

    def __init__(self, *, able: bool = True, allowed: bool = True, sends: bool = True) -> None:
        self.able, self.allowed, self.sends = able, allowed, sends
        self.sent: SimpleQueue[Any] = SimpleQueue()
        self.cleared: list[str] = []

    async def get_capabilities(self) -> frozenset[Any]:
        from desktop_notifier import Capability

        return frozenset({Capability.TITLE} if self.able else ())

    async def request_authorisation(self) -> bool:
        return self.allowed

    async def send_notification(self, notification: Any) -> None:
        if self.sends:
            notification.on_dispatched()
        self.sent.put(notification)

    async def clear(self, identifier: str) -> None:
        self.cleared.append(identifier)
        raise KeyError(identifier)


@pytest.fixture
def by_library(loop: Loop) -> Iterator[Callable[[FakeLibrary], tuple[DesktopNotices, Heard]]]:
    started: list[DesktopNotices] = []

    def start(library: FakeLibrary) -> tuple[DesktopNotices, Heard]:
        heard = Heard()
        ours = DesktopNotices(loop, lambda told: LibraryNotices(told, None, lambda *_: library), WAIT_S)
        ours.start(lambda tag, action: heard.answers.put((tag, action)), heard.failures.put)
        started.append(ours)
        return ours, heard

    yield start
    for ours in started:
        ours.stop()


def test_the_library_is_given_all_and_its_answers_come_back(by_library: Any) -> None:
    library = FakeLibrary()
    ours, heard = by_library(library)
    ours.show(NOTICE)
    first = library.sent.get(timeout=WAIT_S)
    assert (first.title, first.message, first.sound) == (NOTICE.title, NOTICE.text, None)
    assert [(button.identifier, button.title) for button in first.buttons] == list(NOTICE.buttons)
    ours.show(NOTICE)
    second = library.sent.get(timeout=WAIT_S)
    assert library.cleared == [first.identifier]
    first.on_clicked()  # late: it was replaced
    second.buttons[0].on_pressed()
    second.on_dismissed()  # after it was answered
    assert heard.answer() == ("morning", "start")
    ours.show(NOTICE)
    library.sent.get(timeout=WAIT_S).on_dismissed()
    assert heard.answer() == ("morning", GONE)
    assert heard.nothing()


@pytest.mark.parametrize(
    ("library", "why"),
    [
        (FakeLibrary(able=False), NOWHERE),
        (FakeLibrary(allowed=False), NOT_ALLOWED),
        (FakeLibrary(sends=False), REFUSED),
    ],
    ids=["no bundle", "not allowed", "swallowed"],
)
def test_fault_36_a_library_that_cannot_is_told_in_a_sentence(by_library: Any, library: FakeLibrary, why: str) -> None:
    ours, heard = by_library(library)
    ours.show(NOTICE)
    assert heard.failure() == why


def test_fault_36_a_library_that_cannot_be_made_at_all(loop: Loop) -> None:
    heard = Heard()

    def broken(*_: Any) -> Any:
        raise RuntimeError("Could not get ToastNotifier")

    ours = DesktopNotices(loop, lambda told: LibraryNotices(told, None, broken), WAIT_S)
    ours.start(lambda *_: None, heard.failures.put)
    ours.show(NOTICE)
    assert heard.failure() == REFUSED
    ours.stop()
