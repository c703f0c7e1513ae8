"""The alarm clock behind reminders: it knows no rule, only when to look again. Nothing is kept, nothing pickled."""
