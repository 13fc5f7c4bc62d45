"""How much of a document was read, and what of it was not understood, by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.figures.without_traffic import reason_without_traffic
from constructs_lib.proof.reading.whole_model import is_modelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs_lib.proof.model.bystanders import Bystander
    from constructs_lib.proof.model.network import Model
    from constructs_lib.terraform_json.document import Size


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was made of a document.

    modules: the module calls, which are not followed. types: the resource types of which this project knows
    nothing, with how many resources each has. known: how many resources are of types that it knows.
    bystanders: what is not understood and refers to what is, so that it may change answers.
    """

    size: Size
    modules: tuple[str, ...]
    types: Mapping[str, int]
    known: int
    bystanders: tuple[Bystander, ...]

    @property
    def is_nothing_judged(self) -> bool:
        """Tell whether nothing in the document is of a type that this project knows."""
        return self.known == 0

    @property
    def in_words(self) -> str:
        """What is not understood, as the end of a sentence; empty where everything is."""
        kinds = (kind + (f" ({number})" if number > 1 else "") for kind, number in self.types.items())
        parts = {"not followed": ", ".join(self.modules), "types that are not modelled": ", ".join(kinds)}
        return "".join(f"; {what}: {names}" for what, names in parts.items() if names)


def understanding_of(model: Model) -> Understanding:
    """Say how much of a model's document was understood."""
    document = model.document
    kinds = Counter(one.type for one in document.declared.values() if not one.type.startswith("data."))
    carried = {document.blocks[address].kind for address in model.carried}
    carried |= {document.blocks[one.address].kind for one in model.event_sources}
    known = {kind for kind in kinds if is_modelled(kind) or kind in carried or reason_without_traffic(kind)}
    return Understanding(
        size=document.size,
        modules=tuple(document.module_calls),
        types={kind: number for kind, number in kinds.items() if kind not in known},
        known=sum(kinds[kind] for kind in known if kind.startswith("aws_")),
        bystanders=model.bystanders,
    )
