"""What Today says about the diary: that it can only be looked at, that a backup is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.ui.data_words import long_day
from coach.ui.i18n import tr
from coach.ui.widgets.banner import Banner, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coach.ui.pages.today_state import TodayState
    from coach.ui.theme.look import Look


def diary_banners(look: Look, state: TodayState, back_up: Callable[[], None]) -> Iterator[Banner]:
    """One banner for each; `back_up` is what the link of the second one does."""
    if state.read_only:
        yield Banner(look, Tone.LOCKED, tr("You can look, but not add anything."), state.read_only)
    if state.backup_due is not None:
        due = state.backup_due
        lead = tr("No backup since {day}.", day=long_day(due.since, state.now.date()))
        link = "" if state.read_only else tr("Back up now")
        banner = Banner(look, Tone.WARN, lead, due.problem or tr("Your diary itself is fine."), link=link)
        banner.link_clicked.connect(back_up)
        yield banner
