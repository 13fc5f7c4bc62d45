"""The files of a root module in Terraform's own syntax.

What this version knows no schema of, such as a type that only an extension uses, stays JSON in a file of its
own: guessing whether an object is a block or a value could change the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.figures.nested_blocks import Nested, nested_blocks
from constructs_lib.handoff.hcl import settings, subjects
from constructs_lib.handoff.hcl.blocks import resource_block
from constructs_lib.handoff.hcl.reasons import in_order_of_calls, reason
from constructs_lib.handoff.hcl.subjects import Subjects
from constructs_lib.handoff.hcl.values import Lines
from constructs_lib.handoff.terraform_files import formatted
from constructs_lib.terraform_json import Document, read_document

REMAINDER = "others.tf.json"
_WRITTEN = ("provider", "output", "moved")
# What they hold depends on more than a provider's schema.
_UNSURE = ("connection", "provisioner")


def hcl_files(
    environment: Environment | None,
    main: Mapping[str, Any],
    versions: Mapping[str, Any],
    backend: Mapping[str, Any],
    variables: Mapping[str, Any],
) -> dict[str, str]:
    """Return the files' texts by name, the same configuration as the parts of the JSON bundle.

    environment: what it was made from; None for a stack that is all Python. main, versions, backend,
    variables: the contents of the JSON files.
    """
    rest = deepcopy(dict(main))
    document = read_document(main)
    addresses = [address for address in document.declared if _schema(document, address) is not None]
    workloads = in_order_of_calls(environment) if environment else []
    written: dict[str, list[Lines]] = {}
    for group, members in Subjects(document, workloads).grouped(addresses).items():
        blocks = [_block(document, address) for address in members]
        blocks[0] = [*reason(group, environment), *blocks[0]]
        written.setdefault(group.file, []).extend(blocks)
        for address in members:
            _take(rest, document, address)
    for file, lines in _locals(rest.pop("locals", {})):
        written.setdefault(file, []).insert(0, lines)
    texts = {
        "versions.tf": [
            settings.versions(versions["terraform"]),
            *settings.providers(rest),
            *written.pop(subjects.VERSIONS, []),
        ],
        "backend.tf": [settings.backend(backend["terraform"])],
        "variables.tf": [*settings.variables(variables)],
        **{f"{name}.tf": written[name] for name in subjects.FILES if name in written},
        "moved.tf": [*settings.moved(rest)],
        "outputs.tf": [*settings.outputs(rest)],
    }
    files = {name: _text(blocks) for name, blocks in texts.items() if blocks}
    rest = {key: value for key, value in rest.items() if key not in _WRITTEN and value}
    return {**files, **({REMAINDER: formatted(rest)} if rest else {})}


def _locals(values: Mapping[str, Any]) -> Iterator[tuple[str, Lines]]:
    """Yield the local values of the network, and those of others, each with its file."""
    network = {name: value for name, value in values.items() if name.startswith("network_")}
    others = {name: value for name, value in values.items() if name not in network}
    if network:
        words = "# What others have in the VPC, and which of it a new subnet would overlap."
        yield subjects.NETWORK, [words, *settings.locals_block(network)]
    if others:
        yield subjects.OTHERS, settings.locals_block(others)


def _schema(document: Document, address: str) -> Nested | None:
    one = document.declared[address]
    if any(name in one.body for name in _UNSURE):
        return None
    section = "data" if address.startswith("data.") else "resource"
    return nested_blocks(section, one.type.removeprefix("data."))


def _block(document: Document, address: str) -> Lines:
    one = document.declared[address]
    section = "data" if address.startswith("data.") else "resource"
    head = f'{section} "{one.type.removeprefix("data.")}" "{one.label}"'
    return resource_block(head, one.body, _schema(document, address) or {})


def _take(rest: dict[str, Any], document: Document, address: str) -> None:
    """Take a written block out of what is left."""
    one = document.declared[address]
    section = "data" if address.startswith("data.") else "resource"
    type_name = one.type.removeprefix("data.")
    del rest[section][type_name][one.label]
    if not rest[section][type_name]:
        del rest[section][type_name]


def _text(blocks: list[Lines]) -> str:
    return "\n".join("\n".join(lines) + "\n" for lines in blocks)
