"""A function's zip, unpacked once into the cache, under the hash of its bytes."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from pathlib import Path


def unpacked(package: Path, cache: Path) -> Path:
    """Give the folder with the package's files.

    Raises OSError or zipfile.BadZipFile for a package that cannot be read.
    """
    content = package.read_bytes()
    folder = cache / "packages" / hashlib.sha256(content).hexdigest()[:32]
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".unpacking-") as working:
        made = Path(working) / "made"
        with zipfile.ZipFile(package) as archive:
            archive.extractall(made)
            for entry in archive.infolist():
                mode = entry.external_attr >> 16 & 0o777
                if mode and not entry.is_dir():
                    (made / entry.filename).chmod(mode | 0o400)
        made.mkdir(exist_ok=True)
        try:
            made.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was faster, with the same bytes
                raise
    return folder


def cache_folder() -> Path:
    """The user's cache folder of this project: ``$XDG_CACHE_HOME``, else ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "constructs-lib" / "run"
