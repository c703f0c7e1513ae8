"""A small file of any contents, encrypted with the key of the diary it stands beside.

It is a database of SQLCipher's with one value in it, so that there is one kind of encryption here and no second one.
"""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

from coach.errors import StorageError
from coach.fsutil import sync_folder
from coach.storage.sqlite import file
from coach.storage.sqlite.faults import told
from coach.storage.sqlite.key import SALT_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from coach.storage.sqlite.key import Key, KeySource

_SEALED_IN_PAGES_OF = 4096


def put(path: Path, content: bytes, key: Key) -> None:
    """Replace the file at `path` in one step. Raises StorageError."""
    with told(path):
        scratch = file.scratch_beside(path)
        try:
            with closing(file.connect(scratch, key=key)) as connection:
                connection.execute("CREATE TABLE held (content BLOB NOT NULL) STRICT")
                connection.execute("INSERT INTO held VALUES (?)", (content,))
            handle = os.open(scratch, os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            scratch.replace(path)
            sync_folder(path.parent)
        finally:
            file.discard(scratch)


def take(path: Path, keys: KeySource | None) -> bytes:
    """The contents of a file, encrypted or not. Raises OSError, and StorageError where its key is not known."""
    content = path.read_bytes()
    if content.isascii() or len(content) % _SEALED_IN_PAGES_OF:
        return content  # what is not encrypted here is text in ASCII, and what is random is hardly ever
    key = keys(content[:SALT_BYTES]) if keys else None
    if key is None:
        raise StorageError(f"{path} is encrypted, and its passphrase is not known.")
    with told(path), closing(file.connect(path, file.Access.READ, key=key)) as connection:
        held: bytes = connection.execute("SELECT content FROM held").fetchone()[0]
        return held
