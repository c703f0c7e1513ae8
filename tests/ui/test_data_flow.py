"""What can be done with the history as a whole, in the real window over a stand-in archive."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from coach.bootstrap import open_core
from coach.domain.preferences import Preferences, ThemeChoice
from coach.errors import Damage, DamagedDiaryError, StorageError
from coach.reports.bundle import FhirExport
from coach.services.keeping import BackupReason, Contents, Days, ExportFormat, ImportPreview, OneExercise
from coach.ui.background import InlineWorker
from coach.ui.conductor import Conductor
from coach.ui.pages.erase_dialog import EraseDialog
from coach.ui.pages.export_dialog import ExportDialog
from coach.ui.pages.import_dialog import ImportDialog
from coach.ui.pages.recovery import RecoveryPage
from coach.ui.pages.restore_dialog import RestoreDialog
from coach.ui.pages.settings import SettingsPage
from coach.ui.pages.today import TodayPage
from coach.ui.pages.unlock import UnlockPage
from coach.ui.session.sound import SilentAnnouncer
from coach.ui.shell import EXERCISES, SETTINGS, TODAY
from coach.ui.widgets.banner import Banner
from coach.ui.widgets.dialog import Question
from tests import fakes, records
from tests.fakes import FakeArchive, FakeChooser, FakeRescue
from tests.keeping import Kept
from tests.ui.conftest import ASSETS
from tests.ui.pages.seeing import settle, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from coach.ui.pages.data_section import DataSection
    from coach.ui.theme.look import Look
    from tests.fakes import FakeClock

D = TypeVar("D", bound=QDialog)
READY = Preferences(theme=ThemeChoice.LIGHT, safety_accepted="2026-11-01T08:00:00+00:00", full_screen=False)
ROWS = {"sessions": 212, "sets": 4000, "pain_ratings": 1840}
INSIDE = Contents({"sessions": 47, "pain_ratings": 212})
OLD, NEW = (fakes.backup(fakes.START - timedelta(days=days)) for days in (9, 1))
DAMAGED = DamagedDiaryError("The diary is damaged.", Damage.BROKEN)


@pytest.fixture
def kept(tmp_path: Path, clock: FakeClock) -> Kept:
    core = replace(open_core(tmp_path / "person", clock), zone=lambda: "Europe/Berlin")
    return Kept(core, FakeArchive(clock, ROWS), FakeRescue({OLD: INSIDE, NEW: INSIDE}))


@pytest.fixture
def chooser() -> FakeChooser:
    return FakeChooser()


class Windows:
    """Opens the program on what the test has prepared, and closes it in the end."""

    def __init__(self, look: Look, kept: Kept, chooser: FakeChooser, qtbot: QtBot) -> None:
        self.made: list[Conductor] = []
        self._parts = look, kept, chooser
        self._qtbot = qtbot

    def open(self, worker: Any = None) -> Conductor:
        look, kept, chooser = self._parts
        made = Conductor(kept, look, worker or InlineWorker(), SilentAnnouncer(), READY, assets=ASSETS, chooser=chooser)
        self._qtbot.addWidget(made.shell)
        made.shell.resize(1280, 800)
        made.shell.show()
        made.shell.activateWindow()
        made.load()
        for _ in range(3):
            settle()
        self.made.append(made)
        return made


@pytest.fixture
def windows(look: Look, kept: Kept, chooser: FakeChooser, qtbot: QtBot) -> Iterator[Windows]:
    made = Windows(look, kept, chooser, qtbot)
    yield made
    for window in made.made:
        window.close()
        window.gallery.stop()
        window.deleteLater()


def section(window: Conductor) -> DataSection:
    window.shell.open(SETTINGS)
    page = window.shell.page(SETTINGS)
    assert isinstance(page, SettingsPage)
    page.open_section(page.sections.index(page.data))
    settle()
    return page.data


def dialog(kind: type[D]) -> D:
    settle()
    (found,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
    return found


def answers(data: DataSection) -> list[str]:
    settle()
    return [banner.accessibleName() for banner in data.findChildren(Banner) if banner.isVisibleTo(data)]


# --- backups ----------------------------------------------------------------------------------------------------------


def test_a_backup_is_made_by_hand(windows: Windows, kept: Kept) -> None:
    data = section(windows.open())
    assert "None yet." in words(data)
    data.back_up.click()
    assert kept.archive.asked == [("back_up", BackupReason.HAND)]
    assert answers(data) == ["Backed up and checked, today, 09:30."]
    assert "Newest: today, 09:30, 212 sessions and 1840 pain ratings." in words(data)


def test_a_backup_that_fails_says_why_in_its_row(windows: Windows, kept: Kept) -> None:
    kept.archive.fault = StorageError("The disk is full. Nothing is lost.")
    data = section(windows.open())
    data.back_up.click()
    assert answers(data) == ["The disk is full. Nothing is lost."]
    assert data.back_up.isEnabled()


def test_answers_are_gone_when_the_page_is_opened_again(windows: Windows) -> None:
    window = windows.open()
    data = section(window)
    data.back_up.click()
    window.shell.open(EXERCISES)
    assert answers(section(window)) == []


@pytest.mark.expect_log("no backup could be made")
def test_a_backup_made_in_the_settings_ends_the_notice_on_today(windows: Windows, kept: Kept) -> None:
    kept.archive.waiting_since = fakes.START - timedelta(days=9)
    kept.archive.problem = "The disk is full."
    kept.archive.fault = StorageError("The disk is full.")
    window = windows.open()
    page = window.shell.page(TODAY)
    assert "Your diary has never been backed up. The disk is full." in words(page)
    kept.archive.fault, kept.archive.problem = None, ""
    section(window).back_up.click()
    assert "backed up" not in words(page)


# --- export -----------------------------------------------------------------------------------------------------------


def test_everything_is_exported_as_one_file(windows: Windows, kept: Kept, chooser: FakeChooser, tmp_path: Path) -> None:
    data = section(windows.open())
    data.export.click()
    assert kept.archive.asked == []
    chooser.path = tmp_path / "mine.json"
    dialog(ExportDialog).go_on.click()
    assert chooser.proposed == "foot-coach-2026-11-15.json"
    assert kept.archive.asked == [("export", tmp_path / "mine.json", ExportFormat.JSON)]
    assert "212 sessions" in answers(data)[0]
    assert "mine.json" in answers(data)[0]


def test_tables_go_to_a_folder_of_their_own(windows: Windows, kept: Kept, chooser: FakeChooser, tmp_path: Path) -> None:
    (tmp_path / "foot-coach-2026-11-15").mkdir()
    chooser.path = tmp_path
    data = section(windows.open())
    data.export.click()
    asking = dialog(ExportDialog)
    asking.form.choose_index(1)
    asking.go_on.click()
    assert kept.archive.asked == [("export", tmp_path / "foot-coach-2026-11-15-2", ExportFormat.CSV)]


def test_what_a_clinic_reads_is_counted_first_and_goes_to_a_file(
    windows: Windows, kept: Kept, chooser: FakeChooser, tmp_path: Path
) -> None:
    with closing(kept.core.open_diary()) as diary:
        diary.add_pain((records.pain(), records.pain(1)))
    chooser.path = tmp_path / "mine.json"
    data = section(windows.open())
    data.export.click()
    asking = dialog(ExportDialog)
    assert "212 sessions" in words(asking)
    asking.form.choose_index(2)
    assert "2 pain ratings, with your notes." in words(asking)
    asking.go_on.click()
    assert chooser.proposed == "foot-coach-2026-11-15-fhir.json"
    assert '"72514-3"' in chooser.path.read_text(encoding="utf-8")
    assert answers(data) == [f"Written to {chooser.path}: 2 pain ratings."]
    assert kept.archive.asked == []


def test_without_anything_for_a_clinic_there_is_nothing_to_choose(windows: Windows) -> None:
    data = section(windows.open())
    data.export.click()
    asking = dialog(ExportDialog)
    asking.form.choose_index(2)
    assert "Nothing, with your notes." not in words(asking)
    assert not asking.go_on.isEnabled()
    asking.form.choose_index(0)
    assert asking.go_on.isEnabled()


def test_why_it_cannot_be_counted_is_said_where_the_number_would_be(
    windows: Windows, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Contents:
        raise StorageError("The diary cannot be read: the disk reports a fault.")

    monkeypatch.setattr(FhirExport, "weigh", refuse)
    data = section(windows.open())
    data.export.click()
    asking = dialog(ExportDialog)
    asking.form.choose_index(2)
    assert "the disk reports a fault" in words(asking)
    assert not asking.go_on.isEnabled()


def test_thinking_better_of_it_writes_nothing(windows: Windows, kept: Kept) -> None:
    data = section(windows.open())
    data.export.click()
    dialog(ExportDialog).go_on.click()
    assert kept.archive.asked == []
    assert answers(data) == []


# --- import -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def stick(kept: Kept, chooser: FakeChooser) -> ImportPreview:
    source = Path("/stick/export.json")
    preview = ImportPreview(source, Contents({"sessions": 38}), {"sessions": 174}, ())
    kept.archive.previews[source] = preview
    chooser.path = source
    return preview


@pytest.mark.parametrize("folder", [False, True])
def test_an_import_writes_nothing_before_it_is_wanted(
    windows: Windows, kept: Kept, stick: ImportPreview, folder: bool
) -> None:
    data = section(windows.open())
    (data.import_folder if folder else data.import_file).click()
    assert kept.archive.asked == [("preview", stick.source)]
    dialog(ImportDialog).leave.click()
    assert kept.archive.asked == [("preview", stick.source)]
    assert answers(data) == []


def test_an_import_that_is_wanted_says_what_it_added(windows: Windows, kept: Kept, stick: ImportPreview) -> None:
    data = section(windows.open())
    data.import_file.click()
    dialog(ImportDialog).bring_in.click()
    assert kept.archive.asked[1:] == [("take_in", stick), ("back_up", BackupReason.IMPORT)]
    assert answers(data) == ["Added: 38 sessions. How it was before is in a backup."]


def test_fault_48_a_file_that_is_no_export_is_refused_in_its_row(windows: Windows, chooser: FakeChooser) -> None:
    chooser.path = Path("/stick/holiday.json")
    data = section(windows.open())
    data.import_file.click()
    assert answers(data) == ["holiday.json is not an export of Foot Coach. Nothing was read."]


# --- delete -----------------------------------------------------------------------------------------------------------


def test_deleting_says_how_much_and_asks_once(windows: Windows, kept: Kept) -> None:
    weight = Contents({"sets": 96})
    kept.archive.weights[OneExercise("calf_raise")] = weight
    window = windows.open()
    data = section(window)
    data.erase.click()
    asking = dialog(EraseDialog)
    asking.exercise.setCurrentIndex(asking.exercise.findData("calf_raise"))
    settle()
    assert "This deletes 96 sets." in words(asking)
    asking.act.click()
    assert ("erase", OneExercise("calf_raise"), False) in kept.archive.asked
    assert answers(data) == ["Deleted: 96 sets. How it was before is in a backup."]


def test_backups_go_too_where_that_is_wanted(windows: Windows, kept: Kept) -> None:
    kept.archive.kept = [NEW, OLD]
    data = section(windows.open())
    data.erase.click()
    asking = dialog(EraseDialog)
    asking.what.choose_index(1)
    asking.too.click()
    asking.act.click()
    scope = Days(fakes.START.date() - timedelta(days=1), fakes.START.date())
    assert kept.archive.asked[-1] == ("erase", scope, True)
    assert "2 backups were removed." in answers(data)[0]


# --- restore ----------------------------------------------------------------------------------------------------------


def test_a_backup_is_put_back_while_the_diary_is_closed(windows: Windows, kept: Kept) -> None:
    window = windows.open()
    data = section(window)
    data.restore.click()
    asking = dialog(RestoreDialog)
    asking.rows[1].click()
    settle()
    assert "47 sessions" in words(asking)
    asking.put_back.click()
    assert ("restore", OLD.path) in kept.rescue_.asked
    assert [diary.closed for diary in kept.opened] == [True, False]
    assert len(kept.opened) == 2
    assert answers(data) == ["Your diary is as it was then: 47 sessions and 212 pain ratings."]
    assert window.found is not None


def test_a_restore_that_fails_leaves_the_diary_open_and_says_why(windows: Windows, kept: Kept) -> None:
    kept.rescue_.fault = StorageError("The disk is full. Nothing was changed.")
    window = windows.open()
    data = section(window)
    data.restore.click()
    dialog(RestoreDialog).put_back.click()
    assert answers(data) == ["The disk is full. Nothing was changed."]
    assert len(kept.opened) == 2
    assert window.found is not None


def test_fault_20_a_backup_that_is_of_no_use_is_refused_before_anything_is_touched(
    windows: Windows, kept: Kept
) -> None:
    kept.rescue_.inside = {NEW: StorageError("The backup is cut short.")}
    data = section(windows.open())
    data.restore.click()
    asking = dialog(RestoreDialog)
    assert "The backup is cut short." in words(asking)
    assert not asking.put_back.isEnabled()
    asking.reject()
    assert ("restore", NEW.path) not in kept.rescue_.asked
    assert len(kept.opened) == 1


def test_fault_22_nothing_is_restored_while_a_session_is_on_the_screen(windows: Windows, kept: Kept) -> None:
    window = windows.open()
    window.try_exercise("calf_raise", 1)
    assert window.flow is not None
    window.flow._checked_in(())
    assert window.guiding
    told: list[Exception] = []
    window.while_closed(lambda rescue: rescue.restore(NEW.path), lambda _restored: None, told.append)
    window.data.restore()
    window.data.put_back(NEW.path)
    assert [str(error) for error in told] == ["A session is on the screen. Finish it first; nothing was changed."]
    assert kept.rescue_.asked == []
    assert window.guiding


# --- a diary that can only be read ------------------------------------------------------------------------------------


def test_fault_07_a_read_only_diary_is_shown_and_nothing_can_be_started(windows: Windows, kept: Kept) -> None:
    kept.read_only_reason = "The disk is read-only."
    window = windows.open()
    page = window.shell.page(TODAY)
    assert isinstance(page, TodayPage)
    assert "You can look, but not add anything. The disk is read-only." in words(page)
    assert not page.card.start.isEnabled()
    window.start()
    window.try_exercise("calf_raise", 1)
    assert window.flow is None
    assert not section(window).erase.isEnabled()


# --- recovery ---------------------------------------------------------------------------------------------------------


def recovery(window: Conductor) -> RecoveryPage:
    page = window.shell.current
    assert isinstance(page, RecoveryPage)
    return page


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
@pytest.mark.parametrize("elsewhere", [EXERCISES, SETTINGS])
def test_a_damaged_diary_leads_to_recovery_whatever_is_shown(windows: Windows, kept: Kept, elsewhere: str) -> None:
    window = windows.open()
    window.shell.open(elsewhere)
    window.keeper.close()
    kept.fault = DAMAGED
    window.open_diary()
    settle()
    assert "Your diary cannot be opened" in words(recovery(window))
    window.shell.open(elsewhere)
    assert not isinstance(window.shell.current, RecoveryPage), "the other pages still work"
    window.shell.open(TODAY)
    assert recovery(window).isVisible()


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_a_backup_that_does_not_open_is_passed_over(windows: Windows, kept: Kept) -> None:
    kept.fault = DAMAGED
    kept.rescue_.inside = {NEW: StorageError("It is cut short."), OLD: INSIDE}
    window = windows.open()
    assert "Friday 6 November, 09:30" in words(recovery(window))


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_what_cannot_be_restored_says_so_and_can_be_tried_again(windows: Windows, kept: Kept) -> None:
    kept.fault = DAMAGED
    kept.rescue_.fault = StorageError("The disk is full. Nothing was changed.")
    window = windows.open()
    page = recovery(window)
    assert page.primary is not None
    page.primary.click()
    settle()
    assert "The disk is full. Nothing was changed." in words(recovery(window))
    kept.fault = kept.rescue_.fault = None
    assert page.primary is not None
    page.primary.click()
    settle()
    assert "Your diary is back, from yesterday’s copy" in words(recovery(window))
    page.primary.click()
    settle()
    assert isinstance(window.shell.current, TodayPage)
    assert window.shell.current.card.start.isEnabled()


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_starting_anew_asks_and_says_where_the_old_file_is(windows: Windows, kept: Kept) -> None:
    kept.fault = DAMAGED
    window = windows.open()
    recovery(window).anew_requested.emit()
    dialog(Question).stay.click()
    assert kept.rescue_.asked == [("look_into", NEW.path)]
    recovery(window).anew_requested.emit()
    kept.fault = None
    dialog(Question).act.click()
    settle()
    assert ("start_anew",) in kept.rescue_.asked
    assert isinstance(window.shell.current, TodayPage)
    assert "The old file is kept as diary-damaged.sqlite3." in words(window.shell)


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_the_damaged_file_is_saved_for_whoever_may_repair_it(
    windows: Windows, kept: Kept, chooser: FakeChooser, tmp_path: Path
) -> None:
    kept.fault = DAMAGED
    window = windows.open()
    chooser.path = tmp_path / "for-anna.sqlite3"
    recovery(window).save_requested.emit()
    settle()
    assert chooser.proposed == "foot-coach-damaged-2026-11-15.sqlite3"
    assert ("save_damaged", chooser.path) in kept.rescue_.asked
    assert "for-anna.sqlite3" in words(recovery(window))


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_without_backups_a_copy_is_chosen_as_a_file(windows: Windows, kept: Kept, chooser: FakeChooser) -> None:
    kept.fault = DAMAGED
    kept.rescue_.inside = {}
    window = windows.open()
    chooser.path = Path("/stick/holiday.jpg")
    recovery(window).choose_requested.emit()
    settle()
    assert "holiday.jpg is no copy of a diary." in words(recovery(window))


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_trying_again_goes_on_once_the_diary_is_back(windows: Windows, kept: Kept) -> None:
    kept.fault = DAMAGED
    window = windows.open()
    kept.fault = None
    recovery(window).retry_requested.emit()
    settle()
    assert isinstance(window.shell.current, TodayPage)


def test_a_locked_diary_is_not_called_damaged(windows: Windows, kept: Kept) -> None:
    kept.fault = DamagedDiaryError("The diary is locked.", Damage.SEALED)
    window = windows.open()
    assert isinstance(window.shell.current, UnlockPage)
    assert "Enter your passphrase to open it." in words(window.shell.current)


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_settings_offer_restoring_while_the_diary_is_damaged(windows: Windows, kept: Kept) -> None:
    kept.fault = DAMAGED
    window = windows.open()
    data = section(window)
    assert "Your diary is not open." in words(data)
    kept.fault = None
    data.restore.click()
    dialog(RestoreDialog).put_back.click()
    settle()
    assert answers(data) == ["Your diary is as it was then: 47 sessions and 212 pain ratings."]
    assert data.isVisible(), "whoever restores in the settings stays there"
    window.shell.open(TODAY)
    assert isinstance(window.shell.current, TodayPage)
