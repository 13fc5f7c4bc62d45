"""Secrets that are known by their shape, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
# AWS's own documentation writes ids that end in EXAMPLE.
AWS_KEY = "an AWS access key id"
PRIVATE_KEY = "a private key"
SHAPES: Mapping[str, re.Pattern[str]] = {
    AWS_KEY: re.compile(r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?<!EXAMPLE)(?![A-Z0-9])"),
    PRIVATE_KEY: re.compile(
        r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:\\r|\\n|\s)+[A-Za-z0-9+/=\s\\:,-]{40}"
        r"|\bPuTTY-User-Key-File-\d|\bAGE-SECRET-KEY-1[0-9A-Z]{50}"
    ),
    "a token of GitHub": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{50}"),
    "a token of GitLab": re.compile(r"\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{20}"),
    "a token of Slack": re.compile(r"\bxox[abeoprs]-[\w-]{20}|\bxapp-\d-[\w-]{20}"),
    "a webhook": re.compile(
        r"https://(?:hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/\w+/\w+"
        r"|(?:\w+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/[\w-]+"
        r"|[\w.-]*(?:webhook\.office|outlook\.office)\.com/webhook\w*/[\w@-]+"
        r"|chat\.googleapis\.com/v1/spaces/\S+[?&]key=|hooks\.zapier\.com/hooks/catch/\d+/\w+)"
    ),
    "a DSN of Sentry": re.compile(
        r"https?://[0-9a-f]{32}(?::[0-9a-f]{32})?@[\w.-]+(?::\d+)?(?:/[\w-]+)*/\d+"
    ),
    "a key of Stripe": re.compile(r"\b(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{20}"),
    "a key of SendGrid": re.compile(r"\bSG\.[\w-]{16,}\.[\w-]{16,}"),
    "a key of Google": re.compile(r"\bAIza[\w-]{35}|\bGOCSPX-[\w-]{20}|\bya29\.[\w-]{20}"),
    "a key of a model's vendor": re.compile(
        r"\bsk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{32}|\bhf_[A-Za-z]{30}"
    ),
    "a token of a registry": re.compile(r"\bnpm_[A-Za-z0-9]{36}|\bpypi-[\w-]{50}|\bdckr_pat_[\w-]{20}"),
    "a token of a cloud service": re.compile(
        r"\bdo[opr]_v1_[0-9a-f]{64}|\bhv[sbr]\.[\w-]{24}|\bdapi[0-9a-f]{32}|\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"
        r"|\bNRAK-[A-Z0-9]{27}|\bgls?[ac]_[\w-]{32}|\bsntry[su]_[\w=+/-]{40}|\bATATT3[\w=-]{20}|\bPMAK-[0-9a-f]{24}"
        r"|\blin_api_\w{32}|\bdp\.(?:pt|st|ct|sa)\.[\w.-]{40}|\bkey-[0-9a-f]{32}\b|\bfigd_[\w-]{40}|\bsq0csp-[\w-]{43}"
        r"|\bEAAA[\w-]{60}|\btfp_\w{40}|\b[a-zA-Z0-9]{14}\.atlasv1\.[\w-]{60}|\brk_[a-z]+_[\w]{24}"
    ),
    "a JSON Web Token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "a signed URL": re.compile(
        r"[?&](?:X-Amz-Signature=[0-9a-f]{64}|X-Goog-Signature=[0-9a-f]{64}|sig=[\w%+/=-]{40})", re.IGNORECASE
    ),
    "a URL with a password": re.compile(
        r"\w://[^/\s:@]*:(?!\$\{|\{|<|\*+@|%s|\$[A-Z(])[^/\s@]{2,}@|\w://(?!git@)[^/\s:@]{20,}@[\w.-]+"
    ),
    "a header with credentials": re.compile(
        r"^(?:Bearer|Basic|Token|ApiKey)\s+[\w.~+/=-]{12,}$", re.IGNORECASE
    ),
}
_PLUGINS = (
    "artifactory.ArtifactoryDetector",
    "azure_storage_key.AzureStorageKeyDetector",
    "discord.DiscordBotTokenDetector",
    "mailchimp.MailchimpDetector",
    "npm.NpmDetector",
    "openai.OpenAIDetector",
    "pypi_token.PypiTokenDetector",
    "sendgrid.SendGridDetector",
    "slack.SlackDetector",
    "square_oauth.SquareOAuthDetector",
    "stripe.StripeDetector",
    "telegram_token.TelegramBotTokenDetector",
    "twilio.TwilioKeyDetector",
)
"""Detectors of detect-secrets that know a token by itself; its others ask for quotes and code around."""
_SHORTEST = 20
# The number of an account of Twilio, which no request takes for a key.
_ACCOUNT = re.compile(r"AC[0-9a-z]{32}")


def shape_of(text: str, kinds: Iterator[str] | tuple[str, ...] | None = None) -> str | None:
    """Say what a text holds by its shape; None for nothing that is known. kinds: the only ones asked for."""
    for kind in SHAPES if kinds is None else kinds:
        if SHAPES[kind].search(text):
            return kind
    if kinds is None and len(text) >= _SHORTEST:
        return _by_plugins(text)
    return None


def _by_plugins(text: str) -> str | None:
    for name, find in _detectors():
        for line in text.splitlines():
            if any(not _ACCOUNT.fullmatch(found) for found in find(line)):
                return f"a secret ({name})"
    return None


@cache
def _detectors() -> tuple[tuple[str, Callable[[str], list[str]]], ...]:
    """The detectors that this release of detect-secrets has; they are imported when first asked."""
    from importlib import import_module

    found = []
    for path in _PLUGINS:
        module, _, name = path.partition(".")
        plugin = getattr(import_module(f"detect_secrets.plugins.{module}"), name)()
        found.append((str(plugin.secret_type), _finder(plugin)))
    return tuple(found)


def _finder(plugin: object) -> Callable[[str], list[str]]:
    def find(line: str) -> list[str]:
        return [str(one) for one in plugin.analyze_string(line)]  # type: ignore[attr-defined]

    return find
