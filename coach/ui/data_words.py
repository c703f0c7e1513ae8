"""The history as a whole in words: how much there is, when a backup was made and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTime

from coach.services.keeping import BackupReason
from coach.ui.i18n import tr, trn
from coach.ui.words import day_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

TOLD = ("sessions", "sets", "pain_ratings", "level_changes", "checks", "periods", "flags", "self_tests")
"""Tables whose rows a person knows of; the others only hold these together."""


def count_text(table: str, n: int) -> str:
    """`1 session`, `1,840 pain ratings`; for tables that nobody knows of, `3 other entries`."""
    count = number_text(n)
    match table:
        case "sessions":
            return trn("{count} session", "{count} sessions", n, count=count)
        case "sets":
            return trn("{count} set", "{count} sets", n, count=count)
        case "pain_ratings":
            return trn("{count} pain rating", "{count} pain ratings", n, count=count)
        case "level_changes":
            return trn("{count} level change", "{count} level changes", n, count=count)
        case "checks":
            return trn("{count} weekly or morning check", "{count} weekly and morning checks", n, count=count)
        case "periods":
            return trn("{count} flare or rest", "{count} flares and rests", n, count=count)
        case "flags":
            return trn("{count} answer about symptoms", "{count} answers about symptoms", n, count=count)
        case "self_tests":
            return trn("{count} self-test", "{count} self-tests", n, count=count)
        case _:
            return _other_count(table, n, count)


def _other_count(table: str, n: int, count: str) -> str:
    match table:
        case "reminders":
            return trn("{count} setting of a reminder", "{count} settings of reminders", n, count=count)
        case "reminder_entries":
            return trn("{count} line about a reminder", "{count} lines about reminders", n, count=count)
        case "clock_steps":
            return trn("{count} setting of the clock", "{count} settings of the clock", n, count=count)
        case "session_ends":
            return trn("{count} end of a session", "{count} ends of sessions", n, count=count)
        case "session_plans":
            return trn("{count} plan of a session", "{count} plans of sessions", n, count=count)
        case _:
            return trn("{count} other entry", "{count} other entries", n, count=count)


def number_text(n: int) -> str:
    """`1,840`, as the person's language writes it."""
    return QLocale().toString(n)


def rows_text(rows: Mapping[str, int], tables: Sequence[str] = TOLD) -> str:
    """`12 sessions, 140 sets and 36 pain ratings`: what there is of it, or `nothing`."""
    parts = [count_text(table, rows[table]) for table in tables if rows.get(table)]
    if not parts:
        others = sum(rows.values())
        return count_text("", others) if others else tr("nothing")
    if len(parts) == 1:
        return parts[0]
    return tr("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def sessions_text(rows: Mapping[str, int]) -> str:
    """`47 sessions and 212 pain ratings`, in short."""
    return rows_text(rows, ("sessions", "pain_ratings"))


def moment_text(moment: datetime, now: datetime) -> str:
    """`today, 18:40` or `Saturday 14 November, 21:04`; `now` is local, the moment is told on the same clocks."""
    here = moment.astimezone(now.tzinfo)
    return tr("{day}, {time}", day=long_day(here.date(), now.date()), time=time_text(here))


def long_day(day: date, today: date) -> str:
    """`today`, `yesterday`, `Saturday 14 November`, and the year where it is another one."""
    if day == today:
        return tr("today")
    if (today - day).days == 1:
        return tr("yesterday")
    return day_text(day, "dddd d MMMM" if day.year == today.year else "d MMMM yyyy")


def time_text(moment: datetime) -> str:
    """`18:40`, as the person's language writes it."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def capital(text: str) -> str:
    """The same at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def size_text(size: int) -> str:
    """`412 kB`."""
    return QLocale().formattedDataSize(size, 0, QLocale.DataSizeFormat.DataSizeSIFormat)


def reason_text(reason: BackupReason) -> str:
    """Why a backup was made."""
    return {
        BackupReason.SESSION: tr("after a session"),
        BackupReason.START: tr("when the program started"),
        BackupReason.MIGRATION: tr("before an update"),
        BackupReason.IMPORT: tr("before an import"),
        BackupReason.RESTORE: tr("before a restore"),
        BackupReason.ERASE: tr("before deleting"),
        BackupReason.ENCRYPTION: tr("before the lock was changed"),
        BackupReason.HAND: tr("made by you"),
    }[reason]
