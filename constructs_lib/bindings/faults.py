"""Faults of the machine that node meets: a full disk, a folder that may not be written to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from constructs_lib.bindings.node_program import ended
from constructs_lib.errors import ConfigError
from constructs_lib.output.faults import said

# As node says it: https://nodejs.org/api/errors.html#class-systemerror
_SYSTEM_ERROR = re.compile(
    r"\b(?P<name>ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EIO|EMFILE|ENFILE|ENOMEM|EFBIG): (?P<sentence>[^,\n]+), \w+"
    r"(?: '(?P<path>[^'\n]+)'(?: -> '(?P<target>[^'\n]+)')?)?"
)


@contextmanager
def in_node(*, where: str = "") -> Iterator[None]:
    """Within it, what the file system refuses node is wrong input; what else is wrong with node is a bug.

    where: the path to name where node names none.

    Raises:
        ConfigError: the file system refuses something.
    """
    try:
        yield
    except ConfigError:
        raise
    except (ValueError, BrokenPipeError) as error:
        if not _is_of_jsiis_channel(error):
            raise
        raise ended(None) from error
    except Exception as error:
        found = _SYSTEM_ERROR.search(str(error))
        if found is None:
            raise
        problem = said(found["name"], found["target"] or found["path"] or where, found["sentence"])
        raise ConfigError([problem]) from error


def _is_of_jsiis_channel(error: BaseException) -> bool:
    """Whether jsii met it where it talks to the node that it started: that one has ended."""
    place = error.__traceback__
    while place:
        if place.tb_frame.f_code.co_filename.replace("\\", "/").endswith("jsii/_kernel/providers/process.py"):
            return True
        place = place.tb_next
    return False
