"""The window's door: builds the Qt application around a `Core`, paints first and loads after, and ends in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.errors import KnownError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from coach.bootstrap import Core


def run_window(profile: Path | None) -> int:
    """Show the window until it is closed; returns the exit code.

    Raises:
        KnownError: there is no display, Qt cannot be loaded, or the folder cannot be used.
    """
    from coach.bootstrap import open_core

    require_display()
    core = open_core(profile)
    application = make_application()
    from coach.ui.single import SingleWindow

    single = SingleWindow(core.folder)
    if not single.acquire():
        return 0
    try:
        return _run(application, core, single)
    finally:
        single.release()


def require_display() -> None:
    """Refuse in one sentence what Qt would answer by ending the process."""
    from coach.desktop.display import why_no_display

    trouble = why_no_display()
    if trouble:
        raise KnownError(f"{trouble} Without one, `coach tour --out DIR` guides a whole routine into pictures.")


def make_application() -> QApplication:
    """The one Qt application; KnownError when a system library that Qt needs is missing."""
    try:
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


def _run(application: QApplication, core: Core, single: object) -> int:
    from PySide6.QtGui import QIcon

    from coach.desktop.crash import CrashGuard
    from coach.desktop.logs import Log
    from coach.desktop.paths import resources
    from coach.ui.background import ThreadWorker
    from coach.ui.conductor import Conductor
    from coach.ui.hooks import FirstPaint, Teller, Terminator, trace
    from coach.ui.place import IniPlaces
    from coach.ui.session.sound import QtAnnouncer
    from coach.ui.single import SingleWindow
    from coach.ui.theme.look import Look

    log = Log(core.profile.logs)
    log.start()
    log.catch_crashes()
    teller = Teller()
    guard = CrashGuard(teller.tell)
    guard.install()
    assets = resources() / "assets"
    preferences, notes = core.preferences.load()
    look = Look(assets)
    look.apply(preferences)
    application.setWindowIcon(QIcon(str(assets / "app" / "icon.svg")))
    worker = ThreadWorker()
    conductor = Conductor(
        core,
        look,
        worker,
        QtAnnouncer(assets / "sounds"),
        preferences,
        assets=assets,
        notes=(*notes, *([log.problem] if log.problem else [])),
        places=IniPlaces(core.profile.data / "window.ini"),
    )
    teller.told.connect(conductor.tell_fault)
    if isinstance(single, SingleWindow):
        single.show_requested.connect(conductor.show_yourself)
    terminator = Terminator()
    terminator.asked.connect(conductor.quit)

    def painted() -> None:
        trace("first_paint")
        conductor.load()

    FirstPaint(conductor.shell, painted)
    conductor.live.connect(lambda: trace("start_live"))
    conductor.shell.show()
    try:
        return application.exec()
    finally:
        terminator.close()
        conductor.close()
        worker.stop()
        guard.uninstall()
        log.close()


def run_preview(file: Path) -> int:
    """Show one exercise file live until the window is closed."""
    require_display()
    from coach.catalogue.loader import load_files
    from coach.ui.preview import run

    return run(make_application(), file, load_files)
