"""Small wheels, made on the spot, and a folder from which pip installs them without a network."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path


class Wheels:
    """A folder of wheels; ``make`` returns the line of requirements.txt that pins one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def make(
        self,
        name: str,
        version: str = "1.0",
        *,
        tag: str = "py3-none-any",
        requires: Iterable[str] = (),
        files: Mapping[str, str] | None = None,
        scripts: Iterable[str] = (),
    ) -> str:
        """Write a wheel of so named files beside its ``__init__``, and give the line that pins it."""
        info = f"{name}-{version}.dist-info"
        metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
        metadata += [f"Requires-Dist: {requirement}" for requirement in requires]
        content = {f"{name}/__init__.py": f"VERSION = '{version}'\n", **(files or {})}
        content[f"{info}/METADATA"] = "\n".join(metadata) + "\n"
        content[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n"
        if scripts:
            entries = "".join(f"{script} = {name}:main\n" for script in scripts)
            content[f"{info}/entry_points.txt"] = f"[console_scripts]\n{entries}"
        content[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*content, f"{info}/RECORD"])
        file = self.folder / f"{name}-{version}-{tag}.whl"
        with zipfile.ZipFile(file, "w") as archive:
            for path, text in content.items():
                archive.writestr(path, text)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        return f"{name}=={version} --hash=sha256:{digest}"
