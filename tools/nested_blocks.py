"""Writes figures/nested_blocks.json: which arguments are nested blocks, from the pinned provider's schema.

Run as ``python -m tools.nested_blocks`` after a change of ``modules.MODULES`` or of the provider.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from constructs_lib.bindings.modules import MODULES
from constructs_lib.testing.terraform.schema import PROVIDER_MODULE, BindingSchemas, Block

TABLE = Path(__file__).parent.parent / "constructs_lib" / "figures" / "nested_blocks.json"


def table() -> dict[str, Any]:
    """Return the nested blocks of each type that this project uses, and of the provider, in each other."""
    wanted = {module.replace("_", "-"): module for module in MODULES}
    found = {wanted[module]: _nested(block) for module, block in BindingSchemas().find(wanted).items()}
    return {
        "about": "Nested blocks by type, in each other; what is not here is an argument. Terraform JSON "
        "writes both alike. Written by `python -m tools.nested_blocks`; do not edit.",
        "source": "the provider's own schema, as the bindings of the pinned version have it",
        "provider": found.pop(PROVIDER_MODULE),
        "resources": {f"aws_{name}": found[name] for name in sorted(found) if not name.startswith("data_")},
        "data_sources": {
            name.removeprefix("data_"): found[name] for name in sorted(found) if name.startswith("data_")
        },
    }


def _nested(block: Block) -> dict[str, Any]:
    return {name: _nested(nested.block) for name, nested in sorted(block.blocks.items())}


def text() -> str:
    """Return the table as it stands in its file."""
    return json.dumps(table(), indent=1) + "\n"


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")
