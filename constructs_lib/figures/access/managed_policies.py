"""AWS's managed policies that roles of workloads usually carry (``managed_policies.json``).

``python -m tools.managed_policies`` writes the table; it says where it is from. Any other one is not known.
https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

_ARN = re.compile(r"arn:.*?:iam::aws:policy/(.+)")


def managed_policy(arn: str) -> tuple[str, Sequence[Mapping[str, Any]]] | None:
    """Give the name and the statements of one of AWS's managed policies by its ARN; None where it is not
    known, or none of AWS's.
    """
    found = _ARN.fullmatch(arn)
    statements = _table().get(found[1]) if found else None
    return None if found is None or statements is None else (found[1], statements)


@cache
def _table() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    found: dict[str, Any] = table["policies"]
    return {name: value if isinstance(value, list) else [value] for name, value in found.items()}
