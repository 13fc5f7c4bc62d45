import json
import re

import pytest

from constructs_lib import ConfigError
from constructs_lib.alarms.alarms import AlarmOptions, Alarms
from constructs_lib.environment.tables.alarms import Thresholds
from constructs_lib.figures.cloudwatch import ALARMS_PER_COMPOSITE
from constructs_lib.testing import Template
from tests.support.building import function, load_balancer, network, new_stack
from tests.support.projects import SHOP, project

TOPIC = "arn:aws:sns:eu-west-1:123456789012:on-call"
WEB = """
[services.web]
image = "public.ecr.aws/nginx/nginx:1.27"
container_port = 80
exposure = "public"
paths = ["/web/*"]
"""
ALARM, COMPOSITE = "aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    text = SHOP + WEB + f'[alarms]\ntopic_arn = "{TOPIC}"\n'
    return project(tmp_path_factory.mktemp("alarms")).template(text)


def named(template, kind):
    return {address.partition(".")[2]: body for address, body in template.resources(kind).items()}


def test_each_thing_has_the_alarms_of_its_kind(shop):
    of_function = {"errors", "throttles", "duration", "concurrency", "async-event-age"}
    of_balancer = {"load-balancer-5xx", "rejected-connections", "latency-p95"}
    expected = {f"{name}_{key}" for name in ("inventory", "storefront") for key in of_function}
    expected |= {f"{name}_{key}" for name in ("internal", "public") for key in of_balancer}
    expected |= {"internal_inventory_target-5xx", "public_storefront_target-5xx"}
    expected |= {"public_web_target-5xx", "public_web_unhealthy-targets"}
    expected |= {f"web_{key}" for key in ("cpu", "memory", "missing-tasks")}
    expected |= {"network_nat_a_port-allocation", "network_nat_a_drops"}
    assert named(shop, ALARM).keys() == expected


def test_every_alarm_writes_to_the_topic_and_says_what_missing_data_is(shop):
    for name, alarm in named(shop, ALARM).items():
        assert alarm["alarm_actions"] == alarm["ok_actions"] == [TOPIC]
        missing = "breaching" if name == "web_missing-tasks" else "notBreaching"
        assert alarm["treat_missing_data"] == missing
        assert len(alarm["alarm_name"]) <= 255
    assert shop.count("aws_sns_topic") == 0


def test_thresholds_follow_the_timeout_and_the_concurrency_of_a_function(tmp_path):
    more = "port = 8080\ntimeout_s = 60\nreserved_concurrency = 50"
    text = SHOP.replace("port = 8080", more).replace("timeout_s = 15", "timeout_s = 61")
    table = f'[alarms]\ntopic_arn = "{TOPIC}"\n[alarms.thresholds]\nduration_percent = 50\n'
    alarms = named(project(tmp_path).template(text + table), ALARM)
    assert alarms["inventory_duration"]["threshold"] == 30_000
    assert alarms["inventory_concurrency"]["threshold"] == 40
    assert alarms["storefront_concurrency"]["threshold"] == 800


@pytest.mark.parametrize("reserved", [0, 1])
def test_a_function_that_is_off_or_runs_alone_has_no_alarm_on_its_concurrency(tmp_path, reserved):
    text = SHOP.replace("port = 8080", f"port = 8080\nreserved_concurrency = {reserved}")
    alarms = named(project(tmp_path).template(text + f'[alarms]\ntopic_arn = "{TOPIC}"\n'), ALARM)
    assert "inventory_concurrency" not in alarms
    assert "inventory_throttles" in alarms


def test_expressions_count_tasks_and_the_share_of_packets(shop):
    alarms = named(shop, ALARM)
    for name, expression, metrics in (
        ("web_missing-tasks", "desired - FILL(running, 0)", {"DesiredTaskCount", "RunningTaskCount"}),
        (
            "network_nat_a_drops",
            "100 * dropped / (out + back)",
            {"PacketsDropCount", "PacketsInFromSource", "PacketsInFromDestination"},
        ),
    ):
        queries = alarms[name]["metric_query"]
        assert [q["expression"] for q in queries if q.get("return_data")] == [expression]
        assert {q["metric"]["metric_name"] for q in queries if "metric" in q} == metrics


def test_every_alarm_is_below_the_one_above_all(shop):
    composites = named(shop, COMPOSITE)

    def below(name):
        found = re.findall(
            r"aws_cloudwatch_(\w+)_alarm\.([\w-]+)\.alarm_name", composites[name]["alarm_rule"]
        )
        for kind, member in found:
            yield from below(member) if kind == "composite" else [member]

    assert sorted(below("alarms")) == sorted(named(shop, ALARM))
    kinds = ("functions", "load_balancers", "network", "services")
    assert composites.keys() == {"alarms", *(f"alarms_{kind}" for kind in kinds)}


def test_the_dashboard_has_a_row_for_each_thing_in_the_order_of_the_picture(shop):
    body = json.loads(named(shop, "aws_cloudwatch_dashboard")["alarms"]["dashboard_body"])
    titles = [w["properties"]["markdown"] for w in body["widgets"] if w["type"] == "text"]
    assert titles == [
        "## Load balancer public",
        "## Function storefront",
        "## Service web",
        "## Load balancer internal",
        "## Function inventory",
        "## NAT gateway of zone a",
    ]
    graphs = [w for w in body["widgets"] if w["type"] == "metric"]
    assert len(graphs) == shop.count(ALARM)
    assert all(w["x"] + w["width"] <= 24 for w in body["widgets"])
    taken = [(w["x"], w["y"]) for w in body["widgets"]]
    assert len(set(taken)) == len(taken)


def test_an_address_gets_a_topic_that_admits_the_alarms_of_the_account_alone(tmp_path):
    template = project(tmp_path).template(SHOP + '[alarms]\nemail = "on-call@example.com"\n')
    topic = template.one("aws_sns_topic", name="shop-dev-alarms")
    assert "kms_master_key_id" not in topic
    template.one("aws_sns_topic_subscription", protocol="email", endpoint="on-call@example.com")
    [statement] = json.loads(template.one("aws_sns_topic_policy")["policy"])["Statement"]
    assert statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert (statement["Action"], statement["Effect"]) == ("sns:Publish", "Allow")
    assert statement["Condition"].keys() == {"ArnLike", "StringEquals"}
    for alarm in named(template, ALARM).values():
        assert alarm["alarm_actions"] == ["${aws_sns_topic.alarms.arn}"]


def test_the_topic_has_a_customers_key_where_one_is_named(tmp_path):
    key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd"
    text = f'[alarms]\nemail = "on-call@example.com"\nkms_key_arn = "{key}"\n'
    template = project(tmp_path).template(SHOP + text)
    template.one("aws_sns_topic", kms_master_key_id=key)


def test_once_only_the_alarm_above_all_writes(tmp_path):
    text = f'[alarms]\ntopic_arn = "{TOPIC}"\nnotify = "once"\n'
    template = project(tmp_path).template(SHOP + text)
    assert not [1 for alarm in named(template, ALARM).values() if "alarm_actions" in alarm]
    writing = [name for name, one in named(template, COMPOSITE).items() if "alarm_actions" in one]
    assert writing == ["alarms"]


def test_a_composite_alarm_never_names_more_than_aws_takes(tmp_path):
    stack = new_stack()
    net = network(stack)
    functions = [function(stack, net, tmp_path, f"function-{n}") for n in range(25)]
    options = AlarmOptions(topic_arn=TOPIC)
    Alarms(stack, "watch", name="shop-dev", network=net, functions=functions, options=options)
    template = Template.from_stack(stack)
    rules = {name: one["alarm_rule"].count("ALARM(") for name, one in named(template, COMPOSITE).items()}
    assert rules.keys() == {"alarms", "alarms_functions_0", "alarms_functions_1"}
    assert max(rules.values()) <= ALARMS_PER_COMPOSITE
    assert sum(rules.values()) - rules["alarms"] == template.count(ALARM)


def test_without_the_table_nothing_of_it_is_made(tmp_path):
    template = project(tmp_path).template(SHOP)
    assert not [a for a in template.addresses if "cloudwatch_metric" in a or "sns" in a or "dashboard" in a]


def test_alarms_need_one_target_and_something_to_watch():
    for wrong in ({}, {"topic_arn": TOPIC, "email": "a@example.com"}):
        with pytest.raises(ConfigError, match="one target"):
            AlarmOptions(**wrong)
    stack = new_stack()
    options = AlarmOptions(topic_arn=TOPIC, thresholds=Thresholds(target_5xx=1))
    with pytest.raises(ConfigError, match="NAT gateway to watch"):
        Alarms(stack, "watch", name="shop-dev", network=network(stack), options=options)


def test_a_workload_behind_both_load_balancers_is_watched_at_each(tmp_path):
    stack = new_stack()
    net = network(stack)
    web = function(stack, net, tmp_path, "web")
    balancers = [load_balancer(stack, net, name=f"shop-dev-{e}", exposure=e) for e in ("internal", "public")]
    for balancer in balancers:
        balancer.serve(web, port=80)
    options = AlarmOptions(topic_arn=TOPIC)
    parts = {"load_balancers": balancers, "functions": [web]}
    Alarms(stack, "watch", name="shop-dev", network=net, options=options, **parts)
    alarms = named(Template.from_stack(stack), ALARM)
    assert {"internal_web_target-5xx", "public_web_target-5xx", "web_errors"} <= alarms.keys()


def test_nat_gateways_that_exist_are_watched_and_those_of_each_zone(tmp_path):
    table = f'[alarms]\ntopic_arn = "{TOPIC}"\n'
    per_az = SHOP.replace('nat = "single"\nnat_zone = "a"', 'nat = "per_az"')
    alarms = named(project(tmp_path).template(per_az + table), ALARM)
    assert {"network_nat_a_drops", "network_nat_b_port-allocation"} <= alarms.keys()
    regional = named(project(tmp_path).template(per_az.replace("per_az", "regional") + table), ALARM)
    assert {name for name in regional if "nat" in name} == {
        "network_nat_drops",
        "network_nat_port-allocation",
    }
    gateways = 'nat_gateway_ids = {a = "nat-0123456789abcdef0", b = "nat-0123456789abcdef1"}'
    existing = SHOP.replace(
        'nat = "single"\nnat_zone = "a"\n',
        'block = "10.20.16.0/20"\n[network.existing]\nvpc_id = "vpc-0123456789abcdef0"\n'
        f'internet_gateway_id = "igw-0123456789abcdef0"\n{gateways}\n',
    )
    alarms = named(project(tmp_path).template(existing + table), ALARM)
    assert alarms["network_nat_a_port-allocation"]["dimensions"] == {
        "NatGatewayId": "${data.aws_nat_gateway.network_nat_a.id}"
    }


def test_nothing_depends_on_the_order_of_the_file(tmp_path):
    table = f'[alarms]\ntopic_arn = "{TOPIC}"\n'
    job = '[functions.prices]\nsource = "src/prices"\n'
    head, inventory, storefront = re.split(r"(?=\[functions)", SHOP)
    made = project(tmp_path)
    one = made.template(head + table + inventory + storefront + job)
    other = made.template(head + job + storefront + inventory + table)
    for kind in (ALARM, COMPOSITE, "aws_cloudwatch_dashboard"):
        assert one.resources(kind) == other.resources(kind)


def test_a_queue_is_watched_with_its_dead_letters_and_one_that_exists_by_its_name(tmp_path):
    text = SHOP + f'[alarms]\ntopic_arn = "{TOPIC}"\n[functions.inventory.triggers.orders]\nqueue = "new"\n'
    text += '[functions.inventory.triggers.old]\nqueue = "arn:aws:sqs:eu-west-1:123456789012:elsewhere"\n'
    template = project(tmp_path).template(text)
    watched = {
        name: (alarm["metric_name"], alarm["dimensions"]["QueueName"], alarm["threshold"])
        for name, alarm in named(template, ALARM).items()
        if "_trigger_" in name
    }
    age, visible = "ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"
    own = "shop-dev-inventory--orders"
    assert watched == {
        "inventory_trigger_orders_oldest-message": (age, own, 600),
        "inventory_trigger_orders_dead-letters": (visible, f"{own}--dead-letters", 1),
        "inventory_trigger_old_oldest-message": (age, "elsewhere", 600),
    }
    assert "alarms_queues" in named(template, COMPOSITE)
