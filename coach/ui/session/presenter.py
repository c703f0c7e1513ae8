"""When a session is shown and kept: asks the clock, and turns what the steering holds into pictures, sound and facts.

Facts leave by `to_save` with a token and are answered by `saved` or `not_saved`. Until a finished set is answered for,
the screen stands still while the timeline goes on: what is shown as done is on disk, and no time is lost by saving.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coach.domain.preferences import VoiceChoice
from coach.domain.records import SetStatus
from coach.domain.session import SLEEP_GAP_S, TOUCH_GRACE_S, PauseReason, SetDone, State
from coach.domain.timeline import CueKind, Phase
from coach.ui.i18n import tr, trn
from coach.ui.session import rating
from coach.ui.session.cue_player import CuePlayer, is_visible, reader_words
from coach.ui.session.describe_panel import Around, panel_view
from coach.ui.session.describe_stage import controls_view, stage_view
from coach.ui.session.facts import Fact, Outbox
from coach.ui.session.intents import Command, Digit, Intent
from coach.ui.session.panel_motion import PanelMotion
from coach.ui.session.steering import Steering
from coach.ui.session.view import BannerView, StopView, Tone, ViewState, VoiceState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from coach.clock import Clock
    from coach.domain.pain import Area
    from coach.domain.preferences import Preferences
    from coach.domain.session import Run
    from coach.domain.timeline import Cue
    from coach.ui.session.sound import Announcer

FRAME_MS = 33
STILL_HERE_S = 300.0
"""A session that still stands after this long is asked about."""
SLAP_S = 0.3
"""A slap on the keyboard is many keys at once: after it, keys are not heard for this long."""


class SessionPresenter(QObject):
    """One session. Call `start` once; then the frame timer runs whenever something moves.

    `to_save(token, fact)`: keep this and answer with `saved(token)` or `not_saved(token, why)`. `ended(completed)`
    comes once, after every fact has been answered for. `spoken(words, urgent)` is for screen readers. `voice_chosen`
    carries the `VoiceChoice` that the V key has made.
    """

    changed = Signal(object)
    to_save = Signal(int, object)
    ended = Signal(bool)
    spoken = Signal(str, bool)
    voice_chosen = Signal(object)

    def __init__(
        self,
        run: Run,
        clock: Clock,
        preferences: Preferences,
        announcer: Announcer,
        *,
        pain_now: Mapping[Area, int] | None = None,
        first_by_pain: Collection[str] = (),
        answered: Collection[int] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._preferences = preferences
        self._announcer = announcer
        self._first_by_pain = frozenset(first_by_pain)
        self._opening = run.timeline.at(run.cursor).segment.bout
        self._steering = Steering(run, pain_now or {}, self._send, self._jumped, answered)
        self._outbox = Outbox()
        self._why_unsaved = ""
        self._cues = CuePlayer(announcer)
        self._cues.jump(run.cursor, self._opening)
        self._panel = PanelMotion()
        self._voice = preferences.voice
        self._reduced_motion = False
        self._shown = run.timeline.at(run.cursor)
        self._view: ViewState | None = None
        self._looked = (clock.monotonic(), clock.now())
        self._stood: float | None = None
        self._deaf_until = float("-inf")
        self._turning = False
        self._told_end = self._last_try = False
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.frame)
        self._long_pause = QTimer(self, singleShot=True, interval=round(STILL_HERE_S * 1000) + 100)
        self._long_pause.timeout.connect(self.frame)
        announcer.configure(preferences)

    # --- what others read -------------------------------------------------------------------------------------------

    @property
    def run(self) -> Run:
        """The session as it stands."""
        return self._steering.run

    @property
    def view(self) -> ViewState:
        """What is shown; RuntimeError before `start`."""
        if self._view is None:
            raise RuntimeError("the session has not been started")
        return self._view

    @property
    def moving(self) -> bool:
        """Whether frames are coming."""
        return self._timer.isActive()

    @property
    def unsaved(self) -> tuple[Fact, ...]:
        """Facts that could not be kept so far."""
        return tuple(self._outbox.failed.values())

    @property
    def worst_pain_missing(self) -> tuple[int, ...]:
        """Exercises, by index, whose worst pain the summary must still ask."""
        return self._steering.pain.unanswered(self.run)

    # --- what others say --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the first picture and let time run from here."""
        self._looked = (self._clock.monotonic(), self._clock.now())
        self._turn(_nothing)

    def frame(self) -> None:
        """Look at the clock and show what is true now."""
        self._turn(_nothing)

    def ask(self, intent: Intent) -> None:
        """The person asks for something, by a button or a click."""
        if intent is Command.VOICE:
            self._turn(self._toggle_voice)
        elif intent is Command.RETRY_SAVING:
            self._turn(self._send_again)
        else:
            self._turn(lambda now: self._steering.handle(intent, now))

    def key(self, intent: Intent) -> None:
        """The same by a key: a slap counts as one."""
        now = self._clock.monotonic()
        if now < self._deaf_until and intent is not Command.HURTS:
            return
        was_running = self.run.state is State.RUNNING
        # A digit is a key like any other where no number is asked for.
        any_key = intent in {Command.PRIMARY, Command.OTHER} or (
            isinstance(intent, Digit) and self._steering.pain.row is None and self._steering.pain.sheet is None
        )
        self.ask(intent)
        stopped = was_running and self.run.state is not State.RUNNING and intent is not Command.HURTS
        if stopped or (self.run.self_paced and any_key):
            self._deaf_until = now + SLAP_S

    def decide_end(self, end: bool) -> None:  # noqa: FBT001 - a signal's argument
        """The answer to "End the session?"."""
        self._turn(lambda now: self._steering.decide_end(now, end=end))

    def saved(self, token: int) -> None:
        """A fact is on disk."""

        def kept(now: float) -> None:
            fact = self._outbox.on_the_way.get(token)
            self._outbox.kept(token)
            if isinstance(fact, SetDone) and fact.status is SetStatus.DONE:
                self._panel.check(fact, now)

        self._turn(kept)

    def not_saved(self, token: int, why: str) -> None:
        """A fact could not be kept: it waits, the person is told, the session goes on."""

        def failed(_now: float) -> None:
            self._outbox.not_kept(token)
            self._why_unsaved = why

        self._turn(failed)

    def set_reduced_motion(self, *, reduced: bool) -> None:
        """Stills and cuts instead of movement."""
        self._reduced_motion = reduced
        self._show_again()

    def set_right_to_left(self, *, mirrored: bool) -> None:
        """The end edge, where the neutral panel stands, is the left one."""
        self._panel.mirrored = mirrored

    def sound_changed(self) -> None:
        """Voice or sound turned out to be missing."""
        self._show_again()

    def close(self) -> None:
        """The screen goes away: no more frames, no more speech."""
        self._stop_timers()
        self._announcer.hush()

    # --- one turn ---------------------------------------------------------------------------------------------------

    def _turn(self, act: Callable[[float], None]) -> None:
        """Let time catch up, act, show. Turns within a turn only act: they are shown with the outer one."""
        if self._turning:
            act(self._clock.monotonic())
            return
        self._turning = True
        try:
            now = self._catch_up()
            act(now)
            self._show(now)
        finally:
            self._turning = False
        self._tell_end()

    def _show_again(self) -> None:
        if self._view is not None and not self._turning:
            self._turn(_nothing)

    def _catch_up(self) -> float:
        now, wall = self._clock.monotonic(), self._clock.now()
        before, wall_before = self._looked
        self._looked = (now, wall)
        # On some systems monotonic time stands still while the machine sleeps; the wall clock does not.
        slept = (wall - wall_before).total_seconds() - (now - before) > SLEEP_GAP_S
        run = self.run
        if slept and run.state is State.RUNNING and not run.waiting:
            self._steering.sleep(now)
        self._steering.tick(now)
        return now

    def _show(self, now: float) -> None:
        shows_now = not self._outbox.waits_for_set
        if shows_now:
            self._steering.attend(now)
        self._note_standing(now)
        if shows_now:
            self._shown = self.run.moment(now)
            self._sound(now)
        view = self._picture(now)
        if view != self._view:
            self._view = view
            self.changed.emit(view)
        self._keep_time(now)

    def _tell_end(self) -> None:
        ending = self._steering.ending
        if ending is None or self._told_end:
            return
        if self._outbox.failed and not self._last_try:
            self._last_try = True
            self._send_again(self._clock.monotonic())
            self._tell_end()  # unless an answer that came at once has done so already
        elif not self._outbox.on_the_way:
            self._told_end = True
            self._stop_timers()  # the last words are still being spoken
            self.ended.emit(ending)

    def _stop_timers(self) -> None:
        self._timer.stop()
        self._long_pause.stop()

    def _keep_time(self, now: float) -> None:
        run = self.run
        moves = run.state is State.RUNNING and not run.waiting
        row = self._steering.pain.row
        settling = row is not None and not row.settled
        if not run.state.over and (moves or settling or self._panel.busy(now) or self._touch_open(now)):
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()

    def _note_standing(self, now: float) -> None:
        if self.run.state not in {State.PAUSED, State.TOUCHED}:
            self._stood = None
            self._long_pause.stop()
        elif self._stood is None:
            self._stood = now
            self._announcer.hush()
            self._long_pause.start()

    def _touch_open(self, now: float) -> bool:
        return self.run.state is State.TOUCHED and now - self.run.touched_at <= TOUCH_GRACE_S

    # --- the picture ------------------------------------------------------------------------------------------------

    def _picture(self, now: float) -> ViewState:
        run, moment, steering = self.run, self._shown, self._steering
        around = self._around(now)
        panel = panel_view(run, moment, around)
        self._panel.show(panel, now, reduced=self._reduced_motion)
        can_ease = around.can_ease
        return ViewState(
            panel=panel,
            stage=stage_view(run, moment, around),
            controls=controls_view(run, moment, around),
            crossing=self._panel.crossing(now),
            banner=self._banner(),
            flash=self._panel.flashing(now),
            hurts=steering.pain.hurts_view(can_ease=can_ease),
            stop=self._stop_notice(),
            asking_end=steering.asking_end,
            exercises_left=len(run.plan) - moment.place.index,
        )

    def _around(self, now: float) -> Around:
        steering, moment = self._steering, self._shown
        more = steering.shows_more or steering.pain.sheet is not None
        title, note = self._standing_words(now)
        return Around(
            voice=self._voice_state(),
            voice_reason=self._announcer.voice_problem,
            reduced_motion=self._reduced_motion,
            opening=self._opening,
            first_by_pain=self._first_by_pain,
            check=self._panel.checked(now),
            paused_title=title,
            paused_note=note,
            touch_open=self._touch_open(now),
            can_ease=more and not self.run.state.over and steering.can_ease(moment),
            pain=steering.pain.row_view(),
            message=steering.message(moment.segment.bout) if not moment.phase.is_work else "",
        )

    def _standing_words(self, now: float) -> tuple[str, str]:
        """Title and line of a pause that needs words."""
        if self._stood is not None and now - self._stood >= STILL_HERE_S:
            minutes = int((now - self._stood) // 60)
            return tr("Still here?"), tr("Paused for {n} minutes. Go on, or end the session.", n=minutes)
        if self.run.state is State.PAUSED and self._steering.pause_reason is PauseReason.SLEEP:
            return "", tr("The computer slept. Go on when you are ready.")
        return "", ""

    def _stop_notice(self) -> StopView | None:
        sign = self._steering.stop_sign
        return rating.stop_view(sign, mistake=self._steering.mistake) if sign is not None else None

    def _banner(self) -> BannerView | None:
        if not self._outbox.failed:
            return None
        sets = sum(isinstance(fact, SetDone) for fact in self._outbox.failed.values())
        lead = trn("{n} set is not saved yet.", "{n} sets are not saved yet.", sets) if sets else tr("Not saved yet.")
        return BannerView(lead, tr("{why} The session goes on.", why=self._why_unsaved))

    def _voice_state(self) -> VoiceState:
        if self._voice is VoiceChoice.OFF:
            return VoiceState.OFF
        return VoiceState.UNAVAILABLE if self._announcer.voice_problem else VoiceState.ON

    # --- sound ------------------------------------------------------------------------------------------------------

    def _sound(self, now: float) -> None:
        played = self._cues.play(self.run.timeline, self._shown.elapsed, self._voice, sound=self._preferences.sound)
        for cue in played:
            words = reader_words(cue, self.run.timeline)
            if words:
                self.spoken.emit(words, False)  # noqa: FBT003 - a signal's argument
        wants_flash = self._preferences.flash or (self._preferences.sound and bool(self._announcer.sound_problem))
        if wants_flash and any(map(is_visible, played)):
            self._panel.flash(self._tone_of(played[-1]), now)

    def _tone_of(self, cue: Cue) -> Tone:
        place = self.run.timeline.places[cue.bout]
        resting = cue.kind is CueKind.REST or cue.phase is Phase.REST
        return Tone.NEUTRAL if resting else Tone.of(place.bout.side)

    def _toggle_voice(self, _now: float) -> None:
        if self._voice is VoiceChoice.OFF:
            before = self._preferences.voice
            self._voice = VoiceChoice.KEY if before is VoiceChoice.OFF else before
        else:
            self._voice = VoiceChoice.OFF
            self._announcer.hush()
        self.voice_chosen.emit(self._voice)

    def _jumped(self, elapsed: float, bout: int | None) -> None:
        self._cues.jump(elapsed, bout)
        self._panel.drop_check()

    # --- keeping ----------------------------------------------------------------------------------------------------

    def _send(self, fact: Fact) -> None:
        if isinstance(fact, SetDone) and self._outbox.failed:
            self._send_again(0.0)
        self.to_save.emit(self._outbox.add(fact), fact)

    def _send_again(self, _now: float) -> None:
        for token, fact in self._outbox.retry().items():
            self.to_save.emit(token, fact)


def _nothing(_now: float) -> None:
    """A turn in which only time passes."""
