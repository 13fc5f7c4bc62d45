import io
import subprocess
import zipfile

from constructs_lib.handoff.delivery.archive import checksums, zip_bytes

FILES = {"b.txt": b"two", "a/one.txt": b"one"}


def test_the_archive_is_sorted_stored_and_of_one_time_and_mode():
    with zipfile.ZipFile(io.BytesIO(zip_bytes(FILES, folder="shop-dev"))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == ["shop-dev/a/one.txt", "shop-dev/b.txt"]
    assert {(e.compress_type, e.date_time, e.external_attr >> 16, e.create_system) for e in entries} == {
        (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 0o100644, 3)
    }


def test_the_order_of_the_files_does_not_matter():
    assert zip_bytes(FILES, folder="x") == zip_bytes(dict(reversed(FILES.items())), folder="x")


def test_the_checksums_are_what_sha256sum_reads(tmp_path):
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "SHA256SUMS").write_text(checksums(FILES))
    command = ["sha256sum", "-c", "SHA256SUMS"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "b.txt").write_bytes(b"other")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1
