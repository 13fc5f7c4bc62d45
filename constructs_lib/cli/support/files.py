"""Which environment files a command works on, and loading them so that all that is wrong is said at once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from constructs_lib.cli.support.console import complain, warn
from constructs_lib.cli.support.exit_status import WRONG_INPUT
from constructs_lib.cli.support.paths import shown
from constructs_lib.environment import Environment, environment_warnings, load_environment
from constructs_lib.environment.naming import APART, Naming, continued, naming_in, naming_of
from constructs_lib.errors import ConfigError, Problem

STACK_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def chosen_files(files: Sequence[Path] | None, *, project_root: Path) -> list[Path]:
    """Return the files named, else those that $ENVIRONMENTS names, else all of environments/.

    Raises:
        ConfigError: $ENVIRONMENTS names a file that does not exist, or there is none at all.
    """
    if files:
        return list(files)
    folder = project_root / "environments"
    present = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    named = re.split(r"[,\s]+", os.environ.get("ENVIRONMENTS", ""))
    names = list(dict.fromkeys(name.removesuffix(".toml") for name in named if name))
    if missing := [name for name in names if name not in present]:
        known = ", ".join(present) or "none"
        rule = f"names files of environments/ without .toml, separated by commas; there are: {known}"
        raise ConfigError([Problem("$ENVIRONMENTS", name, rule, "correct or unset it") for name in missing])
    if not present:
        rule = "there is no environment file"
        raise ConfigError(
            [Problem("environments/", str(folder), rule, "write one, such as environments/dev.toml")]
        )
    return [present[name] for name in names] if names else [*present.values()]


def load(files: Sequence[Path] | None, *, project_root: Path) -> dict[str, Environment]:
    """Load the chosen files and return the environments by the names of their stacks, the files' stems.

    Everything wrong with any file is printed, then the command exits with status 2; warnings are printed too.
    """
    loaded: dict[str, Environment] = {}
    failed = False
    try:
        paths = chosen_files(files, project_root=project_root)
    except ConfigError as error:
        complain("", error.problems)
        raise typer.Exit(WRONG_INPUT) from None
    for path in paths:
        try:
            environment = load_environment(path, project_root=project_root)
            _check_stack(path, environment, loaded, _neighbours(paths, project_root))
        except ConfigError as error:
            complain(shown(path), error.problems)
            failed = True
            continue
        loaded[path.stem] = environment
        warn(shown(path), environment_warnings(environment, project_root=project_root))
    if failed:
        raise typer.Exit(WRONG_INPUT)
    return loaded


def _neighbours(paths: Sequence[Path], project_root: Path) -> dict[str, Naming]:
    """The names of environments/ that this run does not load; what cannot be read blocks nobody else."""
    chosen = {path.resolve() for path in paths}
    found = ((path, naming_of(path)) for path in sorted((project_root / "environments").glob("*.toml")))
    return {path.name: naming for path, naming in found if naming and path.resolve() not in chosen}


def _check_stack(
    path: Path, environment: Environment, loaded: dict[str, Environment], beside: Mapping[str, Naming]
) -> None:
    problems = []
    if not STACK_NAME.fullmatch(path.stem):
        rule = "the file's name becomes the stack's: letters, digits, - and _"
        problems.append(Problem("file name", path.name, rule, "rename the file"))
    if path.stem in loaded:
        rule = "another file of this run has the same name, which would be the same stack"
        problems.append(Problem("file name", path.name, rule, "rename one of them"))
    for name, other in loaded.items():
        if rule := _shared(name, other, environment):
            way_out = "give one another environment"
            problems.append(Problem("environment", environment.environment, rule, way_out))
    namings = {f"{name}.toml": naming_in(other) for name, other in loaded.items()} | dict(beside)
    for name, naming in namings.items():
        if rule := continued(naming_in(environment), naming, name):
            problems.append(Problem("environment", environment.environment, rule, APART))
    if problems:
        raise ConfigError(problems)


def _shared(name: str, other: Environment, environment: Environment) -> str:
    """What two environments of one run must not have in common, in words; empty where they are apart."""
    if (other.project, other.environment) == (environment.project, environment.environment):
        return f"{name}.toml is the same project and environment, so both would share names and state"
    if other.name_prefix == environment.name_prefix:
        return f"names in {name}.toml begin with {other.name_prefix} too, so both would share them"
    if _state_place(other) == _state_place(environment):
        return f"{name}.toml keeps its state in the same place, so each would destroy what the other made"
    return ""


def _state_place(environment: Environment) -> tuple[str | None, ...]:
    """What tells where the state lies from everywhere else; state/backend.py puts it there."""
    state = environment.state
    if state.backend == "local":
        return ("local", environment.environment)
    if state.backend == "hcp" and not state.tags:
        workspace = state.workspace or environment.name_prefix
        return ("hcp", state.hostname, state.organization, workspace)
    return (state.backend, environment.project, environment.environment)
