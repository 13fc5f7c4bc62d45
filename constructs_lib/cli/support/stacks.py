"""The stacks that commands work on: synthesized from environment files, or read from Terraform JSON, once."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.cli.support.console import warn_lines
from constructs_lib.cli.support.newer_provider import said_of_newer_provider
from constructs_lib.cli.support.output import DOCUMENT
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.sources import PLAN

if TYPE_CHECKING:
    from constructs_lib.environment import Environment
    from constructs_lib.environment.lint_settings import LintSettings
    from constructs_lib.views.written_stack import WrittenStack


def synthesize(
    environments: Mapping[str, Environment], *, project_root: Path, output: Path
) -> dict[str, WrittenStack]:
    """Write the Terraform JSON of the environments, by stack name, into an empty folder, and give the stacks.

    What a newer AWS provider has otherwise than the tables say is said.

    Raises:
        ConfigError: a function's folder can't be packaged, the folder can't be written to, or node can't run.
    """
    from constructs_lib.bindings import App
    from constructs_lib.bindings.faults import in_node
    from constructs_lib.stack import EnvironmentStack
    from constructs_lib.terraform_json import read_document
    from constructs_lib.views.written_stack import WrittenStack

    with in_node(where=str(output)):
        app = App(outdir=str(output.resolve()))
        for name, environment in environments.items():
            EnvironmentStack(app, name, environment=environment, project_root=project_root)
        app.synth()
    folders = {name: output / "stacks" / name for name in environments}
    stacks = {
        name: WrittenStack(name, read_document(folder / DOCUMENT), environments[name], folder)
        for name, folder in folders.items()
    }
    warn_lines(said_of_newer_provider([stack.document for stack in stacks.values()]))
    return stacks


def stack_of(file: Path, *, project_root: Path, variable_files: Sequence[Path] = ()) -> WrittenStack:
    """Give the stack of an environment file, synthesized, or of anybody's Terraform JSON, a file or a folder.

    variable_files: values of the variables of Terraform JSON.

    Raises:
        ConfigError: it is neither, what it refers to is not there, or a function's folder can't be packaged.
    """
    from constructs_lib.cli.support.files import load

    if file.is_dir() or file.suffix == ".json":
        stack = written(file, variable_files=variable_files)
        _refuse_lost_references(stack)
        return stack
    if variable_files:
        rule = "only Terraform JSON has variables, an environment file has none"
        raise ConfigError([Problem("--var-file", str(variable_files[0]), rule, "leave the file out")])
    return in_memory(load([file], project_root=project_root), project_root=project_root)


def _refuse_lost_references(stack: WrittenStack) -> None:
    """Refuse what Terraform would; its module's other files, if any, may declare what is missing."""
    if stack.document.beside:
        return
    rule = "refers to what the document does not declare"
    way_out = "declare it, or hand over the folder or a plan that has it"
    if problems := [Problem(where, lost, rule, way_out) for where, lost in stack.document.dangling]:
        raise ConfigError(problems)


def in_memory(environments: Mapping[str, Environment], *, project_root: Path) -> WrittenStack:
    """Synthesize the one environment and give its stack without leaving files.

    Raises:
        ConfigError: a function's folder can't be packaged.
    """
    with tempfile.TemporaryDirectory(prefix="synth-") as scratch:
        [stack] = synthesize(environments, project_root=project_root, output=Path(scratch)).values()
    return replace(stack, folder=None)


def written(
    path: Path,
    *,
    name: str | None = None,
    environment: Environment | None = None,
    lint_settings: LintSettings | None = None,
    variable_files: Sequence[Path] = (),
) -> WrittenStack:
    """Give the stack of a file or a folder of anybody's Terraform JSON, with what it is held to.

    Raises:
        ConfigError: there is none, it is no Terraform JSON, or it holds nothing of a type that is known here.
    """
    from constructs_lib.terraform_json import read_document
    from constructs_lib.views.written_stack import WrittenStack

    stack = WrittenStack(
        name=_name(path) if name is None else name,
        document=read_document(path, variable_files=variable_files),
        environment=environment,
        lint_settings=lint_settings,
    )
    if stack.understanding.is_nothing_judged:
        found = f"{stack.understanding.size}{stack.understanding.in_words}"
        rule = f"holds nothing that could be judged: {found}"
        raise ConfigError([Problem("path", str(path), rule, f"hand over a plan: {PLAN}")])
    return stack


def python_stack(folder: Path, *, name: str | None, settings: Path | None) -> WrittenStack:
    """Give the stack in a folder that cdktf wrote, with its packages; without a name, it is the folder's.

    settings: as ``settings_of`` takes it.

    Raises:
        ConfigError: the folder has no stack of cdktf, the name is none, or as ``written``.
    """
    from constructs_lib.cli.support.files import STACK_NAME

    called = folder.resolve().name if name is None else name
    problems = []
    if not (folder / DOCUMENT).is_file():
        rule, way_out = f"has no {DOCUMENT}", "name a folder that cdktf wrote, as cdktf.out/stacks/NAME"
        problems.append(Problem("--terraform", str(folder), rule, way_out))
    if not STACK_NAME.fullmatch(called):
        rule = "a bundle's name has letters, digits, - and _, and begins with a letter or a digit"
        problems.append(Problem("--name", called, rule, "name it, as in --name shop-prod"))
    if problems:
        raise ConfigError(problems)
    stack = written(folder, name=called, lint_settings=settings_of(folder, settings))
    return replace(stack, folder=folder)


def settings_of(path: Path, named: Path | None) -> LintSettings | None:
    """Give waivers and quotas of a file that is named, else of lint.toml beside what is read, if it is there.

    Raises:
        ConfigError: something is wrong with the file.
    """
    from constructs_lib.environment.lint_settings import FILE_NAME, load_lint_settings

    beside = (path if path.is_dir() else path.parent) / FILE_NAME
    file = named if named is not None else beside if beside.exists() else None
    return None if file is None else load_lint_settings(file)


def _name(file: Path) -> str:
    """Give what to call a stack by the file or folder of its Terraform JSON; ``cdk.tf.json`` names none."""
    if file.is_dir():
        return file.resolve().name
    return file.resolve().parent.name if file.name == DOCUMENT else file.name.split(".")[0]
