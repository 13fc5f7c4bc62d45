"""Text that Terraform takes as it stands, and text with tokens as a part of an expression.

https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
"""

from __future__ import annotations

import json
import re
from typing import Any

from constructs_lib.errors import ConfigError, Problem

# cdktf's markers of tokens in texts, lists and maps: cdktf/lib/tokens/private/encoding.ts
_TOKEN = re.compile(r"(\$\{TfToken\[[A-Za-z0-9:._-]+\]\})")
_LOOKS_LIKE_A_TOKEN = re.compile(r"([$#&]\{)(?=TfToken\[)")
# A template that is empty: it parts what cdktf would take for a token of its own.
_NOTHING = "%{ if false }%{ endif }"
_CARRIAGE_RETURN = re.compile(r"\r(?!\n)")


def literal(value: Any) -> Any:
    """Return a user's text so that neither Terraform nor cdktf reads a template or a token in it.

    Lists and tables are taken apart: their texts and keys are escaped. Anything else stays as it is.

    Raises:
        ConfigError: a text for which there is no way to write it in Terraform's JSON.
    """
    if isinstance(value, dict):
        return {literal(key): literal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [literal(item) for item in value]
    if not isinstance(value, str):
        return value
    escaped = value.replace("${", "$${").replace("%{", "%%{")
    if escaped != value and _CARRIAGE_RETURN.search(value):
        rule = "behind a carriage return Terraform takes ${ and %{ in JSON, and what escapes them, for text"
        raise ConfigError([Problem("text", value, rule, "end its lines with a line feed")])
    return _LOOKS_LIKE_A_TOKEN.sub(rf"\1{_NOTHING}", escaped)


def has_token(text: str) -> bool:
    """Tell whether the text refers to something: a token of cdktf's, or a Terraform template."""
    return re.search(r"(?<!\$)\$\{|(?<!%)%\{", text) is not None


def operand(text: str) -> str:
    """Return text, perhaps with tokens in it, as it stands inside of ``${...}``: quoted, tokens bare."""
    parts = [
        part if _TOKEN.fullmatch(part) else json.dumps(part, ensure_ascii=False)
        for part in _TOKEN.split(text)
        if part
    ]
    return parts[0] if len(parts) == 1 else f'join("", [{", ".join(parts)}])'


def json_text(value: Any) -> str:
    """Return JSON as Terraform's ``jsonencode`` writes it: no spaces, keys sorted, one plan for both.

    Only ``<``, ``>`` and ``&`` stay as they are, which it would write as ``\\u003c`` and so on.
    https://developer.hashicorp.com/terraform/language/functions/jsonencode
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
