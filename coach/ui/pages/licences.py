"""All licences, as the file that is shipped with the program says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser

from coach.ui.i18n import tr
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.dialog import DialogBase

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

WIDTH, HEIGHT = 720, 360


class LicencesDialog(DialogBase):
    """Shows a Markdown text; its links lead nowhere, since nothing here opens a browser."""

    def __init__(self, look: Look, markdown: str, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Licences"), parent, width=WIDTH)
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(tr("Licences"))
        self.text.document().setDefaultFont(look.font("small"))
        features = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
        # The title of the window says it already.
        self.text.document().setMarkdown(markdown.removeprefix("# Licences").lstrip(), features)
        self.text.setMinimumHeight(HEIGHT)
        self.body.addWidget(self.text)
        close = Button(look, tr("Close"), Kind.PRIMARY, key="Esc")
        close.clicked.connect(self.accept)
        self.buttons.addWidget(close)
