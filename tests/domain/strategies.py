"""Random doses, exercises, plans and commands for the property tests."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from coach.domain import session
from coach.domain.exercise import Dose, Exercise, Kind, Sides, Tempo
from coach.domain.plan import Plan, RoutineItem
from coach.domain.session import Run, Step
from tests import samples

sides = st.sampled_from(Sides)
tempos = st.builds(Tempo, st.integers(1, 5), st.integers(0, 3), st.integers(0, 5))


@st.composite
def doses(draw: st.DrawFn) -> Dose:
    """Any dose that an exercise file may hold."""
    common = {"sets": draw(st.integers(1, 5)), "sides": draw(sides), "rest_s": draw(st.integers(0, 120))}
    if draw(st.booleans()):
        return Dose(**common, reps=draw(st.integers(1, 30)), tempo=draw(tempos))
    return Dose(**common, hold_s=draw(st.integers(1, 120)))


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    """One to four levels, all reps or all holds."""
    kind = draw(st.sampled_from(Kind))
    levels = []
    for _ in range(draw(st.integers(1, 4))):
        low = draw(st.integers(1, 4))
        span = draw(st.integers(5, 40))
        tempo = draw(tempos)
        levels.append(
            samples.level(
                sets=(low, low + 1),
                sides=draw(sides),
                rest_s=draw(st.sampled_from([0, 3, 5, 30, 60])),
                reps=(span // 2, span) if kind is Kind.REPS else None,
                tempo=(tempo.effort, tempo.hold, tempo.back),
                hold_s=None if kind is Kind.REPS else (span, span + 5),
            )
        )
    return samples.exercise("Exercise", *levels, kind=kind)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """One to three exercises, each at a random level with a few sets."""
    items = [
        RoutineItem(e, draw(st.integers(1, len(e.levels))), draw(st.integers(1, 3)))
        for e in draw(st.lists(exercises(), min_size=1, max_size=3))
    ]
    return samples.plan(*items)


Command = Callable[[Run, float], Step]


def _easier(run: Run, now: float) -> Step:
    return session.easier(run, now) or (run, ())


COMMANDS: dict[str, Command] = {
    "tick": session.tick,
    "pause": session.pause,
    "go_on": session.go_on,
    "touch_down": session.touch_down,
    "start_now": session.start_now,
    "next_rep": session.next_rep,
    "skip": session.skip,
    "back": session.back,
    "repeat_set": session.repeat_set,
    "easier": _easier,
    "ease_reps": session.ease_reps,
    "longer": lambda run, now: session.adjust_hold(run, now, 5),
    "shorter": lambda run, now: session.adjust_hold(run, now, -5),
    "leave_exercise": session.leave_exercise,
    "stop": session.stop,
}

waits = st.one_of(st.floats(0, 0.2), st.floats(0, 4.9), st.floats(5.1, 60))
walks = st.lists(
    st.tuples(waits, st.sampled_from(sorted(set(COMMANDS) - {"stop"}) * 2 + ["tick"] * 12 + ["stop"])), max_size=60
)
