"""A file is to leave: in which form, what that means, and who can read it, before a place is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal

from coach.ui.i18n import tr
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.dialog import TallDialog
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look
    from coach.ui.widgets.segmented import Segmented

F = TypeVar("F")
WIDTH = 480


class FormDialog(TallDialog, Generic[F]):
    """`decided` carries the form. Who inherits from it says in `about` what the chosen one means.

    `head` stands above the forms, `warning` below them.
    """

    decided = Signal(object)

    def __init__(
        self, look: Look, title: str, head: Text, form: Segmented[F], warning: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, title, parent, width=WIDTH)
        self.form = form
        self.about = Text(look, "", "small", "ink2", wrap=True)
        for widget in (head, form, self.about, Banner(look, Tone.INFO, tr("Not encrypted."), warning)):
            self.column.addWidget(widget)
        cancel = Button(look, tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go_on = Button(look, tr("Choose a place…"), Kind.PRIMARY)
        self.go_on.clicked.connect(self._decide)
        self.buttons.addWidget(cancel)
        self.buttons.addWidget(self.go_on)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        form = self.form.value
        self.accept()
        self.decided.emit(form)
