import json

from constructs_lib.handoff import terraform_files as files
from tests.support.written_stacks import read

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
    content = files.module_content(read(DOCUMENT))
    assert "//" not in content
    assert content["resource"]["aws_lambda_function"] == {
        "a": {"filename": "packages/a.zip", "timeout": 3},
        "b": {"filename": "packages/b.zip", "tags": {"//": "kept"}},
    }


def test_packages_are_named_after_what_runs_them_and_no_two_share_a_name():
    assert files.package_paths(read(DOCUMENT)) == {
        "assets/x/1/a.zip": "packages/a.zip",
        "assets/y/2/b.zip": "packages/b.zip",
        "assets/z/3/layer.zip": "packages/aws_lambda_layer_version.a.filename.zip",
    }


def test_the_document_stays_as_it_is():
    document = read(DOCUMENT)
    files.module_content(document)
    files.backend_file(document)
    assert document.bodies_of("aws_lambda_function")["b"]["filename"] == "assets/y/2/b.zip"
    assert document.backend == {"local": {"path": "../../../terraform.dev.tfstate"}}


def test_the_terraform_block_is_split_and_nothing_is_lost():
    assert files.versions_file(read(DOCUMENT)) == {
        "terraform": {
            "required_providers": {"aws": {"source": "hashicorp/aws", "version": "6.25.0"}},
            "required_version": ">= 1.11",
        }
    }
    assert files.backend_file(read(DOCUMENT)) == {
        "terraform": {"backend": {"local": {"path": "terraform.tfstate"}}}
    }
    assert set(files.main_file(files.module_content(read(DOCUMENT)))) == {"resource", "data"}


def test_a_backend_that_is_not_a_local_file_stays_as_it_is():
    s3 = {"bucket": "b", "key": "shop/dev.tfstate", "use_lockfile": True}
    cloud = {"organization": "acme", "workspaces": {"name": "shop"}}
    assert files.backend_file(read({"terraform": {"backend": {"s3": s3}}})) == {
        "terraform": {"backend": {"s3": s3}}
    }
    assert files.backend_file(read({"terraform": {"cloud": cloud}})) == {"terraform": {"cloud": cloud}}


def test_files_are_indented_json_with_text_as_it_is():
    text = files.formatted({"a": "ü"})
    assert text == '{\n  "a": "ü"\n}\n'
    assert json.loads(text) == {"a": "ü"}
