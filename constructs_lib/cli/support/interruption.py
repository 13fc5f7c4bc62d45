"""Ctrl-C, whenever it comes: no traceback, no process left, exit status 130."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

from constructs_lib.cli.support.exit_status import of_signal

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

_AGAIN_S = 0.01


@contextmanager
def interruptible() -> Iterator[None]:
    """Within it, a signal that asks the process to end is a KeyboardInterrupt; after it, node has ended.

    A KeyboardInterrupt that is lost, because it came where Python can only print it, comes again. Whatever
    else an interrupted run raises is not shown.
    """
    received: list[int] = []
    is_wrong = False

    def interrupt(number: int, _: FrameType | None) -> None:
        received.append(number)
        raise KeyboardInterrupt

    def unraisable(lost: UnraisableHookArgs) -> None:
        if received and issubclass(lost.exc_type, KeyboardInterrupt):
            again = threading.Timer(_AGAIN_S, _thread.interrupt_main)  # when Python has left this place
            again.daemon = True
            again.start()
        elif not received and not is_wrong:  # where something is, it was said
            sys.__unraisablehook__(lost)

    taken = [each for each in SIGNALS if signal.getsignal(each) is not signal.SIG_IGN]  # as nohup asks
    sys.unraisablehook = unraisable
    for each in taken:
        signal.signal(each, interrupt)
    try:
        yield
    except BaseException as error:
        is_wrong = not isinstance(error, SystemExit) or error.code not in (0, None)
        if not received:
            raise
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_IGN)
        _end_node()
    if received:
        _say_no_more()
        raise SystemExit(of_signal(received[0]))


def _end_node() -> None:
    if node := sys.modules.get("constructs_lib.bindings.node"):
        node.stop_all()


def _say_no_more() -> None:
    """Let nothing be said at the end of the process: what was interrupted may be in any state."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    with suppress(OSError):
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, sys.stderr.fileno())
