"""The command line: a thin door that parses words, asks the services and prints the answer.

Exit codes: 0 done, 1 a known problem told in one plain line on stderr, 2 wrong usage. Nothing here loads Qt but the
commands that show something.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach import __version__
from coach.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from coach.bootstrap import Core
    from coach.domain.routine import Routine

SIZE_LIMITS = (320, 7680)
SECTIONS = ("programme", "adherence", "pain", "trends", "tests", "flags", "notes")


def run(argv: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    if argv[:1] == ["speak"]:
        # Not for people: how a frozen program starts its other half, which elsewhere is a file of its own.
        from coach.ui.session.speaker import main

        return main(list(argv[1:]))
    arguments = _plain_window(argv) or _parser().parse_args(
        argv, argparse.Namespace(profile=None, passphrase_file=None)
    )
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except KnownError as trouble:
        print(f"coach: {trouble}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader (head, less) has seen enough; do not let the interpreter complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _plain_window(argv: Sequence[str]) -> argparse.Namespace | None:
    """What the parser makes of the commonest start, `coach [--profile DIR]`, without building all of the parser."""
    if not argv:
        return argparse.Namespace(command=_window, profile=None, hidden=False)
    if len(argv) == 2 and argv[0] == "--profile" and not argv[1].startswith("-"):
        return argparse.Namespace(command=_window, profile=argv[1], hidden=False)
    return None


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--profile",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="the folder that holds everything of one person, or postgresql://user@host/database (or COACH_PROFILE)",
    )
    common.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="holds the passphrase of an encrypted diary (or COACH_PASSPHRASE)",
    )
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="print JSON")
    parser = argparse.ArgumentParser(
        prog="coach", description="A guided daily exercise coach that stays on your own computer.", parents=[common]
    )
    parser.add_argument("--version", action="version", version=f"Foot Coach {__version__}")
    parser.add_argument("--hidden", action="store_true", help="start into the tray, as at login, without a window")
    parser.set_defaults(command=_window)  # no default for --profile: a command would put it over the one before it
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, function: Callable[[argparse.Namespace], int], text: str, *parents: Any) -> Any:  # noqa: ANN401
        sub = commands.add_parser(name, help=text, description=text, parents=[common, *parents])
        sub.set_defaults(command=function)
        return sub

    add("today", _today, "today's routine and doses, and why", as_json)
    log = add("log", _log, "what was done", as_json)
    log.add_argument("--days", type=_positive, default=14, help="how many days back (14)")
    check = add("check", _check, "check exercise and routine files", as_json)
    check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files to check (all that are used)")
    demo = add("demo", _demo, "fill a scratch profile with sample history")
    demo.add_argument("--days", type=_positive, default=84, help="how many days of history (84)")
    people = add("people", _people, "whose diaries are on the server that --profile names", as_json)
    people.add_argument("--add", metavar="NAME", help="make an empty diary for a new person")
    _add_chores(add)
    _add_papers(add)
    _add_reminders(add, as_json)
    tour = add("tour", _tour, "guide a whole routine off screen and picture every screen")
    tour.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the pictures")
    tour.add_argument("--theme", choices=("light", "dark"), default="light")
    tour.add_argument("--size", type=_size, default=(1280, 800), metavar="WxH", help="window size (1280x800)")
    tour.add_argument("--lang", default="en", help="language of the screens (en)")
    tour.add_argument("--scale", type=float, default=1.0, metavar="F", help="text size, 1 to 2 (1)")
    preview = add("preview", _preview, "show an exercise file live, reloading it on save")
    preview.add_argument("file", type=Path, metavar="FILE")
    return parser


def _add_chores(add: Callable[..., Any]) -> None:
    """The commands that deal with the history as a whole."""
    sure = argparse.ArgumentParser(add_help=False)
    sure.add_argument("--yes", action="store_true", help="do it without asking")
    add("backup", _backup, "make a checked copy of the diary now")
    restore = add("restore", _restore, "list the backups, or put one in the place of the diary", sure)
    restore.add_argument("backup", nargs="?", metavar="BACKUP", help="its number in the list, or its path")
    export = add("export", _export, "say what is in the history, and write it to a file or a folder of tables")
    forms = "all of it in one file, or a table a file; or what other systems read (json)"
    export.add_argument("--format", choices=("json", "csv", "fhir"), default="json", help=forms)
    export.add_argument("--name", default="", metavar="NAME", help="your name, to stand in an export for other systems")
    export.add_argument("--dry-run", action="store_true", help="only say what would be in it")
    export.add_argument("--out", type=Path, metavar="PATH", help="where to (foot-coach-DATE in this folder)")
    take_in = add("import", _import, "say what an export would add, and add it", sure)
    take_in.add_argument("source", type=Path, metavar="PATH", help="a JSON export, a folder of tables or one of them")
    erase = add("erase", _erase, "erase one exercise, a range of days or everything", sure)
    erase.add_argument("--exercise", metavar="ID", help="everything about one exercise")
    erase.add_argument("--from", dest="first", type=_date, metavar="DATE", help="from this day on, such as 2026-11-01")
    erase.add_argument("--to", dest="last", type=_date, metavar="DATE", help="up to this day, included")
    erase.add_argument("--everything", action="store_true", help="the whole history")
    erase.add_argument("--backups-too", action="store_true", help="remove it from the backups as well")
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="print JSON")
    encrypt = add("encrypt", _encrypt, "lock the diary with a passphrase, unlock it, or change the passphrase")
    encrypt.add_argument("action", choices=("on", "off", "change"))
    encrypt.add_argument("--remember", action="store_true", help="let this computer's keyring remember it")
    encrypt.add_argument("--backups-too", action="store_true", help="rewrite the older backups likewise")
    encrypt.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="holds the new one, for `change`")
    add("doctor", _doctor, "look the diary over and say in plain words how it is", as_json)


def _add_papers(add: Callable[..., Any]) -> None:
    paper = argparse.ArgumentParser(add_help=False)
    paper.add_argument("--out", type=Path, metavar="PDF", help="where to (foot-coach-report-DATE.pdf in this folder)")
    paper.add_argument("--paper", choices=("a4", "letter"), default="a4", help="its size (a4)")
    paper.add_argument("--name", default="", metavar="NAME", help="your name, to stand on the paper")
    report = add("report", _report, "say what a report for a clinician holds, and write it as PDF", paper)
    report.add_argument("--from", dest="first", type=_date, metavar="DATE", help="first day (three months before --to)")
    report.add_argument("--to", dest="last", type=_date, metavar="DATE", help="last day, included (today)")
    parts = f"what is in it, with commas between: {', '.join(SECTIONS)}"
    report.add_argument("--sections", type=_sections, default=SECTIONS[:5], metavar="PARTS", help=f"{parts} (first 5)")
    report.add_argument("--with-flags", action="store_true", help="answers about worrying symptoms, too")
    report.add_argument("--with-notes", action="store_true", help="what you wrote after sessions, too")
    sheet = add("sheet", _sheet, "write the programme as PDF: figures, steps, doses and boxes to tick", paper)
    sheet.add_argument("--routine", metavar="ID", help="another routine than the one of the settings")


def _add_reminders(add: Callable[..., Any], as_json: argparse.ArgumentParser) -> None:
    told = "the reminders of the days ahead, and why each is or is not there"
    reminders = add("reminders", _reminders, told, as_json)
    reminders.add_argument("--days", type=_some_days, default=7, metavar="N", help="how many days, from today on (7)")
    reminders.add_argument("--past", type=_some_days, default=0, metavar="N", help="and what became of the last N days")
    reminders.add_argument("--ical", type=Path, metavar="FILE", help="write them as a calendar file instead")
    remind = add("remind", _remind, "ring in the window that is open")
    remind.add_argument("when", choices=("now",), help="the next routine's reminder, at once")


def _date(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a date such as 2026-11-01, is {text!r}") from None


def _sections(text: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(","))
    wrong = [part for part in found if part not in SECTIONS]
    if wrong:
        raise argparse.ArgumentTypeError(f"must be some of {', '.join(SECTIONS)}, is {wrong[0]!r}")
    return found


def _positive(text: str, most: int = 36_525) -> int:
    number = int(text)
    if not 1 <= number <= most:
        raise argparse.ArgumentTypeError(f"must be 1 to {most} days")
    return number


def _some_days(text: str) -> int:
    return _positive(text, 90)  # of the past, no more is asked about


def _size(text: str) -> tuple[int, int]:
    low, high = SIZE_LIMITS
    try:
        width, height = (int(part) for part in text.lower().split("x"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be WIDTHxHEIGHT such as 1280x800, is {text!r}") from None
    if not (low <= width <= high and low <= height <= high):
        raise argparse.ArgumentTypeError(f"each side must be {low} to {high} pixels, is {text}")
    return width, height


def _window(arguments: argparse.Namespace) -> int:
    from coach.app import run_window

    return run_window(arguments.profile, hidden=arguments.hidden)


def _tour(arguments: argparse.Namespace) -> int:
    if not 1.0 <= arguments.scale <= 2.0:
        raise KnownError(f"--scale must be 1 to 2, is {arguments.scale:g}.")
    from coach.tour import run_tour

    return run_tour(arguments.out, arguments.theme, arguments.size, arguments.scale, arguments.lang)


def _preview(arguments: argparse.Namespace) -> int:
    from coach.app import run_preview

    return run_preview(arguments.file)


def _today(arguments: argparse.Namespace) -> int:
    from coach.domain.records import Stamp
    from coach.domain.routine import with_levels
    from coach.listing import minutes

    core = _core(arguments)
    preferences, _ = core.preferences.load()
    catalogue = core.load_catalogue()
    if not catalogue.routines:
        raise KnownError("No routine could be read; run `coach check` to see why.")
    chosen = catalogue.routines.get(preferences.routine) or next(iter(catalogue.routines.values()))
    levels, latest = _levels_and_last_day(core)
    today = Stamp.of(core.clock.now(), core.zone()).local_date
    data = _routine_data(with_levels(chosen, levels, preferences.get_ready_s), levels) | {
        "date": today.isoformat(),
        "done_today": latest == today,
        "last_session": latest.isoformat() if latest else None,
    }
    if arguments.json:
        _print_json(data)
        return 0
    print(f"{today:%A %d %B}: {data['title']}, {minutes(data['seconds'])}")
    for item in data["exercises"]:
        print(f"  {item['title']:<24}{item['dose']:<22}{_clock(item['seconds']):>6}   {item['why']}")
    if latest == today:
        print("Already done today.")
    elif latest:
        print(f"Last session: {latest:%A %d %B}.")
    for problem in catalogue.problems:
        print(f"coach: left out: {problem}", file=sys.stderr)
    return 0


def _levels_and_last_day(core: Core) -> tuple[Mapping[str, int], date | None]:
    """The person's own levels and the day of the newest session; the diary is opened only if a glance cannot tell."""
    if glance := core.glance():
        return glance.levels, glance.last_day
    from coach.bootstrap import open_or_ask

    with closing(open_or_ask(core, reading=True)) as diary:
        latest = diary.sessions(limit=1)
        return diary.levels(), latest[0].start.stamp.local_date if latest else None


def _routine_data(routine: Routine, levels: Mapping[str, int]) -> dict[str, Any]:
    items = []
    for item in routine.items:
        own = levels.get(item.exercise.id)
        why = f"level {item.level}, {'chosen by you' if own == item.level else 'as the routine has it'}"
        items.append(
            {
                "id": item.exercise.id,
                "title": item.exercise.title,
                "level": item.level,
                "dose": _dose(item.dose.sets, item.dose.reps, item.dose.hold_s, item.dose.sides.value),
                "seconds": item.seconds,
                "why": why,
            }
        )
    return {"routine": routine.id, "title": routine.title, "seconds": routine.seconds, "exercises": items}


def _dose(sets: int, reps: int | None, hold_s: int | None, sides: str) -> str:
    return f"{sets} × {reps if reps is not None else f'{hold_s} s'}, {sides}"


def _log(arguments: argparse.Namespace) -> int:
    from datetime import timedelta

    from coach.bootstrap import open_or_ask
    from coach.domain.records import Stamp
    from coach.listing import print_session, session_data

    core = _core(arguments)
    today = Stamp.of(core.clock.now(), core.zone()).local_date
    with closing(open_or_ask(core, reading=True)) as diary:
        sessions = diary.sessions(since=today - timedelta(days=arguments.days - 1))
    if arguments.json:
        _print_json([session_data(session) for session in sessions])
        return 0
    if not sessions:
        print(f"Nothing was done in the last {arguments.days} days.")
    for session in sessions:
        print_session(session)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from coach.catalogue.check import check
    from coach.desktop.paths import resources

    files = arguments.files or sorted((resources() / "exercises").rglob("*.toml"))
    problems = check(files, resources() / "exercises")
    if arguments.json:
        _print_json([{"file": str(p.file), "line": p.line, "key": p.key, "reason": p.reason} for p in problems])
    else:
        for problem in problems:
            print(problem, file=sys.stderr)
        if not problems:
            print(f"{len(files)} {'file is' if len(files) == 1 else 'files are'} in order.")
    return 1 if problems else 0


def _people(arguments: argparse.Namespace) -> int:
    from coach.bootstrap import people_on
    from coach.desktop.paths import open_profile

    server = open_profile(arguments.profile).server
    if server is None:
        raise KnownError("A folder holds the diary of one person; name a server with --profile postgresql://...")
    people = people_on(server)
    if arguments.add is not None:
        people.add(arguments.add)
    names = people.names()
    if arguments.json:
        _print_json(list(names))
        return 0
    for name in names:
        print(name)
    return 0


def _demo(arguments: argparse.Namespace) -> int:
    if arguments.profile is None:
        raise KnownError("Sample history never goes into your own diary: name a scratch folder with --profile DIR.")
    from coach.bootstrap import fill_with_demo

    core = _core(arguments)
    sessions = fill_with_demo(core, arguments.days, reminder=True)
    print(f"Wrote {sessions} sessions over {arguments.days} days to {core.server or core.folder}.")
    return 0


def _core(arguments: argparse.Namespace) -> Core:
    from coach.bootstrap import open_core

    return open_core(arguments.profile, passphrase_file=arguments.passphrase_file)


def _backup(arguments: argparse.Namespace) -> int:
    from coach import chores

    return chores.back_up(_core(arguments))


def _restore(arguments: argparse.Namespace) -> int:
    from coach import chores

    return chores.restore(_core(arguments), arguments.backup, yes=arguments.yes)


def _export(arguments: argparse.Namespace) -> int:
    from coach import chores
    from coach.domain.records import Stamp
    from coach.services.keeping import ExportFormat

    core, form = _core(arguments), ExportFormat(arguments.format)
    today = Stamp.of(core.clock.now(), core.zone()).local_date
    ending = {ExportFormat.JSON: ".json", ExportFormat.CSV: "", ExportFormat.FHIR: "-fhir.json"}
    out = (arguments.out or Path(f"foot-coach-{today}{ending[form]}")).absolute()
    return chores.export(core, form, out, name=arguments.name, only_say=arguments.dry_run)


def _report(arguments: argparse.Namespace) -> int:
    from coach import papers
    from coach.services.report import Paper, ReportChoice, Section

    core = _core(arguments)
    wanted = {Section(part) for part in arguments.sections}
    wanted |= {Section.FLAGS} if arguments.with_flags else set()
    wanted |= {Section.NOTES} if arguments.with_notes else set()
    span = papers.span_of(core, arguments.first, arguments.last)
    choice = ReportChoice(span, frozenset(wanted), Paper(arguments.paper), arguments.name)
    return papers.report(core, choice, arguments.out)


def _sheet(arguments: argparse.Namespace) -> int:
    from coach import papers
    from coach.services.report import Paper

    return papers.sheet(_core(arguments), arguments.routine, Paper(arguments.paper), arguments.name, arguments.out)


def _import(arguments: argparse.Namespace) -> int:
    from coach import chores

    return chores.take_in(_core(arguments), arguments.source.absolute(), yes=arguments.yes)


def _erase(arguments: argparse.Namespace) -> int:
    from coach import chores

    scope = chores.scope_of(arguments.exercise, arguments.first, arguments.last, everything=arguments.everything)
    return chores.erase(_core(arguments), scope, backups_too=arguments.backups_too, yes=arguments.yes)


def _doctor(arguments: argparse.Namespace) -> int:
    from coach import chores

    return chores.doctor(_core(arguments), as_json=arguments.json)


def _reminders(arguments: argparse.Namespace) -> int:
    from coach import agenda

    core = _core(arguments)
    if arguments.ical is not None:
        return agenda.write_calendar(core, arguments.ical.absolute())
    return agenda.show(core, arguments.days, arguments.past, as_json=arguments.json)


def _remind(arguments: argparse.Namespace) -> int:
    from coach import agenda

    return agenda.ring_now(_core(arguments))


def _encrypt(arguments: argparse.Namespace) -> int:
    from coach import chores

    core, file, backups_too = _core(arguments), arguments.passphrase_file, arguments.backups_too
    if arguments.action == "off":
        return chores.decrypt(core, file, backups_too=backups_too)
    if arguments.action == "on":
        return chores.encrypt(core, file, remember=arguments.remember, backups_too=backups_too)
    return chores.change_passphrase(
        core, file, arguments.new_passphrase_file, remember=arguments.remember, backups_too=backups_too
    )


def _print_json(data: Any) -> None:  # noqa: ANN401
    import json

    print(json.dumps(data, indent=2, ensure_ascii=False))


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
