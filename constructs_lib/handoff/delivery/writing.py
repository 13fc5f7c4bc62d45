"""Writing a bundle as a whole: whoever looks sees the old one or the new one, never half of either.

What operators keep in the folder (local state, tfvars, the lock file) is theirs and survives a newer bundle.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.handoff.delivery import archive
from constructs_lib.handoff.delivery.manifest import FILE, read_manifest
from constructs_lib.output.faults import not_written
from constructs_lib.output.folder_lock import locked
from constructs_lib.output.placing import write_whole

OPTION = "--output"
# https://developer.hashicorp.com/terraform/language/state/locking
_LOCK = ".lock.info"
_NEW, _OLD = "new", "old"


def check_target(folder: Path, *, archived: bool) -> None:
    """See whether a bundle may be written there.

    Raises:
        ConfigError: the folder holds something else, or a bundle that was edited or is being applied; the
            archive's path is taken by something that is no bundle.
    """
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise ConfigError([Problem(OPTION, str(folder), f"{place} is a file", "name a folder")])
        if place.is_symlink() and not place.exists():
            rule = f"{place} is a link that leads nowhere"
            raise ConfigError([Problem(OPTION, str(folder), rule, "remove it, or name another folder")])
    if folder.is_dir() and any(folder.iterdir()):
        _check_bundle(folder)
    if archived and archive_path(folder).exists():
        read_manifest(archive_path(folder), field="--archive")


def archive_path(folder: Path) -> Path:
    """Return where the archive of a bundle goes: beside it."""
    resolved = folder.resolve()
    return resolved.with_name(f"{resolved.name}.zip")


def write_bundle(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Write the files, in the place of an earlier bundle, and return what was kept of the folder, sorted.

    Raises:
        ConfigError: as ``check_target`` does, or nothing can be written there.
    """
    target = folder.resolve()
    with _writable(folder):
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target.parent):
            _recover(target)
            check_target(folder, archived=False)
            return _replace(files, target)


def _recover(target: Path) -> None:
    """Bring back the bundle of a run that was killed between taking it away and bringing the newer one."""
    ours = re.compile(rf"\.{re.escape(target.name)}-[a-z0-9_]{{8}}")
    for leftover in [each for each in target.parent.iterdir() if ours.fullmatch(each.name)]:
        if not leftover.is_dir() or {each.name for each in leftover.iterdir()} - {_NEW, _OLD}:
            continue
        if (leftover / _OLD).is_dir() and not target.exists():
            (leftover / _OLD).rename(target)
        shutil.rmtree(leftover, ignore_errors=True)


def _replace(files: Mapping[str, bytes], target: Path) -> list[str]:
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        fresh, old = Path(scratch, _NEW), Path(scratch, _OLD)
        fresh.mkdir()
        for name, content in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        kept = sorted(_kept(target)) if target.is_dir() else []
        _refuse_taken(target, {name for name in kept if (fresh / name).exists()})
        for name in kept:
            _carry_over(target / name, fresh / name)
        try:
            if target.is_dir():
                target.rename(old)
            fresh.rename(target)
        except BaseException:  # Ctrl-C too
            if old.exists() and not target.exists():
                old.rename(target)
            raise
    return kept


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    """Turn what the file system refuses into wrong input."""
    try:
        yield
    except OSError as error:
        raise not_written(OPTION, folder, error, "name another folder") from None


def write_archive(files: Mapping[str, bytes], folder: Path, *, name: str) -> Path:
    """Write the archive of a bundle beside it and return its path. name: the folder inside."""
    path = archive_path(folder)
    with _writable(path):
        write_whole(path, archive.zip_bytes(files, folder=name))
    return path


def _check_bundle(folder: Path) -> None:
    if not (folder / FILE).is_file():
        rule = "holds files and is no bundle"
        raise ConfigError(
            [Problem(OPTION, str(folder), rule, "name a new or empty folder, or an earlier bundle")]
        )
    read_manifest(folder, field=OPTION)
    way_out = "move it away, or put it into a file of your own, such as an *_override.tf.json"
    problems = [
        Problem(OPTION, str(folder / name), "was edited, and a newer bundle would overwrite it", way_out)
        for name, digest in _listed(folder).items()
        if (folder / name).is_file() and _digest(folder / name) != digest
    ]
    problems += [
        Problem(OPTION, str(folder / name), "a Terraform run holds this lock", "wait until it has ended")
        for name in _kept(folder)
        if name.endswith(_LOCK)
    ]
    if problems:
        raise ConfigError(problems)


def _refuse_taken(folder: Path, names: set[str]) -> None:
    rule = "is not of the earlier bundle, and the newer bundle brings a file of this name"
    if names:
        found = [Problem(OPTION, str(folder / name), rule, "move it away") for name in sorted(names)]
        raise ConfigError(found)


def _listed(folder: Path) -> dict[str, str]:
    """Return the digests of the files that a bundle came with, by name."""
    sums = folder / archive.CHECKSUMS
    lines = sums.read_text("utf-8").splitlines() if sums.is_file() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _kept(folder: Path) -> Iterator[str]:
    """Yield what did not come with the bundle; a folder that has nothing of it counts as one."""
    own = {*_listed(folder), archive.CHECKSUMS}
    folders = {str(parent) for name in own for parent in Path(name).parents}
    for current, names, files in os.walk(folder):
        place = Path(current).relative_to(folder)
        for name in sorted(names):
            if str(place / name) not in folders:
                names.remove(name)
                yield str(place / name)
        yield from (str(place / name) for name in sorted(files) if str(place / name) not in own)
        names.sort()


def _carry_over(source: Path, target: Path) -> None:
    """Bring a file or a folder of the operators' along, under both names until the old one goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True, copy_function=_link)
    else:
        _link(source, target)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
