"""Changes while an environment runs: a function's folder, or the environment file."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import awatch

from constructs_lib.compute.packaging.package import build_package
from constructs_lib.errors import ConfigError
from constructs_lib.local.runtime.requirements import NAME

if TYPE_CHECKING:
    from constructs_lib.local.running import Running
    from constructs_lib.terraform_json.document import Document
    from constructs_lib.views.written_stack import WrittenStack

_DEBOUNCE_MS, _STEP_MS = 60, 20
_SHOWN = 8


class Reloader:
    """Watches files and brings what changed to a running environment.

    file: the environment file; None where only folders are watched. make: synthesizes and proves it anew, in
    another thread; raises ConfigError with what is wrong. scratch: where new packages go.
    """

    def __init__(
        self,
        running: Running,
        *,
        file: Path | None,
        sources: Mapping[str, Path],
        make: Callable[[], tuple[WrittenStack, Mapping[str, Path]]] | None,
        scratch: Path,
    ) -> None:
        self._running, self._file, self._make, self._scratch = running, file, make, scratch
        self._sources = {name: path.resolve() for name, path in sources.items()}

    async def watch(self) -> None:
        """Watch until it is cancelled. A fault in one change is told, and the next one is waited for."""
        while True:
            watched = {path for path in self._sources.values() if path.is_dir()}
            if self._file is not None:
                watched.add(self._file.resolve().parent)
            if not watched:
                return
            async for changes in awatch(*watched, debounce=_DEBOUNCE_MS, step=_STEP_MS, rust_timeout=60_000):
                before = dict(self._sources)
                await self._changed({Path(path) for _, path in changes})
                if before != self._sources:
                    break

    async def _changed(self, paths: set[Path]) -> None:
        try:
            await self._brought(paths)
        except Exception as fault:  # the environment goes on, whatever a change does
            self._tell("problem", f"{type(fault).__name__}: {fault}")

    async def _brought(self, paths: set[Path]) -> None:
        if self._file is not None and self._file.resolve() in paths:
            await self._renew()
            return
        for name, folder in self._sources.items():
            if any(path.is_relative_to(folder) for path in paths):
                await asyncio.get_running_loop().run_in_executor(None, self._repackage, name, folder)
                self._running.host.functions = self._running.picture.functions

    def _repackage(self, name: str, folder: Path) -> None:
        """Make a function's package anew; its next request starts processes with it."""
        picture = self._running.picture
        address = f"aws_lambda_function.{name}"
        function = picture.functions.get(address)
        if function is None:
            return
        try:
            content = build_package(folder, field=f"functions.{name}.source")
        except ConfigError as wrong:
            self._tell_problems(wrong)
            return
        asked = folder / NAME
        needed = asked.read_bytes() if asked.is_file() else b""
        digest = hashlib.sha256(content + needed).hexdigest()[:32]
        package = self._scratch / f"{name}-{digest}.zip"
        if not package.exists():
            package.write_bytes(content)
        picture.functions[address] = replace(function, package=package, digest=digest, cannot_run="")
        self._tell("reloaded", f"{name}: new code, from its next request on")

    async def _renew(self) -> None:
        """Make the stack anew; a wrong file keeps the old one running."""
        if self._make is None:
            return
        try:
            stack, sources = await asyncio.get_running_loop().run_in_executor(None, self._make)
        except ConfigError as wrong:
            self._tell_problems(wrong)
            return
        old = self._running.picture.stack.document
        opened = await self._running.renew(stack, sources)
        self._sources = {name: path.resolve() for name, path in sources.items()}
        said = [*changes_of(old, stack.document), *opened]
        self._tell("reloaded", "; ".join(said) or "nothing that AWS would notice has changed")

    def _tell_problems(self, wrong: ConfigError) -> None:
        for problem in wrong.problems:
            self._tell("problem", f"{problem} (what ran before goes on)")

    def _tell(self, kind: str, text: str) -> None:
        loop_safe = self._running.events.tell
        self._running.loop.call_soon_threadsafe(lambda: loop_safe(kind, text=text))


def changes_of(old: Document, new: Document) -> list[str]:
    """Say which resources came, went and changed."""
    before, after = old.declared, new.declared
    found = {
        "added": [address for address in after if address not in before],
        "removed": [address for address in before if address not in after],
        "changed": [a for a, one in after.items() if a in before and one.body != before[a].body],
    }
    return [f"{word}: {_some(addresses)}" for word, addresses in found.items() if addresses]


def _some(addresses: list[str]) -> str:
    rest = len(addresses) - _SHOWN
    return ", ".join(addresses[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
