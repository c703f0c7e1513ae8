"""Exports as another program might write them: changed, and sealed anew so that the sum fits."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from coach.storage.exchange.plain import canonical

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Tables = dict[str, list[dict[str, Any]]]


def sealed(tables: Tables, **head: Any) -> dict[str, Any]:
    """A whole file of these tables, as docs/data.md describes it."""
    text = canonical(tables).encode(errors="surrogatepass")
    whole = {"format": "foot-coach-history", "version": 1, "made": "2026-11-15T08:30:00Z", "program": "1.0"}
    whole |= {"schema": "0001", "counts": {name: len(rows) for name, rows in tables.items()}}
    return whole | head | {"tables": dict(sorted(tables.items())), "sha256": hashlib.sha256(text).hexdigest()}


def rewritten(exported: Path, change: Callable[[Tables], object]) -> Path:
    """A changed copy of an export, beside it; laid out in another way on purpose."""
    tables = json.loads(exported.read_text(encoding="utf-8"))["tables"]
    change(tables)
    target = exported.with_name("changed.json")
    target.write_text(json.dumps(sealed(tables), indent=3), encoding="utf-8")
    return target
