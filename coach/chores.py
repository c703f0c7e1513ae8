"""The command line's work on the history as a whole: backups, restoring, export, import, erasing, a check-up.

Reading doors (backup, export, doctor) work beside an open window. What changes the history as a whole needs the folder
for itself, says first what it would do, and asks once; without anybody to ask, only `--yes` does it.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from coach.bootstrap import open_or_ask
from coach.desktop.passphrase import ask, ask_twice, given
from coach.domain.passphrase import LEAST, Strength, strength
from coach.errors import KnownError
from coach.services.keeping import BackupReason, Days, Everything, ExportFormat, OneExercise, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from coach.bootstrap import Core
    from coach.services.keeping import Backup, Contents, ImportPreview, Scope, SealChange

NOTHING_DONE = "Nothing was changed."
FOR_OTHERS = (
    "It is for other systems: what counts now, without corrected entries, levels, reminders, flares and answers about "
    "symptoms. Foot Coach cannot read it back."
)
FORGOTTEN = (
    "Nobody can open it without the passphrase: not you, not we. Write it down, or keep an unencrypted export in a "
    "safe place."
)
_TABLES = {  # in the order in which they are told
    "sessions": ("session", "sessions"),
    "sets": ("set", "sets"),
    "pain_ratings": ("pain rating", "pain ratings"),
    "level_changes": ("change of level", "changes of level"),
    "session_plans": ("change of plan", "changes of plan"),
    "session_ends": ("end of a session", "ends of sessions"),
    "checks": ("weekly or morning check", "weekly and morning checks"),
    "periods": ("flare or rest", "flares and rests"),
    "flags": ("answer about symptoms", "answers about symptoms"),
    "self_tests": ("self-test", "self-tests"),
    "reminders": ("setting of a reminder", "settings of reminders"),
    "reminder_entries": ("line about a reminder", "lines about reminders"),
    "clock_steps": ("setting of the clock", "settings of the clock"),
}


def back_up(core: Core) -> int:
    """`coach backup`: make a checked copy now."""
    with closing(open_or_ask(core, reading=True)) as diary:
        backup = diary.archive.back_up(BackupReason.HAND)
        print(f"Backed up {in_words(diary.archive.contents())} to {backup.path}.")
    return 0


def restore(core: Core, wanted: str | None, *, yes: bool) -> int:
    """`coach restore [BACKUP]`: put a backup in the diary's place, or list what there is."""
    rescue = core.rescue()
    if wanted is None:
        _list_backups(core, rescue.backups())
        return 0
    path = _named(rescue.backups(), wanted)
    with _alone(core):
        print(f"{path} holds {in_words(rescue.look_into(path))}.")
        if not _agreed("Put it in the place of the diary? What is there now is kept aside.", yes=yes):
            return 0
        restored = rescue.restore(path)
    print(f"The diary is back: {in_words(restored.contents)}.")
    if any(restored.rescued.values()):
        print(f"Saved from the damaged file besides: {counted(restored.rescued)}.")
    if restored.put_aside is not None:
        print(f"The file as it was is kept as {restored.put_aside}.")
    return 0


def export(core: Core, form: ExportFormat, out: Path, *, name: str = "", only_say: bool = False) -> int:
    """`coach export`: say what is in it, then write it to a file or a folder of tables."""
    fhir = core.fhir if form is ExportFormat.FHIR else None
    if name and fhir is None:
        raise KnownError("A name goes into an export of the form fhir alone; leave out --name, or add --format fhir.")
    with closing(open_or_ask(core, reading=True)) as diary:
        contents = fhir.weigh(diary) if fhir else diary.archive.contents()
        print(f"This holds {counted(contents.rows)}{_span(contents)}, with your notes.")
        print(FOR_OTHERS if fhir else "It is complete: nothing of the history is left out.")
        print("It is not encrypted: it is readable by whoever has it.")
        if only_say:
            return 0
        exported = fhir.export(diary, out, name) if fhir else diary.archive.export(out, form)
    print(f"Wrote {in_words(exported.contents)} to {exported.path}.")
    return 0


def take_in(core: Core, source: Path, *, yes: bool) -> int:
    """`coach import`: say what an export would bring, then add it."""
    with _alone(core), closing(open_or_ask(core)) as diary:
        preview = diary.archive.preview(source)
        _print_preview(preview)
        if not any(preview.new.rows.values()):
            return 0
        if not _agreed("Add what is new?", yes=yes):
            return 0
        imported = diary.archive.take_in(preview)
    print(f"Added {counted(imported.added.rows)}.")
    if imported.backup is not None:
        print(f"How it was before is kept as {imported.backup.path}.")
    return 0


def erase(core: Core, scope: Scope, *, backups_too: bool, yes: bool) -> int:
    """`coach erase`: erase one exercise, a range of days or everything."""
    with _alone(core), closing(open_or_ask(core)) as diary:
        weighed = diary.archive.weigh(scope)
        if not any(weighed.rows.values()) and not backups_too:
            print("There is nothing of that in the diary.")
            return 0
        print(f"This erases {counted(weighed.rows)}.")
        kept = "All backups go too, so it cannot be undone." if backups_too else "A backup is made first."
        if not _agreed(f"{kept} Erase it?", yes=yes):
            return 0
        erased = diary.archive.erase(scope, backups_too=backups_too)
    print(f"Erased {counted(erased.contents.rows)}.")
    if erased.backup is not None:
        print(f"How it was before is kept as {erased.backup.path}.")
    for sentence in erased.remains:
        print(sentence)
    return 0


def scope_of(exercise: str | None, first: date | None, last: date | None, *, everything: bool) -> Scope:
    """What `coach erase` is to erase; KnownError unless exactly one thing is named."""
    days = first is not None or last is not None
    if [exercise is not None, days, everything].count(True) != 1:
        raise KnownError("Say what to erase: --exercise ID, or --from DATE --to DATE, or --everything.")
    if exercise is not None:
        return OneExercise(exercise)
    if everything:
        return Everything()
    if first is None or last is None or last < first:
        raise KnownError("A range of days needs --from and --to, the earlier one first, such as 2026-11-01.")
    return Days(first, last)


def doctor(core: Core, *, as_json: bool) -> int:
    """`coach doctor`: how the diary is, in plain words; the exit code is 1 when something is wrong."""
    report = core.examine()
    if as_json:
        print(json.dumps([asdict(finding) for finding in report.findings], indent=2, ensure_ascii=False))
    else:
        for finding in report.findings:
            print(f"{finding.verdict.upper():<5}{finding.topic}: {finding.sentence}")
    return 1 if report.worst is Verdict.BAD else 0


def encrypt(core: Core, passphrase_file: Path | None, *, remember: bool, backups_too: bool) -> int:
    """`coach encrypt on`: the new passphrase comes from the file, COACH_PASSPHRASE, or is asked for twice."""
    new = given(passphrase_file) or ask_twice("New passphrase", "The same once more")
    _require_good(new)
    with _alone(core):
        _print_seal("encrypted", core.vault.seal(new, remember=remember, backups_too=backups_too))
    print(FORGOTTEN)
    return 0


def decrypt(core: Core, passphrase_file: Path | None, *, backups_too: bool) -> int:
    """`coach encrypt off`; otherwise like `encrypt`."""
    passphrase = given(passphrase_file) or ask("Passphrase of the diary")
    with _alone(core):
        _print_seal("no longer encrypted", core.vault.unseal(passphrase, backups_too=backups_too))
    return 0


def change_passphrase(
    core: Core, passphrase_file: Path | None, new_passphrase_file: Path | None, *, remember: bool, backups_too: bool
) -> int:
    """`coach encrypt change`; the new passphrase comes from a file of its own, or is asked for twice."""
    old = given(passphrase_file) or ask("Passphrase until now")
    new = given(new_passphrase_file, {}) or ask_twice("New passphrase", "The same once more")
    _require_good(new)
    with _alone(core):
        change = core.vault.change(old, new, remember=remember, backups_too=backups_too)
        _print_seal("encrypted with the new passphrase", change)
    print(FORGOTTEN)
    return 0


def _require_good(passphrase: str) -> None:
    if strength(passphrase) is Strength.SHORT:
        raise KnownError(f"A passphrase needs at least {LEAST} characters, and not a few over and over. {NOTHING_DONE}")


def _print_seal(how: str, change: SealChange) -> None:
    print(f"The diary is {how}. How it was before is kept as {change.backup.path}.")
    if change.backups_changed:
        print(f"Older backups rewritten likewise: {change.backups_changed}.")
    for sentence in change.remains:
        print(sentence)


def in_words(contents: Contents) -> str:
    """`212 sessions and 1,840 pain ratings from 3 March 2024 to 26 November 2026`."""
    said = f"{_number(contents.sessions, 'sessions')} and {_number(contents.ratings, 'pain_ratings')}"
    return said + _span(contents)


def _span(contents: Contents) -> str:
    """` from 3 March 2024 to 26 November 2026`, or nothing where there is no session."""
    if contents.first_day is None or contents.last_day is None:
        return ""
    if contents.first_day == contents.last_day:
        return f" of {_day(contents.first_day)}"
    return f" from {_day(contents.first_day)} to {_day(contents.last_day)}"


def counted(rows: Mapping[str, int]) -> str:
    """`2 sessions, 40 sets and 1 pain rating`; `nothing` for none."""
    ordered = sorted(
        rows.items(), key=lambda item: list(_TABLES).index(item[0]) if item[0] in _TABLES else len(_TABLES)
    )
    said = [_number(count, table) for table, count in ordered if count]
    if not said:
        return "nothing"
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _number(count: int, table: str) -> str:
    one, many = _TABLES.get(table, (f"entry of {table}", f"entries of {table}"))
    return f"{count:,} {one if count == 1 else many}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _list_backups(core: Core, backups: tuple[Backup, ...]) -> None:
    if not backups:
        print("There is no backup yet. `coach backup` makes one.")
    for number, backup in enumerate(backups, 1):
        print(
            f"{number:>3}  {_local(core, backup.made):%a %d %b %Y %H:%M}  {backup.reason.value:<11}{backup.path.name}"
        )
    if backups:
        print("`coach restore NUMBER` (or the path of a backup) puts one in the place of the diary.")


def _local(core: Core, instant: datetime) -> datetime:
    from zoneinfo import ZoneInfo

    return instant.astimezone(ZoneInfo(core.zone()))


def _named(backups: tuple[Backup, ...], wanted: str) -> Path:
    from pathlib import Path

    if wanted.isdecimal():
        if not 1 <= int(wanted) <= len(backups):
            raise KnownError(f"There is no backup {wanted}; `coach restore` lists them.")
        return backups[int(wanted) - 1].path
    path = Path(wanted).absolute()
    if not path.exists():
        raise KnownError(f"There is no backup {path}; `coach restore` lists those of this diary.")
    return path


def _print_preview(preview: ImportPreview) -> None:
    known = sum(preview.known.values())
    print(f"{preview.source}: {counted(preview.new.rows)} new, {known:,} here already, {preview.left_out:,} left out.")
    for left in preview.left:
        print(f"  left out: {_number(left.count, left.table)}: {left.reason} ({', '.join(left.where)})")


@contextmanager
def _alone(core: Core) -> Iterator[None]:
    """Nobody else has the folder meanwhile; KnownError while the window is open."""
    from coach.ui.single import SingleWindow

    lock = SingleWindow(core.folder)
    if not lock.hold():
        raise KnownError("Foot Coach is open on this diary. Close its window and try again.")
    try:
        yield
    finally:
        lock.release()


def _agreed(question: str, *, yes: bool) -> bool:
    """Whether the person says yes; without anybody to ask, the answer is no, and it says so."""
    if yes:
        return True
    if not sys.stdin.isatty():
        print(f"{NOTHING_DONE} Repeat it with --yes to do it.")
        return False
    if input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}:
        return True
    print(NOTHING_DONE)
    return False
