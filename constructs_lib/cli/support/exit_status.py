"""What the commands exit with where something is wrong; 0 is done, and typer makes 130 of Ctrl-C."""

from __future__ import annotations

OUR_FAULT = 1  # what was made is broken, or this project is
WRONG_INPUT = 2  # everything that is wrong with it was said
