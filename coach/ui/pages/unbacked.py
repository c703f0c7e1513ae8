"""The notice that something in the diary has been waiting for a backup for too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.ui.i18n import tr
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.words import day_text

if TYPE_CHECKING:
    from coach.ui.pages.today_state import Unbacked
    from coach.ui.theme.look import Look


def unbacked_banner(look: Look, unbacked: Unbacked) -> Banner:
    """Says since when, and why; its link asks for a backup now."""
    if unbacked.since is None:
        lead = tr("Your diary has never been backed up.")
    else:
        lead = tr("Your diary has not been backed up since {day}.", day=day_text(unbacked.since, "d MMMM"))
    return Banner(look, Tone.WARN, lead, unbacked.reason, link=tr("Back up now"))
