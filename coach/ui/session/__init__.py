"""The guided session on screen: presenter, cues, sound, and the screen itself."""
