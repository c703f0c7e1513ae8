"""Make the chimes in `assets/sounds/`: soft sine tones, 44.1 kHz, mono, 16 bit, less than 100 kB together.

Run it from the checkout after a change: `python packaging/make_sounds.py`.
"""

from __future__ import annotations

import array
import math
import sys
import wave
from pathlib import Path

RATE = 44_100
ATTACK_S = 0.006
LOUDEST = 0.5
FOLDER = Path(__file__).resolve().parent.parent / "assets" / "sounds"

# Each chime is a list of notes: start in seconds, frequency in hertz, length in seconds, loudness.
C5, D5, E5, G5, A5, C6 = 523.25, 587.33, 659.26, 783.99, 880.0, 1046.5
CHIMES: dict[str, list[tuple[float, float, float, float]]] = {
    "ready": [(0.0, G5, 0.12, 0.7)],
    "go": [(0.0, C6, 0.14, 1.0)],
    "tick": [(0.0, A5, 0.05, 0.5)],
    "rise": [(0.0, E5, 0.08, 0.45)],
    "fall": [(0.0, C5, 0.08, 0.45)],
    "half": [(0.0, D5, 0.06, 0.6), (0.06, D5, 0.06, 0.6)],
    "done": [(0.0, G5, 0.10, 0.8), (0.08, C5, 0.12, 0.8)],
    "finished": [(0.0, C5, 0.12, 0.8), (0.09, E5, 0.12, 0.8), (0.18, G5, 0.12, 0.8)],
}


def tone(t: float, frequency: float, length: float) -> float:
    """A sine with a soft start, a bell-like fall, and silence at its end; a little octave makes it warmer."""
    if not 0 <= t < length:
        return 0.0
    rise = min(1.0, t / ATTACK_S)
    fall = math.exp(-3.0 * t / length) * (0.5 + 0.5 * math.cos(math.pi * t / length))
    wave_form = math.sin(2 * math.pi * frequency * t) + 0.2 * math.sin(4 * math.pi * frequency * t)
    return rise * fall * wave_form / 1.2


def samples(notes: list[tuple[float, float, float, float]]) -> array.array[int]:
    """The notes mixed to 16-bit samples, never louder than `LOUDEST`."""
    length = max(start + long for start, _, long, _ in notes)
    mixed = [
        sum(loud * tone(n / RATE - start, frequency, long) for start, frequency, long, loud in notes)
        for n in range(round(length * RATE))
    ]
    found = array.array("h", (round(32767 * LOUDEST * max(-1.0, min(1.0, value))) for value in mixed))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def main() -> None:
    """Write every chime."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, notes in CHIMES.items():
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(notes).tobytes())


if __name__ == "__main__":
    main()
