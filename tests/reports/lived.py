"""A diary of records for exports, and its bundle as an independent library reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from fhir.resources.R4B.bundle import Bundle

from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SetRecord
from coach.reports.bundle import FhirExport
from tests import records as r
from tests.fakes import FakeClock, MemoryBook, MemoryDiary
from tests.progress import FakeProgressBook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coach.domain.progress.period import SelfTest
    from coach.domain.records import SessionSummary
    from coach.services.ports import OpenDiary
    from coach.services.progress_book import ProgressBook
    from coach.services.reminding import MorningCheck, WeeklyCheck

Kept = SessionStart | SetRecord | PainRating | SessionEnd | LevelChange


@dataclass(frozen=True, slots=True)
class Lived:
    """As much of an `OpenDiary` as an export reads."""

    kept: MemoryDiary
    progress: ProgressBook

    @property
    def reminders(self) -> MemoryBook:
        return self.kept.reminders

    def sessions(self, **which: Any) -> tuple[SessionSummary, ...]:
        return self.kept.sessions(**which)


def lived(*kept: Kept, checks: Iterable[WeeklyCheck | MorningCheck] = (), tests: Iterable[SelfTest] = ()) -> OpenDiary:
    """A diary of these."""
    diary, progress = MemoryDiary(), FakeProgressBook(kept)
    for record in kept:
        match record:
            case SessionStart():
                diary.add_session(record)
            case SetRecord():
                diary.add_set(record)
            case PainRating():
                diary.add_pain((record,))
            case SessionEnd():
                diary.add_end(record)
    for check in checks:
        diary.reminders.add_check(check, ())
    for test in tests:
        progress.add_test(test)
    return cast("OpenDiary", Lived(diary, progress))


def pieces(bundle: dict[str, Any]) -> list[Any]:
    """The resources as the library has them."""
    return [entry.resource for entry in Bundle.model_validate_json(json.dumps(bundle)).entry or ()]


def exported(diary: OpenDiary, folder: Path, name: str = "") -> dict[str, Any]:
    """The bundle of a diary as plain JSON, after the library has found nothing wrong with it."""
    path = folder / "history.json"
    FhirExport(FakeClock(r.at(60))).export(diary, path, name)
    text = path.read_text(encoding="utf-8")
    Bundle.model_validate_json(text)
    found: dict[str, Any] = json.loads(text)
    return found


def entries(bundle: dict[str, Any], kind: str = "Observation") -> list[dict[str, Any]]:
    """The resources of one kind."""
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


def code(concept: dict[str, Any]) -> str:
    """The first code of a concept."""
    return str(concept["coding"][0]["code"])


def parts(observation: dict[str, Any]) -> dict[str, Any]:
    """The values of the components by their code."""
    found = {}
    for part in observation.get("component", ()):
        (value,) = [part[key] for key in part if key.startswith("value")]
        found[code(part["code"])] = value
    return found
