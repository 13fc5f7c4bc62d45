"""The schema is that of the pinned bindings: every type of them parses, and the traps are known."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tarfile
from collections import Counter

import pytest

from constructs_lib.bindings.flavour import flavour
from constructs_lib.testing.terraform import schema
from constructs_lib.testing.terraform.binding_source import BindingSource
from constructs_lib.testing.terraform.schema import BindingSchemas, block_from_json

SCALARS = {"string", "number", "bool", "dynamic"}
LOOKED_AT = (
    *("acm-certificate", "default-security-group", "lambda-function", "lb-listener-rule"),
    *(
        "lexv2models-intent",
        "provider",
        "route-table",
        "route-table-association",
        "security-group",
        "teapot",
        "vpc",
    ),
)


@pytest.fixture(scope="module")
def schemas():
    """The schemas that these tests look at, found in one pass over the archive."""
    found = BindingSchemas()
    found.find(LOOKED_AT)
    return found


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The bindings' archive with nothing but the VPC in it: quick to read."""
    whole = flavour().archive()
    small = tmp_path_factory.mktemp("archive") / whole.name
    with tarfile.open(whole) as members, tarfile.open(small, "w:gz") as kept:
        for member in members:
            if "/lib/vpc/" in member.name:
                kept.addfile(member, members.extractfile(member))
    return small


def is_type(kind):
    if isinstance(kind, str):
        return kind in SCALARS
    container, inner = kind
    if container == "object":
        return all(is_type(item) for item in inner.values())
    return container in ("list", "set", "map") and is_type(inner)


@pytest.mark.slow  # ten seconds, and nothing changes but with the pinned version
def test_every_type_of_the_bindings_parses():
    counts = Counter()
    for name, text in schema.read_modules(flavour().archive()):
        source = BindingSource(text)
        block = block_from_json(source.provider_block() if name == "provider" else source.block())
        assert is_type(block.type), name
        counts[
            name.partition("-")[0] if name.startswith(("data-", "ephemeral-", "provider")) else "resource"
        ] += 1
    assert (
        counts
        == {
            "cdktf": {"resource": 1581, "data": 630, "provider": 1},
            "cdktn": {"resource": 1735, "data": 685, "provider": 1, "ephemeral": 11},
        }[flavour().name]
    )


def test_flags_tell_required_optional_and_computed(schemas):
    block = schemas.find(["route-table-association"])["route-table-association"]
    flags = {
        name: "".join(flag[0] for flag in ("required", "optional", "computed") if getattr(attribute, flag))
        for name, attribute in block.attributes.items()
    }
    assert flags == {
        "gateway_id": "o",
        "id": "oc",
        "region": "oc",
        "route_table_id": "r",
        "subnet_id": "o",
    }
    assert set(block.blocks) == {"timeouts"}


def test_rules_inside_a_security_group_are_attributes_of_object_type(schemas):
    block = schemas.find(["security-group"])["security-group"]
    container, (kind, fields) = block.attributes["ingress"].type
    assert (container, kind, fields["self"], fields["security_groups"]) == (
        "set",
        "object",
        "bool",
        ["set", "string"],
    )
    assert {name: nested.nesting for name, nested in block.blocks.items()} == {"timeouts": "single"}


@pytest.mark.parametrize(
    ("module", "attribute"), [("route-table", "route"), ("default-security-group", "egress")]
)
def test_other_attributes_that_look_like_blocks_are_attributes(schemas, module, attribute):
    block = schemas.find([module])[module]
    assert attribute in block.attributes
    assert attribute not in block.blocks


def test_blocks_know_how_many_of_them_there_may_be(schemas):
    found = schemas.find(["lambda-function", "lb-listener-rule"])
    environment = found["lambda-function"].blocks["environment"]
    action, condition = (found["lb-listener-rule"].blocks[name] for name in ("action", "condition"))
    assert [(b.nesting, b.min_items, b.max_items) for b in (environment, action, condition)] == [
        ("list", 0, 1),
        ("list", 1, 0),
        ("set", 1, 0),
    ]


def test_computed_lists_of_objects_have_their_fields(schemas):
    certificate = schemas.find(["acm-certificate"])["acm-certificate"]
    container, (_, fields) = certificate.attributes["domain_validation_options"].type
    assert (container, sorted(fields)) == (
        "set",
        ["domain_name", "resource_record_name", "resource_record_type", "resource_record_value"],
    )


def test_types_whose_classes_are_spread_over_files_are_read_whole(schemas):
    block = schemas.find(["lexv2models-intent"])["lexv2models-intent"]
    assert "closing_setting" in block.blocks


def test_the_provider_has_its_own_schema(schemas):
    block = schemas.provider()
    assert (block.attributes["allowed_account_ids"].type, block.blocks["default_tags"].nesting) == (
        ["set", "string"],
        "list",
    )


def test_unknown_types_are_left_out(schemas):
    assert list(schemas.find(["vpc", "teapot"])) == ["vpc"]


def test_a_parsed_schema_is_kept_in_the_cache(archive, tmp_path, monkeypatch):
    first = BindingSchemas(archive=archive, cache=tmp_path).find(["vpc"])
    monkeypatch.setattr(schema, "read_modules", lambda *_: pytest.fail("the archive was read again"))
    assert BindingSchemas(archive=archive, cache=tmp_path).find(["vpc"]) == first


def test_a_broken_cache_is_read_anew(archive, tmp_path):
    first = BindingSchemas(archive=archive, cache=tmp_path).find(["vpc"])
    (entry,) = tmp_path.rglob("vpc.json")
    entry.write_text('{"attributes": ')
    assert BindingSchemas(archive=archive, cache=tmp_path).find(["vpc"]) == first


def test_a_cache_that_can_not_be_written_is_done_without(archive, tmp_path):
    occupied = tmp_path / "file"
    occupied.write_text("")
    assert list(BindingSchemas(archive=archive, cache=occupied).find(["vpc"])) == ["vpc"]


def test_the_bindings_are_not_imported():
    script = (
        "import sys; from constructs_lib.testing.terraform.schema import BindingSchemas;"
        "BindingSchemas().find(['vpc']); print({sys.argv[1], 'jsii'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, flavour().provider], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "set()"


def test_without_the_bindings_the_error_names_them(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError, match="cdktf_cdktf_provider_aws is not installed: pip install"):
        BindingSchemas()
