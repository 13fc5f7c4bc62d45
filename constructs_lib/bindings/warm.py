"""Lets jsii finish the index of the provider that it builds beside its package cache, once per machine.

jsii 1.142 reads 131 MB of type definitions until that index exists, and builds it in a thread that ends with
the process: short runs never finish it. With it, loading the provider takes 0.7 s instead of 2.5 s.
Run as ``python -m constructs_lib.bindings.warm``; set-up does.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from constructs_lib.bindings import aws
from constructs_lib.bindings.flavour import flavour

LONGEST_WAIT_S = 60


def cache_root() -> Path:
    """jsii's package cache: JSII_RUNTIME_PACKAGE_CACHE_ROOT, else the platform's cache folder."""
    named = os.environ.get("JSII_RUNTIME_PACKAGE_CACHE_ROOT")
    if named:
        return Path(named)
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches" / "com.amazonaws.jsii"
        return base / "package-cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "aws" / "jsii" / "package-cache"


def main() -> None:
    """Load the provider and wait for the index, at most LONGEST_WAIT_S seconds."""
    if os.environ.get("JSII_RUNTIME_PACKAGE_CACHE", "enabled").lower() != "enabled":
        return
    _ = aws.Vpc
    give_up = time.monotonic() + LONGEST_WAIT_S
    while time.monotonic() < give_up:
        if any(cache_root().glob(f"{flavour().package}/*/*/.jsii.runtime.v*.json")):
            return
        time.sleep(0.1)


if __name__ == "__main__":
    main()
