"""Faults of the machine in words."""

import errno
import os

from constructs_lib.output.faults import of_the_machine


def test_a_fault_of_the_machine_names_the_path_and_what_is_wrong():
    for number, path, said in (
        (errno.ENOSPC, "/out/a", "file system: '/out/a': no space left on device: free some space there"),
        (errno.EROFS, b"/out/a", "file system: '/out/a': read-only file system: see that"),
        (errno.EIO, None, "file system: (a file): input/output error: see what the system's log says"),
    ):
        assert str(of_the_machine(OSError(number, os.strerror(number), path))).startswith(said)


def test_without_a_temporary_folder_the_variable_is_named(monkeypatch):
    monkeypatch.setenv("TMPDIR", "/full")
    error = FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/full', '/tmp']")
    assert str(of_the_machine(error)).startswith("$TMPDIR: '/full': no folder for temporary files can be")


def test_what_may_be_a_bug_stays_one():
    assert of_the_machine(FileNotFoundError(errno.ENOENT, "No such file or directory", "/x")) is None
    assert of_the_machine(OSError("something")) is None
