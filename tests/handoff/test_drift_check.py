"""The script of a bundle under ``sh``, with a Terraform that answers what is given and jq as a library."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from constructs_lib.handoff.bundle import DRIFT_CHECK

JQ = f"""#!{sys.executable}
import json, sys
import jq
raw, option, name, file, program, given = sys.argv[1:]
assert (raw, option) == ("-r", "--slurpfile")
values = {{name: [json.load(open(file))]}}
for line in jq.compile(program, args=values).input_value(json.load(open(given))).all():
    print(line)
"""
TERRAFORM = """#!/bin/sh
case "$*" in
  *" show -json "*) cat "$PLAN" ;;
  *) echo "$*" >> "$PLAN.asked"; echo "said by terraform"; exit "$STATUS" ;;
esac
"""
BLOCK = {"protocol": "tcp", "from_port": 8080, "to_port": 8080, "self": False}
NONE = {"cidr_blocks": [], "ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": []}
INTERNET = {"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-1", "gateway_id": ""}


def resource(address, **values):
    return {"address": address, "mode": "managed", "type": address.split(".")[0], "values": values}


def resources(*, ingress=(), routes=(), policies=("own",)):
    group, rule = "aws_security_group.a", "aws_vpc_security_group_ingress_rule.a"
    of_caller = {**BLOCK, **NONE, "security_groups": ["sg-2"]}
    return [
        resource(group, id="sg-1", ingress=[of_caller, *ingress], egress=[]),
        resource(
            rule,
            security_group_id="sg-1",
            ip_protocol="tcp",
            from_port=8080,
            to_port=8080,
            cidr_ipv4=None,
            referenced_security_group_id="123456789012/sg-2",
        ),
        resource("aws_route_table.a", id="rtb-1", route=[INTERNET, *routes]),
        resource(
            "aws_route.a", route_table_id="rtb-1", destination_cidr_block="0.0.0.0/0", nat_gateway_id="nat-1"
        ),
        resource(
            "aws_iam_role.a",
            name="role",
            managed_policy_arns=[],
            inline_policy=[{"name": name} for name in policies],
        ),
        resource("aws_iam_role_policy.a", role="role", name="own"),
    ]


def checked(folder, found, *, status=0, changes=(), known=None, programs=("jq", "terraform")):
    """What the script says of a plan with these resources, and its status."""
    known = {one["address"]: "" for one in found} if known is None else known
    plan = {
        "prior_state": {"values": {"root_module": {"resources": found}}},
        "resource_changes": [
            {"address": one["address"], "mode": "managed", "change": {"actions": ["no-op"]}} for one in found
        ]
        + [{"address": a, "mode": "managed", "change": {"actions": [*actions]}} for a, actions in changes],
    }
    (folder / "bin").mkdir()
    for name, text in (("jq", JQ), ("terraform", TERRAFORM)):
        if name in programs:
            (folder / "bin" / name).write_text(text)
            (folder / "bin" / name).chmod(0o755)
    for program in ("sh", "cat", "mktemp", "rm", "grep", "dirname"):
        (folder / "bin" / program).symlink_to(shutil.which(program))
    (folder / "drift-check.sh").write_text(DRIFT_CHECK)
    (folder / "bundle.json").write_text(json.dumps({"resources": known}))
    (folder / "plan.json").write_text(json.dumps(plan))
    environment = {**os.environ, "PATH": str(folder / "bin"), "PLAN": str(folder / "plan.json")}
    run = subprocess.run(
        ["sh", str(folder / "drift-check.sh"), "-var-file=prod.tfvars"],
        env={**environment, "STATUS": str(status)},
        capture_output=True,
        text=True,
    )
    *lines, last = run.stdout.splitlines() or [""]
    assert not lines or last.startswith("looked at: 1 aws_security_group, 1 aws_route_table, 1 aws_iam_role")
    return run.returncode, lines, run.stderr


def test_what_is_as_declared_is_nothing_to_tell(tmp_path):
    assert checked(tmp_path, resources()) == (0, [], "")
    asked = (tmp_path / "plan.json.asked").read_text()
    assert "-input=false -lock=false -detailed-exitcode" in asked
    assert asked.strip().endswith("-var-file=prod.tfvars")


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (
            resources(ingress=[{**BLOCK, **NONE, "cidr_blocks": ["0.0.0.0/0"]}]),
            "not declared: aws_security_group.a lets in tcp 8080 from 0.0.0.0/0",
        ),
        (
            resources(ingress=[{**NONE, "protocol": "-1", "from_port": 0, "to_port": 0, "self": True}]),
            "not declared: aws_security_group.a lets in all from sg-1",
        ),
        (
            resources(routes=[{"cidr_block": "10.0.0.0/8", "vpc_peering_connection_id": "pcx-1"}]),
            "not declared: aws_route_table.a leads 10.0.0.0/8 to pcx-1",
        ),
        (
            resources(routes=[{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]),
            "not declared: aws_route_table.a leads 0.0.0.0/0 to igw-1",
        ),
        (resources(policies=("own", "more")), "not declared: aws_iam_role.a has the policy more"),
    ],
)
def test_what_terraform_reads_and_nobody_declares_is_told(found, line, tmp_path):
    assert checked(tmp_path, found) == (2, [line], "")


def test_what_a_plan_changes_and_what_is_not_of_the_bundle_is_told(tmp_path):
    found = resources()
    known = {one["address"]: "" for one in found if one["address"] != "aws_route.a"}
    changes = [("aws_lb.a", ["update"])]
    assert checked(tmp_path, found, status=2, changes=changes, known=known) == (
        2,
        ["differs: aws_lb.a (update)", "not of this bundle: aws_route.a"],
        "",
    )


def test_a_plan_that_fails_is_no_drift(tmp_path):
    assert checked(tmp_path, resources(), status=1) == (1, [], "said by terraform\n")


def test_a_program_that_is_not_there_is_named(tmp_path):
    found = checked(tmp_path, resources(), programs=("terraform",))
    assert found == (1, [], "drift-check: jq is not installed\n")


def test_the_script_is_one_for_any_shell_of_posix():
    assert Path(DRIFT_CHECK.splitlines()[0].removeprefix("#!")) == Path("/bin/sh")
    assert [word for word in ("[[", "function ", "local ", "$'") if word in DRIFT_CHECK] == []
