from pathlib import Path

from tests.support.command_line import command as run
from tests.support.command_line import process
from tests.support.projects import SHOP

ROOT = Path(__file__).resolve().parents[2]


def test_a_file_in_order_writes_nothing_and_starts_no_node(shop):
    result = process(shop, "check", "environments/dev.toml", JSII_NODE="/no/such/node")
    assert (result.returncode, result.stdout, result.stderr) == (0, "dev: in order\n", "")
    assert not (shop.root / "cdktf.out").exists()


def test_several_wrong_files_are_all_reported(shop):
    shop.write("x = 1\n" + SHOP, "a")
    shop.write("broken = [", "b")
    result = run(shop, "check", "environments/a.toml", "environments/b.toml")
    assert result.returncode == 2
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == [
        "environments/a.toml",
        "environments/b.toml",
    ]


def test_warnings_are_shown_and_do_not_fail(shop):
    shop.write(SHOP.replace("internet = true\n", ""))
    result = run(shop, "check", "environments/dev.toml")
    assert result.returncode == 0
    assert "environments/dev.toml: warning: network.nat: 'single'" in result.stderr


def test_a_file_that_does_not_exist_is_the_users_fault(shop):
    result = run(shop, "check", "environments/no.toml")
    assert (result.returncode, "Traceback" in result.stderr, result.stderr == "") == (2, False, False)


def test_a_link_that_leads_nowhere_is_the_users_to_change(shop):
    (shop.root / "loop.toml").symlink_to("loop.toml")
    result = run(shop, "check", "loop.toml")
    assert result.returncode == 2
    assert result.stderr.startswith("loop.toml: error: file: 'loop.toml': ")


def test_an_environment_whose_names_continue_those_of_another_file_is_refused(shop):
    shop.write(SHOP, "dev-eu")
    every = run(shop, "check")
    assert every.returncode == 2
    assert "names of shop-dev-eu continue those of shop-dev" in every.stderr
    alone = run(shop, "check", "environments/dev-eu.toml")
    assert alone.returncode == 2, "the other file counts, whether or not this run loads it"
    shop.write('account_id = "111111111111"\n' + SHOP, "dev")
    shop.write('account_id = "222222222222"\n' + SHOP, "dev-eu")
    assert run(shop, "check").returncode == 0
    shop.write("broken", "dev")
    assert run(shop, "check", "environments/dev-eu.toml").returncode == 0
