"""Compares the provider's schemas of the types that this project uses, and records those that were read.

``python -m tools.provider_schema`` prints what the installed bindings have otherwise than the record
(``figures/changes/provider_schema.json``), ``python -m tools.provider_schema OLD.jsii.tgz NEW.jsii.tgz`` what
the second of two archives of bindings has otherwise than the first. Then one looks into the provider's
CHANGELOG and source whether the rows of the tables still hold for those types, mends them, and records the
new reading: ``python -m tools.provider_schema --record TYPE...``; without types, it records those that are
not in the record at all.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from constructs_lib.bindings.flavour import flavour
from constructs_lib.bindings.modules import MODULES
from constructs_lib.figures.changes import provider_schema
from constructs_lib.figures.changes.provider_schema import Schema, readings
from constructs_lib.testing.terraform.schema import PROVIDER_MODULE, BindingSchemas, module_of

PACKAGE = Path(__file__).parent.parent / "constructs_lib"
TABLE = Path(provider_schema.__file__).with_suffix(".json")
ABOUT = (
    "The provider's schema of each type, as it was when the tables' rows of that type were read, at that "
    "version. holds: what a later version has and why the rows hold all the same; written by hand. "
    "The rest is written by `python -m tools.provider_schema --record`."
)


def made() -> set[str]:
    """The types that this project makes or reads, data sources with ``data.``, and the provider."""
    modules = (f"aws_{module}" for module in MODULES if module != PROVIDER_MODULE)
    return {PROVIDER_MODULE, *(name.replace("aws_data_", "data.", 1) for name in modules)}


def used() -> list[str]:
    """Those, and the types that tables have rows about."""
    found = made()
    for file in (*PACKAGE.glob("figures/**/*.json"), PACKAGE / "handoff" / "iam_actions.json"):
        table = json.loads(file.read_text(encoding="utf-8"))
        found |= {name for name in table.get("resources", ()) if name.startswith("aws_")}
        found |= {f"data.{name}" for name in table.get("data_sources", ())}
    return sorted(found)


def schemas(types: list[str], archive: Path | None = None) -> dict[str, Schema]:
    """The schemas of those types that an archive of bindings has; by default the installed one's."""
    modules = {module_of(name): name for name in types}
    found = BindingSchemas(archive=archive).find(modules)
    return {modules[module]: block.flat() for module, block in sorted(found.items())}


def differences(old: Mapping[str, Schema], new: Mapping[str, Schema]) -> Iterator[str]:
    """A line for every path that is otherwise."""
    for name in sorted(old):
        if name not in new:
            yield f"{name} - is gone"
            continue
        for path in sorted({*old[name], *new[name]}):
            before, after = old[name].get(path), new[name].get(path)
            if before is None:
                yield f"{name} + {path}: {after}"
            elif after is None:
                yield f"{name} - {path}: {before}"
            elif before != after:
                yield f"{name} ~ {path}: {before} -> {after}"


def recorded(types: list[str]) -> str:
    """The table with the installed schema for these types."""
    version, found = flavour().provider_version(), schemas(types)
    rows = json.loads(TABLE.read_text(encoding="utf-8"))["types"]
    rows |= {name: {"version": version, "schema": schema} for name, schema in found.items()}
    lines = (f" {json.dumps(name)}: {json.dumps(rows[name])}" for name in sorted(rows))
    head = json.dumps(
        {"about": ABOUT, "source": "the bindings' archives, as testing/terraform/schema.py reads them"}
    )
    return head[:-1] + ',\n"types": {\n' + ",\n".join(lines) + "\n}}\n"


def main(arguments: list[str]) -> None:
    """As the command line says."""
    if arguments[:1] == ["--record"]:
        types = arguments[1:] or [name for name in used() if name not in readings()]
        TABLE.write_text(recorded(types), encoding="utf-8", newline="\n")
        return
    types = [*readings()]
    archives = [Path(argument) for argument in arguments]
    old = (
        schemas(types, archives[0])
        if len(archives) > 1
        else {name: each.schema for name, each in readings().items()}
    )
    print(*differences(old, schemas(types, archives[-1] if archives else None)), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
