"""Charts of our own: the same few lines paint them on the screen, into a picture and on paper."""
