"""The idle cost and its alternatives, against sums made by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.figures.prices import BUILT_IN, load_prices
from constructs_lib.views.cost.cost import MonthlyCost, cost_markdown, monthly_idle_cost
from tests.support.architecture import add, default_document, document_of, drop, environment_of, resource
from tests.support.projects import SHOP, project
from tests.support.written_stacks import stack_of

REGIONS = ("eu-central-1", "eu-west-1", "us-east-1", "us-west-2")


def cost_of(document: dict[str, Any], region: str, **more: Any) -> MonthlyCost:
    return monthly_idle_cost(stack_of(document).model, region, **more)


def cost_text(document: dict[str, Any], **more: Any) -> str:
    return cost_markdown(stack_of(document).model, **more)


def lines(document: dict[str, Any], region: str = "us-east-1") -> dict[str, str]:
    """The idle cost of each line, by its words."""
    return {item.what: f"{item.monthly:.2f}" for item in cost_of(document, region).items}


def document_with_service(**task: Any) -> dict[str, Any]:
    document = default_document()
    add(
        document,
        "aws_ecs_task_definition.web",
        requires_compatibilities=["FARGATE"],
        cpu="512",
        memory="1024",
        **task,
    )
    add(
        document,
        "aws_ecs_service.web",
        desired_count=3,
        launch_type="FARGATE",
        task_definition="${aws_ecs_task_definition.web.arn}",
        network_configuration={"subnets": ["${aws_subnet.network_private_a.id}"], "security_groups": []},
    )
    return document


def test_the_default_environment_has_these_lines() -> None:
    assert lines(default_document()) == {
        "NAT gateways": "32.85",  # 730 * 0.045
        "Elastic IPs, those of NAT gateways included": "3.65",  # 730 * 0.005
        "public IPv4 addresses of load balancers, one in each zone at least": "7.30",  # 2 zones
        "interface endpoints, each in every zone": "14.60",  # logs in 2 zones * 730 * 0.01
        "application load balancers": "32.85",  # 2 * 730 * 0.0225
    }
    assert cost_of(default_document(), "us-east-1").total == Decimal("91.25")


def test_one_nat_gateway_in_each_zone_multiplies_gateways_and_addresses() -> None:
    network = {"nat": "per_az", "availability_zones": ["a", "b", "c"]}
    cost = cost_of(document_of(environment_of(network=network)), "us-east-1")
    assert cost.of("nat_gateways") == 3 * 730 * Decimal("0.045")
    assert cost.of("public_addresses") == 6 * 730 * Decimal("0.005")
    assert cost.of("interface_endpoints") == 3 * 730 * Decimal("0.01")


def test_a_regional_nat_gateway_is_billed_in_each_of_its_zones(tmp_path: Path) -> None:
    text = SHOP.replace('"single"\nnat_zone = "a"', '"regional"').replace("eu-west-1", "us-east-1")
    document = project(tmp_path).template(text).to_dict()
    cost = cost_of(document, "us-east-1")
    assert cost.of("nat_gateways") == 2 * 730 * Decimal("0.045")
    assert "NAT gateways, a regional one once in each zone" in lines(document)
    said = cost_text(document, region="us-east-1")
    assert "| regional, billed in each zone | 2 | $73.00 | as here |" in said
    for block in (one := document["resource"]["aws_nat_gateway"]["network_nat"])["availability_zone_address"]:
        assert block["availability_zone"][:-1] == "us-east-1"
    del one["availability_zone_address"]  # AWS then goes where the workloads are
    assert cost_of(document, "us-east-1").of("nat_gateways") == 2 * 730 * Decimal("0.045")


def test_what_is_not_there_costs_nothing_and_has_no_line() -> None:
    cost = cost_of({"data": {"aws_region": {"here": {}}}}, "us-east-1")
    assert (cost.items, cost.total, cost.of("nat_gateways")) == ((), 0, 0)


def test_gateway_endpoints_cost_nothing() -> None:
    network = {"nat": "none", "endpoints": {"interface": [], "gateway": ["s3", "dynamodb"]}}
    assert set(lines(document_of(environment_of(network=network)))) == {
        "application load balancers",
        "public IPv4 addresses of load balancers, one in each zone at least",
    }


@pytest.mark.parametrize(
    ("task", "architecture", "cpu", "memory"),
    [
        ({}, "X86_64", "44.33", "9.73"),  # 3 * 0.5 * 730 * 0.04048 and 3 * 1 * 730 * 0.004445
        ({"runtime_platform": {"cpu_architecture": "ARM64"}}, "ARM64", "35.46", "7.80"),
    ],
)
def test_fargate_tasks_are_billed_by_cpu_and_memory(
    task: dict[str, Any], architecture: str, cpu: str, memory: str
) -> None:
    found = lines(document_with_service(**task))
    assert found[f"vCPUs of Fargate on {architecture}"] == cpu
    assert found[f"GB of memory of Fargate on {architecture}"] == memory


def test_an_elastic_ip_is_billed_though_no_nat_gateway_has_it() -> None:
    document = default_document()
    add(document, "aws_eip.spare", domain="vpc")
    assert lines(document)["Elastic IPs, those of NAT gateways included"] == "7.30"


def test_a_nat_gateway_with_an_address_that_exists_already_pays_for_it() -> None:
    document = default_document()
    drop(document, "aws_eip.network_nat_a")
    resource(document, "aws_nat_gateway.network_nat_a")["allocation_id"] = "eipalloc-0123456789abcdef0"
    assert lines(document)["Elastic IPs, those of NAT gateways included"] == "3.65"


def test_kms_keys_are_billed_by_the_month() -> None:
    document = default_document()
    add(document, "aws_kms_key.state", description="state")
    assert lines(document)["KMS keys"] == "1.00"


def test_alarms_are_billed_by_their_metrics_and_dashboards_by_the_month() -> None:
    document = default_document()
    name = "aws_cloudwatch_metric_alarm"
    add(document, f"{name}.one", metric_name="Errors")
    parts: list[dict[str, Any]] = [{"id": "e", "expression": "a - b"}]
    parts += [{"id": id_, "metric": {"stat": "Sum"}} for id_ in "ab"]
    add(document, f"{name}.two", metric_query=parts)
    add(document, "aws_cloudwatch_composite_alarm.all", alarm_rule="TRUE")
    add(document, "aws_cloudwatch_dashboard.all", dashboard_body="{}")
    found = lines(document)
    assert (found["metrics of alarms"], found["composite alarms"], found["dashboards"]) == (
        *("0.30", "0.50"),
        "3.00",
    )


def test_the_document_says_what_is_billed_and_not_priced() -> None:
    document = default_document()
    add(document, "aws_wafv2_web_acl.public", scope="REGIONAL")
    assert "Billed too, but not priced here: 1 web ACLs." in cost_text(document, region="us-east-1")
    add(document, "aws_lambda_event_source_mapping.orders", batch_size=10)
    assert "1 pollers of queues or streams" in cost_text(document, region="us-east-1")


def test_the_alternatives_are_in_numbers() -> None:
    text = cost_text(default_document(), region="us-east-1")
    assert "| single | 1 | $36.50 | as here |" in text
    assert "One in each zone costs $36.50 a month more than a single one" in text
    assert "cheaper up to 1,825 GB a month" in text  # 36.50 / 0.02
    assert "these endpoints cost $21.90 less than the NAT gateway" in text  # 36.50 - 14.60
    assert "they pay from 418 GB a month on" in text  # 14.60 / 0.035


def test_many_endpoints_cost_more_than_the_nat_gateway_that_they_replace() -> None:
    endpoints = {"interface": ["logs", "monitoring", "sqs", "sns"], "gateway": []}
    document = document_of(environment_of(network={"nat": "single", "nat_zone": "a", "endpoints": endpoints}))
    assert "these endpoints cost $21.90 more than the NAT gateway" in cost_text(document, region="us-east-1")


def test_a_region_without_prices_says_so_and_shows_quantities() -> None:
    text = cost_text(default_document(), region="ap-southeast-7")
    assert "There are no prices for ap-southeast-7 here" in text
    assert "| NAT gateways | 1 | ? an hour | ? |" in text
    assert "## Alternatives" not in text
    assert cost_of(default_document(), "ap-southeast-7").total is None


def test_the_users_prices_go_before_ours(tmp_path: Path) -> None:
    file = tmp_path / "prices.json"
    file.write_text(json.dumps({"date": "2027-01-01", "regions": {"us-east-1": {"nat_gateway_hour": 0.03}}}))
    cost = cost_of(default_document(), "us-east-1", prices=file)
    assert cost.of("nat_gateways") == 730 * Decimal("0.03")
    assert cost.of("load_balancers") == 2 * 730 * Decimal("0.0225")
    assert "as of 2027-01-01" in cost_text(default_document(), region="us-east-1", prices=file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "can't be read as JSON"),
        ("[]", "is no object with an object of regions"),
        ('{"regions": {"us-east-1": []}}', "regions.us-east-1 is no object"),
        ('{"regions": {"us-east-1": {"nat_hour": 1}}}', "regions.us-east-1.nat_hour = 1 is no price"),
        ('{"regions": {"us-east-1": {"lcu_hour": "cheap"}}}', "lcu_hour = 'cheap' is no price"),
        ('{"regions": {"us-east-1": {"lcu_hour": -1}}}', "lcu_hour = -1 is no price"),
        ('{"regions": {"us-east-1": {"lcu_hour": true}}}', "lcu_hour = True is no price"),
    ],
)
def test_a_file_of_prices_that_is_wrong_is_wrong_input(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "prices.json"
    file.write_text(text)
    with pytest.raises(ConfigError) as raised:
        cost_text(default_document(), region="us-east-1", prices=file)
    assert said in str(raised.value)


def test_a_file_of_prices_that_is_missing_is_wrong_input(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="can't be read as JSON"):
        load_prices("us-east-1", tmp_path / "prices.json")


def test_every_region_has_every_price_with_its_page_and_a_date() -> None:
    ours = json.loads(BUILT_IN.read_text())
    assert tuple(sorted(ours["regions"])) == REGIONS
    for region in REGIONS:
        assert set(load_prices(region).amounts) == set(ours["sources"])
    assert all(page.startswith("https://aws.amazon.com/") for page in ours["sources"].values())


def test_a_million_short_requests_to_a_function_are_priced_by_its_size() -> None:
    document = default_document()
    for function in document["resource"]["aws_lambda_function"].values():
        function.update(memory_size=512, architectures=["arm64"])
    # 0.20 + 0.5 GB * 0.1 s * 1,000,000 * 0.0000133334
    assert "| 512 MB, arm64 | 2 | $0.87 |" in cost_text(document, region="us-east-1")
