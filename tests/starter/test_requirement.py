from __future__ import annotations

import json
import tomllib
from importlib.metadata import PackageNotFoundError

import pytest

from constructs_lib.starter import requirement
from constructs_lib.version import VERSION
from tests.support.paths import ROOT


@pytest.fixture
def line(monkeypatch):
    """The Pipfile's value where pip noted this of the origin; None: the package is not installed."""

    def given(direct_url, *extras):
        class Installed:
            def read_text(self, _name):
                return direct_url and json.dumps(direct_url)

        def distribution(_name):
            if direct_url is None:
                raise PackageNotFoundError
            return Installed()

        monkeypatch.setattr(requirement.importlib.metadata, "distribution", distribution)
        return tomllib.loads(f"line = {requirement.requirement(extras)}")["line"]

    return given


def test_what_came_from_an_index_is_named_by_its_version(line):
    assert line({}) == {"version": f"=={VERSION}"}


def test_a_wheel_is_named_by_its_file(line):
    wheel = {"url": "file:///srv/my%20wheels/constructs_lib.whl", "archive_info": {}}
    assert line(wheel, "testing") == {"file": "/srv/my wheels/constructs_lib.whl", "extras": ["testing"]}
    assert line({"url": "https://example.com/x.whl", "archive_info": {}}) == {
        "file": "https://example.com/x.whl"
    }


def test_a_repository_is_named_with_its_commit(line):
    origin = {"url": "https://example.com/x.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}
    assert line(origin) == {"git": "https://example.com/x.git", "ref": "abc"}


def test_a_folder_is_named_and_stays_editable(line):
    assert line({"url": "file:///src", "dir_info": {}}) == {"path": "/src"}
    assert line({"url": "file:///src", "dir_info": {"editable": True}}) == {"path": "/src", "editable": True}


def test_a_checkout_that_was_never_installed_is_named_itself(line):
    assert line(None) == {"path": str(ROOT), "editable": True}
