"""A whole history as one FHIR bundle, read and written bit by bit: ten years need no more memory than a season."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import UTC, date, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from coach.domain.progress.period import SelfTest
from coach.domain.progress.span import Span
from coach.domain.records import PainRating, SessionSummary
from coach.errors import StorageError, place_reason
from coach.fsutil import replacing
from coach.reports import fhir
from coach.services.keeping import Contents, Exported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from coach.clock import Clock
    from coach.services.ports import OpenDiary

SEASON = timedelta(days=90)
"""So much is read at once."""
EVER = Span(date.min, date.max)
NOTHING = "There is nothing in the diary yet that FHIR has a place for. Nothing was written."


class FhirExport:
    """`coach.services.ports.FhirExport`: sessions, sets, ratings, checks and self-tests as they stand now."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def weigh(self, diary: OpenDiary) -> Contents:
        """How much an export would hold."""
        counts = _Counts()
        for record in _records(diary):
            counts.add(record)
        return counts.contents()

    def export(self, diary: OpenDiary, target: Path, name: str = "") -> Exported:
        """Write a bundle to `target`, replaced in one step; StorageError if that cannot be, and all is as it was."""
        try:
            target = Path(os.path.realpath(target))
            _refuse(target)
            with replacing(target) as file:
                contents = self._fill(file, diary, name)
        except OSError as error:
            raise StorageError(
                f"The export could not be written to {target}: {place_reason(error)}. Nothing was changed there. "
                "Mend that, or choose another place."
            ) from error
        return Exported(target, contents)

    def _fill(self, file: BinaryIO, diary: OpenDiary, name: str) -> Contents:
        counts = _Counts()
        records = _records(diary)
        first = next(records, None)
        if first is None:
            raise StorageError(NOTHING)
        who = fhir.patient_id(first)
        made = self._clock.now().astimezone(UTC).isoformat(timespec="seconds")
        file.write(f'{{"resourceType":"Bundle","type":"collection","timestamp":"{made}","entry":[\n'.encode())
        file.write(_entry(fhir.patient(who, name)))
        _write(file, fhir.code_system())
        for record in chain([first], records):
            counts.add(record)
            for resource in fhir.resources(record, who):
                _write(file, resource)
        file.write(b"\n]}\n")
        return counts.contents()


def _refuse(target: Path) -> None:
    if target.is_dir():
        raise StorageError(f"The export cannot be written to {target}: it is a folder. Name a file in it.")
    if target.exists() and target.suffix.lower() != ".json":
        raise StorageError(
            f"The export was not written: {target} is there already and is no .json file. Choose another name."
        )


def _records(diary: OpenDiary) -> Iterator[fhir.Record]:
    """Everything that counts now: sessions with all that belongs to them, then the rest, each by local date."""
    seasons = tuple(_seasons(diary.progress.extent()))
    for season in seasons:
        yield from reversed(diary.sessions(since=season.first, until=season.last))
    for season in seasons:
        yield from (rating for rating in diary.progress.ratings(season) if rating.session_id is None)
    yield from filter(fhir.is_told, reversed(diary.reminders.checks(date.min)))
    yield from diary.progress.tests(EVER)


def _seasons(extent: Span | None) -> Iterator[Span]:
    """All days there are, in pieces that hold little; the first and the last one have no end."""
    first = date.min
    if extent is not None:
        last = extent.first
        while extent.last - last > SEASON:
            last += SEASON
            yield Span(first, last)
            first = last + timedelta(days=1)
    yield Span(first, date.max)


def _write(file: BinaryIO, resource: fhir.Resource) -> None:
    file.write(b",\n" + _entry(resource))


def _entry(resource: fhir.Resource) -> bytes:
    entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()


class _Counts:
    """What went out, in the words of `Contents`."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()
        self._days: list[date] = []

    def add(self, record: fhir.Record) -> None:
        if isinstance(record, SessionSummary):
            day = record.start.stamp.local_date
            self._days = [min([day, *self._days]), max([day, *self._days])]
            self._rows["sessions"] += 1
            self._rows["sets"] += len(record.sets)
            self._rows["pain_ratings"] += len(record.pain)
        elif isinstance(record, PainRating):
            self._rows["pain_ratings"] += 1
        else:
            self._rows["self_tests" if isinstance(record, SelfTest) else "checks"] += 1

    def contents(self) -> Contents:
        first, last = self._days or (None, None)
        return Contents(dict(self._rows), first, last)


if TYPE_CHECKING:
    from coach.services import ports

    _fits: type[ports.FhirExport] = FhirExport
