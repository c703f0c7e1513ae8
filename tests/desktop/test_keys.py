"""The computer's keyring may do anything: nothing waits for it longer than its limit, nothing is kept in plain text."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from coach.desktop.keys import SERVICE, Backend, DesktopKeyring, find_keyring
from coach.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Kept:
    """A keyring that works."""

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.secrets[service, username]


class Refusing(Kept):
    """One that is locked, and whose dialog was cancelled."""

    def get_password(self, service: str, username: str) -> str | None:
        raise PermissionError("cancelled while unlocking secret-4711")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PermissionError("cancelled while unlocking secret-4711")


class Forgetful(Kept):
    """One that says it kept a secret."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Hanging(Kept):
    """One that asks the person for minutes."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait(30)
        return None


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    backend = Hanging()
    yield backend
    backend.answered.set()  # so that no thread is left behind


def test_what_is_kept_comes_back_and_can_be_forgotten() -> None:
    backend = Kept()
    keyring = DesktopKeyring(lambda: backend)
    assert keyring.trouble() == ""
    assert keyring.get("salt") is None
    keyring.put("salt", "key")
    assert backend.secrets == {(SERVICE, "salt"): "key"}
    assert keyring.get("salt") == "key"
    keyring.forget("salt")
    keyring.forget("salt")
    assert keyring.get("salt") is None


def test_fault_52_a_keyring_that_asks_for_minutes_is_not_waited_for(hanging: Hanging) -> None:
    keyring = DesktopKeyring(lambda: hanging, wait_s=0.01)
    with pytest.raises(KnownError, match="did not answer in time"):
        keyring.get("salt")


def test_fault_52_a_keyring_that_cannot_even_be_found_in_time_is_none(hanging: Hanging) -> None:
    def find() -> Backend:
        hanging.answered.wait(30)
        return hanging

    assert "did not answer in time" in DesktopKeyring(find, wait_s=0.01).trouble()


def find_refusing() -> Backend:
    return Refusing()


def test_fault_52_a_keyring_that_refuses_is_told_without_its_words() -> None:
    keyring = DesktopKeyring(find_refusing)
    asks: list[Callable[[], object]] = [
        lambda: keyring.get("salt"),
        lambda: keyring.put("salt", "key"),
        lambda: keyring.forget("salt"),
    ]
    for ask in asks:
        with pytest.raises(KnownError, match="refused") as told:
            ask()
        assert "4711" not in str(told.value)


def test_a_keyring_that_keeps_nothing_is_noticed_at_once() -> None:
    with pytest.raises(KnownError, match="did not keep"):
        DesktopKeyring(Forgetful).put("salt", "key")


def as_if_of(module: str, *chained: Any) -> Any:
    """A keyring of this module, perhaps a chain of others."""
    kind = type("Keyring", (Kept,), {"__module__": module, "backends": list(chained)})
    return kind()


REAL = as_if_of("keyring.backends.SecretService")
PLAIN = as_if_of("keyrings.alt.file")


@pytest.mark.parametrize(
    ("found", "used"),
    [
        (as_if_of("keyring.backends.fail"), None),
        (as_if_of("keyring.backends.null"), None),
        (PLAIN, None),
        (REAL, REAL),
        (as_if_of("keyring.backends.chainer", PLAIN, REAL), REAL),
        (as_if_of("keyring.backends.chainer", PLAIN), None),
    ],
    ids=["fail", "null", "plain text", "real", "chain", "chain of plain text"],
)
def test_fault_52_what_does_not_encrypt_counts_as_no_keyring(
    monkeypatch: pytest.MonkeyPatch, found: Any, used: Any
) -> None:
    keyring = pytest.importorskip("keyring")
    monkeypatch.setattr(keyring, "get_keyring", lambda: found)
    if used is not None:
        assert find_keyring() is used
    else:
        assert "no keyring" in DesktopKeyring().trouble()


def test_fault_52_a_computer_with_none_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("keyring")
    from keyring.backends import fail, null

    for kind in (fail.Keyring, null.Keyring):
        monkeypatch.setattr("keyring.get_keyring", kind)
        assert "no keyring" in DesktopKeyring().trouble()


def test_without_the_extra_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "not installed" in DesktopKeyring().trouble()
