"""Still figures in pages, drawn one per turn of the event loop: a page shows at once and its pictures follow."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainterPath, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import Shiboken

from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from coach.domain.figure.pose import Pose
    from coach.ui.theme.look import Look

_KEEP = 96


@dataclass(frozen=True, slots=True)
class Still:
    """Which still: a pose at a progress from 0 to 1, for a person, mirrored for the left side."""

    exercise_id: str
    key: str
    pose: Pose = field(compare=False)
    person: int = 0
    progress: float = 1.0
    mirror: bool = False
    cues: bool = True


class Gallery(QObject):
    """Draws stills and remembers them. One per application."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: dict[object, QPixmap] = {}
        self._waiting: deque[StillView] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._draw_next)

    def picture(self, still: Still, size: QSize, dpr: float, *, dark: bool) -> QPixmap | None:
        """The picture if it has been drawn."""
        return self._pictures.get(_key(still, size, dpr, dark=dark))

    def ask(self, view: StillView) -> None:
        """Draw for this view soon."""
        if view not in self._waiting:
            self._waiting.append(view)
            self._timer.start()

    def flush(self) -> None:
        """Draw everything now (for pictures of a page)."""
        while self._waiting:
            self._draw_next()

    def forget(self) -> None:
        """Let go of all pictures: nobody looks, and they can be drawn again."""
        self._pictures.clear()

    def stop(self) -> None:
        """Draw nothing more."""
        self._waiting.clear()
        self._timer.stop()

    def _draw_next(self) -> None:
        if self._waiting:
            view = self._waiting.popleft()
            if Shiboken.isValid(view) and view.isVisible():  # its page may be gone by now
                view.draw_now()
        if not self._waiting:
            self._timer.stop()

    def draw(self, still: Still, size: QSize, dpr: float, *, dark: bool) -> QPixmap:
        """Draw a still, or take it from memory."""
        from coach.ui.figure.view import figure_pixmap

        key = _key(still, size, dpr, dark=dark)
        if key not in self._pictures:
            if len(self._pictures) >= _KEEP:
                self._pictures.pop(next(iter(self._pictures)))
            self._pictures[key] = figure_pixmap(
                still.pose,
                size=size,
                dark=dark,
                person=still.person,
                mirror=still.mirror,
                progress=still.progress,
                cues=still.cues,
                dpr=dpr,
            )
        return self._pictures[key]


class StillView(QWidget):
    """A still on a rounded tile. Decorative: the words beside it name the exercise."""

    def __init__(
        self,
        look: Look,
        gallery: Gallery,
        still: Still | None = None,
        *,
        size: QSize,
        radius: int = 14,
        fill: str | None = "bg",
        top_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._gallery = gallery
        self._still = still
        self._size = size
        self._radius = radius
        self._fill = fill
        self._top_only = top_only
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)

    @property
    def drawn(self) -> bool:
        """Whether the picture is there."""
        return self._still is not None and self._picture() is not None

    def set_still(self, still: Still | None) -> None:
        """Show another one."""
        pose = self._still.pose if self._still else None
        if still != self._still or (still is not None and still.pose is not pose):
            self._still = still
            self.update()

    def draw_now(self) -> None:
        """Draw the picture and show it."""
        if self._still is not None:
            self._gallery.draw(self._still, self.size(), self.devicePixelRatioF(), dark=self._look.dark)
            self.update()

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, self._size.width()), self._size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        rect = QRectF(self.rect())
        path = QPainterPath()
        tall = rect.adjusted(0, 0, 0, self._radius) if self._top_only else rect
        path.addRoundedRect(tall, self._radius, self._radius)
        if self._fill:
            painter.setClipRect(rect)
            rounded(painter, tall, self._radius, self._look.theme.color(self._fill))
        if self._still is not None:
            picture = self._picture()
            if picture is None:
                self._gallery.ask(self)
            else:
                painter.setClipPath(path)
                painter.drawPixmap(0, 0, picture)
        painter.end()

    def _picture(self) -> QPixmap | None:
        if self._still is None:
            return None
        return self._gallery.picture(self._still, self.size(), self.devicePixelRatioF(), dark=self._look.dark)


def _key(still: Still, size: QSize, dpr: float, *, dark: bool) -> tuple[object, ...]:
    return (
        still.exercise_id,
        still.key,
        id(still.pose),
        still.person,
        round(still.progress, 3),
        still.mirror,
        still.cues,
        size.width(),
        size.height(),
        dpr,
        dark,
    )
