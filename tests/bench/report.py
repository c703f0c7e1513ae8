"""One measured budget, and how a list of them is printed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """A figure beside its floor and its budget, all in `unit`. `limit` says the budget in words."""

    what: str
    value: float
    unit: str
    budget: float
    limit: str
    floor: float | None = None
    floor_is: str = ""
    note: str = ""

    @property
    def held(self) -> bool:
        """Whether the figure is within its budget."""
        return self.value <= self.budget

    @property
    def verdict(self) -> str:
        """`held`, `OVER`, or `busy` where the machine could not even keep the floor within the budget."""
        if self.held:
            return "held"
        return "busy" if self.floor is not None and self.floor > self.budget else "OVER"

    def data(self) -> dict[str, Any]:
        """For JSON."""
        ratio = self.value / self.floor if self.floor else None
        return asdict(self) | {"verdict": self.verdict, "ratio": ratio}


def against_floor(what: str, value: float, floor: float, times: float, floor_is: str, unit: str = "ms") -> Row:
    """A budget that is a multiple of its floor."""
    return Row(what, value, unit, times * floor, f"≤ {times:g} × floor", floor, floor_is)


def table(rows: list[Row]) -> str:
    """The rows as aligned text."""
    head = ("what", "measured", "floor", "ratio", "budget", "")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    text = []
    for number, line in enumerate(lines):
        text.append("  ".join(_aligned(cell, column, widths[column]) for column, cell in enumerate(line)).rstrip())
        if number == 0:
            text.append("  ".join("-" * width for width in widths))
        elif rows[number - 1].note:
            text.append(f"    {rows[number - 1].note}")
    return "\n".join(text)


def _cells(row: Row) -> tuple[str, ...]:
    ratio = f"{row.value / row.floor:.2f} ×" if row.floor else ""
    floor = f"{_number(row.floor, row.unit)} ({row.floor_is})" if row.floor is not None else ""
    budget = (
        row.limit if row.floor is None or "floor" not in row.limit else f"{row.limit} = {_number(row.budget, row.unit)}"
    )
    return (row.what, _number(row.value, row.unit), floor, ratio, budget, row.verdict)


def _number(value: float, unit: str) -> str:
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f} {unit}"


def _aligned(cell: str, column: int, width: int) -> str:
    return cell.rjust(width) if column in {1, 3} else cell.ljust(width)
