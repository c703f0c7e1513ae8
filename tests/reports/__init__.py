"""Tests of the history for other systems."""
