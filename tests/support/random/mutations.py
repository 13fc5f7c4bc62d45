"""Documents with something else in a random place, as a hand or a broken tool leaves them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

Path = tuple[str | int, ...]

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**30, 1.5, 1e308, "", "x", "-", "\u00b2", "forward", "ingress", "tcp"),
    *("0.0.0.0/0", "10.0.0.0/8", "::/0", "sg-0123456789abcdef0", "aws_vpc.network"),
    *("${aws_vpc.network.id}", "${aws_lb.internal}", "${var.x}", "${local.x}", "${[1, 2]}", "${{a = 1}}"),
    *("${", "%{ if", "${null}", "${module.x.y}", "${aws_vpc.nope.id}", "${each.key}", "${1 +}"),
    *([], {}, [[]], [{}], {"a": {}}, ["x"], [None], {"": ""}, [1, [2, {"a": "${x.y.z}"}]], {"//": 1}),
)
NAMES = (
    *("count", "for_each", "dynamic", "depends_on", "lifecycle", "provider", "id", "tags", "ingress"),
    *("egress", "route", "vpc_config", "values", "index", "name", "provisioner"),
)
LONGEST = 20_000


def mutated(text: str, random: Random) -> Any:
    """The document of a JSON text with one to four places taken out, replaced or added."""
    document = json.loads(text)
    for _ in range(random.choice((1, 1, 2, 4))):
        places = [path for path in _places(document) if path]
        if places:
            _change(document, random.choice(places), places, random)
    return document


def _change(document: Any, path: Path, places: list[Path], random: Random) -> None:
    parent, key, kind = _at(document, path[:-1]), path[-1], random.randrange(4)
    if kind == 0:
        del parent[key]
    elif kind == 1:
        parent[key] = random.choice(VALUES)
    elif kind == 2:
        copied = json.dumps(_at(document, random.choice(places)))
        parent[key] = json.loads(copied) if len(copied) < LONGEST else 1
    elif isinstance(parent, dict):
        parent[random.choice(NAMES)] = random.choice(VALUES)
    else:
        parent.append(random.choice(VALUES))


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    if isinstance(value, dict | list):
        keys: Any = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield from _places(value[key], (*path, key))


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value
