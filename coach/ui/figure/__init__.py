"""The drawn figure, painted with QPainter from the points that `domain.figure` solves."""
