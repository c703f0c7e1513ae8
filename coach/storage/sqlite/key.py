"""The key of an encrypted diary, and how it is made from a passphrase.

SQLCipher's own scheme, step for step: PBKDF2 with HMAC-SHA-512 and 256,000 rounds over a salt that stands in the first
16 bytes of the file (OWASP asks for 210,000). A memory-hard function such as scrypt would resist guessing better, but
its salt and parameters would have to be kept beside the file; so a sealed diary opens with nothing but its passphrase,
even without this program, in any tool that knows SQLCipher 4. It is done here rather than by SQLCipher because it takes
a tenth of a second, and SQLCipher would do it anew for every connection.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

ROUNDS = 256_000
KEY_BYTES = 32
SALT_BYTES = 16
_CHECKED = b"Foot Coach: is this the key?"


@dataclass(frozen=True, slots=True)
class Key:
    """What SQLCipher needs of a passphrase: `raw` (32 bytes) encrypts, `salt` (16 bytes) begins the file.

    It never shows `raw`: neither in a message nor in a log.
    """

    raw: bytes = field(repr=False)
    salt: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES or len(self.salt) != SALT_BYTES:
            raise ValueError("a key has 32 bytes and its salt 16")

    @property
    def literal(self) -> str:
        """As SQLCipher reads it: key and salt in hexadecimal, so that nothing is derived again."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"

    @property
    def check(self) -> str:
        """Tells a wrong passphrase from a damaged file, and the key to nobody."""
        return hmac.new(self.raw, _CHECKED, hashlib.sha256).hexdigest()


KeySource: TypeAlias = Callable[[bytes], Key | None]
"""From the salt of a file to its key, or None where it is not known. May take a moment, so not for the screen's thread.
"""


def derive(passphrase: str, salt: bytes) -> Key:
    """The key of a passphrase; takes about a tenth of a second, on purpose.

    The same letters can be typed as different code points on different computers, so they are composed first (NFC).
    """
    letters = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    return Key(hashlib.pbkdf2_hmac("sha512", letters, salt, ROUNDS, KEY_BYTES), salt)


def new_salt(entropy: Callable[[int], bytes] = os.urandom) -> bytes:
    """A salt that no other file has; tests inject the randomness."""
    return entropy(SALT_BYTES)


def source_of(*known: Key) -> KeySource:
    """A source of these keys alone."""
    by_salt = {key.salt: key for key in known}
    return by_salt.get
