"""A small exercise and a small routine that are right, as texts to break."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[2] / "exercises"

EXERCISE = """\
format = 1
id = "heel_tap"
title = "Heel taps"
summary = "A small exercise"
areas = ["ankle"]
kind = "reps"
category = "mobility"
loads = ["ankle"]
default_level = 1
purpose = "Moves the ankle."
muscles = ["front of the shin"]
equipment = []
start = "Sit tall."
phases = { effort = "Lift", hold = "Hold", back = "Lower" }
steps = [
  { text = "Lift the heel.", seconds = 2 },
  { text = "Lower it.", seconds = 3 },
]
cues = ["Slowly."]
mistakes = ["Rushing"]
stop_rules = [{ text = "Sharp pain? Stop." }]
alternatives = [{ when = "It is too much", do = "Rest." }]
dose_note = "Our own choice."

[[sources]]
key = "own"
kind = "our own choice"
reference = "Foot Coach"
gives = "The dose."
tag = "P"

[[levels]]
level = 1
name = "Seated"
variant = "Seated, both heels."
sets = [1, 3]
reps = 10
tempo = [2, 0, 3]
rest_s = 30
sides = "both"
per_week = [3, 7]
daily_ok = true
go_up = "You do 3 sets."
pose = "sit"
tag = "P"
setup = ["Sit tall", "Feet flat", "Look ahead"]

[[levels]]
level = 2
name = "Standing"
variant = "Standing, one heel."
sets = 2
reps = [8, 12]
tempo = [2, 0, 3]
rest_s = [60, 120]
sides = "each"
per_week = 3
go_up = "Stay."
pose = "sit"
tag = "P"
setup = ["Stand tall", "{Side} heel free", "Weight on the {side} foot"]
load_kg = [0, 2.5]

[poses.sit]
view = "side"
root = { kind = "foot", x = 0, y = 0, pitch = [0, 40] }
near_leg = { hip = 2, knee = 0, ankle = 1 }
far_leg = { kind = "copy" }
near_arm = { hold = "free", shoulder = 10, elbow = 14 }
far_arm = { hold = "free", shoulder = 10, elbow = 14 }
"""

ROUTINE = """\
format = 1
id = "morning"
title = "Morning"
summary = "One exercise."

[[items]]
exercise = "heel_tap"
level = 2
sets = 2
reps = 10
"""


def write(folder: Path, *, routine: str = ROUTINE, **exercises: str) -> Path:
    """A content folder with `heel_tap.toml`, the given exercises by file name, and the routine `morning`."""
    (folder / "routines").mkdir(parents=True, exist_ok=True)
    for name, text in ({"heel_tap": EXERCISE} | exercises).items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    (folder / "routines" / "morning.toml").write_text(routine, encoding="utf-8")
    return folder


def swap(old: str, new: str, text: str = EXERCISE) -> str:
    """The text with `old`, which must be in it, replaced once."""
    assert old in text, f"{old!r} is not in the sample"
    return text.replace(old, new, 1)


def line_with(fragment: str, text: str) -> int:
    """Number of the first line that holds `fragment`."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if fragment in line)
