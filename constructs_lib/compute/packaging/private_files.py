"""Files that hold what nobody else should have: they stay out of packages, whatever they are called."""

from __future__ import annotations

import os
import re
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

# Compared in lower case, with every folder on the way to the file.
PRIVATE = (
    *(
        ".env*",
        "*.env",
        ".aws",
        ".azure",
        ".boto",
        ".docker",
        ".gnupg",
        ".kube",
        ".ssh",
    ),
    *(
        ".git-credentials",
        ".gitconfig",
        ".htpasswd",
        ".netrc",
        "_netrc",
        ".npmrc",
        ".pgpass",
        ".my.cnf",
        ".pypirc",
    ),
    *(".s3cfg", ".terraform", ".terraformrc", "terraform.rc", ".vault-token", ".yarnrc*", ".*_history"),
    *("*.tfstate*", "*.tfvars", "*.tfvars.json", "*.tfplan", "credentials.tfrc.json"),
    *("*.jks", "*.kdbx", "*.key", "*.keystore", "*.p12", "*.p8", "*.pfx", "*.pkcs12", "*.ppk"),
)
_PEM = "*.pem"
# Keys of ssh have no ending, or one that tells what became of them; code has another.
_SSH_KEY = re.compile(r"id_[\w-]+(?:\.(?:pub|bak|old|orig|pem|key|txt|\d+))*")
_BLOCKS = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----")
_PUBLIC = (
    b"CERTIFICATE",
    b"TRUSTED CERTIFICATE",
    b"X509 CRL",
    b"PUBLIC KEY",
    b"RSA PUBLIC KEY",
    b"DH PARAMETERS",
)


def is_private(path: Path, source: Path) -> bool:
    """Tell whether a file or folder below ``source`` is private by its name, or by that of what it links to.

    A ``.pem`` file that holds certificates or public keys alone is not.
    """
    name = path.name
    if _by_name(name) or (fnmatchcase(name.lower(), _PEM) and not _is_public(path)):
        return True
    if not path.is_symlink():
        return False
    target = Path(os.path.realpath(path))
    root = Path(os.path.realpath(source))
    if not target.is_relative_to(root):
        return False
    parts = PurePosixPath(target.relative_to(root).as_posix()).parts
    return any(map(_by_name, parts)) or (target.suffix.lower() == ".pem" and not _is_public(target))


def _by_name(name: str) -> bool:
    lower = name.lower()
    return bool(_SSH_KEY.fullmatch(lower)) or any(fnmatchcase(lower, pattern) for pattern in PRIVATE)


def _is_public(path: Path) -> bool:
    try:
        blocks = _BLOCKS.findall(path.read_bytes())
    except OSError:
        return False
    return bool(blocks) and all(block in _PUBLIC for block in blocks)
