"""The stand-in provider, running and ready for any Terraform command, among them cdktf's own."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from constructs_lib.testing.terraform.engine import (
    Engine,
    EngineName,
    find_engine,
    python_path,
    require_extra,
    write_executable,
)
from constructs_lib.testing.terraform.schema import BindingSchemas, default_cache_directory
from constructs_lib.testing.terraform.stand_in.answers import Answer
from constructs_lib.testing.terraform.stand_in.faults import Hold, ProviderCall
from constructs_lib.testing.terraform.stand_in.provider import DEFAULT_ACCOUNT, StandIn
from constructs_lib.testing.terraform.usage import Usage

_OF_REAL_PROVIDERS = ("TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR")


class Attachment:
    """A running stand-in for the AWS provider and the environment that attaches Terraform to it.

    folders: where configurations and state files lie now or will lie; their types are served.
    memory: the file that remembers what is live after the end, for the next one to begin with.
    Ends with ``close``, with a ``with`` block, or with this process.
    """

    def __init__(
        self,
        folders: Iterable[Path],
        *,
        engine: EngineName = "auto",
        data: Mapping[str, Answer] | None = None,
        account_id: str = DEFAULT_ACCOUNT,
        memory: Path | None = None,
    ) -> None:
        require_extra()
        from constructs_lib.testing.terraform.stand_in.server import ProviderServer

        self.engine: Engine = find_engine(engine)
        self.stand_in = StandIn(account=account_id, data=data, memory=memory)
        self.usage = Usage(folders)
        self._scratch = tempfile.TemporaryDirectory(prefix="offline-terraform-")
        scratch = Path(self._scratch.name)
        self._executable = str(write_executable(self.engine, scratch))
        self._settings = scratch / "terraform.rc"
        self._settings.write_text("disable_checkpoint = true\n", encoding="utf-8")
        schemas = BindingSchemas(cache=default_cache_directory())
        server = ProviderServer(self.stand_in, schemas, self.usage.types)
        self.reattach = server.reattach
        self._close = weakref.finalize(self, _end, self.stand_in, server, self._scratch)

    @property
    def calls(self) -> list[ProviderCall]:
        """Everything that Terraform has asked of the stand-in so far, in the order of arrival."""
        return list(self.stand_in.calls)

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment for a child process that runs Terraform or cdktf; ``extra`` comes on top.

        ``TERRAFORM_BINARY_NAME`` names an executable for cdktf, whichever engine it is.
        """
        attached = {"TF_REATTACH_PROVIDERS": self.reattach, "TERRAFORM_BINARY_NAME": self._executable}
        return {**isolated_environment(self._settings), **attached, **(extra or {})}

    def hold(self, address: str) -> Hold:
        """Makes the changes of that address stand still until ``release`` of the result is called."""
        hold = Hold(address)
        self.stand_in.faults.holds.append(hold)
        return hold

    def fail_on(self, failures: Mapping[str, str]) -> None:
        """Makes changes fail with a message: ``{"aws_lb.internal": "quota exceeded"}``; ``{}`` ends it."""
        self.stand_in.faults.failures = dict(failures)

    def close(self) -> None:
        """Ends the stand-in; whatever is held goes on first."""
        self._close()

    def __enter__(self) -> Attachment:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def isolated_environment(settings: Path) -> dict[str, str]:
    """This process's environment without its Terraform and AWS settings, with dummy credentials instead."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("TF_", "AWS_"))},
        **_for_automation(),
        "TF_CLI_CONFIG_FILE": str(settings),
        "AWS_ACCESS_KEY_ID": "offline",
        "AWS_SECRET_ACCESS_KEY": "offline",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def connected_environment() -> dict[str, str]:
    """The environment of a run with real providers: credentials and plugin cache stay the user's."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TF_") or name in _OF_REAL_PROVIDERS
    }
    return {**kept, **_for_automation()}


def _for_automation() -> dict[str, str]:
    return {
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        "PYTHONPATH": python_path(os.environ.get("PYTHONPATH")),
    }


def _end(stand_in: StandIn, server: Any, scratch: tempfile.TemporaryDirectory[str]) -> None:
    stand_in.faults.clear()
    server.stop()
    stand_in.live.save()
    scratch.cleanup()
