"""New files beside the old ones, then each in its place at once: no fault leaves half a file."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from constructs_lib.output.faults import not_written
from constructs_lib.output.folder_lock import locked

_PREFIX = ".new-"


@contextmanager
def staged(
    folder: Path, *, field: str, way_out: str, waiting: Callable[[], None] = lambda: None
) -> Iterator[Path]:
    """Lock ``folder``, made if it is not there, and give an empty one in it to write into, gone at the end.

    field and way_out: of the problem where nothing can be written there. waiting: called once if another run
    writes there.

    Raises:
        ConfigError: the file system refuses the folder.
    """
    with ExitStack() as held:
        try:
            held.callback(_remove_empty, [each for each in (folder, *folder.parents) if not each.exists()])
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(folder, waiting=waiting))
            for leftover in folder.glob(f"{_PREFIX}*"):  # of a run that was killed
                shutil.rmtree(leftover, ignore_errors=True)
            scratch = tempfile.mkdtemp(prefix=_PREFIX, dir=folder.resolve())
            held.callback(shutil.rmtree, scratch, ignore_errors=True)
        except OSError as error:
            raise not_written(field, folder, error, way_out) from error
        yield Path(scratch)


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        with suppress(OSError):  # something lies in it
            folder.rmdir()


def put_in_place(fresh: Path, folder: Path, *, last: str, field: str, way_out: str) -> None:
    """Move every file below ``fresh`` to the same place below ``folder``; those named ``last`` go last.

    All else in ``folder`` stays. Until the first file named ``last`` moves, whoever reads one finds the
    earlier one and all that it refers to.

    Raises:
        ConfigError: the file system refuses a place; then nothing of an earlier run is replaced.
    """
    found = sorted(path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file())
    names = sorted(found, key=lambda name: name.name == last)
    try:
        for name in names:
            _see_that_it_fits(folder / name)
        documents = [name for name in names if name.name == last]
        for name in documents:
            _sync(fresh / name)
        with _taken_back_unless_whole() as added:
            for name in names[: len(names) - len(documents) + 1]:  # until the first document refers to them
                added += [] if (folder / name).exists() else [folder / name]
                (fresh / name).replace(folder / name)
        for name in documents[1:]:
            (fresh / name).replace(folder / name)
    except OSError as error:
        raise not_written(field, folder, error, way_out) from error


@contextmanager
def _taken_back_unless_whole() -> Iterator[list[Path]]:
    """Within it, files are added; they go where it ends early, by Ctrl-C too."""
    added: list[Path] = []
    try:
        yield added
    except BaseException:
        for path in added:
            path.unlink(missing_ok=True)
        raise


def _see_that_it_fits(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise PermissionError(13, "may not be written to", str(path.parent))
    if path.is_dir():
        raise IsADirectoryError(21, "a folder has the name of a file", str(path))


def _sync(path: Path) -> None:
    """See that the bytes are on the disk: some file systems say only then that it is full."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file at once, as it was before or as it is to be; what is no plain file is written to.

    Raises:
        OSError: the file system refuses it; an earlier file is as it was.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    fresh = target.with_name(f"{_PREFIX}{os.getpid()}-{target.name}")
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
