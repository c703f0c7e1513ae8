"""Column types that are plain TEXT, INTEGER or REAL on disk, so that STRICT tables and PostgreSQL both take them.

Text is compared byte by byte in both: a server's own collation would order and fold by the rules of some language. And
a whole number has 64 bits in both.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import BigInteger, Integer, Text, TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

E = TypeVar("E", bound=StrEnum)
Whole = Integer().with_variant(BigInteger(), "postgresql")
PlainText = Text().with_variant(Text(collation="C"), "postgresql")


class Words(TypeDecorator[str]):
    """What a file or a person wrote. A null character is refused, because PostgreSQL has no place for it."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """As it is; UnicodeError for a null character, as for half a surrogate pair."""
        if value is not None and "\0" in value:
            raise UnicodeError("a null character cannot be kept")
        return value


class Instant(TypeDecorator[datetime]):
    """An aware instant as `2026-11-15T08:30:00.000000Z`: of one length, so that text order is time order."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To UTC text; ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        # isoformat, not strftime: the latter does not fill the years before 1000 up to four digits everywhere
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From UTC text."""
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A local date as `2026-11-15`."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        """From text."""
        return None if value is None else date.fromisoformat(value)


class Id(TypeDecorator[UUID]):
    """A UUID as its 36 characters."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> UUID | None:  # noqa: ARG002
        """From text."""
        return None if value is None else UUID(value)


class Choice(TypeDecorator[E]):
    """One value of an enumeration of strings."""

    impl = PlainText
    cache_ok = True

    def __init__(self, values: type[E]) -> None:
        super().__init__()
        self.values = values

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To text."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002
        """From text; ValueError for a value that the enumeration does not have."""
        return None if value is None else self.values(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002, FBT001
        """To 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """From 1 or 0."""
        return None if value is None else bool(value)


class Json(TypeDecorator[Any]):
    """Lists and dicts as compact JSON text."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ANN401, ARG002
        """To text; ValueError for NaN and infinity, which JSON does not have."""
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002
        """From text."""
        return None if value is None else json.loads(value)
