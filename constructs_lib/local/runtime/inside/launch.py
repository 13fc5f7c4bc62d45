"""Starts a Python function as Lambda does: its own code and what AWS's runtime brings, and nothing else that
this machine has.

Argument: the handler. ``LOCAL_RUNTIME_PACKAGES`` is where AWS's runtime client and boto3 lie, ``LOCAL_PATHS``
the folders that come before them, ``LOCAL_NATIVE`` is 1 where the client's native part was built for this
interpreter.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

# What Lambda's Python runtime brings: its client, and the SDK with what that needs.
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html
_BROUGHT = {
    *("awslambdaric", "runtime_client", "simplejson", "snapshot_restore_py"),
    *("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3"),
}
_HERE = Path(__file__).resolve().parent


class _Brought:
    """Finds what the runtime brings, behind everything that the function has itself."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def find_spec(
        self, name: str, path: object = None, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if path is not None or name not in _BROUGHT:
            return None
        return importlib.machinery.PathFinder.find_spec(name, [self.folder])


def _loaded(name: str, file: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, _HERE / file)
    if spec is None or spec.loader is None:
        raise ImportError(file)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _is_kept(path: str) -> bool:
    others = "site-packages" in path or "dist-packages" in path
    return bool(path) and not others and Path(path).resolve() != _HERE


def main() -> None:
    """Run the function's handler until the process is ended."""
    own = [path for path in os.environ.pop("LOCAL_PATHS", "").split(os.pathsep) if path]
    sys.path[:] = [*own, *filter(_is_kept, sys.path)]
    sys.meta_path.append(_Brought(os.environ.pop("LOCAL_RUNTIME_PACKAGES", "")))
    if os.environ.pop("LOCAL_NATIVE", "") != "1":
        _loaded("runtime_client", "client.py")
    if importlib.util.find_spec("awslambdaric") is None:
        _loaded("local_loop", "loop.py").run(sys.argv[1], sys.modules["runtime_client"])
        return
    from awslambdaric.__main__ import main as run  # type: ignore[import-untyped, import-not-found, unused-ignore]

    run([sys.argv[0], sys.argv[1]])


if __name__ == "__main__":
    main()
