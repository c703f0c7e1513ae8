"""Keys, sealed diaries and keyrings for tests. Skips the test that asks where SQLCipher is not installed."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach.errors import KnownError
from coach.storage.diary import SqlDiary, open_diary
from coach.storage.sqlite.key import Key, source_of
from tests.fakes import START, FakeClock

if TYPE_CHECKING:
    from pathlib import Path

    from coach.storage.sqlite.key import KeySource

KEY = Key(bytes(range(32)), bytes(range(100, 116)))
OTHER = Key(bytes(range(1, 33)), bytes(range(200, 216)))
STRANGER = Key(bytes(32), KEY.salt)
"""Of another passphrase, for a file that begins like one of `KEY`."""
KEYS = source_of(KEY, OTHER)


def need_cipher() -> None:
    """Skip the test where SQLCipher is not installed."""
    pytest.importorskip("sqlcipher3", reason="SQLCipher is not installed: pip install 'foot-coach[encrypt]'")


def open_sealed(folder: Path, keys: KeySource = KEYS, busy_s: float = 0) -> SqlDiary:
    """A diary that is sealed with `KEY`, made where there is none."""
    need_cipher()
    from coach.storage.sqlite import file
    from coach.storage.sqlite.sealing import seal

    if not (folder / file.FILE).exists():
        open_diary(folder, FakeClock()).close()
        seal(folder, KEY, START)
    return open_diary(folder, FakeClock(), busy_s, keys=keys)


def fill(folder: Path, note: str, keys: KeySource | None = None) -> None:
    """A session with a note, in the diary of a folder."""
    from tests import records as r

    with closing(open_diary(folder, FakeClock(), 0, keys=keys)) as diary:
        start = r.start()
        diary.add_session(start)
        for number in range(1, 6):
            diary.add_set(r.done(start, number))
        diary.add_pain((r.pain(3, session_id=start.id),))
        diary.add_end(r.end(start, note=note))


class FakeKeyring:
    """A `coach.services.ports.KeyStore` that keeps secrets in a dict; `fault`, when set, is why it does not."""

    def __init__(self, fault: str = "") -> None:
        self.secrets: dict[str, str] = {}
        self.fault = fault

    def trouble(self) -> str:
        """Why there is no keyring to use."""
        return self.fault

    def get(self, name: str) -> str | None:
        """The secret of this name, or None."""
        self._refuse()
        return self.secrets.get(name)

    def put(self, name: str, secret: str) -> None:
        """Keep a secret."""
        self._refuse()
        self.secrets[name] = secret

    def forget(self, name: str) -> None:
        """Forget a secret."""
        self._refuse()
        self.secrets.pop(name, None)

    def _refuse(self) -> None:
        if self.fault:
            raise KnownError(self.fault)


if TYPE_CHECKING:
    from coach.services.ports import KeyStore

    _fits: KeyStore = FakeKeyring()
