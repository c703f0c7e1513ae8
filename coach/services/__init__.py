"""Use cases: the only door of the window and the command line to the rest."""
