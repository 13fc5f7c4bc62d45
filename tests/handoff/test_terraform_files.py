import json

from constructs_lib.handoff import terraform_files as files

DOCUMENT = {
    "//": {"metadata": {"stackName": "dev"}},
    "terraform": {
        "backend": {"local": {"path": "../../../terraform.dev.tfstate"}},
        "required_providers": {"aws": {"source": "aws", "version": "6.25.0"}},
        "required_version": ">= 1.11",
    },
    "resource": {
        "aws_lambda_function": {
            "a": {"//": {"metadata": {"path": "dev/a"}}, "filename": "assets/x/1/a.zip", "timeout": 3},
            "b": {"filename": "assets/y/2/b.zip", "tags": {"//": "kept"}},
        },
        "aws_lambda_layer_version": {"a": {"filename": "assets/z/3/layer.zip"}},
    },
    "data": {"aws_partition": {"current": {}}},
}


def test_only_the_comments_of_cdktf_go():
    cleaned = files.without_metadata(DOCUMENT)
    assert "//" not in cleaned
    assert cleaned["resource"]["aws_lambda_function"] == {
        "a": {"filename": "assets/x/1/a.zip", "timeout": 3},
        "b": {"filename": "assets/y/2/b.zip", "tags": {"//": "kept"}},
    }


def test_packages_are_named_after_what_runs_them_and_no_two_share_a_name():
    moved, moves = files.with_packages(DOCUMENT)
    assert moves == {
        "assets/x/1/a.zip": "packages/a.zip",
        "assets/y/2/b.zip": "packages/b.zip",
        "assets/z/3/layer.zip": "packages/aws_lambda_layer_version.a.filename.zip",
    }
    assert moved["resource"]["aws_lambda_function"]["b"]["filename"] == "packages/b.zip"
    assert DOCUMENT["resource"]["aws_lambda_function"]["b"]["filename"] == "assets/y/2/b.zip"


def test_the_terraform_block_is_split_and_nothing_is_lost():
    assert files.versions_file(DOCUMENT) == {
        "terraform": {
            "required_providers": {"aws": {"source": "hashicorp/aws", "version": "6.25.0"}},
            "required_version": ">= 1.11",
        }
    }
    assert files.backend_file(DOCUMENT) == {
        "terraform": {"backend": {"local": {"path": "terraform.tfstate"}}}
    }
    assert set(files.main_file(DOCUMENT)) == {"//", "resource", "data"}


def test_a_backend_that_is_not_a_local_file_stays_as_it_is():
    s3 = {"bucket": "b", "key": "shop/dev.tfstate", "use_lockfile": True}
    cloud = {"organization": "acme", "workspaces": {"name": "shop"}}
    assert files.backend_file({"terraform": {"backend": {"s3": s3}}}) == {
        "terraform": {"backend": {"s3": s3}}
    }
    assert files.backend_file({"terraform": {"cloud": cloud}}) == {"terraform": {"cloud": cloud}}


def test_resources_and_data_sources_come_with_their_addresses():
    assert [block.address for block in files.resources(DOCUMENT)] == [
        "aws_lambda_function.a",
        "aws_lambda_function.b",
        "aws_lambda_layer_version.a",
    ]
    assert [block.address for block in files.data_sources(DOCUMENT)] == ["data.aws_partition.current"]


def test_a_provider_is_found_in_a_list_or_alone_and_its_tags_in_either_form():
    tags = {"tags": {"owner": "me"}}
    assert files.default_tags({"provider": {"aws": [{"default_tags": [tags]}]}}) == {"owner": "me"}
    assert files.default_tags({"provider": {"aws": {"default_tags": tags}}}) == {"owner": "me"}
    assert files.default_tags({}) == {}


def test_files_are_indented_json_with_text_as_it_is():
    text = files.formatted({"a": "ü"})
    assert text == '{\n  "a": "ü"\n}\n'
    assert json.loads(text) == {"a": "ü"}
