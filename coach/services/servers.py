"""Where a diary on a PostgreSQL server is, and whose it is: plain values that speak to no server.

A password in an address is handed to the driver and to nobody else: `Address.shown` is what messages call the place.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from coach.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")
LONGEST_NAME = 100
SCHEMA_PREFIX = "person_"
_LONGEST_SCHEMA = 63  # bytes of an identifier in PostgreSQL
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")
_HOST = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(:\d*)?")
_EXAMPLE = "postgresql://user@host/database?person=name"


@dataclass(frozen=True, slots=True)
class Address:
    """A database on a server, and the person whose diary is meant (empty: not chosen yet).

    `uri` is for the driver alone, because it may hold a password; `shown` is for people; `key` names the database in
    the names of local folders, whoever logs in and however.
    """

    uri: str = field(repr=False)
    shown: str
    key: str
    person: str = ""

    def of(self, person: str) -> Address:
        """The same database, and one person on it."""
        return replace(self, person=person)


class People(Protocol):
    """Whose diaries are on a server. Both methods raise `StorageError` or `KnownError`, and may wait for the server."""

    def names(self) -> tuple[str, ...]:
        """Everybody whose diary this user may open, by name."""
        ...

    def add(self, name: str) -> str:
        """Make an empty diary for a new person; returns the name as it is kept."""
        ...


def is_address(text: str) -> bool:
    """Whether `--profile` names a server rather than a folder."""
    return text.strip().lower().startswith(SCHEMES)


def parse(text: str, environ: Mapping[str, str]) -> Address:
    """Read `postgresql://user@host/database?person=name&sslmode=...`; all but `person` is left to the driver.

    `environ` holds libpq's own variables, which fill in what the address leaves out. KnownError never quotes the
    address: a password with an unescaped sign could be anywhere in it.
    """
    place, _, query = text.strip().partition("://")[2].partition("?")
    authority, _, database = place.partition("/")
    login, at, hosts = authority.rpartition("@")
    sound = not re.search(r"[\x00-\x20\x7f]", text.strip()) and "@" not in login + database
    if not sound or not all(_HOST.fullmatch(host) for host in hosts.split(",")):
        raise KnownError(
            f"The address of the server cannot be read. It looks like {_EXAMPLE}; a special character of a password "
            "is written by its number (%40 for @, %3A for :, %2F for /, %3F for ?)."
        )
    options, person, rest = _options(query)
    user = unquote(login.partition(":")[0]) or options.get("user", "") or environ.get("PGUSER", "")
    named = hosts or options.get("host", "") or options.get("hostaddr", "") or environ.get("PGHOST", "")
    base = unquote(database) or options.get("dbname", "") or environ.get("PGDATABASE", "") or user
    port = options.get("port", "") or environ.get("PGPORT", "")
    service = options.get("service", "") or environ.get("PGSERVICE", "")
    key = hashlib.sha256(f"{named.lower()}\n{port}\n{base}\n{service}".encode()).hexdigest()[:16]
    where = "this computer" if not named or named.startswith("/") else named
    return Address(
        uri=f"postgresql://{login}{at}{hosts}/{database}{'?' if rest else ''}{rest}",
        shown=f"{base} on {where}" if base else where,
        key=key,
        person=check_name(person) if person else "",
    )


def _options(query: str) -> tuple[dict[str, str], str, str]:
    """What stands behind the question mark: all by name, the person, and the text without the person."""
    options: dict[str, str] = {}
    kept = []
    for item in query.split("&") if query else ():
        name, equals, value = item.partition("=")
        try:
            options[name] = unquote(value, errors="strict")
        except UnicodeDecodeError:
            equals = ""
        if not equals:
            raise KnownError(
                "The address of the server cannot be read: what stands behind its question mark is name=value, "
                f"with & between. It looks like {_EXAMPLE}."
            )
        if name != "person":
            kept.append(item)
    return options, options.get("person", ""), "&".join(kept)


def check_name(name: str) -> str:
    """A person's name as it is kept: one line without space at its ends. KnownError says why it cannot be kept."""
    tidy = unicodedata.normalize("NFC", name.strip())
    if not tidy:
        raise KnownError("A person needs a name.")
    if len(tidy) > LONGEST_NAME:
        raise KnownError(f"A name has at most {LONGEST_NAME} characters; this one has {len(tidy)}.")
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in tidy):
        raise KnownError("The name holds a character that cannot be kept. Remove it and try again.")
    return tidy


def schema_of(name: str) -> str:
    """The schema of a person: a plain identifier of at most 63 bytes, different for every name.

    `anna` is `person_anna`. Any byte but a to z and 0 to 9 is `_` and two digits, so two `_` in a row never come from
    that, and mark the names too long for it, which are known by their hash.
    """
    encoded = "".join(chr(byte) if byte in _PLAIN else f"_{byte:02x}" for byte in name.encode())
    if len(SCHEMA_PREFIX + encoded) <= _LONGEST_SCHEMA:
        return SCHEMA_PREFIX + encoded
    return f"{SCHEMA_PREFIX}__{hashlib.sha256(name.encode()).hexdigest()[:48]}"


def find_person(names: Iterable[str], wanted: str) -> str | None:
    """The person that is meant: the very name, else the only one that differs in capitals alone."""
    known = tuple(names)
    if wanted in known:
        return wanted
    alike = [name for name in known if name.casefold() == wanted.casefold()]
    return alike[0] if len(alike) == 1 else None
