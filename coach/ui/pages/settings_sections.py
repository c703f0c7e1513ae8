"""The sections of the settings. Each shows the preferences it is given and emits what the person changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coach.domain.preferences import (
    GET_READY_TIMES,
    PEOPLE,
    TEXT_SIZES,
    MotionChoice,
    SessionTheme,
    ThemeChoice,
    VoiceChoice,
)
from coach.ui.i18n import tr
from coach.ui.pages.notice import safety_notice
from coach.ui.pages.settings_parts import Row
from coach.ui.widgets.button import Button, Size
from coach.ui.widgets.card import Card
from coach.ui.widgets.figures import Still
from coach.ui.widgets.people import PeoplePicker
from coach.ui.widgets.pickers import Combo, PercentSlider, Stepper
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Toggle

if TYPE_CHECKING:
    from coach.ui.pages.settings import SettingsState
    from coach.ui.room import Room
    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery

RATES = (-0.4, 0.0, 0.4)


class Section(Card):
    """A card of rows. `changed` carries the names and values of the preferences that are now different."""

    changed = Signal(object)
    title = ""
    icon = ""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, pad=26, gap=0)
        self._rows: list[Row] = []
        self._state: SettingsState | None = None
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 12)
        top.addWidget(Text(look, title, "h2"), 1)
        self._top = top
        self.column.addLayout(top)

    def render_state(self, state: SettingsState) -> None:
        """Show the preferences."""
        self._state = state

    def arrange(self, room: Room) -> None:
        """Put controls beside or below their names."""
        for row in self._rows:
            row.set_stacked(stacked=room.columns == 1)

    def _row(self, title: str, note: str, control: QWidget | None) -> Row:
        row = Row(self._look, title, note, control)
        self.column.addWidget(row)
        self._rows.append(row)
        return row

    def _emit(self, **values: object) -> None:
        self.changed.emit(values)

    def _toggle(self, title: str, note: str, preference: str) -> Toggle:
        toggle = Toggle(self._look, name=title)
        toggle.toggled.connect(lambda on: self._emit(**{preference: on}))
        self._row(title, note, toggle)
        return toggle


def show_toggle(toggle: Toggle, *, on: bool) -> None:
    """Show a switch on or off, without a signal."""
    blocked = toggle.blockSignals(True)  # noqa: FBT003 - Qt's signature
    toggle.setChecked(on)
    toggle.blockSignals(blocked)
    toggle.update()


class SessionSection(Section):
    """Voice, sound and pace of a session."""

    icon = "monitor-play"

    def __init__(self, look: Look) -> None:
        self.title = tr("Session and voice")
        super().__init__(look, self.title)
        self.sample = Button(look, tr("Hear a sample"), icon="play", size=Size.SMALL)
        self._top.addWidget(self.sample)
        self._build_voice()
        self._build_sound()
        self._build_pace()

    def _build_voice(self) -> None:
        options = [(VoiceChoice.OFF, tr("Off")), (VoiceChoice.KEY, tr("Key moments")), (VoiceChoice.ALL, tr("All"))]
        self.cues = Segmented(self._look, tr("Spoken cues"), options)
        self.cues.chosen.connect(lambda value: self._emit(voice=value))
        self._row(tr("Spoken cues"), tr("Exercise names, sides, switch and last three seconds."), self.cues)
        self.voice = Combo(self._look, tr("Voice"))
        self.voice.activated.connect(self._voice_chosen)
        self._voice_row = self._row(tr("Voice"), "", self.voice)
        rates = list(zip(RATES, (tr("Slow"), tr("Normal"), tr("Fast")), strict=True))
        self.rate = Segmented(self._look, tr("Speed of the voice"), rates, RATES[1])
        self.rate.chosen.connect(lambda value: self._emit(voice_rate=value))
        self._row(tr("Speed of the voice"), "", self.rate)

    def _build_sound(self) -> None:
        self.sound = self._toggle(tr("Chimes"), tr("At the start, at each change and at the end."), "sound")
        self.volume = PercentSlider(self._look, tr("Volume"))
        self.volume.changed.connect(lambda value: self._emit(volume=value))
        self._row(tr("Volume"), "", self.volume)
        self.flash = self._toggle(
            tr("Flash the screen edge at every change"), tr("For when you cannot hear the cue."), "flash"
        )

    def _build_pace(self) -> None:
        times = [(seconds, tr("{seconds} s", seconds=seconds)) for seconds in GET_READY_TIMES]
        self.ready = Segmented(self._look, tr("Get-ready time"), times)
        self.ready.chosen.connect(lambda value: self._emit(get_ready_s=value))
        self._row(tr("Get-ready time"), tr("Before each exercise. Changing sides takes 5 s."), self.ready)
        self.paced = self._toggle(
            tr("At my own pace"), tr("No timer on repetitions. Any key goes on to the next one."), "self_paced"
        )
        self.full = self._toggle(
            tr("Full screen"), tr("Sessions fill the screen. F changes it at any time."), "full_screen"
        )
        themes = [
            (SessionTheme.SAME, tr("Same as app")),
            (SessionTheme.LIGHT, tr("Light")),
            (SessionTheme.DARK, tr("Dark")),
        ]
        self.background = Segmented(self._look, tr("Session background"), themes)
        self.background.chosen.connect(lambda value: self._emit(session_theme=value))
        self._row(tr("Session background"), "", self.background)

    def render_state(self, state: SettingsState) -> None:
        super().render_state(state)
        preferences = state.preferences
        self.cues.set_value(preferences.voice)
        self._show_voices(state)
        self.rate.set_value(min(RATES, key=lambda rate: abs(rate - preferences.voice_rate)))
        show_toggle(self.sound, on=preferences.sound)
        self.volume.set_value(preferences.volume)
        show_toggle(self.flash, on=preferences.flash)
        self.ready.set_value(preferences.get_ready_s)
        show_toggle(self.paced, on=preferences.self_paced)
        show_toggle(self.full, on=preferences.full_screen)
        self.background.set_value(preferences.session_theme)

    def _show_voices(self, state: SettingsState) -> None:
        self.voice.clear()
        self.voice.addItem(tr("System voice"), "")
        for name in state.voices:
            self.voice.addItem(name, name)
        wanted = self.voice.findData(state.preferences.voice_name)
        self.voice.setCurrentIndex(max(0, wanted))
        problem = state.voice_problem
        self.voice.setEnabled(not problem)
        self.rate.setEnabled(not problem)
        note = tr("{problem} Cues are on screen.", problem=problem) if problem else tr("Works offline.")
        self._voice_row.set_note(note)

    def _voice_chosen(self, index: int) -> None:
        self._emit(voice_name=self.voice.itemData(index))


class LookSection(Section):
    """Theme, text size, the person in the pictures."""

    icon = "sun-moon"

    def __init__(self, look: Look, gallery: Gallery) -> None:
        self.title = tr("Look")
        super().__init__(look, self.title)
        themes = [
            (ThemeChoice.SYSTEM, tr("Follow system")),
            (ThemeChoice.LIGHT, tr("Light")),
            (ThemeChoice.DARK, tr("Dark")),
        ]
        self.theme = Segmented(look, tr("Theme"), themes)
        self.theme.chosen.connect(lambda value: self._emit(theme=value))
        self._row(tr("Theme"), "", self.theme)
        words = (tr("Smaller text"), tr("Larger text"))
        self.text_size = Stepper(look, tr("Text size"), TEXT_SIZES, 100, lambda percent: f"{percent} %", words)
        self.text_size.chosen.connect(lambda value: self._emit(text_percent=value))
        self._row(tr("Text size"), tr("The session has its own large letters."), self.text_size)
        self.people = PeoplePicker(look, gallery, PEOPLE, QSize(84, 100))
        self.people.chosen.connect(lambda value: self._emit(person=value))
        self._row(tr("Who shows the exercises"), "", self.people)

    def render_state(self, state: SettingsState) -> None:
        super().render_state(state)
        self.theme.set_value(state.preferences.theme)
        self.text_size.set_value(state.preferences.text_percent)
        self.people.set_value(state.preferences.person)
        model = state.model
        if model is not None:
            key = model.level(model.default_level).pose
            self.people.set_still(Still(model.id, key, model.poses[key], cues=False, progress=0.0))


class AccessSection(Section):
    """Less movement, light instead of sound, and where the keys are."""

    icon = "accessibility"

    def __init__(self, look: Look) -> None:
        self.title = tr("Accessibility")
        super().__init__(look, self.title)
        choices = [
            (MotionChoice.SYSTEM, tr("Follow system")),
            (MotionChoice.ON, tr("On")),
            (MotionChoice.OFF, tr("Off")),
        ]
        self.motion = Segmented(look, tr("Reduce motion"), choices)
        self.motion.chosen.connect(lambda value: self._emit(reduce_motion=value))
        self._row(tr("Reduce motion"), tr("Still pictures, the pacer jumps once a second."), self.motion)
        self.flash = self._toggle(
            tr("Flash the screen edge at every change"), tr("For when you cannot hear the cue."), "flash"
        )
        self._row(
            tr("Keys"), tr("Everything works with the keyboard. Press ? for the list. Tab shows where you are."), None
        )

    def render_state(self, state: SettingsState) -> None:
        super().render_state(state)
        self.motion.set_value(state.preferences.reduce_motion)
        show_toggle(self.flash, on=state.preferences.flash)


class AboutSection(Section):
    """Version, the safety notice, licences."""

    icon = "info"

    def __init__(self, look: Look) -> None:
        self.title = tr("About")
        super().__init__(look, self.title)
        self._version = self._row(tr("Foot Coach"), "", None)
        self._row(tr("Safety"), safety_notice(), None)
        self.every = Button(look, tr("All licences"), name=tr("Show all licences"))
        self.every.clicked.connect(self._show_licences)
        self._row(tr("Licences"), licences(), self.every)

    def render_state(self, state: SettingsState) -> None:
        super().render_state(state)
        self._version.set_note(tr("Version {version}", version=state.version))
        self.every.setVisible(bool(state.licences))

    def _show_licences(self) -> None:
        from coach.ui.pages.licences import LicencesDialog

        if self._state is not None:
            LicencesDialog(self._look, self._state.licences, self.window()).open()


def licences() -> str:
    """Ours and the others', one line each."""
    return tr(
        "Foot Coach: MIT. Exercise texts and figure: CC BY 4.0. Letters: Inter, SIL Open Font Licence. "
        "Icons: Lucide, ISC. Qt for Python: LGPL 3. SQLAlchemy, Alembic, APScheduler, platformdirs: MIT. msgspec: BSD."
    )
