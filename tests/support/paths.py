"""Where this repository lies, and the environment files that it ships."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*ROOT.glob("environments/*.toml"), *ROOT.glob("examples/*.toml")])
"""Every environment and every example that is one file."""
