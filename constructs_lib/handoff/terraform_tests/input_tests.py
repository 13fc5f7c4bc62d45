"""The bundle's ``terraform test`` cases: what operators set is taken or refused, with no account at hand.

What no input changes, the proof has answered already (``proof.json``): asked of a plan, it would compare
constants with themselves. https://developer.hashicorp.com/terraform/language/tests
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.handoff.identity import Identity
from constructs_lib.handoff.inputs.variable import Variable
from constructs_lib.handoff.terraform_tests import hcl, mocks
from constructs_lib.terraform_json import Document

FILE = "tests/inputs.tftest.hcl"
_HEAD = """\
# Whether inputs are taken, reach what they name, and are refused where AWS would refuse them: checked on a
# plan, with no account and no credentials. terraform.tfvars, -var and TF_VAR_... count as in any plan.
#   terraform init -backend=false && terraform test
"""


@dataclass(frozen=True)
class _Run:
    """One ``run`` block. asserted: messages by their conditions. refused: the variables that must be."""

    name: str
    variables: dict[str, Any] = field(default_factory=dict)
    asserted: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def input_tests(identity: Identity, document: Document, variables: list[Variable]) -> str:
    """Return the tests of a configuration and its inputs."""
    blocks = [_mock_provider(identity, document), *(_block(run) for run in _runs(variables))]
    return "\n".join([_HEAD, *("\n".join(lines) + "\n" for lines in blocks)])


def _mocked_data(identity: Identity, document: Document) -> dict[str, dict[str, Any]]:
    """Return what the document's data sources answer with, by type; empty of a type that is not known."""
    vpcs = [body.get("id") for body in document.bodies_of("data.aws_vpc").values()]
    return {
        type_name: mocks.mock_data(
            type_name,
            region=identity.region,
            account=identity.account_id or mocks.ACCOUNT,
            vpc_id=vpcs[0] if vpcs else None,
            vpc_cidr=identity.environment.network.cidr if identity.environment else None,
        )
        for type_name in _types(document, data_sources=True)
    }


def _mock_provider(identity: Identity, document: Document) -> list[str]:
    account = identity.account_id or mocks.ACCOUNT
    lines: list[str] = []
    for type_name in _types(document, data_sources=False):
        defaults = mocks.mock_resource(type_name, region=identity.region, account=account)
        lines += _defaults(f'mock_resource "{type_name}"', defaults, first=not lines)
    for type_name, defaults in _mocked_data(identity, document).items():
        lines += _defaults(f'mock_data "{type_name}"', defaults, first=not lines)
    return hcl.block('mock_provider "aws"', lines)


def _types(document: Document, *, data_sources: bool) -> list[str]:
    types = dict.fromkeys(one.type for one in document.declared.values())
    return [name.removeprefix("data.") for name in types if name.startswith("data.") == data_sources]


def _defaults(head: str, defaults: Mapping[str, Any], *, first: bool) -> list[str]:
    if not defaults:
        return []
    inner = hcl.block("defaults =", hcl.attributes(defaults, depth=3), depth=2)
    return [*([] if first else [""]), *hcl.block(head, inner, depth=1)]


def _block(run: _Run) -> list[str]:
    lines = hcl.attributes({"command": hcl.Expression("plan")}, depth=1)
    if run.variables:
        lines += ["", *hcl.block("variables", hcl.attributes(run.variables, depth=2), depth=1)]
    if run.refused:
        names = hcl.listed(f"var.{name}" for name in run.refused)
        lines += ["", *hcl.attributes({"expect_failures": names}, depth=1)]
    for condition, message in run.asserted.items():
        pairs = {"condition": hcl.Expression(condition), "error_message": message}
        lines += ["", *hcl.block("assert", hcl.attributes(pairs, depth=2), depth=1)]
    return hcl.block(f'run "{run.name}"', lines)


def _runs(variables: list[Variable]) -> Iterator[_Run]:
    """The inputs as they are set, all of them set to something else, and those that can be wrong, wrong."""
    yield _Run("inputs_in_use_give_a_plan")
    if variables:
        others = {variable.name: variable.other for variable in variables}
        yield _Run("inputs_reach_what_they_name", others, dict(_reached(variables)))
    wrong = {variable.name: variable.wrong for variable in variables if variable.wrong is not None}
    if wrong:
        yield _Run("wrong_inputs_are_refused", wrong, refused=[*wrong])


def _reached(variables: list[Variable]) -> Iterator[tuple[str, str]]:
    """An override file may have taken an input's place."""
    for variable in variables:
        for place in variable.places:
            if place.asserted:
                message = f"{place.address} takes {place.argument} from the input {variable.name}."
                yield place.asserted, message
