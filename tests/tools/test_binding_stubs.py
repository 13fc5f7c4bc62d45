import pytest

from constructs_lib.bindings import aws
from constructs_lib.bindings.modules import MODULES
from tools.binding_stubs import STUB, stub


@pytest.mark.slow  # five seconds, and mypy misses a class that the stub does not have
def test_the_stub_is_what_the_pinned_provider_says():
    assert STUB.read_text() == stub(), "run: python -m tools.binding_stubs"


def test_every_listed_class_exists_in_the_provider():
    for names in MODULES.values():
        for name in names:
            assert getattr(aws, name).__name__ == name
