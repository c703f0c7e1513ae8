"""The computer's own keyring, where there is a real one, for the key of an encrypted diary.

It belongs to the desktop and may do anything: be absent, be locked, ask the person for minutes, refuse, never answer.
So each question is asked on a thread of its own with a limit of time, and whoever asks must be able to do without. A
keyring that keeps its secrets in plain text counts as none.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import TYPE_CHECKING, Protocol, TypeVar

from coach.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
SERVICE = "foot-coach"
WAIT_S = 20.0
"""So long may a keyring ask the person to unlock it; the passphrase is asked for after that."""
_TRUSTED = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
)
"""The keyrings that encrypt what they hold. Anything else may be plain text (keyrings.alt), or nothing (null)."""


class Backend(Protocol):
    """What we use of a keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        ...


class DesktopKeyring:
    """`coach.services.ports.KeyStore`: every method may take `wait_s` seconds, so not for the screen's thread."""

    def __init__(self, find: Callable[[], Backend] | None = None, wait_s: float = WAIT_S) -> None:
        """`find` gives the keyring or raises; without it, the computer's own is looked for."""
        self._find = find or find_keyring
        self._wait_s = wait_s

    def trouble(self) -> str:
        """Why there is no keyring to use, as a sentence; empty where there is one."""
        try:
            self._ask(lambda _backend: None)
        except KnownError as error:
            return str(error)
        return ""

    def get(self, name: str) -> str | None:
        """The secret of this name, or None. KnownError: the keyring does not tell."""
        return self._ask(lambda backend: backend.get_password(SERVICE, name))

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, and see that it is there. KnownError: it is not kept."""

        def put_and_look(backend: Backend) -> bool:
            backend.set_password(SERVICE, name, secret)
            return backend.get_password(SERVICE, name) == secret

        if not self._ask(put_and_look):
            raise KnownError("This computer's keyring did not keep the key.")

    def forget(self, name: str) -> None:
        """Forget a secret; one that is not there is forgotten already. KnownError: the keyring does not answer."""

        def forget(backend: Backend) -> None:
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        self._ask(forget)

    def _ask(self, question: Callable[[Backend], T]) -> T:
        answers: queue.SimpleQueue[T | Exception] = queue.SimpleQueue()

        def work() -> None:
            try:
                answers.put(question(self._find()))
            except Exception as error:  # noqa: BLE001 - a keyring raises what it likes
                answers.put(error)

        # A daemon that is left behind when it does not answer, so that it can keep nobody from ending.
        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            answer = answers.get(timeout=self._wait_s)
        except queue.Empty:
            raise KnownError("This computer's keyring did not answer in time.") from None
        if isinstance(answer, KnownError):
            raise answer
        if isinstance(answer, Exception):  # its words may carry anything, so only its kind is told
            raise KnownError(f"This computer's keyring refused ({type(answer).__name__}).") from None
        return answer


def find_keyring() -> Backend:
    """The computer's keyring; KnownError where there is none that encrypts what it holds."""
    try:
        import keyring
    except ImportError:
        raise KnownError("The program part that reaches this computer's keyring is not installed.") from None
    for backend in _every(keyring.get_keyring()):
        if type(backend).__module__ in _TRUSTED:
            return backend
    raise KnownError("This computer has no keyring that keeps secrets encrypted.")


def _every(backend: Backend) -> Iterator[Backend]:
    """The keyring itself, or those that it is a chain of, the preferred one first."""
    chained: list[Backend] = []
    with contextlib.suppress(Exception):  # looking for others can fail in as many ways as there are desktops
        chained = list(getattr(backend, "backends", ()))
    yield from chained or [backend]


if TYPE_CHECKING:
    from coach.services.ports import KeyStore

    _fits: type[KeyStore] = DesktopKeyring
