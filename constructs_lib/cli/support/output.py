"""The folder that stacks are written into: whole or not at all, whatever happens."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from constructs_lib.cli.support.console import warn_lines
from constructs_lib.cli.support.paths import shown
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.output.faults import not_written
from constructs_lib.output.placing import put_in_place, staged

DOCUMENT = "cdk.tf.json"
_FIELD = "output folder"
_WAY_OUT = "name another folder with --output (or $CDKTF_OUTDIR)"


@contextmanager
def beside(output: Path, names: Iterable[str]) -> Iterator[Path]:
    """Give an empty folder beside the stacks of these names in ``output``, which no other run writes into.

    Raises:
        ConfigError: ``output`` or a stack's folder in it can't be written to.
    """

    def waiting() -> None:
        warn_lines([f"waiting for another run that writes into {shown(output)}"])

    with staged(output, field=_FIELD, way_out=_WAY_OUT, waiting=waiting) as fresh:
        for name in names:
            _see_a_folder(output / "stacks" / name)
        try:
            yield fresh
        except ConfigError as error:
            raise ConfigError([_about(output, fresh, problem) for problem in error.problems]) from error


def place(fresh: Path, output: Path, names: Iterable[str]) -> None:
    """Put stacks that were written into ``fresh`` in their places in ``output``, their documents last.

    What Terraform keeps in the folders of stacks stays; what an earlier run left there goes.

    Raises:
        ConfigError: the file system refuses something; the earlier stacks are as they were.
    """
    wanted = {name: _assets(fresh / "stacks" / name) for name in names}
    put_in_place(fresh, output, last=DOCUMENT, field=_FIELD, way_out=_WAY_OUT)
    for name, assets in wanted.items():
        stack = output / "stacks" / name
        try:
            (stack / "cdk.tf").unlink(missing_ok=True)  # of `cdktf synth --hcl`: Terraform reads one of both
        except OSError as error:
            raise not_written(_FIELD, stack / "cdk.tf", error, "remove it") from error
        for asset in _assets(stack) - assets:
            (stack / asset).unlink(missing_ok=True)
        for folder in sorted((stack / "assets").rglob("*"), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                shutil.rmtree(folder, ignore_errors=True)


def _about(output: Path, fresh: Path, problem: Problem) -> Problem:
    """The problem, about the output folder where it is of the one beside it, which users never see."""
    if not str(problem.value).startswith(str(fresh)):
        return problem
    return Problem(_FIELD, str(output), problem.rule, _WAY_OUT)


def _assets(stack: Path) -> set[Path]:
    return {path.relative_to(stack) for path in (stack / "assets").rglob("*") if not path.is_dir()}


def _see_a_folder(path: Path) -> None:
    for place in (path, *path.parents):
        if place.is_dir():
            return
        if place.exists() or place.is_symlink():
            rule = f"{place} is no folder"
            raise ConfigError([Problem(_FIELD, str(path), rule, _WAY_OUT)])
