"""What the person can set, with its defaults. One typed settings file holds it; history never does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ThemeChoice(StrEnum):
    """Look of the pages."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class SessionTheme(StrEnum):
    """Look of the session screen."""

    SAME = "same"
    LIGHT = "light"
    DARK = "dark"


class VoiceChoice(StrEnum):
    """How much is spoken."""

    OFF = "off"
    KEY = "key"
    ALL = "all"


class MotionChoice(StrEnum):
    """Reduced motion: follow the system, on, or off."""

    SYSTEM = "system"
    ON = "on"
    OFF = "off"


class Background(StrEnum):
    """What becomes of the program, with reminders on, when its window is closed."""

    ASK = "ask"
    ON = "on"
    OFF = "off"


TEXT_SIZES = (100, 125, 150, 175, 200)
GET_READY_TIMES = (5, 10, 15)
PEOPLE = 4


@dataclass(frozen=True, slots=True)
class Preferences:
    """All settings. `text_percent` is one of TEXT_SIZES, `volume` 0 to 100, `voice_rate` -1 to 1, `person` 0 to 3."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    session_theme: SessionTheme = SessionTheme.SAME
    text_percent: int = 100
    voice: VoiceChoice = VoiceChoice.KEY
    voice_name: str = ""
    voice_rate: float = 0.0
    sound: bool = True
    volume: int = 70
    flash: bool = False
    self_paced: bool = False
    full_screen: bool = True
    reduce_motion: MotionChoice = MotionChoice.SYSTEM
    get_ready_s: int = 10
    warned_of: str = ""
    """The folder that the person was told is copied about or on a network drive."""
    person: int = 0
    safety_accepted: str = ""
    routine: str = "daily_six"
    background: Background = Background.ASK
    """Whether it goes on without its window; ASK until the person was told, or asked where there is no tray."""

    def __post_init__(self) -> None:
        for name, ok, expected in (
            ("text_percent", self.text_percent in TEXT_SIZES, f"one of {TEXT_SIZES}"),
            ("voice_rate", -1.0 <= self.voice_rate <= 1.0, "from -1 to 1"),
            ("volume", 0 <= self.volume <= 100, "from 0 to 100"),
            ("get_ready_s", self.get_ready_s in GET_READY_TIMES, f"one of {GET_READY_TIMES}"),
            ("person", 0 <= self.person < PEOPLE, f"from 0 to {PEOPLE - 1}"),
        ):
            if not ok:
                msg = f"{name} must be {expected}, is {getattr(self, name)!r}"
                raise ValueError(msg)
