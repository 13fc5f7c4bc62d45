import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.figures.containers.fargate_sizes import FARGATE_SIZES, check_fargate_size


def problem(cpu, memory_mb):
    (found,) = check_fargate_size(cpu, memory_mb, field="services.web")
    return found


@pytest.mark.parametrize(
    ("cpu", "smallest", "largest", "count"),
    [
        (256, 512, 2048, 3),
        (512, 1024, 4096, 4),
        (1024, 2048, 8192, 7),
        (2048, 4096, 16384, 13),
        (4096, 8192, 30720, 23),
        (8192, 16384, 61440, 12),
        (16384, 32768, 122880, 12),
    ],
)
def test_the_table_is_that_of_aws(cpu, smallest, largest, count):
    sizes = FARGATE_SIZES[cpu]
    assert (sizes[0], sizes[-1], len(sizes)) == (smallest, largest, count)


def test_every_pair_of_the_table_is_legal():
    pairs = [(cpu, memory) for cpu, memories in FARGATE_SIZES.items() for memory in memories]
    assert [pair for pair in pairs if check_fargate_size(*pair, field="services.web")] == []


def test_an_unknown_cpu_is_told_those_that_there_are():
    found = problem(300, 1024)
    assert (found.field, found.value) == ("services.web.cpu", 300)
    assert "256, 512, 1024, 2048, 4096, 8192 or 16384" in found.rule
    assert found.way_out == "write cpu = 512"


def test_a_wrong_memory_is_told_the_legal_ones_and_the_cpu_that_has_it():
    found = problem(256, 4096)
    assert found.field == "services.web.memory_mb"
    assert "512, 1024 or 2048 MiB" in found.rule
    assert found.way_out == "write memory_mb = 2048, or cpu = 512"


def test_a_memory_between_two_legal_ones_is_told_the_larger():
    assert problem(8192, 20000).way_out == "write memory_mb = 20480"
    assert "16384 to 61440 in steps of 4096" in problem(8192, 20000).rule


@given(st.integers(), st.integers())
def test_a_way_out_that_is_taken_is_legal(cpu, memory_mb):
    for found in check_fargate_size(cpu, memory_mb, field="s"):
        key, _, value = found.way_out.removeprefix("write ").split(", or ")[0].partition(" = ")
        size = {"cpu": cpu, "memory_mb": memory_mb} | {key: int(value)}
        assert "s.cpu" not in [left.field for left in check_fargate_size(**size, field="s")]
        assert key == "cpu" or check_fargate_size(**size, field="s") == []
