import hashlib
import io
import subprocess
import tarfile

import pytest

from constructs_lib.compute.packaging import requirements
from constructs_lib.compute.packaging.requirements import install_requirements
from constructs_lib.errors import ConfigError
from tests.support.wheels import Wheels

NATIVE = "cp313-cp313-manylinux_2_28_aarch64"


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """Wheels that pip finds, and nothing else: no index, no settings of this machine."""
    made = Wheels(tmp_path / "wheels")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(made.folder))
    return made


@pytest.fixture
def install(tmp_path):
    def install(*lines, runtime="python3.13", architecture="arm64", cache="cache"):
        source = tmp_path / "inventory"
        source.mkdir(exist_ok=True)
        (source / "requirements.txt").write_text("\n".join(lines))
        return install_requirements(
            source,
            runtime=runtime,
            architecture=architecture,
            cache_dir=tmp_path / cache,
            field="functions.inventory.source",
        )

    return install


def contents(folder):
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def only_problem(install, *lines, **target):
    with pytest.raises(ConfigError) as raised:
        install(*lines, **target)
    (problem,) = raised.value.problems
    return problem


def test_a_function_without_the_file_touches_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    cache = tmp_path / "cache"
    settings = {"runtime": "nodejs22.x", "architecture": "arm64", "cache_dir": cache}
    assert install_requirements(tmp_path, **settings) is None
    assert not cache.exists()


def test_a_file_that_asks_for_nothing_here_touches_nothing(install, monkeypatch, tmp_path):
    monkeypatch.setattr(subprocess, "run", None)
    assert install("# nothing", 'a==1 ; sys_platform == "win32" --hash=sha256:00') is None
    assert not (tmp_path / "cache").exists()


def test_packages_lie_there_with_what_they_need_and_nothing_of_this_machine(wheels, install):
    alpha = {"scripts": ["alpha"], "files": {"alpha/__pycache__/x.pyc": "stale"}, "requires": ["beta>=1"]}
    lines = [wheels.make("alpha", **alpha), wheels.make("beta", "1.5")]
    found = contents(install(*lines, cache="one"))
    assert set(found) == {
        "alpha/__init__.py",
        "alpha-1.0.dist-info/METADATA",
        "alpha-1.0.dist-info/WHEEL",
        "alpha-1.0.dist-info/entry_points.txt",
        "beta/__init__.py",
        "beta-1.5.dist-info/METADATA",
        "beta-1.5.dist-info/WHEEL",
    }
    assert contents(install(*reversed(lines), cache="other")) == found


@pytest.fixture
def quick_pip(tmp_path, monkeypatch):
    """A pip that installs nothing, where what it installs is not asked for."""
    make = "import pathlib, sys; pathlib.Path(sys.argv[sys.argv.index('--target') + 1]).mkdir()"
    (tmp_path / "pip.py").write_text(make)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.usefixtures("quick_pip")
def test_the_second_time_pip_is_not_started(wheels, install, monkeypatch):
    line = wheels.make("alpha")
    first = install(line)
    monkeypatch.setattr(subprocess, "run", None)
    assert install(line) == install(f"# a comment\n{line}") == first


@pytest.mark.usefixtures("quick_pip")
def test_other_requirements_runtimes_and_architectures_get_other_folders(wheels, install):
    first, second = wheels.make("alpha"), wheels.make("beta")
    folders = {
        install(first),
        install(second),
        install(first, runtime="python3.12"),
        install(first, architecture="x86_64"),
    }
    assert len(folders) == 4


def test_wheels_are_those_of_the_function_and_not_of_this_machine(wheels, install):
    line = wheels.make("native", tag=NATIVE)
    assert (install(line) / "native").is_dir()
    problem = only_problem(install, line, architecture="x86_64")
    assert (problem.field, problem.value) == ("functions.inventory.source (requirements.txt)", "native==1.0")
    assert "no wheel of it for Python 3.13 on x86_64" in problem.rule
    assert "Python 3.12" in only_problem(install, line, runtime="python3.12").rule


def test_a_wheel_for_a_newer_system_than_the_runtimes_is_not_taken(wheels, install):
    line = wheels.make("native", tag="cp311-cp311-manylinux_2_28_aarch64")
    assert "no wheel" in only_problem(install, line, runtime="python3.11").rule


def test_a_package_that_another_needs_has_to_be_listed(wheels, install):
    line = wheels.make("alpha", requires=["beta>=1", 'gamma; sys_platform == "win32"', 'delta; extra == "x"'])
    problem = only_problem(install, line)
    assert (problem.value, problem.rule) == ("beta>=1", "alpha needs it, and it is not listed")


def test_an_extra_that_is_asked_for_counts(wheels, install):
    line = wheels.make("alpha", requires=['delta; extra == "x"'])
    assert only_problem(install, line.replace("alpha==", "alpha[x]==")).value.startswith("delta")


def test_other_bytes_than_the_hash_says_are_refused_and_leave_nothing(wheels, install, tmp_path):
    line = wheels.make("alpha")
    wheels.make("alpha", files={"alpha/evil.py": "x = 1"})
    assert "other bytes" in only_problem(install, line).rule
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_missing_hash_is_said_before_pip_is_started(install, monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    assert "has no hash" in only_problem(install, "alpha==1.0").rule


def test_a_source_package_is_not_built_whatever_the_file_or_the_user_says(install, monkeypatch, tmp_path):
    ran, folder = tmp_path / "ran", tmp_path / "sources"
    folder.mkdir()
    with tarfile.open(folder / "evil-1.0.tar.gz", "w:gz") as archive:
        script = f"open({str(ran)!r}, 'w')".encode()
        entry = tarfile.TarInfo("evil-1.0/setup.py")
        entry.size = len(script)
        archive.addfile(entry, io.BytesIO(script))
    digest = hashlib.sha256((folder / "evil-1.0.tar.gz").read_bytes()).hexdigest()
    line = f"evil==1.0 --hash=sha256:{digest}"
    for name, value in (("PIP_CONFIG_FILE", "/dev/null"), ("PIP_NO_INDEX", "1"), ("PIP_NO_BINARY", ":all:")):
        monkeypatch.setenv(name, value)
    assert "no wheel" in only_problem(install, f"--find-links {folder}", line).rule
    undone = only_problem(install, f"--find-links {folder} --no-binary :all:", line)
    assert undone.value == f"--find-links {folder} --no-binary :all:"
    assert not ran.exists()


def test_the_users_own_settings_of_pip_send_it_nowhere_else(wheels, install, monkeypatch, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    for name in ("PIP_TARGET", "PIP_PREFIX"):
        monkeypatch.setenv(name, str(elsewhere))
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_CONSTRAINT", str(tmp_path / "missing.txt"))
    assert install(wheels.make("alpha"))
    assert not elsewhere.exists()


def test_an_environment_without_pip_is_told_how_to_get_it(wheels, install, monkeypatch, tmp_path):
    (tmp_path / "pip.py").write_text("import sys; sys.exit('x: No module named pip')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert "ensurepip" in only_problem(install, wheels.make("alpha")).way_out


def test_any_other_failure_shows_what_pip_said(wheels, install, monkeypatch, tmp_path):
    (tmp_path / "pip.py").write_text("import sys; sys.exit('ERROR: the disk is full')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    problem = only_problem(install, wheels.make("alpha"))
    assert (problem.value, problem.rule) == ("the disk is full", "pip could not install it")


@pytest.mark.usefixtures("quick_pip")
def test_whoever_is_slower_takes_the_folder_of_the_faster(wheels, install, monkeypatch):
    line = wheels.make("alpha")
    folder = install(line)
    monkeypatch.setattr(requirements.Path, "is_dir", racing(requirements.Path.is_dir, folder))
    assert install(line) == folder


def racing(is_dir, folder):
    """The first question about the folder is answered as before it was made."""
    asked = []

    def answer(path):
        if path == folder and not asked:
            asked.append(path)
            return False
        return is_dir(path)

    return answer
