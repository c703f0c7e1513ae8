"""Who is exercising? Asked only where it is not clear, by mouse and keyboard, at any size of text, in both themes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.domain.preferences import Preferences, ThemeChoice
from coach.errors import KnownError, StorageError
from coach.services.servers import Address, check_name, parse
from coach.ui.audit import faults, nameless, tab_order
from coach.ui.who import WhoWindow
from coach.ui.widgets.banner import Banner
from tests.ui.pages.seeing import settle
from tests.ui.test_start import PatientWorker

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look
    from tests.server import Server

ROOT = Path(__file__).resolve().parents[2]
LONG = "Wolfeschlegelsteinhausenbergerdorff & daughters of the long valley behind the seven mountains, junior"
TWO = ("Anna", "Bert")
MANY = tuple(f"Person {number}" for number in range(1, 31))


@dataclass
class KnownPeople:
    """A server in memory."""

    people: list[str]
    fault: Exception | None = None
    asked: list[Address] = field(default_factory=list)

    def __call__(self, server: Address) -> KnownPeople:
        self.asked.append(server)
        return self

    def names(self) -> tuple[str, ...]:
        if self.fault is not None:
            raise self.fault
        return tuple(self.people)

    def add(self, name: str) -> str:
        if self.fault is not None:
            raise self.fault
        if name in self.people:
            raise KnownError("There is a person of that name already.")
        self.people.append(check_name(name))
        return self.people[-1]


class Asking:
    """The window over a server in memory, and what was decided."""

    def __init__(self, look: Look, qtbot: QtBot, people: tuple[str, ...], person: str = "") -> None:
        self.people = KnownPeople(list(people))
        self.worker = PatientWorker()
        self.decided: list[str] = []
        self.window = WhoWindow(look, self.worker, parse("postgresql://db/home", {}).of(person), self.people)
        self.page = self.window.page
        self.window.decided.connect(self.decided.append)
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        self.window.ask()

    def answer(self) -> Asking:
        """Let the server answer."""
        self.worker.step()
        settle()
        return self

    def banner(self) -> str:
        found = [b for b in self.page.findChildren(Banner) if b.isVisibleTo(self.page)]
        return found[-1]._text.text() if found else ""


@pytest.fixture
def asking(look: Look, qtbot: QtBot) -> Callable[..., Asking]:
    return lambda *people, person="": Asking(look, qtbot, people, person)


def test_while_the_server_is_asked_nothing_can_be_chosen(asking: Callable[..., Asking]) -> None:
    at_work = asking(*TWO)
    assert at_work.page.waiting.isVisible()
    assert tab_order(at_work.window) == []


def test_the_only_person_is_not_asked(asking: Callable[..., Asking]) -> None:
    alone = asking("Anna").answer()
    assert alone.decided == ["Anna"]
    assert not alone.window.isVisible()


def test_who_the_address_names_is_not_asked_either(asking: Callable[..., Asking]) -> None:
    assert asking(*TWO, person="bert").answer().decided == ["Bert"]


def test_one_of_several_is_chosen_by_mouse(asking: Callable[..., Asking]) -> None:
    two = asking(*TWO).answer()
    assert two.decided == []
    QTest.mouseClick(two.page.people[1], Qt.MouseButton.LeftButton)
    assert two.decided == ["Bert"]
    assert not two.window.isVisible()


def test_or_by_keyboard_alone(asking: Callable[..., Asking]) -> None:
    three = asking("Anna", "Bert", "Carl").answer()
    assert three.page.people[0].hasFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(three.window.focusWidget(), key)
    assert three.page.people[1].hasFocus()
    QTest.keyClick(three.window.focusWidget(), Qt.Key.Key_Return)
    assert three.decided == ["Bert"]


def test_closing_the_window_decides_nothing(asking: Callable[..., Asking]) -> None:
    two = asking(*TWO).answer()
    two.window.close()
    assert two.decided == []


def test_somebody_new_is_added_and_goes_on_at_once(asking: Callable[..., Asking]) -> None:
    empty = asking().answer()
    assert empty.page.name.hasFocus()
    assert not empty.page.add.isEnabled()
    empty.page.name.insert("  Jürgen ")
    QTest.keyClick(empty.page.name, Qt.Key.Key_Return)
    empty.answer()
    assert empty.decided == ["Jürgen"]


def test_a_second_press_adds_nobody_twice(asking: Callable[..., Asking]) -> None:
    empty = asking().answer()
    QTest.keyClicks(empty.page.name, "Anna")
    QTest.keyClick(empty.page.name, Qt.Key.Key_Return)
    QTest.keyClick(empty.page.name, Qt.Key.Key_Return)
    assert len(empty.worker.jobs) == 1


def test_why_somebody_cannot_be_added_is_told_and_the_name_stays(asking: Callable[..., Asking]) -> None:
    two = asking(*TWO).answer()
    two.page.name.setText("Anna")
    two.page.add.click()
    two.answer()
    assert "There is a person of that name already." in two.banner()
    assert two.page.name.text() == "Anna"
    assert two.page.name.hasFocus()
    assert two.decided == []


def test_somebody_the_address_names_in_vain_can_be_added_with_one_key(asking: Callable[..., Asking]) -> None:
    two = asking(*TWO, person="Ana").answer()
    assert "Nobody of that name has a diary here yet." in two.banner()
    assert two.page.name.text() == "Ana"
    QTest.keyClick(two.page.name, Qt.Key.Key_Return)
    assert two.answer().decided == ["Ana"]


def test_a_server_that_cannot_be_asked_is_told_and_asked_again(asking: Callable[..., Asking]) -> None:
    two = asking(*TWO)
    two.people.fault = StorageError("The server of home on db cannot be reached.")
    two.answer()
    assert "cannot be reached" in two.banner()
    focus = two.window.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Try again"
    two.people.fault = None
    QTest.keyClick(focus, Qt.Key.Key_Return)
    two.answer()
    assert [button.accessibleName() for button in two.page.people] == list(TWO)
    assert two.banner() == ""


def test_many_people_can_be_searched(asking: Callable[..., Asking]) -> None:
    many = asking(*MANY).answer()
    QTest.keyClick(many.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert many.page.search.hasFocus()
    QTest.keyClicks(many.page.search, "person 2")
    assert [b.person for b in many.page.people if b.isVisible()] == ["Person 2", *MANY[19:29]]
    assert not asking(*TWO).answer().page.search.isVisible()


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize(("width", "height", "percent"), [(960, 640, 100), (960, 640, 200), (1920, 1080, 200)])
@pytest.mark.parametrize("case", ["none", "two", "many", "long", "trouble", "unknown", "waiting"])
def test_nothing_is_cut_and_everything_has_a_name(
    look: Look, asking: Callable[..., Asking], case: str, width: int, height: int, percent: int, theme: ThemeChoice
) -> None:
    look.apply(Preferences(theme=theme, text_percent=percent))
    people = {"many": MANY, "long": (LONG, "Anna & Bert"), "none": ()}.get(case, TWO)
    shown = asking(*people, person="Ana" if case == "unknown" else "")
    if case == "trouble":
        shown.people.fault = StorageError("The server of home on db cannot be reached. " * 3)
    shown.window.resize(width, height)
    if case != "waiting":
        shown.answer()
    settle()
    assert faults(shown.window) == []
    assert nameless(shown.window) == []
    pictures = os.environ.get("COACH_PICTURES")
    if pictures:
        shown.window.grab().save(f"{pictures}/who-{case}-{width}-{percent}-{theme.value}.png")


def test_it_grows_with_the_text_and_mirrors(look: Look, asking: Callable[..., Asking]) -> None:
    two = asking(LONG, "Bert").answer()
    two.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    look.apply(Preferences(theme=ThemeChoice.DARK, text_percent=200))
    settle()
    assert faults(two.window) == []


def test_a_long_name_is_shortened_for_the_eye_alone(asking: Callable[..., Asking]) -> None:
    two = asking(LONG * 2, "Bert").answer()
    button = two.page.people[0]
    assert button.text().endswith("…")
    assert button.accessibleName() == button.toolTip() == LONG * 2


START = """
import sys
import coach.ui.hooks

def tell(moment):
    if moment == "start_live":
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        print("live", "psycopg" in sys.modules)
        QTimer.singleShot(0, QApplication.quit)

coach.ui.hooks.trace = tell
from coach.app import run_window
sys.exit(run_window(sys.argv[1]))
"""


def test_the_real_program_comes_up_for_the_only_person_on_a_real_server(running_server: Server, home: Path) -> None:
    database = running_server.new_database()
    running_server.new_person(database)
    command = [sys.executable, "-c", START, running_server.text(database)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "live True\n"
    assert done.stderr == ""
    (folder,) = (home / "share" / "foot-coach" / "people-on-servers").glob("*/person_*")
    assert (folder / "logs").is_dir()


def test_who_was_here_before_has_the_window_first_and_the_server_after(running_server: Server, home: Path) -> None:
    database = running_server.new_database()
    person = running_server.new_person(database).person.replace(" ", "%20")
    command = [sys.executable, "-c", START, f"{running_server.text(database)}&person={person}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    for said in ("live True\n", "live False\n"):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stdout) == (0, said), done.stderr
