from __future__ import annotations

import json
import subprocess
import sys

import pytest

from constructs_lib import testing
from constructs_lib.errors import ConfigError
from constructs_lib.testing import Capture, Match, Template

pytest_plugins = ("constructs_lib.testing.pytest_plugin",)

DOCUMENT = {
    "//": {"metadata": {"stackName": "dev"}},
    "terraform": {"backend": {"s3": {"bucket": "acme-terraform-state", "key": "shop/dev.tfstate"}}},
    "provider": {"aws": [{"region": "us-east-1"}]},
    "data": {"aws_partition": {"current": {"//": {"metadata": {}}}}},
    "resource": {
        "aws_vpc": {"network": {"//": {"metadata": {}}, "cidr_block": "172.30.0.0/16"}},
        "aws_subnet": {
            "network_private_b": {"cidr_block": "172.30.65.0/24", "vpc_id": "${aws_vpc.network.id}"},
            "network_private_a": {"cidr_block": "172.30.64.0/24", "vpc_id": '${aws_vpc.network["id"]}'},
            "network_public_a": {
                "cidr_block": "172.30.72.0/24",
                "vpc_id": "${aws_vpc.network.id}",
                "map_public_ip_on_launch": True,
            },
        },
        "aws_lb_listener": {
            "internal_80": {"port": 80, "default_action": [{"type": "fixed-response", "order": 1}]},
            "internal_8080": {"port": 8080, "default_action": [{"type": "forward", "order": 1}]},
        },
    },
    "output": {"url": {"value": "http://${aws_lb.internal.dns_name}", "sensitive": False}},
}


def read(**sections) -> Template:
    return Template.from_json(json.dumps({**DOCUMENT, **sections}))


def message(check) -> str:
    with pytest.raises(AssertionError) as failure:
        check()
    return str(failure.value)


def test_resources_come_by_address_and_sorted():
    private = read().resources("aws_subnet", map_public_ip_on_launch=Match.absent())
    assert list(private) == ["aws_subnet.network_private_a", "aws_subnet.network_private_b"]
    assert private["aws_subnet.network_private_b"] == DOCUMENT["resource"]["aws_subnet"]["network_private_b"]


def test_resources_of_a_type_that_is_not_there_are_none():
    assert read().resources("aws_nat_gateway") == {}


def test_a_property_may_have_the_name_of_an_argument():
    rule = read(
        resource={"aws_security_group_rule": {"a": {"type": "ingress", "kind": "x", "n": 1, "self": True}}}
    )
    assert rule.count("aws_security_group_rule", type="ingress", kind="x", n=1, self=True) == 1


def test_what_comes_back_is_a_copy():
    template = read()
    template.one("aws_vpc")["cidr_block"] = "changed"
    template.outputs["url"]["value"] = "changed"
    template.backend["s3"]["bucket"] = "changed"
    template.to_dict()["resource"].clear()
    assert template.to_dict() == read().to_dict()


def test_one_knows_its_address():
    assert read().one("aws_subnet", cidr_block="172.30.64.0/24").address == "aws_subnet.network_private_a"


def test_one_that_does_not_match_shows_the_closest_first():
    check = lambda: read().one("aws_subnet", cidr_block="172.30.72.0/24", vpc_id="vpc-1", tags=Match.absent())  # noqa: E731
    assert message(check) == "\n".join(
        [
            "expected 1 aws_subnet with cidr_block='172.30.72.0/24', vpc_id='vpc-1', tags=Match.absent(), "
            "found 0",
            "aws_subnet.network_public_a differs:",
            "  vpc_id: expected 'vpc-1', got '${aws_vpc.network.id}'",
            "aws_subnet.network_private_a differs:",
            "  cidr_block: expected '172.30.72.0/24', got '172.30.64.0/24'",
            "  vpc_id: expected 'vpc-1', got '${aws_vpc.network[\"id\"]}'",
            "aws_subnet.network_private_b differs:",
            "  cidr_block: expected '172.30.72.0/24', got '172.30.65.0/24'",
            "  vpc_id: expected 'vpc-1', got '${aws_vpc.network.id}'",
        ]
    )


def test_a_missing_block_is_further_away_than_a_wrong_value_in_it():
    rule = {"from_port": 443, "to_port": 443}
    groups = {"a": {}, "b": {"ingress": [{"from_port": 80, "to_port": 443}]}}
    text = message(
        lambda: read(resource={"aws_security_group": groups}).one("aws_security_group", ingress=[rule])
    )
    assert text.splitlines()[1:] == [
        "aws_security_group.b differs:",
        "  ingress[0].from_port: expected 443, got 80",
        "aws_security_group.a differs:",
        "  ingress: expected [{'from_port': 443, 'to_port': 443}], got nothing",
    ]


def test_only_the_three_closest_are_shown():
    buckets = {name: {"bucket": name} for name in "abcde"}
    lines = message(
        lambda: read(resource={"aws_s3_bucket": buckets}).one("aws_s3_bucket", bucket="f")
    ).splitlines()
    assert [line for line in lines if line.endswith("differs:")] == [
        f"aws_s3_bucket.{name} differs:" for name in "abc"
    ]
    assert lines[-1] == "and 2 more"


def test_one_of_several_names_them_all():
    assert message(lambda: read().one("aws_lb_listener")) == "\n".join(
        [
            "expected 1 aws_lb_listener, found 2",
            "aws_lb_listener.internal_80 matches",
            "aws_lb_listener.internal_8080 matches",
        ]
    )


def test_one_of_a_type_that_is_not_there_says_which_types_are():
    assert message(lambda: read().one("aws_lb", internal=True)) == "\n".join(
        [
            "expected 1 aws_lb with internal=True, found 0",
            "there is no aws_lb; there are: aws_lb_listener, aws_subnet, aws_vpc, data.aws_partition",
        ]
    )
    assert message(lambda: Template.from_json("{}").one("aws_lb")).endswith(
        "there is no aws_lb; there are: none"
    )


def test_count_counts_what_matches():
    assert read().count("aws_subnet") == 3
    assert read().count("aws_subnet", vpc_id=Match.ref("aws_vpc.network", "id")) == 3
    assert read().count("aws_subnet", map_public_ip_on_launch=True) == 1
    assert read().count("aws_lb") == 0


def test_a_wrong_count_shows_what_matches_and_what_nearly_does():
    read().assert_count("aws_lb_listener", 1, port=80)
    assert message(lambda: read().assert_count("aws_lb_listener", 2, port=80)) == "\n".join(
        [
            "expected 2 aws_lb_listener with port=80, found 1",
            "aws_lb_listener.internal_80 matches",
            "aws_lb_listener.internal_8080 differs:",
            "  port: expected 80, got 8080",
        ]
    )


def test_that_nothing_matches_can_be_asserted():
    read().assert_count("aws_subnet", 0, map_public_ip_on_launch=False)
    assert message(lambda: read().assert_count("aws_subnet", 0, map_public_ip_on_launch=True)) == "\n".join(
        [
            "expected 0 aws_subnet with map_public_ip_on_launch=True, found 1",
            "aws_subnet.network_public_a matches",
        ]
    )


def test_every_one_is_compared_and_all_that_differ_are_shown():
    read().assert_every("aws_subnet", vpc_id=Match.ref("aws_vpc.network"))
    wanted = [Match.object_like({"type": "redirect"})]
    assert message(lambda: read().assert_every("aws_lb_listener", default_action=wanted)) == "\n".join(
        [
            "expected every aws_lb_listener with default_action=[Match.object_like({'type': 'redirect'})]; "
            "2 of 2 differ",
            "aws_lb_listener.internal_80 differs:",
            "  default_action[0].type: expected 'redirect', got 'fixed-response'",
            "aws_lb_listener.internal_8080 differs:",
            "  default_action[0].type: expected 'redirect', got 'forward'",
        ]
    )


def test_every_one_shows_only_those_that_differ():
    text = message(lambda: read().assert_every("aws_subnet", map_public_ip_on_launch=Match.absent()))
    assert text.splitlines()[1:] == [
        "aws_subnet.network_public_a differs:",
        "  map_public_ip_on_launch: expected nothing, got True",
    ]


def test_every_one_of_none_is_a_failure():
    assert message(lambda: read().assert_every("aws_eip", domain="vpc")).splitlines()[0] == (
        "expected every aws_eip with domain='vpc'; 0 of 0 differ"
    )


def test_a_failed_check_captures_nothing():
    port = Capture()
    message(lambda: read().assert_count("aws_lb_listener", 1, port=port))
    message(lambda: read().assert_every("aws_lb_listener", port=port, default_action=Match.absent()))
    assert port.values == []


def test_data_sources_are_asked_for_with_the_same_words():
    template = read()
    assert list(template.data("aws_partition")) == ["data.aws_partition.current"]
    assert template.one("data.aws_partition").address == "data.aws_partition.current"
    assert template.data("aws_partition", dns_suffix="amazonaws.com") == {}
    assert template.resources("aws_partition") == {}


def test_addresses_are_sorted_and_hold_the_data_sources():
    assert read().addresses == [
        "aws_lb_listener.internal_80",
        "aws_lb_listener.internal_8080",
        "aws_subnet.network_private_a",
        "aws_subnet.network_private_b",
        "aws_subnet.network_public_a",
        "aws_vpc.network",
        "data.aws_partition.current",
    ]


def test_outputs_are_by_name():
    assert read().outputs == {
        "url": {"value": f"http://{Match.ref('aws_lb.internal', 'dns_name')}", "sensitive": False}
    }
    assert Template.from_json("{}").outputs == {}


def test_the_backend_is_by_its_type():
    assert read().backend == {"s3": Match.object_like({"bucket": "acme-terraform-state"})}
    assert read(terraform={"cloud": {"organization": "acme"}}).backend == {"cloud": {"organization": "acme"}}
    assert read(terraform={}).backend == {}
    assert Template.from_json("{}").backend == {}


def test_the_metadata_of_cdktf_is_hidden():
    assert "//" not in json.dumps(read(output={}).to_dict())
    assert read().one("aws_vpc") == {"cidr_block": "172.30.0.0/16"}
    commented = {"aws_lb": {"a": {"subnet_mapping": [{"//": "why", "subnet_id": "x"}]}}}
    assert read(resource=commented).one("aws_lb") == {"subnet_mapping": [{"subnet_id": "x"}]}


def test_a_folder_is_read_as_terraform_reads_it(tmp_path):
    (tmp_path / "cdk.tf.json").write_text(json.dumps(DOCUMENT))
    more = [{"aws_subnet": [{"extra": [{"cidr_block": "10.0.0.0/24"}]}]}, {"aws_eip": {"nat": {}}}]
    (tmp_path / "more.tf.json").write_text(
        json.dumps({"resource": more, "provider": {"aws": {"alias": "dns"}}})
    )
    template = Template.from_directory(str(tmp_path))
    assert set(template.addresses) - set(read().addresses) == {"aws_subnet.extra", "aws_eip.nat"}
    assert template.to_dict()["provider"] == {"aws": [{"region": "us-east-1"}, {"alias": "dns"}]}
    assert template.one("aws_subnet", cidr_block="10.0.0.0/24").address == "aws_subnet.extra"


def test_what_terraform_refuses_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"there is no \*\.tf\.json in this folder"):
        Template.from_directory(tmp_path)
    with pytest.raises(ConfigError, match=r"the text: resource\.aws_vpc: 7: is no Terraform JSON"):
        Template.from_json('{"resource": {"aws_vpc": 7}}')


def test_a_document_that_was_read_before_is_taken_as_it_is():
    document = read().document
    assert Template(document).document is document


@pytest.mark.parametrize(
    "token", ["${TfToken[TOKEN.0]}", -8.1e298, ["#{TfToken[TOKEN.1]}"], {"&{TfToken[TOKEN.2]}": ""}]
)
def test_a_token_without_its_stack_is_a_mistake_of_the_test(token):
    with pytest.raises(TypeError, match=r"only the stack knows: use Template\.from_stack, or Match\.ref"):
        read().one("aws_vpc", cidr_block=token)


@pytest.fixture
def subnet(stack):
    from constructs_lib.bindings import aws

    vpc = aws.Vpc(stack, "network", cidr_block="10.0.0.0/16")
    return aws.Subnet(stack, "a", vpc_id=vpc.id, cidr_block=vpc.cidr_block, tags={"vpc": f"vpc {vpc.arn}"})


@pytest.mark.usefixtures("subnet")
def test_a_stack_is_synthesized(stack, template):
    assert template(stack).addresses == ["aws_subnet.a", "aws_vpc.network"]
    assert (
        template(stack).one("aws_subnet", vpc_id=Match.ref("aws_vpc.network", "id")).address == "aws_subnet.a"
    )


def test_tokens_of_every_type_mean_the_attribute_behind_them(stack, template):
    from constructs_lib.bindings import TerraformResource

    group = TerraformResource(stack, "group", terraform_resource_type="aws_security_group")
    tokens = {
        "text": f"port {group.get_string_attribute('port')}",
        "number": group.get_number_attribute("port"),
        "list": group.get_list_attribute("port"),
        "map": group.get_string_map_attribute("port"),
        "boolean": group.get_boolean_attribute("port"),
    }
    user = TerraformResource(stack, "user", terraform_resource_type="aws_instance")
    for name, token in tokens.items():
        user.add_override(name, token)
    found = template(stack).one("aws_instance", **tokens)
    assert found["text"] == f"port {Match.ref('aws_security_group.group', 'port')}"
    assert {found[name] for name in tokens if name != "text"} == {"${aws_security_group.group.port}"}


def test_tokens_nest_in_matchers_sets_and_text(stack, subnet, template):
    vpc_id = subnet.vpc_id_input
    synthesized = template(stack)
    synthesized.one("aws_subnet", vpc_id=vpc_id, tags=Match.object_like({"vpc": Match.regex(r"^vpc \$\{")}))
    for expected in (vpc_id, Capture(vpc_id)):
        assert synthesized.one("aws_subnet", vpc_id=expected).address == "aws_subnet.a"


def test_a_failure_shows_what_a_token_stands_for(stack, subnet, template):
    assert message(lambda: template(stack).one("aws_subnet", vpc_id=subnet.id)) == "\n".join(
        [
            "expected 1 aws_subnet with vpc_id='${aws_subnet.a.id}', found 0",
            "aws_subnet.a differs:",
            "  vpc_id: expected '${aws_subnet.a.id}', got '${aws_vpc.network.id}'",
        ]
    )


def test_a_construct_in_the_place_of_its_attribute_is_a_mistake_of_the_test(stack, subnet, template):
    with pytest.raises(TypeError, match=r"vpc_id: .* is no JSON value: pass an attribute, or Match\.ref"):
        template(stack).one("aws_subnet", vpc_id=subnet)


def test_the_public_names_load_only_what_they_need():
    script = """if True:
        import sys
        from constructs_lib import testing
        print(*sorted(name for name in sys.modules if name.startswith("constructs_lib.testing")))
        testing.Template, testing.Match, testing.Capture
        print(*sorted({"cdktf", "constructs", "grpc", "jsii", "tf"} & set(sys.modules)))
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["constructs_lib.testing", ""]


def test_every_public_name_is_there_and_no_other():
    assert {name for name in testing.__all__ if getattr(testing, name).__name__ != name} == set()
    assert set(testing.__all__) <= set(dir(testing))
    with pytest.raises(AttributeError, match=r"module 'constructs_lib\.testing' has no attribute 'Templat'"):
        _ = testing.Templat
