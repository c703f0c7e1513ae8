"""Where the side panel is: standing at an edge, showing its check, crossing to the other edge, or flashing.

Times are monotonic seconds; the easing is the design's in-out-cubic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.ui.session.view import Crossing, PanelView, Tone

if TYPE_CHECKING:
    from coach.domain.session import SetDone

CHECK_S = 0.6
CROSS_S = 0.42
FLASH_S = 0.2
FLASH_APART_S = 0.5
"""Nothing flashes faster than twice a second."""
_NEVER = float("-inf")


def in_out_cubic(t: float) -> float:
    """Slow, fast, slow."""
    t = min(1.0, max(0.0, t))
    return 4 * t * t * t if t < 0.5 else 1 - (2 - 2 * t) ** 3 / 2


class PanelMotion:
    """The little movements of the panel. Nothing here has a timer: it is asked with `now`."""

    def __init__(self) -> None:
        self.mirrored = False
        self._checked: SetDone | None = None
        self._checked_at = _NEVER
        self._panel: PanelView | None = None
        self._before: PanelView | None = None
        self._crossed_at = _NEVER
        self._flashed_at = _NEVER
        self._flash_tone = Tone.NEUTRAL

    def check(self, done: SetDone, now: float) -> None:
        """A set is on disk: its check is shown from now on, for a moment."""
        self._checked, self._checked_at = done, now

    def checked(self, now: float) -> SetDone | None:
        """The set whose check is shown."""
        return self._checked if now - self._checked_at < CHECK_S else None

    def drop_check(self) -> None:
        """The person moved on by hand."""
        self._checked_at = _NEVER

    def show(self, panel: PanelView, now: float, *, reduced: bool) -> None:
        """This is the panel now; a change of edge sets it moving."""
        last, self._panel = self._panel, panel
        if last is None or last.tone is panel.tone:
            return
        if reduced:
            self.flash(panel.tone, now)
        elif self._at_left(last.tone) != self._at_left(panel.tone):
            self._before, self._crossed_at = last, now

    def crossing(self, now: float) -> Crossing | None:
        """How far the panel is on its way; None when it stands."""
        since = now - self._crossed_at
        if self._before is None or since >= CROSS_S:
            return None
        return Crossing(self._before, in_out_cubic(since / CROSS_S))

    def flash(self, tone: Tone, now: float) -> None:
        """Light up an edge, unless it did a moment ago."""
        if now - self._flashed_at >= FLASH_APART_S:
            self._flashed_at, self._flash_tone = now, tone

    def flashing(self, now: float) -> Tone | None:
        """The edge that is lit."""
        return self._flash_tone if now - self._flashed_at < FLASH_S else None

    def busy(self, now: float) -> bool:
        """Whether the next frame will look different because of this."""
        return any((self.crossing(now), self.flashing(now), self.checked(now)))

    def _at_left(self, tone: Tone) -> bool:
        return tone is Tone.LEFT or (tone is Tone.NEUTRAL and self.mirrored)
