"""What constructs take and have: the names of the environment file, and docstrings that say it."""

import ast
import dataclasses
import inspect
import re
import textwrap

import pytest

import constructs_lib
from constructs_lib.bindings import Construct
from constructs_lib.environment.tables.alarms import Alarms
from constructs_lib.environment.tables.environment import Environment
from constructs_lib.environment.tables.existing_network import ExistingEndpoint, ExistingNetwork
from constructs_lib.environment.tables.iam import Iam
from constructs_lib.environment.tables.load_balancers import InternalLoadBalancer, PublicLoadBalancer
from constructs_lib.environment.tables.network import NetworkEndpoints, NetworkSettings, Repository
from constructs_lib.environment.tables.triggers import Trigger
from constructs_lib.environment.tables.workloads import Autoscaling, Function, Service
from tests.support.paths import ROOT

_WAYS = ("exposure", "port", "paths", "hosts", "priority", "internet", "egress", "health_check_path")
_LOGS = ("access_logs_days", "access_logs_when_removed")
# Tables of the file: what takes their options, and which of them have another shape in Python.
TABLES = {
    Function: (("LambdaFunction", "FunctionOptions", "ZipCode", "ImageCode"), {*_WAYS, "triggers"}),
    Service: (("FargateService", "Container"), {*_WAYS}),
    Trigger: (
        ("QueueTrigger", "ScheduleTrigger", "EventTrigger", "BucketTrigger", "TopicTrigger"),
        set(),
    ),
    Autoscaling: (("Autoscaling",), set()),
    NetworkSettings: (("Network", "plan_subnets"), {"endpoints"}),
    NetworkEndpoints: (("Endpoints",), {"admit", "policy"}),
    ExistingNetwork: (("ExistingVpc", "Endpoints"), {"other_cidrs"}),
    ExistingEndpoint: (("ExistingEndpoint",), set()),
    InternalLoadBalancer: (("ApplicationLoadBalancer",), {"port", "shared_listener", *_LOGS}),
    PublicLoadBalancer: (("ApplicationLoadBalancer",), {"allowed_cidrs", "insecure_http", *_LOGS}),
    Repository: (("Repository",), set()),
    Iam: (("RoleOptions",), set()),
    Alarms: (("AlarmOptions",), set()),
}


def names_of(taker):
    found = getattr(constructs_lib, taker)
    if dataclasses.is_dataclass(found):
        return {field.name for field in dataclasses.fields(found)}
    return {*inspect.signature(found.__init__ if isinstance(found, type) else found).parameters}


@pytest.mark.parametrize("table", TABLES)
def test_an_option_of_the_file_has_the_same_name_in_python_or_the_docs_say_its_shape(table):
    takers, otherwise = TABLES[table]
    taken = {name for taker in takers for name in names_of(taker)}
    assert {*table.model_fields} - taken == otherwise
    docs = (ROOT / "docs" / "constructs.md").read_text()
    said = {name for line in docs.splitlines() if line.startswith("| `") for name in re.findall(r"\w+", line)}
    assert otherwise - said == {"other_cidrs"} & otherwise  # of existing VPCs: `admit_blocks`


def test_every_table_of_the_file_is_one_of_them_or_no_option_of_a_construct():
    assert Environment.model_fields.keys() - {
        *("network", "load_balancers", "alarms", "functions", "services", "repositories", "iam")
    } == {
        *("project", "environment", "region", "account_id", "assume_role_arn", "state", "tags", "logs"),
        *("callers", "local", "quotas", "waivers"),
    }


CONSTRUCTS = [
    name
    for name in sorted(constructs_lib.__all__)
    if isinstance(found := getattr(constructs_lib, name), type) and issubclass(found, Construct)
]


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_help_names_every_attribute_of_a_construct(name):
    construct = getattr(constructs_lib, name)
    tree = ast.parse(textwrap.dedent(inspect.getsource(construct)))
    attributes = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if isinstance(node.value, ast.Name) and node.value.id == "self" and not node.attr.startswith("_")
    }
    said = {*re.findall(r"\w+", construct.__doc__)}
    assert attributes - said == set()
