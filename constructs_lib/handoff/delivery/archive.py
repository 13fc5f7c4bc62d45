"""A bundle as one zip whose bytes depend on nothing but its files."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

CHECKSUMS = "SHA256SUMS"
# The earliest time that a zip can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644
_UNIX = 3


def zip_bytes(files: Mapping[str, bytes], *, folder: str) -> bytes:
    """Return a zip of the files below ``folder``: sorted, stored, one time and one mode for all.

    Deflated bytes differ between builds of zlib; stored ones do not.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _REGULAR_FILE << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def checksums(files: Mapping[str, bytes]) -> str:
    """Return what ``sha256sum -c`` reads, sorted by name."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
