"""A newer AWS provider than the tables were read at: what a stack writes that they may not know."""

from __future__ import annotations

import tarfile
from collections import defaultdict
from typing import TYPE_CHECKING

from constructs_lib.figures.changes.provider_schema import readings, written_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from constructs_lib.terraform_json.document import Document

_TOLD = "what diff, the hand-off and the tests' stand-in say of that may be old"


def said_of_newer_provider(documents: Iterable[Document]) -> Iterator[str]:
    """A line for every type of which the documents write what is otherwise in the installed bindings.

    The tables' rows hold where all that is written has the schema at which they were read. Schemas are read
    from the bindings only where the provider is another one than at the reading, and kept for the next time.
    """
    written: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document in documents:
        version = document.settings.get("required_providers", {}).get("aws", {}).get("version", "")
        for one in document.declared.values():
            if one.type in readings() and readings()[one.type].version != version:
                written[one.type, version].update(written_paths(one.body))
    if not written:
        return
    from constructs_lib.testing.terraform.schema import BindingSchemas, default_cache_directory, module_of

    try:
        found = BindingSchemas(cache=default_cache_directory()).find(map(module_of, readings()))
    except (LookupError, ValueError, RecursionError, OSError, tarfile.TarError) as error:
        yield f"note: cannot tell whether tables know the installed AWS provider: its schemas: {error!r}"
        return
    for (name, version), paths in sorted(written.items()):
        reading, block = readings()[name], found.get(module_of(name))
        if block and (doubtful := reading.doubtful(paths, block.flat())):
            since = f"since AWS provider {reading.version}, which this release knows"
            yield f"note: {name}: {', '.join(doubtful)}: new or otherwise in {version} {since}: {_TOLD}"
