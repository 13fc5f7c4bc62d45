"""The tables of what AWS refuses and of what it keeps speak of types and arguments that the provider has."""

from __future__ import annotations

import re

import pytest

from constructs_lib.figures.changes.force_new import conditionally_forcing, force_new_table, forcing_arguments
from constructs_lib.figures.changes.in_use import VERSION, filled, others, parts, taken, uses
from constructs_lib.figures.changes.kept import (
    given_blocks,
    kept_attributes,
    kept_blocks,
    kept_table,
    recomputed_with,
)
from constructs_lib.figures.changes.provider_schema import readings
from constructs_lib.testing.terraform.schema import BindingSchemas, default_cache_directory, module_name


@pytest.fixture(scope="module")
def arguments():
    """Whether the provider has an argument at a dotted path of a type."""
    schemas = BindingSchemas(cache=default_cache_directory())

    def has(type_name, path):
        module = module_name(type_name.removesuffix(":version"), data_source=False)
        kind = schemas.find([module])[module].type
        for name in path.split("."):
            while isinstance(kind, list) and kind[0] in ("list", "set"):
                kind = kind[1]
            if not (isinstance(kind, list) and kind[0] == "object" and name in kind[1]):
                return False
            kind = kind[1][name]
        return True

    return has


def test_every_argument_that_the_tables_name_is_the_providers(arguments):
    named = {
        *((name, attribute) for name, law in uses().items() for attribute in law.known_by),
        *((user, path) for law in uses().values() for user, paths in law.users.items() for path in paths),
        *((user, owner) for law in uses().values() for user, owner in law.but_not_its_own.items()),
        *((name, law.unless) for name, law in filled().items()),
        *((name, key) for name, law in taken().items() for key in law.together),
        *((name, law.when) for name, law in taken().items() if law.when),
        *((name, part.by) for name, part in parts().items()),
        *((name, path) for name in force_new_table()["resources"] for path in forcing_arguments(name)),
        *((name, path) for name in force_new_table()["resources"] for path in conditionally_forcing(name)),
        *((name, path) for name in kept_table()["resources"] for path in kept_blocks(name)),
        *((name, path) for name in kept_table()["resources"] for path in recomputed_with(name).values()),
    }
    assert {pair for pair in named if not arguments(*pair)} == set()


def test_what_goes_with_a_thing_is_not_what_keeps_it():
    assert {(part.of, name) for name, part in parts().items() if name in _users(part.of)} == set()


def _users(type_name):
    law = uses().get(type_name)
    return set(law.users) - set(law.but_not_its_own) if law else set()


def test_every_law_has_a_code_a_page_and_a_source_of_the_provider():
    laws = [*uses().values(), *filled().values(), *taken().values(), *others().values()]
    for law in laws:
        assert re.fullmatch(r"[A-Z]\w+(\.\w+)?", law.code)
        assert law.source.startswith("https://docs.aws.amazon.com/")
        assert re.fullmatch(
            r"https://github.com/hashicorp/terraform-provider-aws/blob/v6.25.0/internal/\S+\.go", law.provider
        )
        assert law.refused_while
    assert len(laws) == len({(law.type_name, law.code, law.refused_while) for law in laws})


def test_the_attributes_that_stay_are_those_that_the_provider_calls_optional_and_computed():
    for name in force_new_table()["resources"]:
        known = readings()[name].schema.items()
        computed = {path for path, kind in known if kind.endswith(" oc") and "." not in path}
        assert set(kept_attributes(name)) == computed - {"id", "region", "tags_all"}, name


def test_what_aws_gives_is_given_to_blocks_that_stay():
    for name in kept_table()["resources"]:
        assert set(given_blocks(name)) | set(recomputed_with(name)) <= set(kept_blocks(name))


def test_a_version_is_no_type_of_terraform_and_goes_with_its_function():
    assert ":" in VERSION
    assert parts()[VERSION].of == "aws_lambda_function"
