"""The resources of a synthesized stack, as tests ask for them; matchers are in ``Match``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.terraform_json import Document, Source, read_document, without_comments
from constructs_lib.testing.assertions.difference import Comparison, Resolve, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN_CANDIDATES = 3
_TOKEN = re.compile(r"\$\{TfToken\[TOKEN\.\d+\]\}")


class Resource(dict[str, Any]):
    """The properties of one resource or data source, with its Terraform address."""

    def __init__(self, address: str, properties: Mapping[str, Any]) -> None:
        super().__init__(properties)
        self.address = address


class Template:
    """Synthesized Terraform JSON.

    ``kind`` is the type as Terraform writes it (``"aws_subnet"``); with the prefix ``data.`` (as in
    ``"data.aws_partition"``) that of a data source. Properties are compared as the module ``match`` says:
    those that a test names have to match, all others are ignored. Values come back as synthesized, as copies.
    """

    def __init__(self, document: Document | Source, *, resolve: Resolve | None = None) -> None:
        if not isinstance(document, Document):
            document = read_document(document, may_be_empty=True)
        self.document = document
        self._resolve = resolve

    @classmethod
    def from_stack(cls, stack: Any) -> Template:
        """Synthesize a stack. Expected values may then hold tokens of its resources (``vpc.id``)."""
        from constructs_lib.bindings import Testing

        return cls(Testing.synth(stack), resolve=_TokenResolver(stack))

    @classmethod
    def from_json(cls, text: str) -> Template:
        """Read one JSON text, such as that of ``cdk.tf.json``; ConfigError when it is no Terraform JSON."""
        return cls(text)

    @classmethod
    def from_directory(cls, path: str | Path) -> Template:
        """Read the ``*.tf.json`` files of one folder, such as ``cdktf.out/stacks/dev``.

        Raises:
            ConfigError: there is none, Terraform would refuse them, or the folder holds HCL, which is not
                read.
        """
        return cls(Path(path))

    def resources(self, kind: str, /, **properties: Any) -> dict[str, Resource]:
        """Those that match, by address."""
        comparisons = self._compared(kind, properties)
        matching = [address for address, comparison in comparisons.items() if comparison.finish()]
        return {address: self._resource(address) for address in matching}

    def data(self, kind: str, /, **properties: Any) -> dict[str, Resource]:
        """The data sources that match, by address: ``data("aws_partition")``."""
        return self.resources(f"data.{kind}", **properties)

    def one(self, kind: str, /, **properties: Any) -> Resource:
        """The only one that matches; fails with the closest when none does, with all when several do."""
        __tracebackhide__ = True
        (address,) = self._matching(kind, 1, properties)
        return self._resource(address)

    def count(self, kind: str, /, **properties: Any) -> int:
        """How many match."""
        return len(self.resources(kind, **properties))

    def assert_count(self, kind: str, n: int, /, **properties: Any) -> None:
        """Exactly ``n`` match; fails with those that do and the closest of those that do not."""
        __tracebackhide__ = True
        self._matching(kind, n, properties)

    def assert_every(self, kind: str, /, **properties: Any) -> None:
        """Every one of this type matches, and there is at least one; fails with all that do not."""
        __tracebackhide__ = True
        compared = self._compared(kind, properties)
        wrong = [address for address, comparison in compared.items() if comparison.differences]
        if wrong or not compared:
            heading = f"expected every {_described(kind, properties)}; {len(wrong)} of {len(compared)} differ"
            raise self._failure([heading, *self._near_misses(kind, compared, len(wrong))])
        for comparison in compared.values():
            comparison.finish()

    @property
    def addresses(self) -> list[str]:
        """The addresses of all resources and data sources, sorted."""
        return sorted(self.document.declared)

    @property
    def outputs(self) -> dict[str, Any]:
        """The outputs by name, each with its ``value`` and what else it declares."""
        return dict(without_comments(self.document.outputs))

    @property
    def backend(self) -> dict[str, Any]:
        """Where the state is kept: ``{"s3": {...}}``, ``{"cloud": {...}}``; empty when nothing is said."""
        return dict(without_comments(self.document.backend))

    def to_dict(self) -> dict[str, Any]:
        """The whole document, without comments and cdktf's metadata."""
        return dict(without_comments(self.document.content))

    def _resource(self, address: str) -> Resource:
        return Resource(address, without_comments(self.document.declared[address].body))

    def _compared(self, kind: str, properties: Mapping[str, Any]) -> dict[str, Comparison]:
        """Every one of this kind, by address, compared with the properties that a test names."""
        compared = {}
        for label, body in sorted(self.document.bodies_of(kind).items()):
            compared[f"{kind}.{label}"] = Comparison(self._resolve)
            compared[f"{kind}.{label}"].compare_keys(properties, without_comments(body), ())
        return compared

    def _matching(self, kind: str, n: int, properties: Mapping[str, Any]) -> list[str]:
        """The addresses of those that match, when they are ``n``."""
        __tracebackhide__ = True
        compared = self._compared(kind, properties)
        matching = [address for address, comparison in compared.items() if not comparison.differences]
        if len(matching) != n:
            lines = [f"expected {n} {_described(kind, properties)}, found {len(matching)}"]
            lines += [f"{address} matches" for address in matching]
            if len(matching) < n:
                lines += self._near_misses(kind, compared, _SHOWN_CANDIDATES)
            raise self._failure(lines)
        for comparison in compared.values():
            comparison.finish()
        return matching

    def _near_misses(self, kind: str, compared: Mapping[str, Comparison], limit: int) -> list[str]:
        """The lines that tell why the closest of those that do not match do not."""
        if not compared:
            return [f"there is no {kind}; there are: {', '.join(self._kinds()) or 'none'}"]
        missed = [address for address, found in compared.items() if found.differences]
        closest = sorted(missed, key=lambda address: compared[address].distance)[:limit]
        lines: list[str] = []
        for address in closest:
            lines += [
                f"{address} differs:",
                *(f"  {difference}" for difference in compared[address].differences),
            ]
        rest = len(missed) - len(closest)
        return [*lines, f"and {rest} more"] if rest else lines

    def _failure(self, lines: list[str]) -> AssertionError:
        """The lines, with what stands in the template in the place of tokens."""
        text = "\n".join(lines)
        if self._resolve is not None:
            resolve = self._resolve
            text = _TOKEN.sub(lambda token: str(resolve(token.group())), text)
        return AssertionError(text)

    def _kinds(self) -> list[str]:
        return sorted({address.rpartition(".")[0] for address in self.addresses})


class _TokenResolver:
    """Turns cdktf's tokens into what the synthesized JSON holds in their place; asks once for each text."""

    def __init__(self, stack: Any) -> None:
        self._stack = stack
        self._known: dict[str, Any] = {}

    def __call__(self, token: Any) -> Any:
        from constructs_lib.bindings.tokens import resolved

        if not isinstance(token, str):
            return resolved(token, scope=self._stack)
        if token not in self._known:
            self._known[token] = resolved(token, scope=self._stack)
        return self._known[token]


def _described(kind: str, properties: Mapping[str, Any]) -> str:
    wanted = ", ".join(f"{key}={shown(value)}" for key, value in properties.items())
    return f"{kind} with {wanted}" if wanted else kind
