"""Private files never get into a package, by whatever name or link; public ones of like names do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from constructs_lib.compute.packaging.package import build_package, private_files

CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
PRIVATE = [
    *(".env", ".env.prod", ".envrc", "prod.env", "conf/.env.local", ".aws/credentials", "home/.ssh/config"),
    *(
        "server.pem",
        "keys/Server.PEM",
        "id_rsa",
        "id_ed25519",
        "ID_RSA",
        "id_rsa.pub",
        "id_deploy",
        "id_rsa.bak",
    ),
    *("terraform.tfstate", "x.tfstate.backup", "prod.tfvars", "prod.auto.tfvars", "prod.tfvars.json"),
    *(
        ".git/config",
        ".netrc",
        ".npmrc",
        ".pypirc",
        "store.p12",
        "store.jks",
        "deploy.key",
        ".docker/config.json",
    ),
]
PUBLIC = [
    *(
        "handler.py",
        "id_generator.py",
        "id_map.json",
        "environment.py",
        "env.py",
        "pem.py",
        "keys.py",
        "aws/x.py",
    ),
    *("aws/x.py", "tfstate.py", "identity", "ssh.md", "git.txt"),
]


def packaged(folder: Path) -> set[str]:
    content = build_package(folder, field="functions.inventory.source")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return set(archive.namelist())


def test_private_files_stay_out_and_public_ones_do_not(tmp_path: Path) -> None:
    for name in (*PRIVATE, *PUBLIC):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert packaged(tmp_path) == set(PUBLIC)


def test_certificates_alone_may_be_packaged_and_never_with_a_key(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text(CERTIFICATE * 2)
    (tmp_path / "server.pem").write_text(CERTIFICATE + CERTIFICATE.replace("CERTIFICATE", "PRIVATE KEY"))
    (tmp_path / "handler.py").write_text("")
    assert packaged(tmp_path) == {"ca.pem", "handler.py"}


def test_a_link_is_no_way_around_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("x")
    (tmp_path / "settings.txt").symlink_to(".env")
    (tmp_path / "handler.py").write_text("")
    assert packaged(tmp_path) == {"handler.py"}
    assert {path.name for path in private_files(tmp_path)} == {".env", "settings.txt"}


@pytest.mark.parametrize("name", [".ssh", ".aws"])
def test_a_private_folder_is_named_once(tmp_path: Path, name: str) -> None:
    (tmp_path / name / "deep").mkdir(parents=True)
    (tmp_path / name / "deep" / "x").write_text("")
    assert [path.name for path in private_files(tmp_path)] == [name]
