"""Safety texts, word for word as the clinical text has them (clinical.md 9)."""

from __future__ import annotations

from coach.ui.i18n import tr


def safety_notice() -> str:
    """First run, settings, print."""
    return tr(
        "This app gives general exercise information for adults. It is not a medical device, it does not diagnose, "
        "and it does not replace a doctor, podiatrist or physiotherapist. Stop if an exercise causes sharp or growing "
        "pain, dizziness, chest pain or breathlessness. If you have a health condition, recent injury or surgery, are "
        "pregnant, or are unsure, ask a health professional first. In an emergency, call your local emergency number."
    )


def session_notice() -> str:
    """One line before the first exercise of each session."""
    return tr("Stay near something sturdy, move slowly, and stop if it hurts more than 5 out of 10.")
