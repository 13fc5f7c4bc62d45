"""Plans and states by the real engine: a file's promises, asked of what is planned and what is deployed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from constructs_lib.terraform_json import Document, Unknown, read_document
from constructs_lib.testing.terraform import offline_terraform
from tests.support.command_line import command
from tests.support.paths import ROOT
from tests.support.projects import Project

CALLER = ROOT / "examples" / "ecs-caller.toml"

HCL = """
terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}
provider "aws" { region = "us-east-1" }
variable "zones" { default = ["a", "b"] }
module "net" {
  source = "./net"
  count  = 1
  cidr   = "10.0.0.0/16"
  zones  = var.zones
}
resource "aws_security_group" "lb" {
  name   = "lb"
  vpc_id = module.net[0].vpc_id
}
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = module.net[0].vpc_id
  dynamic "ingress" {
    for_each = [80]
    content {
      from_port       = ingress.value
      to_port         = ingress.value
      protocol        = "tcp"
      security_groups = [aws_security_group.lb.id]
    }
  }
}
resource "aws_route_table" "t" {
  for_each = toset(var.zones)
  vpc_id   = module.net[0].vpc_id
}
resource "aws_route" "t" {
  for_each               = toset(var.zones)
  route_table_id         = aws_route_table.t[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = module.net[0].gateway_id
}
resource "aws_lb" "lb" {
  name            = "lb"
  subnets         = module.net[0].subnet_ids
  security_groups = [aws_security_group.lb.id, aws_security_group.web.id]
}
"""

NET = """
terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}
variable "cidr" {}
variable "zones" {}
resource "aws_vpc" "this" {
  count      = 1
  cidr_block = var.cidr
}
resource "aws_internet_gateway" "gw" { vpc_id = aws_vpc.this[0].id }
resource "aws_subnet" "s" {
  count             = length(var.zones)
  vpc_id            = aws_vpc.this[0].id
  availability_zone = "us-east-1${var.zones[count.index]}"
  cidr_block        = cidrsubnet(var.cidr, 8, count.index)
}
resource "aws_route_table_association" "a" {
  count          = length(var.zones)
  subnet_id      = aws_subnet.s[count.index].id
  route_table_id = aws_vpc.this[0].main_route_table_id
}
output "vpc_id" { value = one(aws_vpc.this[*].id) }
output "first_vpc_id" { value = aws_vpc.this[0].id }
output "subnet_ids" { value = aws_subnet.s[*].id }
output "gateway_id" { value = aws_internet_gateway.gw.id }
"""


def shown(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The plan from nothing, and the state after its apply, as ``terraform show -json`` prints them."""
    with offline_terraform(folder) as terraform:
        plan = terraform.apply().plan.json
        return plan, dict(json.loads(terraform.run("show", "-json").output))


def prove(file: Path, content: Mapping[str, Any]) -> CompletedProcess[str]:
    file.write_text(json.dumps(content))
    return command(Project(ROOT), "prove", CALLER, "--terraform", file)


def test_what_is_planned_and_deployed_keeps_the_promises_of_its_file_until_a_rule_drifts(
    stack_of: Callable[[Path], Path], tmp_path: Path
) -> None:
    plan, state = shown(stack_of(CALLER))
    file = tmp_path / "shown.json"
    for content in (plan, state):
        result = prove(file, content)
        assert result.returncode == 0, result.stderr
        assert "proven, 53 promises kept, 0 depend on what is elsewhere" in result.stdout
        for asked in (("lint", file), ("explain", file), ("diagram", file, "--output", tmp_path / "a.svg")):
            found = command(Project(ROOT), *asked)
            assert found.returncode == 0, (asked, found.stderr)
    result = prove(file, as_of_hcl(plan))
    assert result.returncode == 0, result.stderr
    assert "cannot tell: only storefront reaches prices" in result.stderr
    assert "aws_iam_role_policy.inventory.policy" in result.stderr
    drift(state, "aws_vpc_security_group_ingress_rule.internal_from_web_8080")
    result = prove(file, state)
    assert result.returncode == 2
    assert "web calls inventory on 8080" in result.stderr


def as_of_hcl(value: Any) -> Any:
    """A plan of the same configuration in HCL: of expressions only the references are shown."""
    if isinstance(value, dict):
        is_expression = {"references", "constant_value"} <= value.keys()
        return {k: as_of_hcl(v) for k, v in value.items() if not (is_expression and k == "constant_value")}
    return [as_of_hcl(item) for item in value] if isinstance(value, list) else value


def drift(state: dict[str, Any], address: str) -> None:
    """Somebody closed the port of a rule by hand, and the state was refreshed."""
    [rule] = [one for one in state["values"]["root_module"]["resources"] if one["address"] == address]
    rule["values"]["from_port"] = rule["values"]["to_port"] = 9


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Document]:
    folder = tmp_path_factory.mktemp("hcl")
    (folder / "net").mkdir()
    (folder / "main.tf").write_text(HCL)
    (folder / "net" / "main.tf").write_text(NET)
    plan, state = shown(folder)
    return read_document(plan), read_document(state)


def test_the_configuration_joins_a_plan_of_hcl_where_one_instance_can_be_meant(
    documents: tuple[Document, Document],
) -> None:
    plan, state = documents
    subnet, table = "module.net[0].aws_subnet.s", "aws_route_table.t"
    ties = {
        f"{subnet}[1]": ("vpc_id", "module.net[0].aws_vpc.this[0]"),
        "module.net[0].aws_route_table_association.a[1]": ("subnet_id", f"{subnet}[1]"),
        'aws_route.t["b"]': ("route_table_id", f'{table}["b"]'),
        'aws_route.t["a"]': ("gateway_id", "module.net[0].aws_internet_gateway.gw"),
    }
    for address, (name, meant) in ties.items():
        assert plan.blocks[address].ref(name) == meant == state.blocks[address].ref(name), address
    groups = ("aws_security_group.lb", "aws_security_group.web")
    assert plan.blocks["aws_lb.lb"].refs("security_groups") == groups


def test_a_plan_of_hcl_leaves_open_by_name_what_could_be_another(
    documents: tuple[Document, Document],
) -> None:
    plan, state = documents
    [found] = plan.blocks["aws_lb.lb"].refs("subnets")
    assert isinstance(found, Unknown)
    [ingress] = plan.blocks["aws_security_group.web"].blocks("ingress")
    assert ingress.refs("security_groups") == (
        Unknown("aws_security_group.web.ingress[0].security_groups[0]"),
    )
    assert len(state.blocks["aws_lb.lb"].refs("subnets")) == 2
