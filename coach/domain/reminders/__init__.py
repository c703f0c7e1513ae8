"""Reminders as pure rules: when one is due and why, what was missed, whether now is a good moment to show one.

Everything is a function of rules, history, `now` and the zone the person is in. Reminders mean local wall time, and an
occurrence (reminder, local date, slot) happens once, whatever clocks and zones do.
"""
