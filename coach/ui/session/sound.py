"""Voice and chimes. Both are loaded at the first cue, either may be missing, and the session never notices.

Speech is QTextToSpeech, chimes are short files through QSoundEffect; both come from an add-on that may lack a system
library. The engine called "mock" speaks nothing and counts as none.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QUrl, Signal, Slot

from coach.ui.i18n import tr
from coach.ui.session.cues import Chime

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtMultimedia import QSoundEffect
    from PySide6.QtTextToSpeech import QTextToSpeech

    from coach.domain.preferences import Preferences

SILENT_ENGINES = {"mock"}
_log = logging.getLogger(__name__)


class Announcer(Protocol):
    """Says and sounds. A problem is a sentence for the person, empty while all is well or not yet tried."""

    @property
    def voice_problem(self) -> str:
        """Why nothing is spoken."""
        ...

    @property
    def sound_problem(self) -> str:
        """Why nothing sounds."""
        ...

    def configure(self, preferences: Preferences) -> None:
        """Take over voice, rate and volume."""
        ...

    def say(self, text: str) -> None:
        """Speak, cutting short what is being said."""
        ...

    def chime(self, chime: Chime) -> None:
        """Play one of the short sounds."""
        ...

    def hush(self) -> None:
        """Stop speaking."""
        ...

    def voices(self) -> tuple[str, ...]:
        """Names of the voices to choose from; empty when there is none."""
        ...


class SilentAnnouncer:
    """Says nothing and has no problem with it; remembers what it was asked for."""

    voice_problem = ""
    sound_problem = ""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.chimes: list[Chime] = []
        self.hushed = 0

    def configure(self, preferences: Preferences) -> None:
        """Nothing to take over."""

    def say(self, text: str) -> None:
        """Remember the words."""
        self.said.append(text)

    def chime(self, chime: Chime) -> None:
        """Remember the sound."""
        self.chimes.append(chime)

    def hush(self) -> None:
        """Remember that speech was cut."""
        self.hushed += 1

    def voices(self) -> tuple[str, ...]:
        """None to choose from."""
        return ()


def speech_class() -> type[QTextToSpeech]:
    """Load speech; ImportError when the add-on or one of its libraries is missing."""
    from PySide6.QtTextToSpeech import QTextToSpeech

    return QTextToSpeech


def effect_class() -> type[QSoundEffect]:
    """Load sound; ImportError when the add-on or one of its libraries is missing."""
    from PySide6.QtMultimedia import QSoundEffect

    return QSoundEffect


def has_sound_device() -> bool:
    """Whether anything can sound; loads the add-on."""
    from PySide6.QtMultimedia import QMediaDevices

    return not QMediaDevices.defaultAudioOutput().isNull()


class QtAnnouncer(QObject):
    """The real one. `changed` is emitted when voice or sound turns out to be missing."""

    changed = Signal()

    def __init__(
        self,
        sounds: Path,
        parent: QObject | None = None,
        *,
        load_speech: Callable[[], Any] = speech_class,
        load_effect: Callable[[], Any] = effect_class,
        device_there: Callable[[], bool] = has_sound_device,
    ) -> None:
        super().__init__(parent)
        self._sounds = sounds
        self._load_speech, self._load_effect, self._device_there = load_speech, load_effect, device_there
        self._speech: Any = None
        self._effects: dict[Chime, Any] | None = None
        self._preferences: Preferences | None = None
        self._voice_problem = ""
        self._sound_problem = ""

    @property
    def voice_problem(self) -> str:
        """See `Announcer`."""
        return self._voice_problem

    @property
    def sound_problem(self) -> str:
        """See `Announcer`."""
        return self._sound_problem

    def configure(self, preferences: Preferences) -> None:
        """See `Announcer`."""
        self._preferences = preferences
        self._tune_speech()
        for effect in (self._effects or {}).values():
            effect.setVolume(preferences.volume / 100)

    def say(self, text: str) -> None:
        """See `Announcer`."""
        if self._voice_problem or not text:
            return
        if self._speech is None:
            self._open_speech()
        if self._speech is not None and not self._voice_problem:
            self._speech.say(text)

    def chime(self, chime: Chime) -> None:
        """See `Announcer`."""
        if self._sound_problem:
            return
        if self._effects is None:
            self._open_effects()
        if self._effects is not None and not self._sound_problem:
            self._effects[chime].play()

    def hush(self) -> None:
        """See `Announcer`."""
        if self._speech is not None and not self._voice_problem:
            self._speech.stop()

    def voices(self) -> tuple[str, ...]:
        """Names of the voices to choose from; loads speech. Empty when there is none."""
        if self._speech is None and not self._voice_problem:
            self._open_speech()
        return tuple(voice.name() for voice in self._speech.availableVoices()) if self._speech is not None else ()

    def _open_speech(self) -> None:
        try:
            speech = self._load_speech()
            engines = [name for name in speech.availableEngines() if name not in SILENT_ENGINES]
            if not engines:
                self._lose_voice(tr("No speech engine is installed."))
                return
            self._speech = speech(engines[0], self)
        except ImportError as error:
            self._lose_voice(_missing(error))
            return
        self._speech.errorOccurred.connect(self._speech_failed)
        if self._speech.state() is speech.State.Error:
            self._lose_voice(self._speech.errorString())
            return
        self._tune_speech()

    def _tune_speech(self) -> None:
        wanted = self._preferences
        if self._speech is None or self._voice_problem or wanted is None:
            return
        self._speech.setRate(wanted.voice_rate)
        self._speech.setVolume(wanted.volume / 100)
        for voice in self._speech.availableVoices() if wanted.voice_name else ():
            if voice.name() == wanted.voice_name:
                self._speech.setVoice(voice)
                break

    def _open_effects(self) -> None:
        try:
            effect = self._load_effect()
            if not self._device_there():
                self._lose_sound(tr("There is no sound device."))
                return
        except ImportError as error:
            self._lose_sound(_missing(error))
            return
        volume = self._preferences.volume / 100 if self._preferences else 1.0
        self._effects = {}
        for chime in Chime:
            one = effect(self)
            one.setSource(QUrl.fromLocalFile(str(self._sounds / f"{chime.value}.wav")))
            one.setVolume(volume)
            self._effects[chime] = one

    @Slot(object, str)
    def _speech_failed(self, _reason: object, message: str) -> None:
        self._lose_voice(message)

    def _lose_voice(self, reason: str) -> None:
        self._voice_problem = reason or tr("The speech engine does not answer.")
        _log.info("voice unavailable: %s", self._voice_problem)
        self.changed.emit()

    def _lose_sound(self, reason: str) -> None:
        self._sound_problem = reason
        _log.info("sound unavailable: %s", reason)
        self.changed.emit()


def _missing(error: ImportError) -> str:
    """`libpulse.so.0: cannot open shared object file` as a sentence about what to install."""
    library = str(error).split(":", maxsplit=1)[0]
    if library.startswith("lib"):
        return tr("The system library {library} is missing.", library=library)
    return tr("The sound add-on is not installed.")
