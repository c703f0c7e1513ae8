"""The window's door: shows an empty window first, brings in everything else after, and ends in order."""

from __future__ import annotations

import gc
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from coach.errors import KnownError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from coach.desktop.paths import Profile
    from coach.ui.conductor import Conductor
    from coach.ui.hooks import Teller
    from coach.ui.shell import Shell
    from coach.ui.single import SingleWindow

TIDY_AFTER_MS = 1000
"""From the first reading of the diary to the tidying up: nothing else is going on by then."""


def run_window(profile: str | Path | None, *, hidden: bool = False) -> int:
    """Show the window until it is closed; returns the exit code. `hidden` starts into the tray, without a window.

    Raises:
        KnownError: there is no display, Qt cannot be loaded, or the folder cannot be used.
    """
    require_display()
    # Nearly all that a start makes will stay, so searching it for garbage only takes time: one part in 25 until Start
    # works, and half a frame at a time when the diary is being opened. `_tidy` makes up for it.
    gc.disable()
    try:
        return _start(profile, hidden=hidden)
    finally:
        gc.enable()


def _start(profile: str | Path | None, *, hidden: bool) -> int:
    from coach.desktop.paths import open_profile

    opened = open_profile(profile)
    application = make_application()
    if opened.server is not None and not (opened.is_chosen and opened.logs.exists()):
        # Not known whose it is, or never been here: the server is asked before the person's window comes.
        chosen = _choose_person(application, opened)
        if chosen is None:
            return 0
        opened = chosen
    from coach.ui.single import SingleWindow

    single = SingleWindow(opened.lock_folder)
    if not single.acquire():
        return 0
    try:
        return _run(application, opened, single, hidden=hidden)
    finally:
        single.release()


def _choose_person(application: QApplication, profile: Profile) -> Profile | None:
    """The profile of the person who exercises; None where the window was closed instead."""
    from coach.bootstrap import people_on
    from coach.desktop.paths import resources
    from coach.desktop.settings import TomlPreferences
    from coach.ui.background import ThreadWorker
    from coach.ui.hooks import Terminator
    from coach.ui.place import IniPlaces
    from coach.ui.theme.look import Look
    from coach.ui.who import WhoWindow

    if profile.server is None:
        return profile
    everybody = profile.everybody
    look = Look(resources() / "assets")
    # In the colours and the size of text of whoever was here last: it may be the only size they can read.
    look.apply(TomlPreferences(everybody.newest_settings).load()[0])
    names: list[str] = []
    with ExitStack() as at_end:
        worker = ThreadWorker("people")
        at_end.callback(worker.stop)
        terminator = Terminator()
        at_end.callback(terminator.close)
        window = WhoWindow(look, worker, profile.server, people_on, IniPlaces(everybody.data / "window.ini"))
        at_end.callback(window.deleteLater)
        terminator.asked.connect(window.close)
        window.decided.connect(names.append)
        window.appear()
        window.ask()
        application.exec()
    look.deleteLater()
    return everybody.of(names[0]) if names else None


def require_display() -> None:
    """Refuse in one sentence what Qt would answer by ending the process."""
    from coach.desktop.display import why_no_display

    trouble = why_no_display()
    if trouble:
        raise KnownError(f"{trouble} Without one, `coach tour --out DIR` guides a whole routine into pictures.")


def make_application() -> QApplication:
    """The one Qt application; KnownError when a system library that Qt needs is missing."""
    try:
        _spare_sources()
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise KnownError(
            f"Qt cannot be loaded: {error}. On Debian and Ubuntu `./dev run` installs what is missing."
        ) from error
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication(["coach", "-style", "fusion"])
    application.setApplicationName("foot-coach")
    application.setApplicationDisplayName("Foot Coach")
    application.setDesktopFileName("foot-coach")
    return application


def _spare_sources() -> None:
    """Keep PySide from reading the source of every module that is imported after it.

    It looks there for its own name, so that `from __feature__ import ...` reaches only modules that use it. Nothing
    here does, and Python keeps what was read: 17 MB, in small pieces between all that stays, so that they never come
    back.
    """
    import importlib
    import linecache

    importlib.import_module("shiboken6")  # brings the other, from within its library
    with suppress(ModuleNotFoundError):  # another release, which may have got over it
        feature = importlib.import_module("shibokensupport.feature")
        if hasattr(feature, "_mod_uses_pyside"):
            vars(feature)["_mod_uses_pyside"] = lambda _module: True
    linecache.clearcache()


def _run(application: QApplication, profile: Profile, single: SingleWindow, *, hidden: bool) -> int:
    """The empty window, and what fills it as soon as it has been painted, or at once where nobody is to see it."""
    from PySide6.QtCore import QTimer

    from coach.desktop.crash import CrashGuard
    from coach.ui.hooks import FirstPaint, Teller, trace
    from coach.ui.place import IniPlaces
    from coach.ui.shell import Shell

    teller = Teller()
    guard = CrashGuard(teller.tell)
    guard.install()
    trouble: list[Exception] = []
    with ExitStack() as at_end:
        at_end.callback(guard.uninstall)
        shell = Shell(places=IniPlaces(profile.data / "window.ini"))
        _fill_empty(application, shell.ground or _first_ground(profile, dark=shell.system_dark))

        def painted() -> None:
            trace("first_paint")
            try:
                _fill(application, profile, single, shell, teller, at_end, hidden=hidden)
            except Exception as error:  # noqa: BLE001 - whatever it is, an empty window must not stay behind
                trouble.append(error)
                application.exit(1)

        if hidden:
            QTimer.singleShot(0, painted)
        else:
            FirstPaint(shell, painted)
            shell.appear()
        code = application.exec()
    if trouble:
        raise trouble[0]
    return code


def _fill_empty(application: QApplication, color: str) -> None:
    """Give the empty window the colour of the pages, so that nothing flashes when they come."""
    from PySide6.QtGui import QColor, QPalette

    palette = application.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(color))
    application.setPalette(palette)


def _first_ground(profile: Profile, *, dark: bool) -> str:
    """The colour of the pages where none is remembered: from settings and theme, which takes a little longer."""
    from coach.desktop.paths import resources
    from coach.desktop.settings import TomlPreferences
    from coach.domain.preferences import ThemeChoice
    from coach.ui.theme.tokens import load_theme

    choice = TomlPreferences(profile.settings).load()[0].theme
    name = ("dark" if dark else "light") if choice is ThemeChoice.SYSTEM else choice.value
    return load_theme(resources() / "assets" / "themes" / f"{name}.toml").bg


def _fill(
    application: QApplication,
    profile: Profile,
    single: SingleWindow,
    shell: Shell,
    teller: Teller,
    at_end: ExitStack,
    *,
    hidden: bool,
) -> None:
    """Everything behind the window. What has to be released is noted in `at_end`, which releases the last first."""
    from coach.bootstrap import ThisDesktop, core_of
    from coach.desktop.logs import Log
    from coach.desktop.paths import resources
    from coach.ui.background import ThreadWorker
    from coach.ui.conductor import Conductor
    from coach.ui.hooks import trace
    from coach.ui.session.sound import QtAnnouncer
    from coach.ui.theme.look import Look

    log = Log(profile.logs)
    log.start()
    log.catch_crashes()
    at_end.callback(log.close)
    core = core_of(profile)
    assets = resources() / "assets"
    preferences, notes = core.preferences.load()
    look = Look(assets)
    look.apply(preferences)
    worker = ThreadWorker()
    at_end.callback(worker.stop)
    conductor = Conductor(
        core,
        look,
        worker,
        QtAnnouncer(assets / "sounds"),
        preferences,
        assets=assets,
        notes=(*notes, *([log.problem] if log.problem else [])),
        shell=shell,
        desktop=ThisDesktop(core),
        hidden=hidden,
    )
    at_end.callback(conductor.close)
    teller.told.connect(conductor.tell_fault)
    _end_in_order(application, conductor, at_end)

    def live() -> None:
        trace("start_live")
        _finish(application, assets, single, conductor)
        # On the worker's thread, behind the diary: a network drive may take its time.
        conductor.complete.connect(lambda: worker.submit(core.place_warning, conductor.warn_of_place))

    conductor.live.connect(live)
    conductor.load()


def _end_in_order(application: QApplication, conductor: Conductor, at_end: ExitStack) -> None:
    """End when the window does, when a signal asks for it, and at logout."""
    from PySide6.QtCore import Qt

    from coach.ui.hooks import Terminator

    terminator = Terminator()
    at_end.callback(terminator.close)
    terminator.asked.connect(conductor.quit)
    conductor.finished.connect(application.quit)  # a window that is out of sight is no last one that closes
    # Before Qt closes the window; a question there would cancel the logout.
    application.commitDataRequest.connect(lambda _session: conductor.let_close(), Qt.ConnectionType.DirectConnection)


def _finish(application: QApplication, assets: Path, single: SingleWindow, conductor: Conductor) -> None:
    """What nobody misses while the window is still coming up."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QIcon

    application.setWindowIcon(QIcon(str(assets / "app" / "icon.svg")))
    single.show_requested.connect(conductor.show_yourself)
    single.remind_requested.connect(conductor.remind_now)
    single.listen()
    conductor.complete.connect(lambda: QTimer.singleShot(TIDY_AFTER_MS, _tidy))
    # Asking the desktop about motion takes a bus; the first session is at least a check-in away.
    conductor.complete.connect(conductor.look.watch_system_motion)


def _tidy() -> None:
    """Throw away what the start left behind, and never search the rest of it again."""
    from coach.desktop.memory import give_back

    gc.collect()
    give_back()
    gc.freeze()
    gc.enable()


def run_preview(file: Path) -> int:
    """Show one exercise file live until the window is closed."""
    require_display()
    from coach.catalogue.loader import load_files
    from coach.ui.preview import run

    return run(make_application(), file, load_files)
