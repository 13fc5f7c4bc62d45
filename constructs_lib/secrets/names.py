"""What the name of a variable says about its value."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_PASSWORDS = _set("PASSWORD PASSWD PASSPHRASE PASS PWD PW PSWD PASSCODE")
_TOKENS = _set("SECRET SECRETS TOKEN TOKENS CREDENTIAL CREDENTIALS CREDS APIKEY AUTHKEY BEARER JWT")
_GLUED = re.compile(r"(?:PASSWORD|PASSWD|PASSPHRASE)$")
_GLUED_TOKEN = re.compile(r"(?:SECRET|APIKEY|AUTHTOKEN|ACCESSTOKEN|SECRETKEY|PRIVATEKEY|ACCESSKEY)$")
_KEY_OF = _set(
    "ACCESS ACCOUNT ADMIN API APP APPLICATION AUTH CLIENT COOKIE DEPLOY ENCRYPTION HMAC INGEST "
    "JWT LICENSE MASTER PRIVATE SECRET SERVER SERVICE SESSION SHARED SIGNING SIGNATURE STORAGE "
    "SUBSCRIPTION WEBHOOK WRITE"
)
# What comes behind without changing what it is: which one, whose, how it is written.
_QUALIFIERS = _set(
    "OLD NEW CURRENT PREVIOUS NEXT PRIMARY SECONDARY PROD PRODUCTION DEV STAGING TEST LIVE "
    "VALUE B64 BASE64 ENCODED PLAINTEXT DEFAULT"
)
# Tokens that open no door: they say where a list goes on, or what a language model counts.
_HARMLESS = _set("NEXT PAGE PAGINATION CONTINUATION CONTINUE SYNC MAX MIN STOP EOS BOS PAD CSRF CANCEL")


def words_of(name: str) -> list[str]:
    """Give the words of a name, in capital letters: ``dbPassword`` and ``DB_PASSWORD`` have the same."""
    return [word.upper() for word in _WORD.findall(name)]


def says_password(name: str) -> bool:
    """Tell whether a name is that of a password: whatever is no reference is one then."""
    words = _kernel(name)
    return bool(words) and (words[-1] in _PASSWORDS or bool(_GLUED.search("".join(words[-2:]))))


def says_shared_secret(name: str) -> bool:
    """Tell whether a name is that of a secret which somebody chose: ``JWT_SECRET``, not the name of one."""
    words = _kernel(name)
    return len(words) > 1 and words[-1] == "SECRET" and words[-2] in _KEY_OF | {"CONSUMER", "OAUTH"}


def says_public(name: str) -> bool:
    """Tell whether a name is that of something that everybody may have, as a public key."""
    return bool({"PUBLIC", "PUBLISHABLE", "CERT", "CERTIFICATE", "CA", "JWKS", "SITE"} & {*words_of(name)})


def says_token(name: str) -> bool:
    """Tell whether a name is that of a token or a key."""
    words = _kernel(name)
    if not words or (len(words) > 1 and words[-2] in _HARMLESS):
        return False
    is_key = words[-1] in ("KEY", "KEYS") and len(words) > 1 and words[-2] in _KEY_OF
    return is_key or words[-1] in _TOKENS or bool(_GLUED_TOKEN.search("".join(words[-2:])))


def says_login(name: str) -> bool:
    """Tell whether a name is that of a user with his password: ``REGISTRY_AUTH``."""
    words = _kernel(name)
    return bool(words) and words[-1] in ("AUTH", "LOGIN", "USERPWD", "USERPASS", "AUTHORIZATION")


def _kernel(name: str) -> list[str]:
    words = words_of(name)
    while len(words) > 1 and (words[-1] in _QUALIFIERS or words[-1].isdigit()):
        words.pop()
    return words
