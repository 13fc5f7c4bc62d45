"""What the commands exit with where something is wrong; 0 is done."""

from __future__ import annotations

OUR_FAULT = 1  # what was made is broken, or this project is
WRONG_INPUT = 2  # everything that is wrong with it was said


def of_signal(number: int) -> int:
    """What a command exits with that a signal has interrupted, as shells say it: 130 after Ctrl-C."""
    return 128 + number
