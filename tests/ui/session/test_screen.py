"""The real screen, driven by keyboard and by mouse, and looked at in every state at many sizes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from coach.domain.preferences import Preferences, ThemeChoice
from coach.domain.records import SetStatus
from coach.ui.session.screen import SessionScreen
from coach.ui.session.view import Tone
from coach.ui.widgets.dialog import Question
from tests import samples
from tests.ui.session import scenes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from coach.domain.exercise import Side
    from coach.ui.theme.look import Look
    from tests.ui.session.conftest import MakeGuided
    from tests.ui.session.guided import Guided

KEY = Qt.Key
SIZES = [(1280, 800), (960, 640), (1920, 1080), (800, 1280), (2560, 1080)]


class Staged:
    """A screen on its own, and the session in it."""

    def __init__(self, qtbot: QtBot, look: Look, guided: Guided, size: tuple[int, int] = (1280, 800)) -> None:
        self.guided = guided
        self.screen = SessionScreen(look, guided.presenter, Preferences())
        qtbot.addWidget(self.screen)
        self.screen.resize(*size)
        self.screen.show()
        self.screen.activateWindow()
        qtbot.waitUntil(self.screen.isActiveWindow)

    def key(self, key: Qt.Key) -> None:
        """A key, to whatever has the focus."""
        self.guided.clock.advance(0.4)
        QTest.keyClick(QApplication.focusWidget() or self.screen, key)

    def click(self, button: QPushButton) -> None:
        """A click with the mouse."""
        assert button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def click_stage(self) -> None:
        """A click on the picture."""
        figure = self.screen.stage.figure.geometry().center()
        QTest.mouseClick(self.screen.stage, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, figure)

    def picture(self) -> QImage:
        """What is seen."""
        return self.screen.grab().toImage()


@pytest.fixture
def staged(qtbot: QtBot, look: Look, guided: MakeGuided) -> Iterator[Callable[..., Staged]]:
    """A factory of screens."""

    def make(one: Guided | None = None, size: tuple[int, int] = (1280, 800)) -> Staged:
        return Staged(qtbot, look, one or guided(samples.plan()), size)

    yield make
    look.set_system_reduced_motion(reduced=False)


def logged(one: Guided) -> list[tuple[int, int, Side, SetStatus, int | None, int | None]]:
    return [
        (s.place.index, s.place.bout.set_no, s.place.bout.side, s.status, s.real_reps, s.real_hold_s) for s in one.sets
    ]


def planned(one: Guided) -> list[tuple[int, int, Side, SetStatus, int | None, int | None]]:
    return [
        (p.index, p.bout.set_no, p.bout.side, SetStatus.DONE, p.bout.reps, p.bout.hold_s)
        for p in one.run.timeline.places
    ]


# --- a whole session -------------------------------------------------------------------------------------------------


def test_a_whole_session_by_keyboard_alone(staged: Callable[..., Staged]) -> None:
    stage = staged()
    one = stage.guided
    stage.key(KEY.Key_Space)
    one.wait(20)
    stage.key(KEY.Key_X)
    assert one.paused()
    stage.key(KEY.Key_Space)
    for _ in range(20):
        if one.run.state.over:
            break
        one.wait(80)
        stage.key(KEY.Key_PageDown) if not one.moment.phase.is_work else None
    one.wait(200)
    assert one.ended == [True]
    assert logged(one) == planned(one)


def test_a_whole_session_by_mouse_alone(staged: Callable[..., Staged]) -> None:
    stage = staged()
    one, controls = stage.guided, stage.screen.stage.controls
    stage.click(controls.primary)
    one.wait(20)
    stage.click_stage()
    assert one.paused()
    stage.click(controls.primary)
    one.to_lead(1, 3)
    stage.click(stage.screen.stage.pain.cells.cells[2])
    stage.click(controls.primary)
    one.wait(600)
    assert one.ended == [True]
    assert logged(one) == planned(one)
    assert [a.nrs for a in one.answers] == [2]


def test_space_after_a_click_is_still_pause(staged: Callable[..., Staged]) -> None:
    stage = staged()
    one = stage.guided
    stage.click(stage.screen.stage.controls.primary)
    stage.click(stage.screen.stage.controls.voice)
    stage.key(KEY.Key_Space)
    assert one.paused()


def test_a_focused_button_hears_space_and_gives_the_focus_back(staged: Callable[..., Staged]) -> None:
    stage = staged()
    one, skip = stage.guided, stage.screen.stage.controls.skip
    one.to_work(2, 4)
    skip.setFocus(Qt.FocusReason.TabFocusReason)
    stage.key(KEY.Key_Space)
    assert one.sets[-1].status is SetStatus.PARTIAL
    assert stage.screen.hasFocus()
    stage.key(KEY.Key_Space)
    assert one.paused()


def test_other_keys_reach_the_session_from_a_focused_button(staged: Callable[..., Staged]) -> None:
    stage = staged()
    stage.screen.stage.controls.back.setFocus(Qt.FocusReason.TabFocusReason)
    stage.key(KEY.Key_H)
    assert stage.guided.view.hurts is not None


def test_tab_reaches_every_button(staged: Callable[..., Staged]) -> None:
    stage = staged()
    stage.guided.ask_pause()
    seen = set()
    for _ in range(30):
        stage.key(KEY.Key_Tab)
        seen.add(QApplication.focusWidget())
    buttons = {b for b in stage.screen.stage.findChildren(QPushButton) if b.isVisible() and b.isEnabled()}
    assert buttons - set(stage.screen.stage.banner.findChildren(QPushButton)) <= seen


def test_losing_the_window_does_not_pause(staged: Callable[..., Staged]) -> None:
    stage = staged()
    stage.guided.wait(3)
    QApplication.sendEvent(stage.screen, QEvent(QEvent.Type.WindowDeactivate))
    stage.guided.wait(1)
    assert stage.guided.running()


def test_full_screen_is_asked_of_the_window(staged: Callable[..., Staged], qtbot: QtBot) -> None:
    stage = staged()
    with qtbot.waitSignal(stage.screen.full_screen_asked):
        stage.key(KEY.Key_F)
    assert stage.guided.running()


def test_a_late_word_about_the_voice_moves_the_second_bar(
    staged: Callable[..., Staged], guided: MakeGuided, look: Look
) -> None:
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=150))
    stage = staged(scenes.get_ready_first(guided))
    more, progress = stage.screen.stage.more, stage.screen.stage.progress
    assert more.isVisible()
    stage.screen.resize(1280, 800)
    assert more.geometry().intersects(progress.geometry())  # in the top line, between its words
    seen = stage.guided.view
    view = replace(seen.stage.progress, notice="a long word about the voice that no longer speaks")
    stage.screen.stage.show_view(replace(seen.stage, progress=view), seen.controls)
    assert not more.geometry().intersects(progress.geometry())


def test_the_session_survives_any_size(staged: Callable[..., Staged]) -> None:
    stage = staged()
    stage.guided.to_work(0, 8)
    for size in ((320, 240), (3840, 2160), (500, 1500), (1500, 330), (1280, 800)):
        stage.screen.resize(*size)
        stage.guided.wait(0.1)
        assert not stage.picture().isNull()
    assert stage.guided.running()


# --- the end ---------------------------------------------------------------------------------------------------------


def question_of(stage: Staged) -> Question:
    return stage.screen.findChildren(Question)[-1]


def test_escape_asks_and_escape_goes_on(staged: Callable[..., Staged]) -> None:
    stage = staged()
    stage.guided.to_work(0, 8)
    stage.key(KEY.Key_Escape)
    question = question_of(stage)
    assert stage.guided.paused()
    assert question.stay.hasFocus() or question.focusWidget() is question.stay
    QTest.keyClick(question, KEY.Key_Escape)
    assert stage.guided.running()
    stage.key(KEY.Key_Escape)
    question_of(stage).act.click()
    assert stage.guided.ended == [False]


# --- "It hurts" ------------------------------------------------------------------------------------------------------


def test_it_hurts_by_keyboard(staged: Callable[..., Staged]) -> None:
    stage = staged()
    one = stage.guided
    one.to_work(0, 20)
    stage.key(KEY.Key_H)
    assert stage.screen.sheet.isVisible()
    assert not stage.screen.stage.isVisible(), "what lies below is out of the reach of Tab"
    QTest.keyClick(stage.screen.sheet, KEY.Key_1)
    QTest.keyClick(stage.screen.sheet, KEY.Key_0)
    assert one.view.hurts is not None
    assert one.view.hurts.value == 10
    stage.key(KEY.Key_4)
    stage.key(KEY.Key_Space)
    assert one.running()
    assert stage.screen.hasFocus()
    assert [a.nrs for a in one.answers] == [4]


def test_tab_goes_to_the_signs_first(staged: Callable[..., Staged]) -> None:
    stage = staged()
    stage.key(KEY.Key_H)
    names = []
    for _ in range(5):
        stage.key(KEY.Key_Tab)
        focused = QApplication.focusWidget()
        names.append(focused.accessibleName() if focused else "")
    assert names[0] == "Sudden sharp pain"
    assert names[4] == "Chest pain, dizzy or breathless"


def test_it_hurts_by_mouse_and_somewhere_else(staged: Callable[..., Staged]) -> None:
    stage = staged()
    one, body, foot = stage.guided, stage.screen.sheet.body, stage.screen.sheet.foot
    one.to_work(0, 20)
    stage.click(stage.screen.stage.controls.hurts)
    assert not foot.follow.isVisible(), "no advice before an answer"
    stage.click(body.elsewhere)
    knee = next(chip for chip in body.more_chips.chips if chip.accessibleName() == "Left knee")
    stage.click(knee)
    assert not body.more_chips.isVisible()
    stage.click(body.cells.cells[3])
    stage.click(foot.follow)
    assert [(a.area.region.value, a.area.side.value, a.nrs) for a in one.answers] == [("knee", "left", 3)]
    assert one.running()


def test_the_stop_page_cannot_be_escaped(staged: Callable[..., Staged]) -> None:
    stage = staged()
    one = stage.guided
    one.to_work(0, 20)
    stage.key(KEY.Key_H)
    stage.click(stage.screen.sheet.body.signs[1])
    assert stage.screen.stop_page.isVisible()
    for key in (KEY.Key_Escape, KEY.Key_E, KEY.Key_H, KEY.Key_PageDown):
        stage.key(key)
    assert stage.screen.stop_page.isVisible()
    stage.click(stage.screen.stop_page.end)
    assert one.ended == [False]


def test_e_on_the_sheet_ends(staged: Callable[..., Staged]) -> None:
    stage = staged()
    stage.key(KEY.Key_H)
    stage.key(KEY.Key_E)
    assert stage.guided.ended == [False]


# --- trouble ---------------------------------------------------------------------------------------------------------


def test_a_set_that_is_not_saved_can_be_tried_again(staged: Callable[..., Staged], guided: MakeGuided) -> None:
    one = guided(diary="refuses")
    stage = staged(one)
    one.to_lead(1, 3)
    banner = stage.screen.stage.banner
    assert banner.isVisible()
    assert "1 set is not saved yet." in banner.accessibleName()
    one.diary = "keeps"
    assert banner.link is not None
    stage.click(banner.link)
    assert not banner.isVisible()
    assert one.running(), "a click on the banner is not a click on the stage"


# --- the side rule ---------------------------------------------------------------------------------------------------


def color_at(image: QImage, x: int, y: int) -> str:
    return QColor(image.pixel(x, y)).name().upper()


@pytest.mark.parametrize("mirrored", [False, True])
def test_left_is_on_the_left_in_every_language(staged: Callable[..., Staged], *, mirrored: bool) -> None:
    stage = staged()
    one, screen = stage.guided, stage.screen
    screen.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    one.to_work(2, 3)
    assert (screen.panel.x(), screen.stage.x()) == (0, 440)
    one.to_work(3, 3)
    assert (screen.panel.geometry().right(), screen.stage.x()) == (1279, 0)
    assert one.view.panel.tone is Tone.RIGHT


def test_both_stands_at_the_end_edge(staged: Callable[..., Staged]) -> None:
    stage = staged()
    assert stage.screen.panel.geometry().right() == 1279
    stage.screen.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert stage.screen.panel.x() == 0


def test_during_the_change_the_finished_side_keeps_a_strip(staged: Callable[..., Staged], look: Look) -> None:
    stage = staged()
    stage.guided.to_lead(3, 1.2)
    seen = stage.picture()
    assert color_at(seen, 2, 400) == look.theme.left_fill
    assert color_at(seen, 22, 400) == look.theme.left_fill
    assert color_at(seen, 30, 400) == look.theme.bg
    assert color_at(seen, 1270, 20) == look.theme.right_fill
    stage.guided.to_work(3, 1)
    assert color_at(stage.picture(), 2, 400) == look.theme.bg


def test_the_panel_crosses_the_screen(staged: Callable[..., Staged]) -> None:
    stage = staged()
    stage.guided.to_lead(3, 0.6)
    places = []
    for _ in range(16):
        stage.guided.wait(0.033, frame=0.033)
        places.append(stage.screen.panel.x())
    assert places == sorted(places)
    assert places[0] < 100
    assert 200 < places[6] < 700
    assert places[-1] == 840


def test_in_a_narrow_window_the_half_tells_the_side(staged: Callable[..., Staged], look: Look) -> None:
    stage = staged(size=(800, 1280))
    stage.guided.to_work(2, 3)
    seen = stage.picture()
    assert color_at(seen, 5, 300) == look.theme.left_fill
    assert color_at(seen, 600, 300) == look.theme.sunken
    stage.guided.to_work(3, 3)
    seen = stage.picture()
    assert color_at(seen, 200, 300) == look.theme.sunken
    assert color_at(seen, 795, 300) == look.theme.right_fill


def test_the_figure_shows_the_worked_side(staged: Callable[..., Staged], guided: MakeGuided) -> None:
    stage = staged(scenes.hold_left(guided))
    assert stage.screen.stage.figure.mirrored
    assert stage.screen.stage.figure.accessibleDescription().startswith("Single-leg balance.")
    right = staged(scenes.hold_right(guided))
    assert not right.screen.stage.figure.mirrored


# --- nothing clipped, nothing overlapping, everything named ----------------------------------------------------------


def shown_parts(screen: SessionScreen) -> list[QWidget]:
    stage = screen.stage
    parts: list[QWidget] = [
        stage.progress,
        stage.heading,
        stage.setup,
        stage.phase,
        stage.pacer,
        stage.pain,
        stage.controls,
    ]
    parts += [stage.banner] if stage.banner.isVisible() else []
    return [part for part in parts if part.isVisible()]


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scene", scenes.ON_STAGE, ids=lambda scene: scene.__name__)
def test_every_state_fits(
    staged: Callable[..., Staged],
    guided: MakeGuided,
    look: Look,
    scene: Callable[[MakeGuided], Guided],
    percent: int,
) -> None:
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=percent))
    stage = staged(scene(guided))
    check_names(stage.screen)
    check_colors(stage, look)
    look.apply(Preferences(theme=ThemeChoice.DARK, text_percent=percent))
    check_colors(stage, look)
    for size in SIZES:
        stage.screen.resize(*size)
        check_stage(stage.screen)


def check_colors(stage: Staged, look: Look) -> None:
    """The stage has the theme's ground, so that the figure has no edge, and something is painted on it."""
    seen = stage.screen.stage.grab().toImage()
    assert color_at(seen, seen.width() // 2, 3) == look.theme.bg
    assert color_at(seen, seen.width() // 2, seen.height() - 3) == look.theme.bg
    assert len({seen.pixel(x, y) for x in range(0, seen.width(), 16) for y in range(0, seen.height(), 16)}) > 8


def check_names(screen: SessionScreen) -> None:
    """Whatever can be operated is reached by Tab and has a name for screen readers."""
    for button in screen.findChildren(QPushButton):
        if button.isVisible():
            assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name).strip()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def check_stage(screen: SessionScreen) -> None:
    stage, size = screen.stage, screen.size().toTuple()
    inside = stage.rect()
    parts = shown_parts(screen)
    for n, part in enumerate(parts):
        assert inside.contains(part.geometry()), (size, part)
        for other in parts[n + 1 :]:
            assert not part.geometry().intersects(other.geometry()), (size, part, other)
    for button in (b for b in stage.controls.buttons + stage.more.buttons if b.isVisible()):
        box = QRect(button.mapTo(stage, QPoint(0, 0)), button.size())
        assert inside.contains(box), (size, button.accessibleName())
        assert button.width() >= button.sizeHint().width()
        assert button.height() >= 24
    # Beside large text the figure gets what is left, but it is never squeezed out.
    least = 60 if stage.banner.isVisible() else 120
    assert min(stage.figure.width(), stage.figure.height()) >= least, size


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scene", scenes.SHEETS, ids=lambda scene: scene.__name__)
def test_every_sheet_fits_or_scrolls(
    staged: Callable[..., Staged],
    guided: MakeGuided,
    look: Look,
    scene: Callable[[MakeGuided], Guided],
    percent: int,
) -> None:
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=percent))
    screen = staged(scene(guided)).screen
    check_names(screen)
    for size in SIZES:
        screen.resize(*size)
        check_sheet(screen)


def check_sheet(screen: SessionScreen) -> None:
    size = screen.size().toTuple()
    sheet = screen.stop_page if screen.stop_page.isVisible() else screen.sheet
    assert sheet.geometry() == screen.rect()
    for button in sheet.findChildren(QPushButton):
        parent = button.parentWidget()
        if button.isVisible() and parent is not None:
            assert parent.rect().contains(button.geometry()), (size, button.accessibleName())
    if screen.sheet.isVisible():
        cells, view = screen.sheet.body.cells, screen.sheet.viewport_area.viewport()
        bottom = cells.mapTo(view, QPoint(0, cells.height())).y()
        assert bottom <= view.height(), f"{size}: the numbers are seen without scrolling"


# --- quiet when nothing moves ----------------------------------------------------------------------------------------


class Paints(QWidget):
    """Counts the paint events of other widgets."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_nothing_is_painted_while_the_session_stands(staged: Callable[..., Staged], qtbot: QtBot) -> None:
    stage = staged()
    stage.guided.ask_pause()
    QApplication.processEvents()
    counter = Paints()
    qtbot.addWidget(counter)
    for part in (stage.screen, *stage.screen.findChildren(QWidget)):
        part.installEventFilter(counter)
    for _ in range(10):
        stage.guided.presenter.frame()
        QApplication.processEvents()
    assert counter.count == 0


def test_the_bar_alone_is_painted_between_two_seconds(staged: Callable[..., Staged], qtbot: QtBot) -> None:
    stage = staged()
    stage.guided.to_work(2, 5.3)
    QApplication.processEvents()
    panel = stage.screen.panel
    rects: list[QRect] = []

    class Spy(QWidget):
        def eventFilter(self, _watched: object, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                rects.append(event.region().boundingRect())  # type: ignore[attr-defined] # a paint event
            return False

    spy = Spy()
    qtbot.addWidget(spy)
    panel.installEventFilter(spy)
    stage.guided.wait(0.2, frame=0.05)
    QApplication.processEvents()
    assert rects
    assert max(rect.height() for rect in rects) < 40
