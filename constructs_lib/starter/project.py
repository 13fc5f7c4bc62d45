"""The files of a new project, and how they get into its folder: all of them or none.

What a project begins with is what this repository tests: ``environments/dev.toml``, ``lambda_src/``,
``cdktf-app.cjs`` and ``examples/composed.py`` are taken from the repository, or from the package, into which
they were built (``setup.py``). The rest are templates in ``files/``, in which ``{{name}}`` is filled in.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from constructs_lib.environment.load import load_environment
from constructs_lib.environment.schema import schema_text
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.output.faults import not_written
from constructs_lib.output.placing import put_in_place
from constructs_lib.starter.requirement import requirement

_HERE = Path(__file__).resolve().parent
_PACKAGED = _HERE / "repository"
REPOSITORY = _PACKAGED if _PACKAGED.is_dir() else _HERE.parents[1]
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
_EXTRAS = ("run", "testing")
_ENGINE = ("engine",)
_APP = "cdktf-app.cjs"
_LAST = "Makefile"


@dataclass(frozen=True)
class NewProject:
    """What to make.

    name: of the project, with which the names of everything in AWS begin. region: such as ``eu-west-1``.
    composed: a stack of constructs in ``main.py`` instead of environment files.
    engine: whether its tests bring Terraform's engine along; it fits not every machine.
    flavour: the extra that writes Terraform, ``cdktf`` or ``cdktn``.
    """

    name: str
    region: str
    composed: bool = False
    engine: bool = True
    flavour: str = "cdktf"

    def files(self) -> dict[str, bytes]:
        """Every file by its path in the project."""
        templates = dict(_templates("both")) | dict(
            _templates("composed" if self.composed else "environments")
        )
        made = {path: self._filled(text).encode() for path, text in templates.items()}
        if self.composed:
            made["main.py"] = self._composed().encode()
        else:
            made["environments/dev.toml"] = self._environment().encode()
            made["environments/schema.json"] = schema_text().encode()
        made[_APP] = (REPOSITORY / _APP).read_bytes()
        return {**made, **_lambda_src()}

    def write(self, folder: Path) -> list[str]:
        """Make the folder, and give the paths of its files.

        Raises:
            ConfigError: something is in the folder already, or the name or region is wrong.
        """
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            rule = "a new project needs a folder that is empty or not there yet"
            raise ConfigError([Problem("DIR", str(folder), rule, "name another folder")])
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
                made, checked = Path(beside) / "project", Path(beside) / "checked"
                files = self.files()
                _write(made, files)
                _write(checked, {**files, "dev.toml": self._environment().encode()})
                load_environment(checked / "dev.toml", project_root=checked)  # says what is wrong
                put_in_place(made, folder, last=_LAST, field="DIR", way_out="name another folder")
        except OSError as error:
            raise not_written("DIR", folder, error, "name another folder") from None
        return sorted(files)

    def _filled(self, text: str) -> str:
        values = {
            "project": self.name,
            "region": self.region,
            "package": requirement((self.flavour,)),
            "package_with_extras": requirement((self.flavour, *_EXTRAS, *_ENGINE * self.engine)),
        }
        return _PLACEHOLDER.sub(lambda found: values[found[1]], text)

    def _environment(self) -> str:
        text = (REPOSITORY / "environments" / "dev.toml").read_text(encoding="utf-8")
        own = {
            'project = "shop"': f'project = "{self.name}"',
            'region = "us-east-1"': f'region = "{self.region}"',
        }
        return _replaced(text, {**own, "README.md lists": "docs/environment-file.md of constructs-lib lists"})

    def _composed(self) -> str:
        text = (REPOSITORY / "examples" / "composed.py").read_text(encoding="utf-8")
        own = {
            "python examples/composed.py [OUTPUT]": "python main.py [OUTPUT]",
            ".resolve().parent.parent / ": ".resolve().parent / ",
            '"shop-composed", "eu-west-1"': f'"{self.name}", "{self.region}"',
        }
        return _replaced(text, own)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _replaced(text: str, parts: Mapping[str, str]) -> str:
    for old, new in parts.items():
        if text.count(old) != 1:
            raise AssertionError(f"{old!r} is not once in what a project begins with")
        text = text.replace(old, new)
    return text


def _templates(kind: str) -> Iterator[tuple[str, str]]:
    root = _HERE / "files" / kind
    for path in sorted(root.rglob("*")):
        if path.is_file():
            name = path.relative_to(root).as_posix().removesuffix(".template")
            yield re.sub(r"(^|/)dot-", r"\1.", name), path.read_text(encoding="utf-8")


def _lambda_src() -> dict[str, bytes]:
    root = REPOSITORY / "lambda_src"
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(REPOSITORY).as_posix(): path.read_bytes() for path in files}
