"""How everything looks right now: the theme, the text size, fonts, icons and motion, handed to every widget.

One `Look` exists per application; widgets keep it, ask it while painting, and repaint on `changed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from coach.domain.preferences import MotionChoice, SessionTheme, ThemeChoice
from coach.ui.theme.icons import IconSet
from coach.ui.theme.sheet import style_sheet
from coach.ui.theme.tokens import Theme, load_theme
from coach.ui.theme.typeface import ROLES, install_fonts, make_font

if TYPE_CHECKING:
    from pathlib import Path

    from coach.domain.preferences import Preferences


class Look(QObject):
    """Theme and type of the application. `changed` is emitted after anything here is different."""

    changed = Signal()

    def __init__(self, assets: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._assets = assets
        self._themes: dict[bool, Theme] = {}
        self._fonts: dict[tuple[float, int, bool], QFont] = {}
        self._own_face = install_fonts(assets / "fonts")
        self._icons = IconSet(assets / "icons")
        self._choice = ThemeChoice.SYSTEM
        self._motion = MotionChoice.SYSTEM
        self._system_reduced = False
        self._percent = 100
        self._applied = False
        hints = QGuiApplication.styleHints()
        self._system_dark = hints.colorScheme() is Qt.ColorScheme.Dark
        self._dark = self._wants_dark()
        hints.colorSchemeChanged.connect(self._scheme_changed)

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self.theme_for(dark=self.dark)

    def theme_for(self, *, dark: bool) -> Theme:
        """The light or the dark theme, whatever is in use (the session may differ from the pages)."""
        if dark not in self._themes:
            self._themes[dark] = load_theme(self._assets / "themes" / ("dark.toml" if dark else "light.toml"))
        return self._themes[dark]

    @property
    def dark(self) -> bool:
        """Whether the dark theme is in use."""
        return self._dark

    @property
    def percent(self) -> int:
        """Text size, 100 to 200."""
        return self._percent

    @property
    def reduced_motion(self) -> bool:
        """Whether movement is to be replaced by stills and cuts."""
        if self._motion is MotionChoice.SYSTEM:
            return self._system_reduced
        return self._motion is MotionChoice.ON

    def px(self, size: float) -> int:
        """A length that follows the text size: type, icons, the inside of controls."""
        return round(size * self.percent / 100)

    def font(self, role: str = "body", weight: int | None = None, *, tabular: bool = False) -> QFont:
        """The font of a type role (see `ROLES`) at the person's text size."""
        step = ROLES[role]
        return self.font_px(step.px * self.percent / 100, weight or step.weight, tabular=tabular)

    def font_px(self, px: float, weight: int = 400, *, tabular: bool = False) -> QFont:
        """A font of exactly `px` pixels, for text that has its own scale such as the session's digits."""
        key = (px, weight, tabular)
        if key not in self._fonts:
            self._fonts[key] = make_font(px, weight, tabular=tabular, own_face=self._own_face)
        return QFont(self._fonts[key])

    def line(self, role: str) -> int:
        """Line height of a role in px at the person's text size."""
        return self.px(ROLES[role].line)

    def color(self, token: str) -> QColor:
        """A token's colour for painting."""
        return QColor(self.theme.color(token))

    def icon(self, name: str, size: int, color: str, dpr: float = 1.0) -> QPixmap:
        """An icon of `size` px (already scaled) in a `#RRGGBB` colour."""
        return self._icons.pixmap(name, size, color, dpr)

    def apply(self, preferences: Preferences) -> None:
        """Take over theme, text size and motion; after the first time, does nothing when all are as before."""
        before = (self._dark, self._percent, self.reduced_motion)
        self._choice = preferences.theme
        self._motion = preferences.reduce_motion
        self._percent = preferences.text_percent
        self._tell_system()
        self._dark = self._wants_dark()
        if not self._applied or before != (self._dark, self._percent, self.reduced_motion):
            self.refresh()

    def follow(self, choice: SessionTheme, parent: QObject | None = None) -> Look:
        """A look for the session: this one's type and motion, but light or dark by its own choice."""
        return _Follower(self, choice, parent)

    def watch_system_motion(self) -> None:
        """Follow the desktop's wish for less movement from now on; not before the first paint, it costs an import."""
        from coach.ui.theme.motion import watch_motion

        self._watch = watch_motion(lambda reduced: self.set_system_reduced_motion(reduced=reduced), self)

    def set_system_reduced_motion(self, *, reduced: bool) -> None:
        """What the desktop says about movement."""
        before = self.reduced_motion
        self._system_reduced = reduced
        if before != self.reduced_motion:
            self.refresh()

    def refresh(self) -> None:
        """Hand palette, font and style sheet to the application and tell every widget.

        The application is started with the Fusion style: asking for the style here would cost 7 ms of the first paint.
        """
        self._applied = True
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette_of(self.theme))
            app.setFont(self.font("body"))
            app.setStyleSheet(style_sheet(self.theme, self._percent))
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self._choice is ThemeChoice.SYSTEM:
            return self._system_dark
        return self._choice is ThemeChoice.DARK

    def _tell_system(self) -> None:
        # So that title bars and the system's own dialogs match the pages.
        hints = QGuiApplication.styleHints()
        if self._choice is ThemeChoice.SYSTEM:
            hints.unsetColorScheme()
        else:
            dark = self._choice is ThemeChoice.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._system_dark = scheme is Qt.ColorScheme.Dark
        dark = self._wants_dark()
        if dark != self._dark:
            self._dark = dark
            self.refresh()


class _Follower(Look):
    """The look of a base whose light or dark may differ. It never touches the application."""

    def __init__(self, base: Look, choice: SessionTheme, parent: QObject | None) -> None:
        QObject.__init__(self, parent)
        self._base = base
        self._session = choice
        base.changed.connect(self.changed)

    @property
    def dark(self) -> bool:
        return self._base.dark if self._session is SessionTheme.SAME else self._session is SessionTheme.DARK

    @property
    def percent(self) -> int:
        return self._base.percent

    @property
    def reduced_motion(self) -> bool:
        return self._base.reduced_motion

    def theme_for(self, *, dark: bool) -> Theme:
        return self._base.theme_for(dark=dark)

    def font_px(self, px: float, weight: int = 400, *, tabular: bool = False) -> QFont:
        return self._base.font_px(px, weight, tabular=tabular)

    def icon(self, name: str, size: int, color: str, dpr: float = 1.0) -> QPixmap:
        return self._base.icon(name, size, color, dpr)

    def apply(self, preferences: Preferences) -> None:
        """Take over the session's own choice."""
        if preferences.session_theme is not self._session:
            self._session = preferences.session_theme
            self.changed.emit()

    def refresh(self) -> None:
        self.changed.emit()


def palette_of(theme: Theme) -> QPalette:
    """Qt's palette from the tokens, for everything the style draws itself."""
    palette = QPalette()
    role = QPalette.ColorRole
    for target, token in (
        (role.Window, theme.bg),
        (role.WindowText, theme.ink),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.sunken),
        (role.Text, theme.ink),
        (role.Button, theme.surface),
        (role.ButtonText, theme.ink),
        (role.BrightText, theme.on_accent),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.ToolTipBase, theme.toast),
        (role.ToolTipText, theme.on_toast),
        (role.PlaceholderText, theme.ink3),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.surface),
        (role.Midlight, theme.sunken),
        (role.Mid, theme.line),
        (role.Dark, theme.ctl),
        (role.Shadow, theme.ctl),
        (role.Accent, theme.accent),
    ):
        palette.setColor(target, QColor(token))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.ink3))
    return palette
