"""Files that could not be read: a banner on the page, and the list behind its link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.ui.i18n import tr, trn
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.dialog import DialogBase
from coach.ui.widgets.page import ColumnScroll
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from coach.errors import Problem
    from coach.ui.theme.look import Look


def problems_banner(look: Look, problems: Sequence[Problem]) -> Banner:
    """Says how many files were skipped; its link opens the list."""
    files = len({problem.file for problem in problems})
    lead = trn("{n} exercise file could not be read.", "{n} exercise files could not be read.", files)
    banner = Banner(look, Tone.WARN, lead, tr("Everything else works."), link=tr("See what is wrong"))
    banner.link_clicked.connect(lambda: ProblemsDialog(look, problems, banner.window()).open())
    return banner


class ProblemsDialog(DialogBase):
    """Each fault with its file, place and reason."""

    def __init__(self, look: Look, problems: Sequence[Problem], parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Files that could not be read"), parent, width=560)
        intro = tr("These files are left out until they are put right. “coach check” prints the same list.")
        self.body.addWidget(Text(look, intro, "small", "ink2", wrap=True))
        scroll = ColumnScroll()
        scroll.set_padding(0, 0)
        scroll.column.setSpacing(12)
        for problem in problems:
            scroll.column.addWidget(Text(look, str(problem), "small", wrap=True))
        scroll.column.addStretch(1)
        scroll.setMinimumHeight(look.px(160))
        self.body.addWidget(scroll)
        close = Button(look, tr("Close"), Kind.PRIMARY, key="Esc")
        close.clicked.connect(self.accept)
        self.buttons.addWidget(close)
