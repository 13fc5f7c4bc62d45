"""The README's chapter on what another bundle had otherwise, for a team without the generator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.handoff.inputs.variable import Variable
from constructs_lib.views import markdown
from constructs_lib.views.changes.comparison import Comparison, Difference
from constructs_lib.views.changes.effects import Finding, findings

_MOST = 300  # rows; beyond that nobody reads them


@dataclass(frozen=True)
class Since:
    """An earlier bundle, compared with this one. sha256: of its ``bundle.json``. generator: its version."""

    sha256: str
    generator: str
    comparison: Comparison


def changes_since(since: Since | None, variables: Sequence[Variable]) -> str:
    """Return the chapter; empty where no bundle was named. variables: the inputs of this one."""
    if since is None:
        return ""
    comparison = since.comparison
    parts = [
        "## What changes",
        f"Compared with the bundle whose `bundle.json` has this SHA-256, made by version {since.generator}\n"
        "(`sha256sum bundle.json` in its folder):",
        markdown.fenced(since.sha256, "text"),
        "Both as they were made: inputs that you set and files that you added are not in it, and `terraform\n"
        "plan` has the last word.",
        f"**{comparison.summary()[:1].upper()}{comparison.summary()[1:]}.**",
        *_resources(comparison.differences),
        *(f"- {line}" for line in comparison.other),
        *_inputs(comparison.old.content.get("variable", {}), variables),
        *(_effects(findings(comparison)) if comparison.differences else ()),
    ]
    return "\n\n".join(parts)


def _resources(differences: Sequence[Difference]) -> Iterator[str]:
    if not differences:
        return
    rows = [
        [_what(one), markdown.code(one.address), ", ".join(one.names) if one.names else ""]
        for one in differences[:_MOST]
    ]
    yield markdown.table(["what happens", "resource", "which arguments"], rows)
    if len(differences) > _MOST:
        yield f"And {len(differences) - _MOST:,} more, which `terraform plan` shows."


def _what(one: Difference) -> str:
    if one.action == "replace":
        return "replaced, the new one first" if one.first else "replaced, the old one goes first"
    return {"create": "added", "update": "changed in place", "delete": "removed"}[one.action]


def _inputs(before: Mapping[str, Any], variables: Sequence[Variable]) -> Iterator[str]:
    """Inputs that come and go: Terraform refuses ``-var`` of one that is gone."""
    now = {variable.name: variable for variable in variables}
    rows = [
        ["added", markdown.code(name), markdown.value(now[name].default)]
        for name in now
        if name not in before
    ]
    rows += [["removed", markdown.code(name), ""] for name in sorted(before) if name not in now]
    rows += [
        [
            "another default",
            markdown.code(name),
            f"{markdown.value(before[name].get('default'))} → {markdown.value(one.default)}",
        ]
        for name, one in now.items()
        if name in before and before[name].get("default") != one.default
    ]
    if rows:
        yield "Inputs; one that you set keeps your value:"
        yield markdown.table(["what happens", "input", "default"], rows)


def _effects(found: Sequence[Finding]) -> Iterator[str]:
    interrupted = [one for one in found if one.ends == "b"]
    refused = [one for one in found if one.ends == "c"]
    yield "### What that interrupts"
    if interrupted:
        rows = [
            [
                ", ".join(map(markdown.code, one.addresses)),
                markdown.plain(one.words),
                f"{one.effect.minutes} min" if one.effect.minutes else "from then on",
            ]
            for one in interrupted
        ]
        yield markdown.table(["what", "what happens", "about"], rows)
    else:
        yield "Nothing: what is new stands before anything turns to it."
    for one in refused:
        code = f" ({one.effect.code})" if one.effect.code else ""
        yield f"### Refused in place{code}: {', '.join(map(markdown.code, one.addresses))}"
        yield f"{one.words[:1].upper()}{one.words[1:]}."
        for step in one.steps:
            yield markdown.shell(step.removeprefix("$ ")) if step.startswith("$ ") else step
