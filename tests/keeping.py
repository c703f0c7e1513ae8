"""The outside of a window whose history as a whole is a stand-in, while its entries are in a real diary on disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.bootstrap import Core
    from coach.storage.diary import SqlDiary
    from tests.fakes import FakeArchive, FakeRescue


class KeptDiary:
    """A diary with the archive it is given."""

    def __init__(self, diary: SqlDiary, archive: FakeArchive, read_only_reason: str) -> None:
        self._diary = diary
        self.archive = archive
        self.read_only_reason = read_only_reason
        self.notes: tuple[str, ...] = ()
        self.closed = False

    def close(self) -> None:
        """Release the file."""
        self.closed = True
        self._diary.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._diary, name)


@dataclass
class Kept:
    """Adapters: the real ones, but for archive and rescue. `fault` is raised by opening, while it is set."""

    core: Core
    archive: FakeArchive
    rescue_: FakeRescue
    fault: Exception | None = None
    read_only_reason: str = ""
    opened: list[KeptDiary] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.core, name)

    def open_diary(self) -> Any:
        """Open the real diary, unless there is a fault."""
        if self.fault is not None:
            raise self.fault
        self.opened.append(KeptDiary(self.core.open_diary(), self.archive, self.read_only_reason))
        return self.opened[-1]

    def rescue(self) -> FakeRescue:
        """The stand-in."""
        return self.rescue_
