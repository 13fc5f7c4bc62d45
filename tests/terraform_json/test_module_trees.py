"""Modules that lie beside the one that calls them: read with it, under the addresses that Terraform gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.terraform_json import Document, Reference, Unknown, read_document

NET = {
    "variable": {"zones": {}, "cidr": {"default": "10.0.0.0/16"}, "vpc_id": {}},
    "locals": {"names": "${[for z in var.zones : upper(z)]}"},
    "resource": {
        "aws_subnet": {
            "s": {
                "for_each": "${toset(var.zones)}",
                "vpc_id": "${var.vpc_id}",
                "cidr_block": "${cidrsubnet(var.cidr, 8, index(var.zones, each.key))}",
            }
        }
    },
    "output": {
        "subnet_ids": {"value": "${values(aws_subnet.s)[*].id}"},
        "by_zone": {"value": "${{for z, s in aws_subnet.s : z => s.id}}"},
        "names": {"value": "${local.names}"},
    },
}


def root(folder: Path, call: dict[str, Any], **more: Any) -> Document:
    write(folder / "net", NET)
    document = {
        "module": {"net": {"source": "./net", "vpc_id": "${aws_vpc.v.id}", "zones": ["a", "b"], **call}},
        "resource": {"aws_vpc": {"v": {}}, "aws_x": {"y": more}},
    }
    write(folder, document)
    return read_document(folder)


def write(folder: Path, document: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf.json").write_text(json.dumps(document))


def test_inputs_and_outputs_are_followed_in_both_directions(tmp_path: Path) -> None:
    document = root(tmp_path, {}, subnets="${module.net.subnet_ids}", names="${module.net.names}")
    subnet = document.blocks['module.net.aws_subnet.s["b"]']
    assert (subnet.ref("vpc_id"), subnet.text("cidr_block")) == ("aws_vpc.v", "10.0.1.0/24")
    assert subnet.kind == "aws_subnet"
    user = document.blocks["aws_x.y"]
    assert user.refs("subnets") == ('module.net.aws_subnet.s["a"]', 'module.net.aws_subnet.s["b"]')
    assert user.get("names") == ["A", "B"]
    assert (document.size.resources, document.module_calls) == (3, {})


def test_count_and_for_each_of_a_module_are_expanded_where_they_are_known(tmp_path: Path) -> None:
    counted = root(tmp_path / "count", {"count": 2}, subnet='${module.net[1].by_zone["a"]}')
    assert counted.blocks["aws_x.y"].ref("subnet") == 'module.net[1].aws_subnet.s["a"]'
    each = root(
        tmp_path / "each", {"for_each": '${toset(["x"])}', "zones": ["${each.key}"]}, all="${module.net}"
    )
    assert 'module.net["x"].aws_subnet.s["x"]' in each.blocks
    none = root(tmp_path / "none", {"count": 0})
    assert not [address for address in none.blocks if address.startswith("module.")]


def test_a_module_of_which_the_count_is_open_may_or_may_not_be_there(tmp_path: Path) -> None:
    document = root(tmp_path, {"count": "${aws_vpc.v.many}"}, subnets="${module.net[0].subnet_ids}")
    subnet = document.blocks['module.net.aws_subnet.s["a"]']
    assert subnet.optional
    [found] = document.blocks["aws_x.y"].refs("subnets")
    assert isinstance(found, Unknown)


def test_what_refers_to_what_goes_through_modules(tmp_path: Path) -> None:
    document = root(tmp_path, {"depends_on": ["aws_x.y"]})
    subnet = "module.net.aws_subnet.s"
    assert document.references.direct(subnet) == {
        "module.net.var.vpc_id",
        "module.net.var.zones",
        "module.net.var.cidr",
    }
    assert document.references.direct("module.net.var.vpc_id") == {"aws_vpc.v"}
    assert "aws_x.y" in document.references.waits_for(subnet)
    assert document.dangling == ()


def test_modules_of_the_registry_and_of_hcl_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "hcl").mkdir()
    (tmp_path / "hcl" / "main.tf").write_text("")
    for source in ("terraform-aws-modules/vpc/aws", "./hcl", "./none"):
        write(tmp_path, {"module": {"net": {"source": source}}, "resource": {"aws_vpc": {"v": {}}}})
        assert list(read_document(tmp_path).module_calls) == ["module.net"]


def test_a_module_that_calls_itself_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "net", {"module": {"again": {"source": "../net"}}})
    write(tmp_path, {"module": {"net": {"source": "./net"}}})
    with pytest.raises(ConfigError, match="calls itself"):
        read_document(tmp_path)


def test_a_reference_into_a_module_keeps_its_address(tmp_path: Path) -> None:
    document = root(tmp_path, {}, id='${module.net.by_zone["b"]}')
    assert document.blocks["aws_x.y"].get("id") == Reference('module.net.aws_subnet.s["b"]', "id")
