"""``python -m constructs_lib``: the command ``constructs-lib``."""

from constructs_lib.cli import run_here

run_here()
