"""Every state of the session screen by name, each reached the way a person reaches it, with the shipped exercises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.catalogue.loader import load_catalogue
from coach.domain.pain import Area, BodySide, Region
from coach.domain.plan import RoutineItem, plan_routine
from coach.ui.session.facts import Sign
from coach.ui.session.intents import Command, RateRow, RateSheet, TickSign
from tests import samples

if TYPE_CHECKING:
    from coach.domain.plan import Plan
    from tests.ui.session.guided import Guided

Make = Callable[..., "Guided"]
CATALOGUE = load_catalogue([Path(__file__).resolve().parents[3] / "exercises"])
SORE_HEEL = {Area(Region.HEEL_SOLE, BodySide.RIGHT): 3}


def daily() -> Plan:
    """The default routine, left side first."""
    return plan_routine(CATALOGUE.routines["daily_six"])


def bout_of(one: Guided, exercise: str, number: int = 0) -> int:
    """Flat index of a bout of an exercise."""
    index = next(i for i, planned in enumerate(one.run.plan) if planned.exercise.id == exercise)
    return one.run.timeline.first_bout(index) + number


def _begin(make: Make, **settings: Any) -> Guided:
    return make(settings.pop("plan", None) or daily(), pain_now=SORE_HEEL, **settings)


def get_ready_first(make: Make) -> Guided:
    """The very first seconds."""
    one = _begin(make)
    one.wait(2.2)
    return one


def get_ready(make: Make) -> Guided:
    """Before a stretch."""
    one = _begin(make)
    one.to_lead(bout_of(one, "calf_stretch"), 2.2)
    return one


def hold_left(make: Make) -> Guided:
    """Balancing on the left leg."""
    one = _begin(make)
    one.to_work(bout_of(one, "single_leg_balance"), 3.2)
    return one


def hold_right(make: Make) -> Guided:
    """Stretching the right calf, in the last seconds."""
    one = _begin(make)
    one.to_work(bout_of(one, "calf_stretch", 1), 27.5)
    return one


def reps(make: Make) -> Guided:
    """Lowering in the seventh calf raise."""
    one = _begin(make)
    one.to_work(bout_of(one, "calf_raise"), 36 + 4.35)
    return one


def reps_ten(make: Make) -> Guided:
    """The tenth toe curl of the left foot."""
    one = _begin(make)
    one.to_work(bout_of(one, "towel_toe_curl"), 46)
    return one


def rest(make: Make) -> Guided:
    """Between two sets."""
    one = _begin(make)
    one.to_lead(bout_of(one, "calf_raise", 1), 13.2)
    return one


def rest_rated(make: Make) -> Guided:
    """A five was given."""
    one = rest(make)
    one.ask(RateRow(5))
    one.wait(2)
    return one


def rest_long(make: Make) -> Guided:
    """Two minutes of rest between sides of a step set."""
    item = RoutineItem(CATALOGUE.exercises["calf_raise"], 5, 2, rest_s=120)
    one = _begin(make, plan=samples.plan(item))
    one.to_lead(2, 5)
    return one


def change(make: Make) -> Guided:
    """To the right leg."""
    one = _begin(make)
    one.to_lead(bout_of(one, "single_leg_balance", 1), 1.2)
    return one


def crossing(make: Make) -> Guided:
    """The panel half way across."""
    one = _begin(make)
    one.to_lead(bout_of(one, "single_leg_balance", 1), 0.85)
    return one


def checked(make: Make) -> Guided:
    """A set has just been kept."""
    one = _begin(make)
    one.to_lead(bout_of(one, "calf_raise", 1), 0.2)
    return one


def paused(make: Make) -> Guided:
    """In a hold."""
    one = hold_left(make)
    one.ask(Command.TOGGLE)
    return one


def still_here(make: Make) -> Guided:
    """Paused for more than five minutes."""
    one = paused(make)
    one.wait(301, frame=60)
    return one


def touched(make: Make) -> Guided:
    """The lifted foot is down."""
    one = hold_left(make)
    one.ask(Command.STAGE)
    return one


def self_paced(make: Make) -> Guided:
    """Waiting for the person's word."""
    one = _begin(make, self_paced=True)
    one.ask(Command.PRIMARY)
    one.wait(8)
    return one


def asked_after(make: Make) -> Guided:
    """A get-ready that asks for the worst pain of the exercise before."""
    items = (
        RoutineItem(CATALOGUE.exercises[name], lv, 1) for name, lv in (("calf_raise", 4), ("hip_flexor_stretch", 2))
    )
    one = _begin(make, plan=samples.plan(*items))
    one.to_lead(2, 2)
    return one


def not_saved(make: Make) -> Guided:
    """The diary refuses."""
    one = _begin(make, diary="refuses")
    one.to_work(bout_of(one, "calf_raise"), 8)
    return one


def no_figure(make: Make) -> Guided:
    """An exercise without a pose."""
    one = make(samples.plan())
    one.to_work(2, 3)
    return one


def hurts(make: Make) -> Guided:
    """Just opened."""
    one = reps(make)
    one.ask(Command.HURTS)
    return one


def hurts_seven(make: Make) -> Guided:
    """Seven in a stretch."""
    one = hold_right(make)
    one.ask(Command.HURTS, RateSheet(7))
    return one


def stop_soon(make: Make) -> Guided:
    """A snap."""
    one = hurts(make)
    one.ask(TickSign(Sign.SNAP))
    return one


def stop_now(make: Make) -> Guided:
    """Chest pain, looked at once more."""
    one = hurts(make)
    one.ask(TickSign(Sign.CHEST), Command.SIGN_MISTAKE)
    return one


ON_STAGE: tuple[Callable[[Make], Guided], ...] = (
    get_ready_first,
    get_ready,
    hold_left,
    hold_right,
    reps,
    reps_ten,
    rest,
    rest_rated,
    rest_long,
    change,
    crossing,
    checked,
    paused,
    still_here,
    touched,
    self_paced,
    asked_after,
    not_saved,
    no_figure,
)
SHEETS: tuple[Callable[[Make], Guided], ...] = (hurts, hurts_seven, stop_soon, stop_now)
