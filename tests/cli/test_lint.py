"""``lint`` on Terraform JSON of anybody, and the same rules in ``synth`` and ``prove``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from constructs_lib.cli import app
from constructs_lib.rules import RuleVerdict
from tests.support.command_line import command as run
from tests.support.projects import SHOP
from tests.support.ruling import changed, document, group, vpc

ROOT = Path(__file__).resolve().parents[2]
WAIVER = '[[waivers]]\nrule = "alb-idle-timeout"\naddress = "aws_lb.internal"\nreason = "a batch waits"\n'


def lint(tmp_path, resources, *options):
    file = tmp_path / "main.tf.json"
    file.write_text(json.dumps(document(resources)), encoding="utf-8")
    return CliRunner().invoke(app, ["lint", str(file), *options])


BROKEN = changed(vpc(), "aws_vpc.main", cidr_block="10.0.0.0/8")


def test_what_is_in_order_gives_a_summary_and_status_0(tmp_path):
    result = lint(tmp_path, vpc())
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("0 errors, 0 warnings, 0 notes, 1 cannot tell, ")


def test_a_broken_rule_is_named_with_its_figure_place_and_sentence(tmp_path):
    result = lint(tmp_path, BROKEN)
    assert result.exit_code == 2
    assert [
        *("cidr-block-size", "E", "size of VPCs and subnets (/16 to /28)", "aws_vpc.main"),
        "cidr_block is 10.0.0.0/8; AWS takes /16 to /28",
    ] in [re.split("  +", line) for line in result.stdout.splitlines()]


def test_a_warning_alone_is_no_failure(tmp_path):
    many = {f"aws_eip.e{number}": {} for number in range(6)}
    result = lint(tmp_path, many)
    assert (result.exit_code, "6 Elastic IPs" in result.stdout) == (0, True)


def test_advice_is_counted_and_shown_on_request(tmp_path):
    plain, shown = lint(tmp_path, vpc() | group("own")), lint(tmp_path, vpc() | group("own"), "--notes")
    assert (plain.exit_code, shown.exit_code) == (0, 0)
    assert "1 notes (--notes shows them)" in plain.stdout
    assert "create_before_destroy" not in plain.stdout
    assert re.search("^security-group-replacement +N  ", shown.stdout, re.M)


@pytest.fixture
def folder(tmp_path):
    """A folder with an error, and how to lint it beside settings."""
    (tmp_path / "main.tf.json").write_text(json.dumps(document(BROKEN)), encoding="utf-8")

    def linted(settings=None, *options):
        if settings is not None:
            (tmp_path / "lint.toml").write_text(settings, encoding="utf-8")
        return CliRunner().invoke(app, ["lint", str(tmp_path), *options])

    linted.root = tmp_path
    return linted


ACCEPTED = '[[waivers]]\nrule = "cidr-block-size"\nreason = "an old VPC"\n'
IDLE = '[[waivers]]\nrule = "alb-name"\nreason = "none"\n'


def test_a_folder_has_waivers_of_its_own(folder):
    assert folder().exit_code == 2
    result = folder(ACCEPTED)
    assert (result.exit_code, "0 errors" in result.stdout) == (0, True)
    assert "waived: cidr-block-size (E): aws_vpc.main: " in result.stderr
    assert "(because: an old VPC)" in result.stderr


def test_a_folder_has_quotas_of_its_own(folder):
    listeners = {f"aws_eip.e{number}": {} for number in range(6)}
    folder()
    (folder.root / "main.tf.json").write_text(json.dumps(document(listeners)), encoding="utf-8")
    assert "1 warnings" in folder().stdout
    assert "0 warnings" in folder("[quotas]\nelastic_ips = 6\n").stdout


def test_settings_may_lie_elsewhere(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text(ACCEPTED, encoding="utf-8")
    assert folder("", "--settings", str(elsewhere)).exit_code == 0
    missing = folder("", "--settings", str(tmp_path / "missing.toml"))
    assert (missing.exit_code, "does not exist" in missing.stderr) == (2, True)


def test_an_idle_waiver_of_a_folder_is_a_warning(folder):
    result = folder(ACCEPTED + IDLE)
    assert (result.exit_code, "waivers[1]: 'alb-name': waives nothing" in result.stderr) == (0, True)


def test_everything_wrong_with_settings_is_said_at_once(folder):
    result = folder('[[waivers]]\nrule = "alb-nam"\n\n[[waiver]]\nrule = "alb-name"\n')
    assert (result.exit_code, result.stdout) == (2, "")
    for part in ("waivers[0].rule", "waivers[0].reason", "'waiver'"):
        assert part in result.stderr


def test_what_is_not_understood_is_named(tmp_path):
    module = {"net": {"source": "./net", "vpc_id": "${aws_vpc.main.id}"}}
    content = document({**vpc(), "aws_sagemaker_domain.x": {}}, module=module)
    (tmp_path / "main.tf.json").write_text(json.dumps(content), encoding="utf-8")
    result = CliRunner().invoke(app, ["lint", str(tmp_path)])
    [last] = result.stdout.splitlines()[-1:]
    assert "1 module calls not followed; not followed: module.net" in last
    assert last.endswith("types that are not modelled: aws_sagemaker_domain")
    found = json.loads(CliRunner().invoke(app, ["lint", str(tmp_path), "--format", "json"]).stdout)
    assert (found["not_followed"], found["not_modelled"]) == (["module.net"], {"aws_sagemaker_domain": 1})


@pytest.mark.parametrize("command", ["lint", "explain", "diagram"])
def test_a_folder_of_which_nothing_is_understood_is_no_success(tmp_path, command):
    content = {"module": {"net": {"source": "./net"}}, "resource": {"azurerm_subnet": {"a": {}}}}
    (tmp_path / "main.tf.json").write_text(json.dumps(content), encoding="utf-8")
    result = CliRunner().invoke(app, [command, str(tmp_path)], obj=tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "not followed: module.net" in result.stderr
    assert "azurerm_subnet" in result.stderr


def test_json_has_every_verdict(tmp_path):
    result = lint(tmp_path, BROKEN, "--format", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["counts"]["broken"]) == (2, 1)
    [broken] = [one for one in found["verdicts"] if one["verdict"] == "broken"]
    assert (broken["rule"], broken["severity"], broken["address"]) == ("cidr-block-size", "E", "aws_vpc.main")
    assert sum(found["counts"].values()) == len(found["verdicts"])


def test_markdown_is_a_table_with_the_source(tmp_path):
    result = lint(tmp_path, BROKEN, "--format", "markdown")
    [row] = [line for line in result.stdout.splitlines() if line.startswith("| cidr-block-size |")]
    assert "`aws_vpc.main`" in row
    assert row.endswith("https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html |")


def test_a_folder_is_read_as_one_module(tmp_path):
    for address, body in vpc().items():
        (tmp_path / f"{address}.tf.json").write_text(json.dumps(document({address: body})), encoding="utf-8")
    result = CliRunner().invoke(app, ["lint", str(tmp_path)])
    assert (result.exit_code, "0 errors" in result.stdout) == (0, True)


@pytest.mark.parametrize("content", [None, "no json", "[]"])
def test_what_is_no_terraform_json_is_the_users_fault(tmp_path, content):
    file = tmp_path / "main.tf.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(app, ["lint", str(file)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "name a cdk.tf.json, or a folder with *.tf.json files" in result.stderr


def bent(shop):
    """What a synth wrote, with a load balancer whose patience is too long for AWS."""
    run(shop)
    file = shop.root / "cdktf.out/stacks/dev/cdk.tf.json"
    found = json.loads(file.read_text(encoding="utf-8"))
    found["resource"]["aws_lb"]["internal"]["idle_timeout"] = 5000
    file.write_text(json.dumps(found), encoding="utf-8")


PROVE = ("prove", "environments/dev.toml", "--terraform", "cdktf.out/stacks/dev")


def test_a_proof_holds_the_document_to_awss_rules(shop):
    bent(shop)
    result = run(shop, *PROVE)
    assert (result.returncode, result.stdout) == (2, "")
    assert "aws_lb.internal: idle_timeout is 5000 s; AWS takes 1 to 4000" in result.stderr


def test_a_waiver_with_a_reason_lets_it_pass_and_is_said(shop):
    bent(shop)
    shop.write(SHOP + WAIVER)
    result = run(shop, *PROVE)
    assert result.returncode == 0
    assert "dev: waived: alb-idle-timeout (E): aws_lb.internal: " in result.stderr
    assert "(because: a batch waits)" in result.stderr


def test_a_waiver_that_waives_nothing_is_a_warning_of_every_command_that_can_tell(shop):
    shop.write(SHOP + WAIVER)
    dev = "environments/dev.toml"
    for arguments in ((), ("prove", dev), ("handoff", dev, "--output", "out")):
        result = run(shop, *arguments)
        assert result.returncode == 0
        assert (
            "dev: warning: waivers[0]: 'alb-idle-timeout': waives nothing: alb-idle-timeout is not broken by "
            "aws_lb.internal: remove the waiver" in result.stderr
        )


def test_a_synth_that_breaks_a_rule_is_a_fault_of_ours(shop, monkeypatch):
    rule = ("alb-idle-timeout", "E", "idle timeout", "", "https://docs.aws.amazon.com")
    broken = RuleVerdict(*rule, "broken", "aws_lb.x", "bent")
    monkeypatch.setattr("constructs_lib.views.written_stack.check_rules", lambda *_: [broken])
    arguments = ["synth", "--output", str(shop.root / "out")]
    result = CliRunner().invoke(app, arguments, obj=shop.root)
    assert (result.exit_code, "proven" in result.stdout) == (1, False)
    assert (
        "dev: rules of AWS that are broken: 1\nalb-idle-timeout: E: idle timeout: aws_lb.x: bent\n"
        in result.stderr
    )
