"""The node process that runs cdktf: which node, how it is started, and how lines go to and fro.

jsii starts its kernel when the first assembly is loaded, in a node below another node that only passes lines
on. Here the kernel is started alone, as soon as a command knows that it needs it, and is asked ahead to load
the assemblies while Python is still reading the environment file. What jsii asks for later is then answered
already; the lines are the same.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from constructs_lib.bindings.flavour import flavour
from constructs_lib.bindings.node_program import choose, ended, not_started
from constructs_lib.errors import ConfigError

HOOK = Path(__file__).with_name("lazy.cjs")
CHANNEL = 3  # the file descriptor that the kernel reads and writes
LONGEST_STOP_S = 5.0
_FLAGS = (
    "--max-old-space-size=4069",  # as jsii
    "--min-semi-space-size=16",  # in MB: a tenth less time in garbage collection
    "--max-semi-space-size=32",
    "--preserve-symlinks",  # as jsii: packages are links into its cache
    "--preserve-symlinks-main",
)
_LOAD = re.compile(
    r'JSIIAssembly\.load\(\s*"(?P<name>[^"]+)",\s*"(?P<version>[^"]+)",\s*__name__\[0:-6\],\s*"(?P<file>[^"]+)"'
)

_ahead: Node | None = None
_running: set[Node] = set()


class Node:
    """A jsii kernel in a process of its own.

    Requests and answers are lines of JSON, and every request has one answer, in the same order.
    """

    def __init__(self, process_id: int, channel: socket.socket, folder: Path) -> None:
        self._process_id = process_id
        self._channel = channel
        self._folder = folder
        self._read, self._write = channel.makefile("rb"), channel.makefile("wb")
        self._asked: deque[bytes] = deque()
        self._answers: dict[bytes, bytes] = {}
        self._status: int | None = None
        _running.add(self)
        atexit.register(self.stop)

    def hello(self) -> bytes:
        """The line with which the kernel says that it is there, and its version; empty where it ended."""
        return self._next_line()

    def ask_ahead(self, request: bytes) -> None:
        """Send a request now whose answer ``ask`` gives later."""
        self._send(request)
        self._asked.append(request)

    def ask(self, request: bytes) -> bytes:
        """The answer to a request; empty where the process has ended."""
        if request in self._answers:
            return self._answers.pop(request)
        while self._asked:
            asked, answer = self._asked.popleft(), self._next_line()
            if asked == request:
                return answer
            self._answers[asked] = answer
        self._send(request)
        return self._next_line()

    def _send(self, line: bytes) -> None:
        with contextlib.suppress(ConnectionError):  # it has ended, as the next line will tell
            self._write.write(line)
            self._write.flush()

    def _next_line(self) -> bytes:
        try:
            return self._read.readline()
        except ConnectionError:
            return b""

    def fault(self) -> ConfigError:
        """What to tell the user where the process has ended although nobody asked it to."""
        self._wait(LONGEST_STOP_S)
        return ended(self._status)

    def stop(self) -> None:
        """End the process, and remove what was made for it: every answer that anybody waits for is there."""
        atexit.unregister(self.stop)
        _running.discard(self)
        self._kill()
        for end in (self._write, self._read, self._channel):
            with contextlib.suppress(OSError):
                end.close()
        self._wait(LONGEST_STOP_S)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait(self, longest_s: float) -> None:
        """Wait for the end of the process, and end it where that takes longer."""
        if sys.platform == "win32":
            return
        give_up = time.monotonic() + longest_s
        while self._status is None:
            try:
                found, status = os.waitpid(self._process_id, os.WNOHANG)
            except ChildProcessError:  # somebody else has waited for it
                self._status = 0
                return
            if found:
                self._status = status
                return
            if time.monotonic() > give_up:
                self._kill()
            time.sleep(0.001)

    def _kill(self) -> None:
        if self._status is None and sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process_id, signal.SIGKILL)


def start_ahead() -> None:
    """Start a kernel for the import of cdktf that is to come, unless that is not wanted or not possible."""
    global _ahead  # as jsii: one kernel for one process of Python
    if _ahead is None and os.environ.get("LAZY_BINDINGS") != "0" and "jsii" not in sys.modules:
        with contextlib.suppress(ConfigError, OSError):  # whoever needs it will be told
            _ahead = _start()


def take() -> Node | None:
    """The kernel that was started ahead, else one that is started now.

    None where this can't be done, as on Windows: then jsii starts it in its own way.

    Raises:
        ConfigError: there is no such node.
    """
    global _ahead
    started, _ahead = _ahead or _start(), None
    return started


def stop_all() -> None:
    """Let every kernel end that still runs."""
    for each in [*_running]:
        each.stop()


def _start() -> Node | None:
    if sys.platform == "win32" or os.environ.get("JSII_RUNTIME"):
        return None
    assemblies = flavour().assemblies
    requests = [request for package in assemblies if (request := _load_request(package))]
    if len(requests) < len(assemblies) or (runtime := _runtime()) is None:
        return None
    program = choose()
    ours, theirs = socket.socketpair()
    try:
        with _undisturbed():
            started = Node(_spawn(program, theirs, runtime), ours, runtime)
    except OSError as error:
        shutil.rmtree(runtime)
        raise not_started(program, error.strerror or str(error)) from error
    for request in requests:
        started.ask_ahead(request)
    return started


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Within it, no Ctrl-C comes between the start of the process and the note that it runs."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _spawn(program: str, channel: socket.socket, runtime: Path) -> int:
    """Start node with the channel where the kernel expects it; its other output is ours.

    It is in a group of its own: Ctrl-C in a terminal is for us, and we end it. What it makes for a time
    lies in the folder that goes with it.
    """
    if sys.platform == "win32":
        raise OSError("there jsii starts it")
    with channel:
        os.set_inheritable(channel.fileno(), channel.fileno() == CHANNEL)
        arguments = [program, *_FLAGS, "--require", str(HOOK), str(runtime / "lib" / "program.js")]
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, channel.fileno(), CHANNEL),
        ]
        return os.posix_spawnp(
            program,
            arguments,
            {**os.environ, **flavour().for_the_hook, "TMPDIR": str(runtime)},
            file_actions=actions,
            setpgroup=0,
            setsigmask=(),
        )


def encoded(api: str, fields: dict[str, Any], *, default: Callable[[Any], Any] | None = None) -> bytes:
    """A request as a line. default: as of ``json.dumps``."""
    return json.dumps({"api": api, **fields}, default=default).encode() + b"\n"


def _runtime() -> Path | None:
    """A folder in which jsii's kernel lies under the names by which its files find each other."""
    spec = importlib.util.find_spec("jsii")
    if spec is None or spec.origin is None:
        return None
    embedded = Path(spec.origin).parent / "_embedded" / "jsii"
    names = ("program.js", "runtime-index-worker.js")
    if not all((embedded / f"lib__{name}").is_file() for name in names):
        return None
    folder = Path(tempfile.mkdtemp(prefix="jsii-runtime-"))
    (folder / "lib").mkdir()
    for name in names:
        (folder / "lib" / name).symlink_to(embedded / f"lib__{name}")
    return folder


def _load_request(package: str) -> bytes | None:
    """The request with which the package's import will ask the kernel to load its assembly."""
    found = assembly(package)
    return None if found is None else encoded("load", found)


def assembly(package: str) -> dict[str, str] | None:
    """The name, version and tarball of a package's jsii assembly; None for a package that has none."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "_jsii"
    init = folder / "__init__.py"
    found = _LOAD.search(init.read_text(encoding="utf-8")) if init.is_file() else None
    if found is None:
        return None
    return {"name": found["name"], "version": found["version"], "tarball": str(folder / found["file"])}
