"""What stays where the configuration loses it, and what forces a replacement in some cases only."""

from __future__ import annotations

import pytest

from constructs_lib.figures.changes.force_new import conditionally_forcing, force_new_table
from constructs_lib.figures.changes.kept import kept_blocks, kept_table
from constructs_lib.testing.terraform.schema import BindingSchemas, default_cache_directory, module_name
from constructs_lib.testing.terraform.stand_in.planning import FORCING_CASES, keep_blocks
from constructs_lib.testing.terraform.stand_in.provider import Configuration, StandIn, empty_value
from tests.support.terraform.hand_written import function, write_stack

ACTIVE = {"tracing_config": {"mode": "Active"}, "ephemeral_storage": {"size": 1024}}


SCHEMAS = BindingSchemas(cache=default_cache_directory())


def schema(type_name):
    module = module_name(type_name, data_source=False)
    return SCHEMAS.find([module])[module]


def plan(type_name, before, after):
    """The plan of a change of some arguments of a type."""
    block = schema(type_name)
    prior, proposed = ({**empty_value(block), "region": "eu-west-1", **values} for values in (before, after))
    return StandIn().plan(type_name, block, Configuration(region="eu-west-1"), prior, proposed)


def whole(type_name, name):
    """A block of a type with nothing set in it."""
    return [empty_value(schema(type_name).blocks[name].block)]


def test_every_block_of_the_table_stays_where_the_configuration_loses_it():
    for type_name in kept_table()["resources"]:
        for name in kept_blocks(type_name):
            there = whole(type_name, name)
            change = plan(type_name, {name: there}, {name: []})
            assert (change.state[name], change.replacing, change.beyond) == (there, [], True), (
                type_name,
                name,
            )


def test_another_block_goes_with_the_configuration():
    there = whole("aws_lambda_function", "environment")
    change = plan("aws_lambda_function", {"environment": there}, {"environment": []})
    assert (change.state["environment"], change.beyond) == ([], False)


def test_what_is_configured_replaces_what_stays():
    one, other = ([{"mode": mode}] for mode in ("Active", "PassThrough"))
    change = plan("aws_lambda_function", {"tracing_config": one}, {"tracing_config": other})
    assert (change.state["tracing_config"], change.beyond) == (other, False)


def test_a_block_that_follows_another_argument_leaves_with_its_change():
    there = {"subnet_mapping": whole("aws_lb", "subnet_mapping"), "subnets": None}
    change = plan("aws_lb", there, {"subnet_mapping": [], "subnets": ["subnet-a"]})
    assert (change.state["subnet_mapping"], change.beyond) == ([], False)


@pytest.mark.parametrize(
    ("type_name", "before", "after", "replacing"),
    [
        ("aws_lambda_function", {}, {"durable_config": [{"execution_timeout": 9}]}, ["durable_config"]),
        (
            "aws_lambda_function",
            {"durable_config": [{"execution_timeout": 9}]},
            {"durable_config": [{"execution_timeout": 8}]},
            [],
        ),
        (
            "aws_ecs_service",
            {},
            {"capacity_provider_strategy": [{"weight": 1}]},
            ["capacity_provider_strategy"],
        ),
        (
            "aws_ecs_service",
            {},
            {"capacity_provider_strategy": [{"weight": 1}], "force_new_deployment": True},
            [],
        ),
        (
            "aws_vpc_endpoint",
            {"vpc_endpoint_type": "Resource"},
            {"vpc_endpoint_type": "Resource", "private_dns_enabled": True},
            ["private_dns_enabled"],
        ),
        (
            "aws_vpc_endpoint",
            {"vpc_endpoint_type": "Interface"},
            {"vpc_endpoint_type": "Interface", "private_dns_enabled": True},
            [],
        ),
        ("aws_ecr_lifecycle_policy", {"policy": "one"}, {"policy": "two"}, ["policy"]),
    ],
)
def test_some_arguments_force_a_replacement_in_some_cases_only(type_name, before, after, replacing):
    assert plan(type_name, before, after).replacing == replacing


def test_every_conditional_argument_of_the_table_has_its_case():
    conditional = {
        name for type_name in force_new_table()["resources"] for name in conditionally_forcing(type_name)
    }
    assert conditional == set(FORCING_CASES)


def test_terraform_plans_no_change_where_tracing_and_storage_are_only_left_out(terraform, tmp_path):
    session = terraform(write_stack(tmp_path / "one", function(**ACTIVE)))
    session.apply()
    session.update(write_stack(tmp_path / "two", function()))
    assert session.plan().is_empty
    off = {"tracing_config": {"mode": "PassThrough"}, "ephemeral_storage": {"size": 512}}
    session.update(write_stack(tmp_path / "three", function(**off)))
    assert session.plan().updated == ["aws_lambda_alias.inventory", "aws_lambda_function.inventory"]


def test_writing_what_aws_gives_anyway_changes_nothing(terraform, tmp_path):
    session = terraform(write_stack(tmp_path / "one", function()))
    session.apply()
    off = {"tracing_config": {"mode": "PassThrough"}, "ephemeral_storage": {"size": 512}}
    session.update(write_stack(tmp_path / "two", function(**off)))
    assert session.plan().is_empty


def test_a_policy_that_says_the_same_in_other_words_stays_as_it_is():
    block = schema("aws_iam_policy")
    old = '{"b": [2], "a": 1}'
    for text, kept in (('{"a":1,"b":[2]}', True), ('{"a":1,"b":[3]}', False), ("{", False)):
        prior, planned = ({**empty_value(block), "policy": policy} for policy in (old, text))
        assert keep_blocks("aws_iam_policy", block, planned, prior) is kept
        assert planned["policy"] == (old if kept else text)
