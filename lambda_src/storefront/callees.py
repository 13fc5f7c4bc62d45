"""Where callees are: in a variable of their own, or all in one (``callee_urls = "json"``)."""

from __future__ import annotations

import json
from collections.abc import Mapping


def url_of(name: str, variables: Mapping[str, str]) -> str:
    """The url of what this function calls by the name, without a slash at its end.

    Raises KeyError where the variables have none: it is not in ``calls``.
    """
    own = f"{name.upper().replace('-', '_')}_URL"
    if own in variables or "CALLEE_URLS" not in variables:
        return variables[own].rstrip("/")
    callees = json.loads(variables["CALLEE_URLS"])
    return f"{callees['base']}:{callees['ports'][name]}"
