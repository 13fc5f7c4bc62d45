"""The README's chapter on what a change interrupts, and on what AWS refuses in place."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.figures.changes.effects import BACKEND, Effect, effects
from constructs_lib.figures.changes.in_use import VERSION, uses
from constructs_lib.terraform_json import Document
from constructs_lib.views import markdown


class _Words(dict[str, str]):
    """The words of this bundle; what only a change would tell is left out."""

    def __missing__(self, _: str) -> str:
        return "..."


def what_changes_do(document: Document) -> str:
    """Return the table's rows that may come up with these resources."""
    found = [effect for effect in effects() if _concerns(effect, document)]
    names = sorted(
        str(body.get("function_name")) for body in document.bodies_of("aws_lambda_function").values()
    )
    words = _Words(
        functions="the functions", function_names=" ".join(names), address="ADDRESS", tier="TIER", name="NAME"
    )
    interrupted = [
        [
            effect.name,
            effect.words.format_map(words),
            f"{effect.minutes} min" if effect.minutes else "from then on",
        ]
        for effect in found
        if effect.ends == "b"
    ]
    refused = [
        f"### Refused: {effect.name}\n\n{effect.words.format_map(words)[:1].upper()}"
        f"{effect.words.format_map(words)[1:]}.\n\n" + "\n\n".join(_steps(effect, words))
        for effect in found
        if effect.ends == "c"
    ]
    return "\n\n".join(
        [
            "## What a change interrupts",
            "Whatever is in neither list is carried out without interruption: what is new stands before\n"
            "anything turns to it, and what is used goes last.",
            markdown.table(["change", "what happens", "about"], interrupted),
            *refused,
        ]
    )


def _steps(effect: Effect, words: _Words) -> Iterator[str]:
    for step in effect.steps:
        text = step.format_map(words)
        yield markdown.shell(text.removeprefix("$ ")) if text.startswith("$ ") else text


def _concerns(effect: Effect, document: Document) -> bool:
    if effect.case == "held_by_versions":
        return bool(document.bodies_of("aws_lambda_function")) and any(
            VERSION in use.users for use in uses().values()
        )
    return effect.type_name in ("*", BACKEND) or bool(document.bodies_of(effect.type_name))
