"""The small file beside an encrypted diary that helps to ask for its passphrase: `diary.key.toml`.

It holds neither a key nor a passphrase. Each entry stands for a key that a file of this folder was sealed with: the
salt that such a file begins with, a check value that tells a wrong passphrase from a damaged file, and whether the key
is in the computer's keyring. Losing it costs only that: a sealed diary opens with its passphrase alone. A second copy
stands beside the backups, so that a diary whose note is lost is not taken for a damaged one.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coach.fsutil import sync_folder
from coach.storage.backups import BACKUPS
from coach.storage.sqlite import file
from coach.storage.sqlite.key import ROUNDS, SALT_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coach.storage.sqlite.key import Key

_LARGEST = 65_536
_HEAD = f"""\
# Your diary is encrypted. This file holds no key and no passphrase, and losing it costs nothing:
# the passphrase alone opens diary.sqlite3, here or with any tool for SQLCipher 4
# (PBKDF2-HMAC-SHA512, {ROUNDS} rounds; the salt is the first {SALT_BYTES} bytes of the file).
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key by its salt. `current` is the one that the diary itself is sealed with."""

    salt: bytes
    check: str
    remembered: bool = False
    current: bool = False


def read(folder: Path) -> tuple[Entry, ...]:
    """The entries of a folder; what cannot be read is passed over, because nothing depends on it."""
    return _read(folder / file.SIDECAR) or _read(folder / BACKUPS / file.SIDECAR)


def _read(path: Path) -> tuple[Entry, ...]:
    try:
        if path.stat().st_size > _LARGEST:
            return ()
        listed = tomllib.loads(path.read_text(encoding="utf-8")).get("key", [])
        return tuple(_entry(item) for item in listed)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return ()


def find(folder: Path, salt: bytes) -> Entry | None:
    """The entry of a file that begins with this salt."""
    return next((entry for entry in read(folder) if entry.salt == salt), None)


def current(folder: Path) -> Entry | None:
    """The entry that the diary itself was last sealed with."""
    return next((entry for entry in read(folder) if entry.current), None)


def add(folder: Path, key: Key, *, remembered: bool | None = None, current: bool = False) -> None:
    """Note a key; `remembered` None leaves it as it was. Raises OSError."""
    known = find(folder, key.salt)
    kept = remembered if remembered is not None else known is not None and known.remembered
    others = [_other(entry, current=current) for entry in read(folder) if entry.salt != key.salt]
    new = Entry(key.salt, key.check, kept, current or (known is not None and known.current))
    write(folder, [new, *others])


def _other(entry: Entry, *, current: bool) -> Entry:
    return Entry(entry.salt, entry.check, entry.remembered, entry.current and not current)


def settle(folder: Path, key: Key | None) -> None:
    """The diary has another file now: note its key, or that it has none. Raises OSError."""
    if key is not None:
        add(folder, key, current=True)
    elif current(folder) is not None:
        write(folder, [_other(entry, current=True) for entry in read(folder)])


def keep(folder: Path, salts: Iterable[bytes], current: bytes | None) -> None:
    """Drop all entries but those of these salts; `current` is the diary's own. Raises OSError."""
    wanted = set(salts)
    write(
        folder,
        [Entry(e.salt, e.check, e.remembered, e.salt == current) for e in read(folder) if e.salt in wanted],
    )


def write(folder: Path, entries: Iterable[Entry]) -> None:
    """Replace both copies, each in one step, or remove them where there is nothing to say. Raises OSError."""
    blocks = [_block(entry) for entry in entries]
    for place in (folder, folder / BACKUPS):
        path = place / file.SIDECAR
        if not blocks:
            path.unlink(missing_ok=True)
        elif place.is_dir():
            _replace(path, "\n".join([_HEAD, *blocks]))


def _replace(path: Path, text: str) -> None:
    scratch = file.scratch_beside(path)
    try:
        with scratch.open("w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    sync_folder(path.parent)


def _block(entry: Entry) -> str:
    flags = {"remembered": entry.remembered, "current": entry.current}
    lines = [f'salt = "{entry.salt.hex()}"', f'check = "{entry.check}"']
    return "\n".join(["[[key]]", *lines, *(f"{name} = {str(on).lower()}" for name, on in flags.items()), ""])


def _entry(item: dict[str, Any]) -> Entry:
    salt = bytes.fromhex(item["salt"])
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt of another length")
    return Entry(salt, str(item["check"]), item.get("remembered") is True, item.get("current") is True)
