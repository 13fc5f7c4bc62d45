"""Which arguments of the provider's resource types can name something of the architecture."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from constructs_lib.bindings.flavour import flavour
from constructs_lib.testing.terraform.binding_source import BindingSource
from constructs_lib.testing.terraform.schema import block_from_json, read_modules
from tests.support.properties import thoroughness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.testing.terraform.schema import Block

_NAMES = re.compile(
    r"(\w+_)?(security_groups?|subnets?|route_tables?|load_balancers?|listeners?|target_groups?|functions?|"
    r"lambda|vpc|endpoint|resource)(_arns?|_ids?|_names?)?|\w+_arns?|arn"
)
Path = tuple[str, ...]


@cache
def naming_attributes() -> list[tuple[str, Path]]:
    """Give (resource type, path of an argument) for every argument that can hold an id, an ARN or a name.

    Of every tenth type, since all take ten seconds; ``make test-all`` takes all.
    """
    found = []
    for number, (module, text) in enumerate(read_modules(flavour().archive())):
        if module.startswith(("data-", "provider")) or number % 10 >= thoroughness():
            continue
        block = block_from_json(BindingSource(text).block())
        found += [("aws_" + module.replace("-", "_"), path) for path in _paths(block)]
    return sorted(found)


def _paths(block: Block, before: Path = ()) -> Iterator[Path]:
    for name, attribute in block.attributes.items():
        if (attribute.required or attribute.optional) and _NAMES.fullmatch(name):
            yield (*before, name)
    for name, nested in block.blocks.items():
        if len(before) < 3:
            yield from _paths(nested.block, (*before, name))
