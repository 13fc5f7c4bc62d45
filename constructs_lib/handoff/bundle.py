"""The bundle as its files' contents: all that an ops team needs to run an environment with Terraform alone.

The same environment gives the same bytes on any machine: nothing in here depends on a path, a user or a time.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.environment.checks.secrets import RULE, accepted_values
from constructs_lib.environment.tables.waiver import accepting
from constructs_lib.handoff import terraform_files
from constructs_lib.handoff.delivery import archive, manifest
from constructs_lib.handoff.deploy_policy.documents import deploy_policies, policy_file
from constructs_lib.handoff.guards.secrets import check_packages, check_secrets
from constructs_lib.handoff.hcl.module_files import hcl_files
from constructs_lib.handoff.inputs.variables import variables_file, variables_of, with_variables
from constructs_lib.handoff.readme.whole import readme
from constructs_lib.handoff.terraform_files import formatted
from constructs_lib.handoff.terraform_tests import input_tests
from constructs_lib.secrets.packages import COMPILED
from constructs_lib.views.report.promises import proof_json
from constructs_lib.views.report.structure import CheckFinding
from constructs_lib.views.written_stack import WrittenStack

TERRAFORM = "terraform"


def build_bundle(
    stack: WrittenStack,
    *,
    prices: Path | None = None,
    checkov: Sequence[CheckFinding] | None = None,
    hcl: bool = False,
    progress: Callable[[str], None] = lambda line: None,  # noqa: ARG005
) -> dict[str, bytes]:
    """Return the files of the bundle of a stack that was made from an environment, by their paths in it.

    prices: a file of prices instead of ours. checkov: its findings, for the report. hcl: whether Terraform's
    files are in its own syntax, for people, instead of JSON. progress: takes one line for each step.

    Raises:
        ConfigError: something looks like a secret, or the prices can't be read.
    """
    environment, document = stack.intent, stack.document
    content, packages = terraform_files.module_content(document), _packages(stack)
    accepted = accepted_values(environment)
    check_secrets(("", environment.model_dump(mode="json")), ("", content), accepted=accepted)
    check_packages(_package_files(packages, environment))
    progress("secrets: none found")
    variables = variables_of(document, environment)
    contents = {
        "main": terraform_files.main_file(with_variables(content, variables)),
        "versions": terraform_files.versions_file(document),
        "backend": terraform_files.backend_file(document),
        "variables": variables_file(variables),
    }
    texts = _terraform(environment, contents, hcl=hcl)
    count = document.size.resources
    progress(f"terraform: {count} resources, {len(packages)} packages, {len(variables)} inputs")
    texts[f"{TERRAFORM}/{input_tests.FILE}"] = input_tests.input_tests(environment, document, variables)
    progress("tests: of the inputs")
    texts |= _pictures(stack, prices, checkov)
    texts["proof.json"] = formatted(proof_json(stack.proof))
    progress("architecture.svg, report.html, report.md, cost.md, proof.json")
    policies = deploy_policies(environment, document)
    texts["README.md"] = readme(environment, document, variables, stack.model, hcl=hcl)
    texts |= {policy_file(number): formatted(policy) for number, policy in enumerate(policies, 1)}
    progress(f"README.md, {', '.join(policy_file(number + 1) for number in range(len(policies)))}")
    files = {name: text.encode() for name, text in texts.items()}
    files |= {f"{TERRAFORM}/{name}": package for name, package in packages.items()}
    files[manifest.FILE] = formatted(
        manifest.manifest(environment, document, content=content, files=files)
    ).encode()
    files[archive.CHECKSUMS] = archive.checksums(files).encode()
    progress(f"{manifest.FILE}, {archive.CHECKSUMS}: {len(files)} files")
    return files


def _terraform(
    environment: Environment, contents: Mapping[str, dict[str, Any]], *, hcl: bool
) -> dict[str, str]:
    """Write the root module; in HCL with its JSON outside of it, for what reads no HCL."""
    if not hcl:
        return {f"{TERRAFORM}/{name}.tf.json": formatted(found) for name, found in contents.items()}
    module = {f"{TERRAFORM}/{name}": text for name, text in hcl_files(environment, **contents).items()}
    terraform = {**contents["versions"]["terraform"], **contents["backend"]["terraform"]}
    whole = {"terraform": terraform, **contents["variables"], **contents["main"]}
    return {**module, manifest.CONFIGURATION: formatted(whole)}


def _pictures(
    stack: WrittenStack, prices: Path | None, checkov: Sequence[CheckFinding] | None
) -> dict[str, str]:
    from constructs_lib.views.cost.cost import cost_markdown
    from constructs_lib.views.diagram.svg import architecture_svg
    from constructs_lib.views.report.report import report_of

    picture = architecture_svg(stack)
    report = report_of(stack, checkov=checkov)
    return {
        "architecture.svg": picture,
        "cost.md": cost_markdown(stack.model, region=stack.intent.region, prices=prices),
        "report.md": report.markdown(),
        "report.html": report.html(svg=picture),
    }


def _packages(stack: WrittenStack) -> dict[str, bytes]:
    """The contents of packages, by their paths beside main.tf.json."""
    if stack.folder is None:
        raise ValueError(f"{stack.name} has no folder, so its packages are not at hand")
    paths = terraform_files.package_paths(stack.document)
    return {new: (stack.folder / old).read_bytes() for old, new in paths.items()}


def _package_files(
    packages: Mapping[str, bytes], environment: Environment
) -> Iterator[tuple[str, str, bytes]]:
    """Give what packages hold, but files that waivers of the environment accept."""
    for path, content in packages.items():
        field = f"functions.{Path(path).stem}.source"
        function = environment.functions.get(Path(path).stem)
        source = str(function.source).rstrip("/") if function else ""
        if not zipfile.is_zipfile(io.BytesIO(content)):
            continue
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                at = f"{source}/{name}"
                if not name.endswith(COMPILED) and not accepting(environment.waivers, RULE, at):
                    yield field, name, package.read(name)
