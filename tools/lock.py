"""Takes the addresses of package indexes out of a Pipfile.lock: everybody installs from their own.

Usage: python tools/lock.py Pipfile.lock (``make lock`` does).
"""

import json
import sys
from pathlib import Path


def main(path: Path) -> None:
    """Rewrite the lock without its sources."""
    lock = json.loads(path.read_text(encoding="utf-8"))
    lock["_meta"]["sources"] = []
    for section in lock.keys() - {"_meta"}:
        for package in lock[section].values():
            package.pop("index", None)
    path.write_text(json.dumps(lock, indent=4, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
