"""What a test makes go wrong, or stand still, in the middle of an apply."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.figures.changes.in_use import VERSION
from constructs_lib.testing.terraform.stand_in.live.objects import LiveObject
from constructs_lib.testing.terraform.stand_in.values import known_part

_FUNCTION = "aws_lambda_function"
_IDENTIFYING = ("name", "function_name", "family", "bucket", "statement_id", "alias", "domain_name", "id")


@dataclass(frozen=True)
class ProviderCall:
    """One change or read that Terraform asked the stand-in for, in the order of arrival.

    operation: create, update, delete, read (of a data source) or refresh (of a resource).
    address: where the plan at hand makes it certain, else ``None``.
    values: what is planned, or for a deletion what was there; unknown values are left out.
    """

    operation: str
    type_name: str
    address: str | None
    values: dict[str, Any]

    @property
    def identity(self) -> str | None:
        """The value of the argument that names the thing, such as ``function_name`` or the tag ``Name``."""
        named = [self.values[key] for key in _IDENTIFYING if isinstance(self.values.get(key), str)]
        tags = self.values.get("tags") or {}
        return named[0] if named else tags.get("Name")

    def is_about(self, address: str) -> bool:
        """Whether ``aws_lb.internal`` means this call: by address where known, else by type and identity."""
        if self.address is not None:
            return self.address == address
        type_name, _, name = address.partition(".")
        return self.type_name == type_name and name in ("*", self.identity)


@dataclass
class Hold:
    """A change that stands still from the moment that ``reached`` is set until ``release`` is called."""

    address: str
    reached: threading.Event = field(default_factory=threading.Event)
    _released: threading.Event = field(default_factory=threading.Event)

    def wait(self, timeout: float = 60) -> None:
        """Returns once the change has begun; raises ``TimeoutError`` after ``timeout`` seconds."""
        if not self.reached.wait(timeout):
            raise TimeoutError(f"{self.address} was not reached within {timeout} s")

    def release(self) -> None:
        """Lets the change go on."""
        self._released.set()

    def stand_still(self) -> None:
        """Called by the stand-in when it gets there."""
        self.reached.set()
        self._released.wait()


@dataclass
class Faults:
    """The failures and holds in force; addresses as in ``ProviderCall.is_about``."""

    failures: dict[str, str] = field(default_factory=dict)
    holds: list[Hold] = field(default_factory=list)

    def before(self, call: ProviderCall) -> str | None:
        """Stands still where a hold says so; then the message of the failure, if one is asked for."""
        for hold in self.holds:
            if call.is_about(hold.address):
                hold.stand_still()
        return next((text for address, text in self.failures.items() if call.is_about(address)), None)

    def clear(self) -> None:
        """Lets everything that is held go on and forgets the rest."""
        for hold in self.holds:
            hold.release()
        self.holds.clear()
        self.failures.clear()


@dataclass
class Expected:
    """The changes of a plan, from which the address of a call is found by its type and its known values."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    _known: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    _taken: set[tuple[str, str]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, changes: list[dict[str, Any]]) -> None:
        """Another plan is about to be carried out."""
        with self._lock:
            self.changes = changes
            self._known = {
                (change["type"], str(before.get("id"))): change
                for change in changes
                if (before := change["change"]["before"])
            }
            self._taken.clear()

    def address(self, operation: str, type_name: str, values: dict[str, Any]) -> str | None:
        """The address of the change; of several that look the same, the first that is still open."""
        scalars = _scalars(values)
        with self._lock:
            for change in self.changes:
                key = (operation, change["address"])
                side = change["change"]["before" if operation == "delete" else "after"]
                if change["type"] != type_name or side is None or key in self._taken:
                    continue
                if operation in change["change"]["actions"] and _agree(_scalars(side), scalars):
                    self._taken.add(key)
                    return str(change["address"])
        return None

    def name(self, thing: LiveObject) -> str:
        """The address of something that was there before, else its type and name."""
        if thing.type_name == VERSION:
            return f"version {thing.values['version']} of {self.name(_function(thing))}"
        change = self._known.get((thing.type_name, thing.identity))
        return str(change["address"]) if change else str(thing)

    def may_change(self, thing: LiveObject) -> bool:
        """Whether the plan changes something that is there; ``True`` where no plan is known.

        A version goes only with its function, whose update leaves it as it is.
        """
        if thing.type_name == VERSION:
            change = self._known.get((_FUNCTION, str(thing.values["function_name"])))
            return not self.changes or bool(change and "delete" in change["change"]["actions"])
        change = self._known.get((thing.type_name, thing.identity))
        return not self.changes or change is None or change["change"]["actions"] not in (["no-op"], ["read"])


def _function(version: LiveObject) -> LiveObject:
    name = version.values["function_name"]
    return LiveObject(_FUNCTION, version.account, {"id": name, "function_name": name})


def _scalars(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: item for key, item in known_part(values).items() if isinstance(item, (str, int, float, bool))
    }


def _agree(planned: dict[str, Any], actual: dict[str, Any]) -> bool:
    return all(actual.get(key) == item for key, item in planned.items())
