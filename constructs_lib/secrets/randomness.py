"""What is random as a token is: and what is random and opens no door, as digests, ids and public keys do."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections import Counter
from itertools import pairwise

_PUBLIC = re.compile(
    r"-----BEGIN (?!(?:[A-Z0-9]+ )*PRIVATE)[A-Z0-9 ]+-----.*?-----END [A-Z0-9 ]+-----"
    r"|\b(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+|sk-(?:ssh|ecdsa)-\S+)\s+[A-Za-z0-9+/=]+"
    r"|\bpk_(?:live|test)_\w+|\bage1[0-9a-z]{58}\b|\bsha(?:256|384|512)[-:][A-Za-z0-9+/=]{32,}",
    re.DOTALL,
)
# Resource ids of AWS, UUIDs, what CloudFormation appends to names, ids of Cognito.
_IDENTIFIER = re.compile(
    r"\b[a-z]{1,12}-(?:[0-9a-f]{17}|[0-9a-f]{8})\b"
    r"|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
    r"|\b[A-Za-z][A-Za-z]*\d{0,4}(?:-[A-Za-z][A-Za-z]*\d{0,4})+-[A-Za-z0-9]{8,14}\b"
    r"|\b[a-z]{2}(?:-[a-z]+)+-\d_[A-Za-z0-9]{9}\b"
)
_DIGESTS = (32, 40, 56, 64, 96, 128)
"""Lengths of MD5, SHA-1 and the SHA-2s in hexadecimal, and of a UUID without dashes."""
_COGNITO_CLIENT = re.compile(r"[0-9a-z]{25,26}")
_CLIENT_WORDS = frozenset({"CLIENT", "COGNITO", "POOL", "APP", "AUDIENCE", "OIDC", "OAUTH", "AUTH0"})
_DIGEST_WORDS = (
    "COMMIT REVISION VERSION RELEASE SHA DIGEST HASH CHECKSUM ETAG BUILD ID IDS MD FINGERPRINT THUMBPRINT"
)
_CHUNK = re.compile(r"[A-Za-z0-9+_=-]+")
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_TOKEN_LENGTH = 20
_BITS_PER_CHARACTER, _BITS_OF_AWS = 3.5, 4.2
_PRINTABLE = 0.97


def random_in(words: list[str], text: str, *, secretive: bool) -> str | None:
    """Say what is random in a text.

    words: of the variable's name. secretive: whether they speak of a secret, so that the length of a digest
    excuses nothing.
    """
    last = [word for word in words if not word.isdigit()][-1:]
    if not secretive and last and last[0] in _DIGEST_WORDS.split():
        return None
    rest = _IDENTIFIER.sub("", _PUBLIC.sub("", text))
    if not secretive and _CLIENT_WORDS & set(words) and _COGNITO_CLIENT.fullmatch(text):
        return None
    hexadecimal = [chunk for chunk in _CHUNK.findall(rest) if _is_hex(chunk)]
    if any(
        _is_mixed(found[0], _BITS_OF_AWS) for found in _AWS_SECRET.finditer(rest) if not _is_hex(found[0])
    ):
        return "an AWS secret access key"
    if any(secretive or len(chunk) not in _DIGESTS for chunk in hexadecimal if len(chunk) >= _DIGESTS[0]):
        return "a random token"
    chunks = (chunk for chunk in _CHUNK.findall(rest) if len(chunk) >= _TOKEN_LENGTH and not _is_hex(chunk))
    return "a random token" if any(_is_mixed(chunk, _BITS_PER_CHARACTER) for chunk in chunks) else None


def decoded(text: str) -> str | None:
    """Give what a Base64 text says, where that is text itself; None otherwise."""
    compact = "".join(text.split())
    if not _BASE64.fullmatch(compact) or len(compact) % 4 == 1:
        return None
    try:
        raw = base64.b64decode(
            compact + "=" * (-len(compact) % 4), altchars=b"-_" if "-" in compact else None
        )
        found = raw.decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    readable = sum(one.isprintable() or one in "\r\n\t" for one in found)
    return found if found and readable >= _PRINTABLE * len(found) else None


def _is_hex(chunk: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-f]+|[0-9A-F]+", chunk)) and entropy(chunk) > 2.5


def _is_mixed(chunk: str, bits: float) -> bool:
    """Whether letters and digits alternate as they do in no word: many changes of class, many characters."""
    kinds = "".join(
        "d" if c.isdigit() else "u" if c.isupper() else "l" if c.islower() else "-" for c in chunk
    )
    changes = sum(one != other and "-" not in (one, other) for one, other in pairwise(kinds))
    return "d" in kinds and changes * 4 >= len(chunk) and entropy(chunk) > bits


def entropy(text: str) -> float:
    """Return Shannon's entropy of the characters, in bits for each."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())
