"""The shipped routines, and plans made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.catalogue.loader import load_catalogue
from coach.desktop.paths import resources
from coach.domain.plan import plan_routine

if TYPE_CHECKING:
    from coach.domain.plan import Plan
    from coach.services.ports import Catalogue


def catalogue() -> Catalogue:
    """All shipped exercises and routines."""
    return load_catalogue([resources() / "exercises"])


def long_plan(at_least_s: float) -> Plan:
    """Shipped routines one after the other until they last this many seconds."""
    plan: Plan = ()
    for routine in catalogue().routines.values():
        plan += plan_routine(routine)
        if sum(planned.seconds for planned in plan) >= at_least_s:
            return plan
    raise ValueError(f"all routines together are shorter than {at_least_s:g} s")
