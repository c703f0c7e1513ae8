"""One file for each released revision."""
