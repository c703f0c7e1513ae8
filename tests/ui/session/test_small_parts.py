"""Keys, panel motion, pacer, type scale, digits: the small parts that must be exactly right."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from coach.domain.exercise import Tempo
from coach.domain.figure.motion import state_at
from coach.domain.plan import RoutineItem
from coach.domain.timeline import Timeline
from coach.ui.session.intents import Command
from coach.ui.session.keys import command_of, digit_of
from coach.ui.session.pacer import Curve, curve_times, height_at
from coach.ui.session.panel_motion import CROSS_S, FLASH_APART_S, PanelMotion, in_out_cubic
from coach.ui.session.screen import is_band, panel_width
from coach.ui.session.style import Style, mix, scale_for
from coach.ui.session.text import digits_width
from coach.ui.session.view import PanelView, Tone
from coach.ui.theme.tokens import contrast
from tests import samples

if TYPE_CHECKING:
    from coach.ui.theme.look import Look

KEY = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


def press(key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = NONE, *, repeat: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text, repeat)


def panel(tone: Tone) -> PanelView:
    return PanelView(tone, tone.value.upper(), None, "", "")


# --- keys ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "command"),
    [
        (KEY.Key_Space, Command.PRIMARY),
        (KEY.Key_Right, Command.SKIP),
        (KEY.Key_Left, Command.BACK),
        (KEY.Key_R, Command.REPEAT),
        (KEY.Key_H, Command.HURTS),
        (KEY.Key_V, Command.VOICE),
        (KEY.Key_F, Command.FULL_SCREEN),
        (KEY.Key_Plus, Command.LONGER),
        (KEY.Key_Minus, Command.SHORTER),
        (KEY.Key_Escape, Command.END),
        # presenter remotes
        (KEY.Key_PageDown, Command.SKIP),
        (KEY.Key_PageUp, Command.BACK),
        (KEY.Key_B, Command.TOGGLE),
        (KEY.Key_Period, Command.TOGGLE),
        (KEY.Key_F5, Command.PRIMARY),
        # media keys
        (KEY.Key_MediaTogglePlayPause, Command.TOGGLE),
        (KEY.Key_MediaNext, Command.SKIP),
        (KEY.Key_MediaPrevious, Command.BACK),
        # anything else pauses
        (KEY.Key_Q, Command.OTHER),
        (KEY.Key_Return, Command.OTHER),
        (KEY.Key_Up, Command.OTHER),
        (KEY.Key_F12, Command.OTHER),
        (KEY.Key_Eacute, Command.OTHER),
    ],
)
def test_keys(key: Qt.Key, command: Command) -> None:
    assert command_of(press(key)) is command


@pytest.mark.parametrize("key", [KEY.Key_Shift, KEY.Key_Tab, KEY.Key_VolumeUp, KEY.Key_Super_L, KEY.Key_Print])
def test_keys_of_the_desktop_are_left_alone(key: Qt.Key) -> None:
    assert command_of(press(key)) is None


def test_chords_belong_to_the_window() -> None:
    assert command_of(press(KEY.Key_Q, modifiers=Qt.KeyboardModifier.ControlModifier)) is None
    assert command_of(press(KEY.Key_Plus, "+", Qt.KeyboardModifier.ShiftModifier)) is Command.LONGER


def test_a_held_key_counts_once_except_plus_and_minus() -> None:
    assert command_of(press(KEY.Key_Space, " ", repeat=True)) is None
    assert command_of(press(KEY.Key_Q, "q", repeat=True)) is None
    assert command_of(press(KEY.Key_Plus, "+", repeat=True)) is Command.LONGER


@pytest.mark.parametrize(("text", "digit"), [("7", 7), ("0", 0), ("", None), ("a", None), ("²", None), ("٣", None)])
def test_digits(text: str, digit: int | None) -> None:
    assert digit_of(press(KEY.Key_7, text)) == digit


# --- the panel's little movements ------------------------------------------------------------------------------------


def test_the_panel_crosses_only_when_the_edge_changes() -> None:
    motion = PanelMotion()
    motion.show(panel(Tone.LEFT), 0.0, reduced=False)
    motion.show(panel(Tone.RIGHT), 1.0, reduced=False)
    crossing = motion.crossing(1.0 + CROSS_S / 2)
    assert crossing is not None
    assert crossing.before.tone is Tone.LEFT
    assert crossing.t == pytest.approx(0.5)
    assert motion.crossing(1.01 + CROSS_S) is None
    motion.show(panel(Tone.NEUTRAL), 2.0, reduced=False)
    assert motion.crossing(2.1) is None, "rest stands at the end edge, where the right panel was"


def test_mirrored_the_neutral_panel_stands_on_the_left() -> None:
    motion = PanelMotion()
    motion.mirrored = True
    motion.show(panel(Tone.LEFT), 0.0, reduced=False)
    motion.show(panel(Tone.NEUTRAL), 1.0, reduced=False)
    assert motion.crossing(1.1) is None
    motion.show(panel(Tone.RIGHT), 2.0, reduced=False)
    assert motion.crossing(2.1) is not None


@given(st.lists(st.floats(0, 0.6), max_size=40))
def test_nothing_flashes_faster_than_twice_a_second(gaps: list[float]) -> None:
    motion, now, lit_at = PanelMotion(), 10.0, []
    for gap in gaps:
        now += gap
        before = motion.flashing(now)
        motion.flash(Tone.LEFT, now)
        if motion.flashing(now) and not before:
            lit_at.append(now)
    assert all(later - earlier >= FLASH_APART_S for earlier, later in pairwise(lit_at))


def test_the_easing_begins_and_ends_at_rest() -> None:
    assert [in_out_cubic(t) for t in (-1, 0, 0.5, 1, 2)] == [0, 0, 0.5, 1, 1]
    assert in_out_cubic(0.01) < 0.001


# --- the pacer -------------------------------------------------------------------------------------------------------

tempos = st.builds(Tempo, st.integers(1, 5), st.integers(0, 3), st.integers(1, 5))


@given(tempos, st.floats(0, 0.9999))
def test_the_bead_is_as_high_as_the_figure_has_moved(tempo: Tempo, share: float) -> None:
    level = samples.level(reps=(3, 3), tempo=(tempo.effort, tempo.hold, tempo.back))
    timeline = Timeline(samples.plan(RoutineItem(samples.exercise("Any", level), 1, 1)))
    into = share * tempo.seconds
    moment = timeline.at(timeline.work_start(0) + tempo.seconds + into)
    assert height_at(tempo, into) == pytest.approx(state_at(moment).progress, abs=1e-6)


@given(tempos)
def test_the_curve_is_sampled_to_its_end_and_in_order(tempo: Tempo) -> None:
    end = tempo.seconds + tempo.effort + 0.2
    times = curve_times(tempo, end)
    assert times[0] == 0
    assert times[-1] == end
    assert times == sorted(set(times))


@given(tempos, st.floats(0, 1))
def test_the_trail_ends_at_the_bead(tempo: Tempo, share: float) -> None:
    curve = Curve.of(tempo, 4.0, 760.0, 90.0, 20.0)
    trail = curve.until(share * tempo.seconds)
    assert trail[-1].x() == pytest.approx(4 + 760 * share * tempo.seconds / curve.times[-1], abs=0.01)
    assert all(20 - 1e-6 <= point.y() <= 90 + 1e-6 for point in trail)


# --- sizes, digits, colours ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(1280, 800, 1.0), (960, 640, 0.75), (640, 480, 0.75), (1920, 1080, 1.35), (3840, 2160, 2.7), (800, 1280, 0.75)],
)
def test_type_scales_with_the_screen(width: int, height: int, scale: float) -> None:
    assert scale_for(width, height) == pytest.approx(scale)


@pytest.mark.parametrize(
    ("size", "width"),
    [((1280, 800), 440), ((960, 640), 330), ((800, 600), 320), ((1920, 1080), 640), ((3840, 2160), 1188)],
)
def test_the_panel_is_a_third_of_the_screen(size: tuple[int, int], width: int) -> None:
    assert panel_width(size[0], scale_for(*size)) == width


def test_narrow_screens_get_a_band() -> None:
    assert is_band(800, 1280)
    assert is_band(1000, 900)
    assert not is_band(960, 640)


@pytest.mark.parametrize("weight", [600, 800])
def test_digits_never_move(look: Look, weight: int) -> None:
    font = look.font_px(312, weight, tabular=True)
    assert len({digits_width(str(n), font) for n in range(10)}) == 1
    assert digits_width("11", font) == digits_width("88", font)
    assert digits_width("1:11", font) == digits_width("8:08", font)


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_small_text_follows_the_text_size_and_large_text_stays(look: Look, percent: int) -> None:
    from coach.domain.preferences import Preferences

    look.apply(Preferences(text_percent=percent))
    style = Style(look, 1280, 800)
    assert style.size(312) == 312
    assert style.size(60) == 60
    assert style.size(20) == pytest.approx(min(40, 20 * percent / 100))
    assert Style(look, 960, 640).size(10) >= 12.5


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("dark", [False, True])
def test_words_on_the_panels_can_be_read(look: Look, tone: Tone, *, dark: bool) -> None:
    from coach.domain.preferences import Preferences, ThemeChoice

    look.apply(Preferences(theme=ThemeChoice.DARK if dark else ThemeChoice.LIGHT))
    colors = Style(look, 1280, 800).side(tone)
    assert contrast(colors.ink, colors.fill) >= 4.5
    assert contrast(colors.soft, colors.fill) >= 4.5
    assert contrast(colors.idle, colors.fill) >= 3
    assert contrast(mix(colors.ink, colors.fill, 0.38), colors.fill) >= 3, "paused digits are very large"
