"""Every environment and example, and its bundle, by the real engine: from an empty state and back to one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.testing.pytest_plugin import StartTerraform
from constructs_lib.testing.terraform import OfflineTerraform, Plan, TerraformError, offline_terraform
from tests.support.paths import FILES, ROOT
from tests.support.terraform.stacks import answers, unprotect

StackOf = Callable[[Path], Path]
PROGRAMS = sorted(ROOT.glob("examples/*.py"))
FULL = ROOT / "examples" / "everything.toml"
ALONE = [FULL, *(pytest.param(file, marks=pytest.mark.slow) for file in FILES if file != FULL)]


@dataclass(frozen=True)
class Life:
    """The plan from nothing, what is in the state then, the plan after that, what a destroy left."""

    plan: Plan
    made: list[str]
    again: Plan
    left: list[str]

    def holds(self) -> bool:
        """Whether all that was planned was made, once, and nothing of it is left."""
        return bool(self.made) and (self.made, self.again.is_empty, self.left) == (
            self.plan.created,
            True,
            [],
        )


def lived(session: OfflineTerraform) -> Life:
    session.validate()
    plan = session.apply().plan
    made, again = session.addresses(), session.plan()
    unprotect(session, plan)
    session.destroy()
    return Life(plan, made, again, session.addresses())


def assert_complete(life: Life) -> None:
    """All that was planned was made, once, and nothing of it is left."""
    assert life.made == life.plan.created != []
    assert life.again.is_empty
    assert life.left == []


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def source(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    return file


@pytest.fixture(scope="module")
def life(source: Path, stack_of: StackOf, engine: Any) -> Life:
    with offline_terraform(stack_of(source), engine=engine, data=answers(source)) as session:
        return lived(session)


@pytest.fixture(scope="module")
def bundle(source: Path, bundle_of: StackOf, engine: Any) -> Iterator[OfflineTerraform]:
    with offline_terraform(bundle_of(source) / "terraform", engine=engine, data=answers(source)) as session:
        yield session


def test_it_is_applied_and_planned_again_without_a_change_and_destroyed_without_a_rest(life: Life) -> None:
    assert_complete(life)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_a_program_of_ones_own_is_applied_and_destroyed_too(
    program: Path, stack_of: StackOf, terraform: StartTerraform
) -> None:
    assert_complete(lived(terraform(stack_of(program))))


def test_the_bundle_plans_what_the_stack_plans(life: Life, bundle: OfflineTerraform) -> None:
    bundle.validate()
    plans = [life.plan, bundle.plan()]
    changes = [{a: entry["change"] for a, entry in plan.resource_changes.items()} for plan in plans]
    for change in (change for plan in changes for change in plan.values()):
        change["after"].pop("filename", None)
    assert changes[0] == changes[1]
    assert plans[0].json["planned_values"]["outputs"] == plans[1].json["planned_values"]["outputs"]


def test_the_bundle_passes_its_own_tests(bundle: OfflineTerraform) -> None:
    tests = bundle.run("test", "-no-color")
    assert (tests.status, "0 failed" in tests.output) == (0, True), tests.output + tests.errors


@pytest.mark.parametrize("file", ALONE, ids=lambda file: file.stem)
def test_the_bundle_alone_is_applied_and_destroyed(
    file: Path, bundle_of: StackOf, terraform: StartTerraform
) -> None:
    """Slow but for one: its plan is that of its stack, which is applied."""
    assert_complete(lived(terraform(bundle_of(file) / "terraform", data=answers(file))))


def test_a_protected_load_balancer_is_not_destroyed(
    stack_of: StackOf, offline_terraform: StartTerraform
) -> None:
    session = offline_terraform(stack_of(ROOT / "examples" / "https.toml"))
    session.apply()
    with pytest.raises(TerraformError) as caught:
        session.destroy()
    codes = {refusal.address: refusal.code for refusal in caught.value.refusals}
    assert codes == dict.fromkeys(["aws_lb.internal", "aws_lb.public"], "OperationNotPermitted")
