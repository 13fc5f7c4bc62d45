"""The state in an S3 server: versions, locks, an apply that is killed, the way there from a local state."""

from __future__ import annotations

import pytest

from constructs_lib.testing.terraform import TerraformError
from tests.support.projects import SHOP, project
from tests.support.terraform.remote_state import KEY, STATE, StateBucket
from tests.support.terraform.stacks import stack_of

REMOTE = SHOP.replace("[network]", f"{STATE}[network]")
HELD = "aws_lb.internal"


@pytest.fixture
def bucket():
    made = StateBucket()
    yield made
    made.stop()


@pytest.fixture
def shop(tmp_path):
    made = project(tmp_path / "shop")
    return lambda text: stack_of(made.write(text), made.root, made.root / "cdktf.out")


@pytest.fixture
def engineer(terraform, bucket):
    """A working copy of one engineer; all share the bucket."""
    return lambda stack: terraform(stack, backend="configured", environment=bucket.environment)


def test_the_state_lies_in_the_bucket_encrypted_and_in_versions(shop, bucket, engineer):
    session = engineer(shop(REMOTE))
    session.apply()
    first = bucket.serials()
    session.update(shop(REMOTE.replace("port = 8080", "port = 8080\nmemory_mb = 512")))
    session.apply()
    assert (bucket.keys(), bucket.encryption()) == ([KEY], "AES256")
    assert bucket.serials()[: len(first)] == first
    assert len(bucket.serials()) > len(first) > 0


def test_another_engineer_sees_the_same_state_and_nothing_to_do(shop, engineer):
    stack = shop(REMOTE)
    one, other = engineer(stack), engineer(stack)
    one.apply()
    assert other.addresses() == one.addresses()
    assert other.plan().is_empty


def test_while_one_apply_holds_the_lock_a_second_is_refused_and_nothing_is_lost(shop, bucket, engineer):
    stack = shop(REMOTE)
    one, other = engineer(stack), engineer(stack)
    held = one.hold(HELD)
    process = one.start_apply()
    held.wait()
    with pytest.raises(TerraformError, match="Error acquiring the state lock") as refused:
        other.apply()
    assert bucket.lock_id() in str(refused.value)
    held.release()
    assert process.finish().status == 0
    assert other.plan().is_empty
    assert bucket.keys() == [KEY]


def test_an_apply_that_is_killed_is_completed_after_force_unlock(shop, bucket, engineer):
    stack = shop(REMOTE)
    killed, next_ = engineer(stack), engineer(stack)
    held = killed.hold(HELD)
    process = killed.start_apply()
    held.wait()
    process.kill()
    process.wait()
    with pytest.raises(TerraformError, match="Error acquiring the state lock"):
        next_.apply()
    assert next_.run("force-unlock", "-force", bucket.lock_id()).status == 0
    next_.apply()
    assert HELD in next_.addresses()
    assert next_.plan().is_empty


def test_the_way_from_a_local_state_keeps_every_address(shop, bucket, terraform):
    session = terraform(shop(SHOP), backend="configured", environment=bucket.endpoint)
    session.apply()
    before = session.addresses()
    session.update(shop(REMOTE))
    session.init("-migrate-state", "-force-copy", *bucket.settings)
    assert bucket.keys() == [KEY]
    assert session.addresses() == before
    assert session.plan().is_empty
