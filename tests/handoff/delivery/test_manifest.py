import json
from pathlib import Path

import pytest

from constructs_lib.environment import Environment
from constructs_lib.errors import ConfigError
from constructs_lib.handoff.delivery import archive, manifest
from constructs_lib.handoff.identity import of_environment
from constructs_lib.version import VERSION
from tests.support.written_stacks import read

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = Environment(project="shop", environment="dev", region="eu-west-1", account_id="123456789012")
DOCUMENT = {
    "//": {"metadata": {"version": "0.21.0"}},
    "provider": {"aws": [{"region": "eu-west-1"}]},
    "terraform": {
        "required_version": ">= 1.11",
        "required_providers": {"aws": {"source": "aws", "version": "6"}},
    },
    "resource": {
        "aws_subnet": {"b": {"cidr_block": "10.0.0.0/24", "vpc_id": "${aws_vpc.network.id}"}},
        "aws_lb": {
            "a": {"access_logs": {"bucket": "logs"}, "depends_on": ["aws_route.x"], "tags": {"k": "v"}}
        },
    },
    "data": {"aws_partition": {"current": {}}},
    "output": {"url": {"value": "x"}},
}


def described(document=DOCUMENT, **files):
    return manifest.manifest(of_environment(ENVIRONMENT), read(document), content=document, files=files)


def test_it_says_what_was_made_with_which_versions():
    found = described(a=b"x")
    assert found["versions"] == {
        "generator": VERSION,
        "cdktf": "0.21.0",
        "terraform": ">= 1.11",
        "providers": {"aws": {"source": "hashicorp/aws", "version": "6"}},
    }
    keys = ("project", "environment", "region", "account_id")
    assert [found[key] for key in keys] == ["shop", "dev", "eu-west-1", "123456789012"]
    assert found["files"] == {"a": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}
    assert (found["data_sources"], found["outputs"]) == (["data.aws_partition.current"], ["url"])


def test_resources_are_sorted_and_each_has_a_digest():
    resources = described()["resources"]
    assert list(resources) == ["aws_lb.a", "aws_subnet.b"]
    assert resources["aws_subnet.b"] == manifest.digest(DOCUMENT["resource"]["aws_subnet"]["b"])


def test_a_digest_does_not_depend_on_the_order_of_keys_and_depends_on_all_else():
    assert manifest.digest({"a": 1, "b": [1, 2]}) == manifest.digest({"b": [1, 2], "a": 1})
    assert manifest.digest({"a": 1}) != manifest.digest({"a": "1"})
    assert manifest.digest([1, 2]) != manifest.digest([2, 1])


def test_a_manifest_is_read_from_a_folder_and_from_an_archive(tmp_path):
    text = json.dumps(described())
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / manifest.FILE).write_text(text)
    files = {manifest.FILE: text.encode(), f"terraform/{manifest.FILE}": b"another"}
    (tmp_path / "it.zip").write_bytes(archive.zip_bytes(files, folder="shop-dev"))
    for path in (tmp_path / "folder", tmp_path / "it.zip"):
        assert manifest.read_manifest(path, field="OLD") == described()


@pytest.mark.parametrize("content", [None, b"", b"PK nothing", archive.zip_bytes({"a": b""}, folder="x")])
def test_what_is_no_bundle_is_wrong_input(tmp_path, content):
    path = tmp_path / "it"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"NEW: .*is no bundle"):
        manifest.read_manifest(path, field="NEW")


def test_a_bundle_of_another_format_is_wrong_input(tmp_path):
    (tmp_path / manifest.FILE).write_text('{"format": 99}')
    with pytest.raises(ConfigError, match="no bundle of format 1"):
        manifest.read_manifest(tmp_path, field="OLD")
