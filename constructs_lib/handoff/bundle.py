"""The bundle as its files' contents: all that an ops team needs to run an environment with Terraform alone.

The same environment gives the same bytes on any machine: nothing in here depends on a path, a user or a time.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.handoff import iam_actions, terraform_files
from constructs_lib.handoff.delivery import archive, manifest
from constructs_lib.handoff.guards.secrets import check_packages, check_secrets
from constructs_lib.handoff.inputs.variables import extract_variables, variables_file
from constructs_lib.handoff.readme.readme import readme
from constructs_lib.handoff.terraform_files import formatted
from constructs_lib.handoff.terraform_tests import tests as tftest
from constructs_lib.views.report.parts import CheckFinding
from constructs_lib.views.written_stack import WrittenStack

TERRAFORM = "terraform"
_NO_CODE = (".pyc", ".so", ".dll", ".dylib")


@dataclass(frozen=True)
class Synthesized:
    """A stack as cdktf wrote it. packages: contents by their paths in the bundle. cdktf: its version."""

    document: dict[str, Any]
    packages: dict[str, bytes]
    cdktf: str


def read_stack(stack: Path) -> Synthesized:
    """Read the folder of one stack, ``cdktf.out/stacks/dev``, with the packages that its document names."""
    raw = json.loads((stack / "cdk.tf.json").read_text("utf-8"))
    version = raw.get("//", {}).get("metadata", {}).get("version", "")
    document, moves = terraform_files.with_packages(terraform_files.without_metadata(raw))
    return Synthesized(document, {new: (stack / old).read_bytes() for old, new in moves.items()}, version)


def build_bundle(
    stack: WrittenStack,
    synthesized: Synthesized,
    *,
    prices: Path | None = None,
    checkov: Sequence[CheckFinding] | None = None,
    progress: Callable[[str], None] = lambda line: None,  # noqa: ARG005
) -> dict[str, bytes]:
    """Return the files of the bundle by their paths in it. progress: takes one line for each step.

    prices: a file of prices instead of ours. checkov: its findings, for the report.

    Raises:
        ConfigError: something looks like a secret, or the prices can't be read.
    """
    environment, document = stack.intent, synthesized.document
    _refuse_secrets(environment, synthesized)
    progress("secrets: none found")
    changed, variables = extract_variables(document)
    count = sum(1 for _ in terraform_files.resources(document))
    texts = {
        f"{TERRAFORM}/main.tf.json": formatted(terraform_files.main_file(changed)),
        f"{TERRAFORM}/versions.tf.json": formatted(terraform_files.versions_file(document)),
        f"{TERRAFORM}/backend.tf.json": formatted(terraform_files.backend_file(document)),
        f"{TERRAFORM}/variables.tf.json": formatted(variables_file(variables)),
    }
    progress(f"terraform: {count} resources, {len(synthesized.packages)} packages, {len(variables)} inputs")
    texts[f"{TERRAFORM}/{tftest.FILE}"] = tftest.architecture_tests(environment, document, variables)
    progress("tests: the architecture's promises")
    texts |= _pictures(stack, prices, checkov)
    progress("architecture.svg, report.html, report.md, cost.md")
    texts["README.md"] = readme(environment, document, variables)
    texts["deploy-policy.json"] = formatted(iam_actions.deploy_policy(environment, document))
    progress("README.md, deploy-policy.json")
    files = {name: text.encode() for name, text in texts.items()}
    files |= {f"{TERRAFORM}/{name}": content for name, content in synthesized.packages.items()}
    described = manifest.manifest(environment, document, cdktf=synthesized.cdktf, files=files)
    files[manifest.FILE] = formatted(described).encode()
    files[archive.CHECKSUMS] = archive.checksums(files).encode()
    progress(f"{manifest.FILE}, {archive.CHECKSUMS}: {len(files)} files")
    return files


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


def _refuse_secrets(environment: Environment, synthesized: Synthesized) -> None:
    check_secrets(("", environment.model_dump(mode="json")), ("", synthesized.document))
    check_packages(_package_files(synthesized))


def _package_files(synthesized: Synthesized) -> Iterator[tuple[str, str, bytes]]:
    for path, content in synthesized.packages.items():
        field = f"functions.{Path(path).stem}.source"
        if not zipfile.is_zipfile(io.BytesIO(content)):
            continue
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                if not name.endswith(_NO_CODE):
                    yield field, name, package.read(name)
