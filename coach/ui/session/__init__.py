"""The guided session: screen, presenter, sound."""
