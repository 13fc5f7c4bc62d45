"""How a made project asks for this package: as pip installed it here, else by its version."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from constructs_lib.version import VERSION

DISTRIBUTION = "constructs-lib"
_CHECKOUT = Path(__file__).resolve().parents[2]


def requirement(extras: Sequence[str] = ()) -> str:
    """The value of a Pipfile's line for this package.

    What pip noted of its origin is PEP 610's direct_url.json (https://peps.python.org/pep-0610/): a wheel, a
    folder or a repository. What came from an index is named by its version, what was never installed by the
    folder of this checkout.
    """
    said = {**_origin(), **({"extras": list(extras)} if extras else {})}
    return "{" + ", ".join(f"{key} = {_toml(value)}" for key, value in said.items()) + "}"


def _origin() -> dict[str, Any]:
    direct = _direct_url()
    url = direct.get("url", "")
    if "vcs_info" in direct:
        return {direct["vcs_info"]["vcs"]: url, "ref": direct["vcs_info"]["commit_id"]}
    if url.startswith("file:"):
        path = url2pathname(unquote(urlsplit(url).path))
        editable = direct.get("dir_info", {}).get("editable", False)
        key = "path" if "dir_info" in direct else "file"
        return {key: path, **({"editable": True} if editable else {})}
    return {"file": url} if url else {"version": f"=={VERSION}"}


def _direct_url() -> dict[str, Any]:
    try:
        text = importlib.metadata.distribution(DISTRIBUTION).read_text("direct_url.json")
    except importlib.metadata.PackageNotFoundError:
        return {"url": _CHECKOUT.as_uri(), "dir_info": {"editable": True}}
    found: dict[str, Any] = json.loads(text or "{}")
    return found


def _toml(value: object) -> str:
    """JSON's texts, lists of texts and booleans are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
