"""The composition root, without Qt: builds the real adapters and hands them out.

Opening a `Core` touches only folders and settings, so that a window can be painted first; the catalogue and the diary
are loaded when asked for, on whatever thread asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from coach.clock import Clock
    from coach.desktop.bus import Bus
    from coach.desktop.loop import Loop
    from coach.desktop.paths import Profile
    from coach.desktop.waking import Waking
    from coach.reports.bundle import FhirExport
    from coach.services.keeping import Report
    from coach.services.ports import (
        AlarmClock,
        Autostart,
        Catalogue,
        Computer,
        Notifier,
        PreferenceStore,
        Rescue,
        Ring,
    )
    from coach.services.servers import Address, People
    from coach.services.unsaved import Entry
    from coach.storage.diary import SqlDiary
    from coach.storage.sqlite.glance import Glance
    from coach.storage.sqlite.vault import SqliteVault

ON_A_SERVER = "The diary is on a server. Whoever looks after it can encrypt its disk."
TRIES = 3
"""So often is a passphrase asked for at the terminal."""


@dataclass(frozen=True, slots=True)
class Core:
    """Everything the doors need, none of it opened yet."""

    profile: Profile
    clock: Clock
    zone: Callable[[], str]
    preferences: PreferenceStore
    vault: SqliteVault

    @property
    def folder(self) -> Path:
        """The folder that holds everything of one person."""
        return self.profile.data

    @property
    def server(self) -> str:
        """Where the diary is if not in the folder, as shown to people; empty for the folder."""
        return self.profile.server.shown if self.profile.server else ""

    def load_catalogue(self) -> Catalogue:
        """Read all exercise and routine files: ours, then the person's own."""
        from coach.catalogue.loader import load_catalogue
        from coach.desktop.paths import resources

        return load_catalogue([resources() / "exercises", self.folder / "exercises"])

    def glance(self) -> Glance | None:
        """What the diary says at first sight, long before it is open; None where only opening it can tell."""
        from coach.storage.sqlite.glance import glance

        return glance(self.folder, self.vault.known)

    def open_diary(self, *, reading: bool = False) -> SqlDiary:
        """Open, and if need be create or migrate, the database; raises StorageError.

        For `reading`, while another process may have it open to write.
        """
        from coach.desktop.places import is_remote
        from coach.storage.diary import open_diary

        if self.profile.server is not None:
            return open_diary(self.profile.server, self.clock, folder=self.folder)
        return open_diary(
            self.folder, self.clock, reading=reading, remote=is_remote(self.folder), keys=self.vault.key_for
        )

    def place_warning(self) -> str:
        """A sentence when another program or computer has a hand in the folder of the diary; empty otherwise."""
        from coach.desktop.places import synced_or_remote

        return "" if self.profile.server is not None else synced_or_remote(self.folder)

    def examine(self) -> Report:
        """How the diary and its backups are, in plain words; while this process does not have it open."""
        if self.profile.server is not None:
            from contextlib import closing

            from coach.storage.server.facts import examine
            from coach.storage.server.opening import open_person

            with closing(open_person(self.profile.server)) as database:
                return examine(database, self.profile.server.shown)
        from coach.storage.sqlite.doctor import examine as examine_folder

        return examine_folder(self.folder, self.clock.now(), self.place_warning(), keys=self.vault.key_for)

    def rescue(self) -> Rescue:
        """What can be done with a diary that is closed or cannot be opened."""
        if self.profile.server is not None:
            from coach.storage.server.rescue import ServerRescue

            return ServerRescue(self.profile.server, self.folder, self.clock)
        from coach.storage.sqlite.rescue import SqliteRescue

        return SqliteRescue(self.folder, self.clock, keys=self.vault.key_for)

    def put_by(self, entries: Sequence[Entry], folder: Path | None = None) -> Path:
        """Keep entries that the diary could not take in a file, for its next opening; says where. KnownError if not."""
        from coach.errors import KnownError, os_reason
        from coach.fsutil import atomic_write
        from coach.storage.journal import UNSAVED, to_lines
        from coach.storage.sqlite import envelope

        path = (folder or self.folder) / UNSAVED
        key = self.vault.key_of_diary()
        try:
            earlier = envelope.take(path, self.vault.known) if path.exists() else b""
            if key is None:
                atomic_write(path, earlier + to_lines(entries))
            else:
                envelope.put(path, earlier + to_lines(entries), key)
        except OSError as error:
            raise KnownError(
                f"What your diary could not take cannot be kept in {path} either: {os_reason(error)}."
            ) from error
        return path

    @property
    def fhir(self) -> FhirExport:
        """The history for other systems."""
        from coach.reports.bundle import FhirExport

        return FhirExport(self.clock)

    def new_ids(self) -> Callable[[], UUID]:
        """Where ids of new records come from."""
        from coach.storage.ids import id_source

        return id_source(self.clock)


class ThisDesktop:
    """`coach.services.ports.Desktop` on the real computer. Nothing is loaded, and no thread runs, before it is asked.

    One thread of its own speaks to the desktop for all of them.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._loop: Loop | None = None
        self._buses: tuple[Bus, Bus] | None = None
        self._waking: Waking | None = None

    def alarm(
        self, plan: Callable[[datetime, str], Mapping[UUID, datetime]], listen: Callable[[Ring], None]
    ) -> AlarmClock:
        """An alarm clock that also hears from the system when the computer wakes up."""
        from coach.desktop.waking import Waking
        from coach.reminders.alarm import Alarm

        alarm = Alarm(self._core.clock, self._core.zone, plan, listen)
        loop, _, system = self._parts()
        self._waking = Waking(loop, system, alarm.look)
        self._waking.start()
        return alarm

    def notifier(self) -> Notifier:
        """The desktop's own notifications."""
        from coach.desktop.notices import desktop_notices
        from coach.desktop.paths import resources

        loop, session, _ = self._parts()
        return desktop_notices(loop, session, resources() / "assets" / "app" / "icon-256.png")

    def computer(self) -> Computer:
        """What goes on here."""
        from coach.desktop.surroundings import open_computer

        return open_computer(*self._parts())

    def autostart(self) -> Autostart:
        """Whether this program starts, hidden, for this person when they log in."""
        from coach.desktop.autostart import open_autostart

        loop, session, _ = self._parts()
        return open_autostart(self._core.profile, loop, session)

    def rest(self) -> None:
        """Give back the memory that nobody needs while nothing is shown."""
        from coach.desktop.memory import rest

        rest()

    def stop(self) -> None:
        """End the thread."""
        if self._waking is not None:
            self._waking.stop()
        if self._loop is not None:
            self._loop.stop()

    def _parts(self) -> tuple[Loop, Bus, Bus]:
        from coach.desktop.bus import Bus
        from coach.desktop.loop import Loop

        if self._loop is None or self._buses is None:
            self._loop = Loop()
            self._buses = Bus(self._loop), Bus(self._loop, system=True)
        return self._loop, *self._buses


def open_core(
    profile: str | Path | None = None, clock: Clock | None = None, passphrase_file: Path | None = None
) -> Core:
    """The core of one person's profile; raises KnownError when it cannot be used, or it is not clear whose it is.

    `passphrase_file` holds the passphrase of an encrypted diary; without it, COACH_PASSPHRASE may.
    """
    from coach.desktop.paths import open_profile

    opened = open_profile(profile)
    return core_of(opened if opened.is_chosen else _of_the_only_person(opened), clock, passphrase_file)


def core_of(profile: Profile, clock: Clock | None = None, passphrase_file: Path | None = None) -> Core:
    """The core of a folder that was opened before."""
    from coach.desktop.keys import DesktopKeyring
    from coach.desktop.passphrase import given
    from coach.desktop.settings import TomlPreferences
    from coach.desktop.zone import local_zone
    from coach.storage.sqlite.vault import SqliteVault

    clock = clock or SystemClock()
    elsewhere = ON_A_SERVER if profile.server is not None else ""
    vault = SqliteVault(profile.data, clock, DesktopKeyring(), given(passphrase_file), elsewhere)
    return Core(profile, clock, local_zone, TomlPreferences(profile.settings), vault)


def open_or_ask(core: Core, *, reading: bool = False) -> SqlDiary:
    """Open the diary for a command; where it is locked and no passphrase was given, ask at the terminal.

    Raises:
        KnownError: it cannot be opened, nobody is there to ask, or three passphrases were wrong.
    """
    from coach.desktop.passphrase import ask
    from coach.errors import Damage, DamagedDiaryError

    for _ in range(TRIES):
        try:
            return core.open_diary(reading=reading)
        except DamagedDiaryError as error:
            if error.damage is not Damage.SEALED:
                raise
        core.vault.offer(ask("Passphrase of the diary"))
    return core.open_diary(reading=reading)


def people_on(server: Address) -> People:
    """Whose diaries are on a server; raises StorageError where its driver is not installed."""
    from coach.storage.server.people import ServerPeople

    return ServerPeople(server)


def _of_the_only_person(profile: Profile) -> Profile:
    from coach.errors import KnownError

    server = profile.server
    names = people_on(server).names() if server is not None else ()
    if len(names) == 1:
        return profile.of(names[0])
    if not names:
        raise KnownError("Nobody has a diary on that server yet. Add a person with `coach people --add NAME`.")
    raise KnownError(f"Say whose diary is meant, with ?person=NAME in the address: {', '.join(names)}.")


def fill_with_demo(core: Core, days: int, *, reminder: bool = False) -> int:
    """Write sample history up to today into a folder without any; returns the number of sessions.

    Args:
        core: the folder.
        days: how far back the history begins.
        reminder: with one from the first day on, so that it is known which days were planned.

    Raises:
        KnownError: the folder already holds a history, or no routine could be read.
    """
    from contextlib import closing

    from coach.domain.records import Stamp
    from coach.domain.reminders.ledger import ClockStep
    from coach.errors import KnownError
    from coach.services.demo import demo_history, demo_marks, write

    routines = core.load_catalogue().routines
    if not routines:
        raise KnownError("No routine could be read; run `coach check` to see why.")
    routine = next(iter(routines.values()))
    now = Stamp.of(core.clock.now(), core.zone())
    asked = routine, now.local_date, now.zone, days
    with closing(core.open_diary()) as diary:
        if diary.sessions(limit=1):
            raise KnownError(f"{core.server or core.folder} already holds a history. Name an empty one with --profile.")
        with diary.together():  # one wait for the disk instead of thousands
            sessions = write(diary, demo_history(*asked))
            marks = demo_marks(*asked)
            for flare in marks.flares:
                diary.progress.add_period(flare)
            for test in marks.tests:
                diary.progress.add_test(test)
            if reminder:
                diary.reminders.keep_rule(*marks.reminder)
                # as when the clock is set: nothing from before was missed
                diary.reminders.add_clock_step(ClockStep(now.at, now.at), now)
            return sessions
