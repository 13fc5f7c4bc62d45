"""Makes importing the AWS provider cheap: modules are loaded when they are used, in Python and in node.

Stock imports load all 2,200 modules of the provider on both sides of jsii (8 to 15 s, over 1 GB). The
synthesized bytes are the same either way. Whatever does not look as expected falls back to the stock
behaviour with a ``LazyBindingsWarning``; ``LAZY_BINDINGS=0`` turns all of it off.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from constructs_lib.bindings import node, node_program
from constructs_lib.bindings.faults import in_node
from constructs_lib.bindings.flavour import Flavour, installed_flavour
from constructs_lib.errors import ConfigError

_IMPORTING = ("<frozen importlib", "<frozen contextlib", importlib.__file__, contextlib.__file__)


class LazyBindingsWarning(UserWarning):
    """The provider is loaded as a whole, slowly, because something is not as expected."""


@contextmanager
def prepared() -> Iterator[None]:
    """Within it, the first import of cdktf finds node started and ready for lazy loading.

    Raises:
        ConfigError: no flavour is installed, node can't be started, or it can't write where it has to.
    """
    chosen = installed_flavour()
    node_program.choose()
    with in_node():
        if os.environ.get("LAZY_BINDINGS") == "0":
            with _started_by_jsii():
                yield
            return
        if not _make_python_side_lazy(chosen.provider, by_itself=chosen.lazy_in_python):
            yield
        elif "jsii" in sys.modules:
            _in_the_place_of_jsiis_node(chosen.name)
            yield
        elif _talking_to_a_started_node():
            yield
        else:
            with _hooked(chosen), _started_by_jsii():
                yield


def prepare_for_any_order() -> None:
    """Make imports of cdktf and the provider cheap that come before any of ours; nothing is started.

    For whoever is there before the user's code, as pytest's plugins are.
    """
    with contextlib.suppress(ConfigError):  # whoever needs it will be told
        chosen = installed_flavour()
        node_program.choose()
        if os.environ.get("LAZY_BINDINGS") != "0" and chosen.provider not in sys.modules:
            _make_python_side_lazy(chosen.provider, by_itself=chosen.lazy_in_python)


@contextmanager
def _started_by_jsii() -> Iterator[None]:
    """Within it, jsii starts node; its faults are said in words."""
    node_program.check_starts()
    try:
        yield
    except (
        AssertionError,
        ValueError,
        BrokenPipeError,
    ) as error:  # the node says nothing, or what jsii can't read
        raise node_program.not_started(node_program.choose(), "runs nothing of jsii's") from error


def _talking_to_a_started_node() -> bool:
    started = node.take()
    if started is None:
        return False
    try:
        from constructs_lib.bindings import transport

        transport.use(started)
    except (ImportError, AttributeError, node_program.NotAsExpectedError) as error:
        started.stop()
        node_program.check_starts()
        _warn(str(error), "starting node as jsii does")
        return False
    return True


def _in_the_place_of_jsiis_node(core: str) -> None:
    """Let a node that is ready for lazy loading take over from the one that somebody's import started."""
    from constructs_lib.bindings import transport

    try:
        why_not = transport.take_over()
    except (ImportError, AttributeError, node_program.NotAsExpectedError) as error:
        why_not = str(error)
    if why_not:
        _warn(f"{core} was imported before constructs_lib, and {why_not}")


@contextmanager
def _hooked(chosen: Flavour) -> Iterator[None]:
    """Within it, jsii starts node ready for lazy loading."""
    options = os.environ.get("NODE_OPTIONS", "")
    hook = str(node.HOOK).replace("\\", "\\\\").replace('"', '\\"')
    ours = {"NODE_OPTIONS": f'{options} --require "{hook}"'.strip(), **chosen.for_the_hook}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            del os.environ[name]
            if value is not None:
                os.environ[name] = value


def _make_python_side_lazy(provider: str, *, by_itself: bool = False) -> bool:
    """Whether the provider's modules are imported when they are used; a warning where all are already.

    by_itself: its package does so anyway; ours starts no node for that.
    """
    if provider in sys.modules:
        is_lazy = by_itself or isinstance(sys.modules[provider], _LazyPackage)
        if not is_lazy:
            way_out = (
                "import constructs_lib first, or take classes from constructs_lib.bindings, as aws.SqsQueue"
            )
            _warn(f"{provider} was imported before constructs_lib; {way_out}")
        return is_lazy
    spec = importlib.util.find_spec(provider)
    if spec is None or spec.origin is None or not (by_itself or _is_a_list_of_imports(Path(spec.origin))):
        _warn(f"{provider} has an unexpected form")
        return True
    package = _LazyPackage(provider)
    package.__spec__ = spec
    package.__file__ = spec.origin
    package.__path__ = list(spec.submodule_search_locations or [])
    package.__package__ = provider
    sys.modules[provider] = package
    return True


class _LazyPackage(ModuleType):
    """The provider's root package, without its imports: a submodule is imported when it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return importlib.import_module(f"{self.__name__}.{name}")
        except ModuleNotFoundError as error:
            raise AttributeError(name) from error


def _is_a_list_of_imports(init: Path) -> bool:
    """Whether the package's ``__init__`` ends in nothing but imports of its own submodules."""
    _, published, imports = init.read_text(encoding="utf-8").rpartition("publication.publish()")
    lines = [line for line in imports.splitlines() if line and not line.startswith("#")]
    return bool(published) and len(lines) > 1 and all(re.fullmatch(r"from \. import \w+", x) for x in lines)


def _warn(reason: str, instead: str = "loading the whole AWS provider, which is slow") -> None:
    warnings.warn(f"{reason}: {instead}", LazyBindingsWarning, stacklevel=_level_of_the_user())


def _level_of_the_user() -> int:
    """The ``stacklevel`` of the line whose import led here; frames of the import system do not count."""
    ours, level, frame = str(Path(__file__).parents[1]), 0, sys._getframe(1)
    while frame.f_back and frame.f_code.co_filename.startswith((ours, *_IMPORTING)):
        level += "_bootstrap" not in frame.f_code.co_filename
        frame = frame.f_back
    return level + 1
