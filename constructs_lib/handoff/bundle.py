"""The bundle as its files' contents: all that an ops team needs to run an environment with Terraform alone.

The same environment gives the same bytes on any machine: nothing in here depends on a path, a user or a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from constructs_lib.handoff import terraform_files
from constructs_lib.handoff.delivery import archive, manifest
from constructs_lib.handoff.deploy_policy.documents import deploy_policies, policy_file
from constructs_lib.handoff.guards.secrets import check_packages, check_secrets
from constructs_lib.handoff.guards.waived import accepted_texts, package_files
from constructs_lib.handoff.hcl.module_files import hcl_files
from constructs_lib.handoff.identity import Identity, identity_of
from constructs_lib.handoff.inputs.variables import FIXED_TAGS, variables_file, variables_of, with_variables
from constructs_lib.handoff.readme.since import Since
from constructs_lib.handoff.readme.whole import readme
from constructs_lib.handoff.state_bucket import state_files
from constructs_lib.handoff.terraform_files import formatted
from constructs_lib.handoff.terraform_tests import input_tests
from constructs_lib.terraform_json import Document
from constructs_lib.views.report.promises import proof_json
from constructs_lib.views.report.structure import CheckFinding
from constructs_lib.views.written_stack import WrittenStack

TERRAFORM = "terraform"
DRIFT_CHECK = Path(__file__).with_name("drift-check.sh").read_text("utf-8")


def build_bundle(
    stack: WrittenStack,
    *,
    prices: Path | None = None,
    checkov: Sequence[CheckFinding] | None = None,
    hcl: bool = False,
    bucket: Document | None = None,
    since: Since | None = None,
    progress: Callable[[str], None] = lambda line: None,  # noqa: ARG005
) -> dict[str, bytes]:
    """Return the files of the bundle of a stack, by their paths in it.

    Of a stack that was made from an environment ``proof.json`` has the promises of that; of any other, who
    reaches whom.

    prices: a file of prices instead of ours. checkov: its findings, for the report. hcl: whether Terraform's
    files are in its own syntax, for people, instead of JSON. bucket: the stack of the state's bucket, which
    the bundle then brings along. since: the bundle that this one follows. progress: takes one line for each
    step.

    Raises:
        ConfigError: something looks like a secret, the prices can't be read, a package is not there, or a
            stack without an environment says no region.
    """
    identity, document = identity_of(stack), stack.document
    content, packages = terraform_files.module_content(document), terraform_files.packages(stack)
    declared = stack.environment.model_dump(mode="json") if stack.environment else {}
    check_secrets(("", declared), ("", content), accepted=accepted_texts(stack))
    check_packages(package_files(packages, stack))
    progress("secrets: none found")
    fixed = FIXED_TAGS if stack.environment else (*identity.own_tags,)
    variables = variables_of(document, stack.environment, fixed=fixed)
    contents = {
        "main": terraform_files.main_file(with_variables(content, variables)),
        "versions": terraform_files.versions_file(document),
        "backend": terraform_files.backend_file(document),
        "variables": variables_file(variables),
    }
    texts = _terraform(identity, contents, hcl=hcl)
    count = document.size.resources
    progress(f"terraform: {count} resources, {len(packages)} packages, {len(variables)} inputs")
    texts[f"{TERRAFORM}/{input_tests.FILE}"] = input_tests.input_tests(identity, document, variables)
    progress("tests: of the inputs")
    if bucket is not None and identity.environment is not None:
        texts |= state_files(identity.environment, bucket, hcl=hcl)
        progress("state: the stack of its bucket")
    texts |= _pictures(stack, identity, prices, checkov)
    texts["proof.json"] = formatted(_proof(stack))
    progress("architecture.svg, report.html, report.md, cost.md, proof.json")
    policies = deploy_policies(identity, document)
    texts["README.md"] = readme(identity, stack, variables, hcl=hcl, bucket=bucket, since=since)
    texts["drift-check.sh"] = DRIFT_CHECK
    texts |= {policy_file(number): formatted(policy) for number, policy in enumerate(policies, 1)}
    progress(f"README.md, {', '.join(policy_file(number + 1) for number in range(len(policies)))}")
    files = {name: text.encode() for name, text in texts.items()}
    files |= {f"{TERRAFORM}/{name}": package for name, package in packages.items()}
    files[manifest.FILE] = formatted(
        manifest.manifest(identity, document, content=content, files=files)
    ).encode()
    files[archive.CHECKSUMS] = archive.checksums(files).encode()
    progress(f"{manifest.FILE}, {archive.CHECKSUMS}: {len(files)} files")
    return files


def _proof(stack: WrittenStack) -> dict[str, Any]:
    from constructs_lib.views.explanation import Explanation
    from constructs_lib.views.explanation_json import answers_json

    return answers_json(Explanation(stack)) if stack.environment is None else proof_json(stack.proof)


def _terraform(identity: Identity, contents: Mapping[str, dict[str, Any]], *, hcl: bool) -> dict[str, str]:
    """Write the root module; in HCL with its JSON outside of it, for what reads no HCL."""
    if not hcl:
        return {f"{TERRAFORM}/{name}.tf.json": formatted(found) for name, found in contents.items()}
    module = {
        f"{TERRAFORM}/{name}": text for name, text in hcl_files(identity.environment, **contents).items()
    }
    terraform = {**contents["versions"]["terraform"], **contents["backend"]["terraform"]}
    whole = {"terraform": terraform, **contents["variables"], **contents["main"]}
    return {**module, manifest.CONFIGURATION: formatted(whole)}


def _pictures(
    stack: WrittenStack, identity: Identity, prices: Path | None, checkov: Sequence[CheckFinding] | None
) -> dict[str, str]:
    from constructs_lib.views.cost.cost import cost_markdown
    from constructs_lib.views.diagram.svg import architecture_svg
    from constructs_lib.views.report.report import report_of

    picture = architecture_svg(stack)
    report = report_of(stack, checkov=checkov)
    return {
        "architecture.svg": picture,
        "cost.md": cost_markdown(stack.model, region=identity.region, prices=prices),
        "report.md": report.markdown(),
        "report.html": report.html(svg=picture),
    }
