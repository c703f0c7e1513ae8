"""Voice and chimes. Either may be missing, and the session never notices.

Each lives in a process of its own: a speech engine or a sound server that hangs would otherwise take the window with
it, and one must not take the other. The processes are started before the first cue, by `prepare`.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from coach.ui.i18n import tr
from coach.ui.session import speech
from coach.ui.session.speech import Condition, Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coach.domain.preferences import Preferences
    from coach.ui.session.cues import Chime

_log = logging.getLogger(__name__)


class Announcer(Protocol):
    """Says and sounds. A problem is a sentence for the person, empty while all is well or not yet tried."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted when a problem has come or gone, or the voices are known."""
        ...

    @property
    def voice_problem(self) -> str:
        """Why nothing is spoken."""
        ...

    @property
    def sound_problem(self) -> str:
        """Why nothing sounds."""
        ...

    def prepare(self) -> None:
        """Get ready to be heard, or try again what failed before; returns at once."""
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
        """Names of the voices to choose from; empty when there is none, or none is known yet."""
        ...

    def close(self) -> None:
        """Be silent for good, and leave nothing running."""
        ...


class SilentAnnouncer(QObject):
    """Says nothing and has no problem with it; remembers what it was asked for."""

    changed = Signal()
    voice_problem = ""
    sound_problem = ""

    def __init__(self) -> None:
        super().__init__()
        self.prepared = 0
        self.said: list[str] = []
        self.chimes: list[Chime] = []
        self.hushed = 0

    def prepare(self) -> None:
        """Remember the wish."""
        self.prepared += 1

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

    def close(self) -> None:
        """Nothing runs."""


class QtAnnouncer(QObject):
    """The real one, of two processes."""

    changed = Signal()

    def __init__(
        self,
        sounds: Path,
        parent: QObject | None = None,
        *,
        voice_command: Sequence[str] = (),
        chimes_command: Sequence[str] = (),
        limit_s: float = speech.LIMIT_S,
    ) -> None:
        """`sounds` is the folder of the chimes. Other commands start other programs, which talk as speaker.py does."""
        super().__init__(parent)
        self._voice = Speaker(voice_command or speech.command("voice"), self, limit_s=limit_s)
        self._voice.ready.connect(self._voice_ready)
        self._voice.failed.connect(self._voice_failed)
        self._chimes = Speaker(chimes_command or speech.command("chimes", str(sounds)), self, limit_s=limit_s)
        self._chimes.ready.connect(self._chimes_ready)
        self._chimes.failed.connect(self._chimes_failed)
        self._preferences: Preferences | None = None
        self._voices: tuple[str, ...] = ()
        self._waiting = ""
        self._voice_problem = ""
        self._sound_problem = ""

    @property
    def voice_problem(self) -> str:
        """See `Announcer`. An old problem stands until another try has succeeded."""
        return self._voice_problem

    @property
    def sound_problem(self) -> str:
        """See `Announcer`."""
        return self._sound_problem

    def prepare(self) -> None:
        """See `Announcer`."""
        self._voice.start()
        self._chimes.start()

    def configure(self, preferences: Preferences) -> None:
        """See `Announcer`."""
        self._preferences = preferences
        self._tune()

    def say(self, text: str) -> None:
        """See `Announcer`. Of what is asked for before the engine is ready, only the last is said, as soon as it is."""
        if not text:
            return
        if self._voice.condition is Condition.IDLE:
            self._voice.start()
        if self._voice.condition is Condition.STARTING:
            self._waiting = text
        self._voice.send(do="say", text=text)

    def chime(self, chime: Chime) -> None:
        """See `Announcer`. A chime that comes late misleads: before all is ready none is played."""
        if self._chimes.condition is Condition.IDLE:
            self._chimes.start()
        self._chimes.send(do="play", name=chime.value)

    def hush(self) -> None:
        """See `Announcer`."""
        self._waiting = ""
        self._voice.send(do="hush")

    def voices(self) -> tuple[str, ...]:
        """See `Announcer`."""
        return self._voices

    def close(self) -> None:
        """See `Announcer`."""
        self._voice.close()
        self._chimes.close()

    def _tune(self) -> None:
        wanted = self._preferences
        if wanted is None:
            return
        volume = wanted.volume / 100
        self._voice.send(do="tune", volume=volume, rate=wanted.voice_rate, voice=wanted.voice_name)
        self._chimes.send(do="tune", volume=volume)

    @Slot(tuple)
    def _voice_ready(self, voices: tuple[str, ...]) -> None:
        self._voices, self._voice_problem = voices, ""
        self._tune()
        waiting, self._waiting = self._waiting, ""
        self.say(waiting)
        self.changed.emit()

    @Slot(tuple)
    def _chimes_ready(self, _none: tuple[str, ...]) -> None:
        self._sound_problem = ""
        self._tune()
        self.changed.emit()

    @Slot(str, str)
    def _voice_failed(self, kind: str, detail: str) -> None:
        self._waiting, self._voices = "", ()
        self._voice_problem = voice_trouble(kind, detail)
        _log.info("voice unavailable: %s", self._voice_problem)
        self.changed.emit()

    @Slot(str, str)
    def _chimes_failed(self, kind: str, detail: str) -> None:
        self._sound_problem = sound_trouble(kind, detail)
        _log.info("sound unavailable: %s", self._sound_problem)
        self.changed.emit()


def voice_trouble(kind: str, detail: str) -> str:
    """Why nothing is spoken; kinds and details as `Speaker.failed` tells them."""
    if kind == "missing":
        return _missing(detail)
    if kind == "engine" and detail:
        return detail
    sentences = {
        "no_engine": tr("No speech engine is installed."),
        "gone": tr("The speech engine has stopped."),
        "unstartable": tr("The speech program cannot be started."),
    }
    return sentences.get(kind) or tr("The speech engine does not answer.")


def sound_trouble(kind: str, detail: str) -> str:
    """Why nothing sounds; kinds and details as `Speaker.failed` tells them."""
    if kind == "missing":
        return _missing(detail)
    sentences = {
        "no_device": tr("There is no sound device."),
        "gone": tr("The sound has stopped."),
        "unstartable": tr("The sound program cannot be started."),
    }
    return sentences.get(kind) or tr("The sound of this computer does not answer.")


def _missing(error: str) -> str:
    """`libpulse.so.0: cannot open shared object file` as a sentence about what to install."""
    library = error.split(":", maxsplit=1)[0]
    if library.startswith("lib"):
        return tr("The system library {library} is missing.", library=library)
    return tr("The sound add-on is not installed.")
