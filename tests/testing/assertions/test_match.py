from __future__ import annotations

import json

import pytest

from constructs_lib.testing import Capture, Match, Template

GROUP = {
    "name": "internal",
    "description": None,
    "ingress": [
        {"from_port": 80, "to_port": 80, "cidr_blocks": ["10.0.0.0/16"]},
        {"from_port": 8080, "to_port": 8080, "security_groups": ["${aws_security_group.storefront.id}"]},
    ],
    "tags": {"owner": "platform", "project": "shop"},
    "revoke_rules_on_delete": True,
}
REFERENCE = "${aws_security_group.storefront.id}"


def group(**changes) -> Template:
    body = {**GROUP, **changes}
    return Template.from_json(json.dumps({"resource": {"aws_security_group": {"internal": body}}}))


def differences(template: Template, **properties) -> list[str]:
    """The lines of the failure that tell what differs."""
    with pytest.raises(AssertionError) as failure:
        template.one("aws_security_group", **properties)
    return [line.strip() for line in str(failure.value).splitlines() if line.startswith("  ")]


def test_properties_that_are_not_named_are_ignored():
    assert group().one("aws_security_group", name="internal") == GROUP


def test_a_wrong_value_is_named_with_its_path():
    assert differences(group(), name="public", revoke_rules_on_delete=False) == [
        "name: expected 'public', got 'internal'",
        "revoke_rules_on_delete: expected False, got True",
    ]


def test_a_property_that_is_missing_is_named():
    assert differences(group(), vpc_id="vpc-1") == ["vpc_id: expected 'vpc-1', got nothing"]


def test_true_is_not_one_and_a_number_is_not_its_text():
    assert differences(group(), revoke_rules_on_delete=1) == ["revoke_rules_on_delete: expected 1, got True"]
    assert differences(group(name="1"), name=1) == ["name: expected 1, got '1'"]


def test_a_literal_object_has_exactly_its_keys():
    group().one("aws_security_group", tags={"project": "shop", "owner": "platform"})
    assert differences(group(), tags={"owner": "platform", "team": "web"}) == [
        "tags.team: expected 'web', got nothing",
        "tags.project: expected nothing (Match.object_like allows more keys), got 'shop'",
    ]


def test_null_is_the_same_as_absent():
    group(tags={"owner": "platform", "team": None}).one("aws_security_group", tags={"owner": "platform"})
    group().one("aws_security_group", description=None, vpc_id=None)
    assert differences(group(), name=None) == ["name: expected nothing, got 'internal'"]


def test_a_literal_list_has_exactly_its_elements_in_this_order():
    listed = group(cidrs=["10.0.0.0/24", "10.0.1.0/24"])
    listed.one("aws_security_group", cidrs=["10.0.0.0/24", "10.0.1.0/24"])
    assert differences(listed, cidrs=["10.0.1.0/24", "10.0.0.0/24"]) == [
        "cidrs[0]: expected '10.0.1.0/24', got '10.0.0.0/24'",
        "cidrs[1]: expected '10.0.0.0/24', got '10.0.1.0/24'",
    ]
    assert differences(listed, cidrs=["10.0.0.0/24"]) == [
        "cidrs[1]: expected nothing (Match.array_with allows more elements), got '10.0.1.0/24'"
    ]
    assert differences(listed, cidrs=["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]) == [
        "cidrs[2]: expected '10.0.2.0/24', got nothing"
    ]


def test_the_path_leads_into_nested_blocks():
    wanted = [
        {"from_port": 443, "to_port": 80, "cidr_blocks": ["10.0.0.0/16"]},
        {"from_port": 8080, "to_port": 8080, "security_groups": ["${aws_security_group.web.id}"]},
    ]
    assert differences(group(), ingress=wanted) == [
        "ingress[0].from_port: expected 443, got 80",
        "ingress[1].security_groups[0]: expected '${aws_security_group.web.id}', got "
        "'${aws_security_group.storefront.id}'",
    ]


def test_a_set_has_exactly_its_elements_in_any_order():
    listed = group(cidrs=["10.0.0.0/24", "10.0.1.0/24"])
    listed.one("aws_security_group", cidrs={"10.0.1.0/24", "10.0.0.0/24"})
    assert differences(listed, cidrs={"10.0.1.0/24", "10.0.2.0/24"}) == [
        "cidrs: expected an element '10.0.2.0/24', got ['10.0.0.0/24', '10.0.1.0/24']",
        "cidrs[0]: expected nothing (Match.array_with allows more elements), got '10.0.0.0/24'",
    ]
    assert differences(listed, name={"internal"}) == ["name: expected a list of {'internal'}, got 'internal'"]


def test_a_set_does_not_count_one_element_twice():
    assert differences(group(ids=["a", "a"]), ids={"a"}) == [
        "ids[1]: expected nothing (Match.array_with allows more elements), got 'a'"
    ]


def test_an_object_or_a_list_where_there_is_none_is_a_difference():
    assert differences(group(), name={"a": 1}) == ["name: expected {'a': 1}, got 'internal'"]
    assert differences(group(), name=["a"]) == ["name: expected ['a'], got 'internal'"]


def test_a_value_that_json_cannot_hold_is_a_mistake_of_the_test():
    with pytest.raises(TypeError, match=r"ingress: <object .*> is no JSON value: pass an attribute"):
        group().one("aws_security_group", ingress=object())


def test_absent_fails_on_anything_that_is_set():
    group().one("aws_security_group", vpc_id=Match.absent(), description=Match.absent())
    assert differences(group(), name=Match.absent()) == ["name: expected nothing, got 'internal'"]


def test_any_value_fails_on_null_and_on_nothing():
    group().one("aws_security_group", revoke_rules_on_delete=Match.any_value())
    assert differences(group(), description=Match.any_value(), vpc_id=Match.any_value()) == [
        "description: expected Match.any_value(), got None",
        "vpc_id: expected Match.any_value(), got nothing",
    ]


def test_object_like_ignores_other_keys_of_its_own_object_only():
    nested = group(settings={"a": 1, "inner": {"b": 2, "c": 3}})
    nested.one("aws_security_group", settings=Match.object_like({"inner": {"b": 2, "c": 3}}))
    assert differences(nested, settings=Match.object_like({"inner": {"b": 2}})) == [
        "settings.inner.c: expected nothing (Match.object_like allows more keys), got 3"
    ]
    assert differences(nested, name=Match.object_like({"a": 1})) == [
        "name: expected Match.object_like({'a': 1}), got 'internal'"
    ]


def test_array_with_finds_its_elements_in_any_order():
    wanted = [Match.object_like({"from_port": 8080}), Match.object_like({"from_port": 80})]
    group().one("aws_security_group", ingress=Match.array_with(wanted))


def test_array_with_names_what_is_wrong_in_the_closest_element():
    wanted = Match.array_with([Match.object_like({"from_port": 8080, "to_port": 8081})])
    assert differences(group(), ingress=wanted) == ["ingress[1].to_port: expected 8081, got 8080"]


def test_array_with_names_the_text_that_is_missing():
    assert differences(group(ids=["a", "b"]), ids=Match.array_with(["c", "a"])) == [
        "ids: expected an element 'c', got ['a', 'b']"
    ]
    assert differences(group(), name=Match.array_with(["a"])) == [
        "name: expected Match.array_with(['a']), got 'internal'"
    ]


def test_array_with_gives_each_pattern_an_element_of_its_own():
    group(ids=["ab", "a"]).one("aws_security_group", ids=Match.array_with([Match.regex("a"), "ab"]))
    assert differences(group(ids=["a", "b"]), ids=Match.array_with(["a", "a"])) == [
        "ids: expected an element 'a', got ['a', 'b']"
    ]


def test_regex_is_found_anywhere_unless_it_is_pinned():
    group().one("aws_security_group", name=Match.regex("tern"))
    assert differences(group(), name=Match.regex("^tern")) == [
        "name: expected Match.regex('^tern'), got 'internal'"
    ]
    assert differences(group(), revoke_rules_on_delete=Match.regex("rue")) == [
        "revoke_rules_on_delete: expected Match.regex('rue'), got True"
    ]


def test_serialized_json_compares_the_value_and_not_its_text():
    policy = group(policy='{"Version": "2012-10-17",  "Statement": [{"Action": "logs:*"}]}')
    statement = {"Statement": [{"Action": "logs:*"}], "Version": "2012-10-17"}
    policy.one("aws_security_group", policy=Match.serialized_json(statement))
    assert differences(
        policy, policy=Match.serialized_json({**statement, "Statement": [{"Action": "*"}]})
    ) == ["policy.Statement[0].Action: expected '*', got 'logs:*'"]


def test_serialized_json_fails_on_text_that_is_no_json():
    assert differences(group(), name=Match.serialized_json({"a": 1})) == [
        "name: expected Match.serialized_json({'a': 1}), got 'internal'"
    ]


def test_a_literal_against_serialized_json_says_which_matcher_reads_it():
    assert differences(group(policy="{}"), policy={"a": 1}) == [
        "policy: expected {'a': 1} (Match.serialized_json reads text), got '{}'"
    ]


def test_serialized_json_reads_a_literal_in_jsonencode():
    encoded = '${jsonencode({"Resource" = aws_s3_bucket.data["arn"], "Port" = 443})}'
    wanted = {"Resource": Match.ref("aws_s3_bucket.data", "arn"), "Port": 443}
    group(policy=encoded).one("aws_security_group", policy=Match.serialized_json(wanted))
    assert differences(group(policy=encoded), policy=Match.serialized_json({**wanted, "Port": 80})) == [
        "policy.Port: expected 80, got 443"
    ]


@pytest.mark.parametrize(
    "spelling",
    [
        REFERENCE,
        "${ aws_security_group.storefront.id }",
        '${aws_security_group.storefront["id"]}',
        '${aws_security_group["storefront"]["id"]}',
    ],
)
def test_every_spelling_of_a_reference_is_that_reference(spelling):
    for expected in (REFERENCE, spelling, Match.ref("aws_security_group.storefront", "id")):
        group(source=spelling).one("aws_security_group", source=expected)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("http://${aws_lb.internal.dns_name}:80", 'http://${aws_lb.internal["dns_name"]}:80'),
        ("${aws_acm_certificate.x.options.0.name}", '${aws_acm_certificate.x.options[0]["name"]}'),
        ('${element(aws_subnet.a["ids"], 0)}', "${ element( aws_subnet.a.ids,0 ) }"),
        ('${join(", ", ["${aws_lb.a["id"]}"])}', '${join(", ", ["${aws_lb.a.id}"])}'),
        ('%{ if aws_lb.a["id"] != "" }x%{ endif }', '%{if aws_lb.a.id != ""}x%{endif}'),
    ],
)
def test_references_inside_longer_text_are_compared_by_meaning(one, same):
    group(source=one).one("aws_security_group", source=same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("${aws_lb.internal.id}", "${aws_lb.internal.arn}"),
        ('${join(", ", x.y)}', '${join(",", x.y)}'),
        ("${local.a - b}", "${local.a-b}"),
        ('$${aws_lb.a["id"]}', "$${aws_lb.a.id}"),
        ('aws_lb.a["id"]', "aws_lb.a.id"),
        ('${aws_lb.a["id"]', "${aws_lb.a.id"),
        ("${[1.5]}", "${[1[5]]}"),
    ],
)
def test_texts_that_mean_different_things_stay_different(one, other):
    assert len(differences(group(source=one), source=other)) == 1


@pytest.mark.parametrize(
    "value",
    [
        "${aws_security_group.storefront.id}",
        "${aws_security_group.storefront[0].arn}",
        '${aws_security_group.storefront["a"].id}',
        "${aws_security_group.storefront[*].id}",
        "${aws_security_group.storefront}",
    ],
)
def test_a_reference_without_an_attribute_takes_all_of_them(value):
    group(source=value).one("aws_security_group", source=Match.ref("aws_security_group.storefront"))


@pytest.mark.parametrize(
    "value",
    [
        "${aws_security_group.storefront2.id}",
        "${data.aws_security_group.storefront.id}",
        "x-${aws_security_group.storefront.id}",
        "${aws_security_group.storefront.id}${aws_security_group.storefront.id}",
        "${upper(aws_security_group.storefront.id)}",
        "aws_security_group.storefront.id",
        7,
    ],
)
def test_a_reference_to_something_else_or_in_something_else_differs(value):
    assert differences(group(source=value), source=Match.ref("aws_security_group.storefront")) == [
        f"source: expected Match.ref('aws_security_group.storefront'), got {value!r}"
    ]


def test_a_reference_to_another_attribute_differs():
    assert differences(group(source=REFERENCE), source=Match.ref("aws_security_group.storefront", "arn")) == [
        f"source: expected Match.ref('aws_security_group.storefront', 'arn'), got '{REFERENCE}'"
    ]


def test_an_address_is_a_reference_where_terraform_takes_it_as_one():
    bare = group(depends_on=["aws_vpc.network"], lifecycle={"replace_triggered_by": ["aws_lb.a.arn"]})
    bare.one(
        "aws_security_group",
        depends_on=[Match.ref("aws_vpc.network")],
        lifecycle={"replace_triggered_by": [Match.ref("aws_lb.a", "arn")]},
    )
    assert differences(bare, depends_on=[Match.ref("aws_vpc.other")]) == [
        "depends_on[0]: expected Match.ref('aws_vpc.other'), got 'aws_vpc.network'"
    ]


def test_a_reference_is_written_into_longer_text():
    url = f"http://{Match.ref('aws_lb.internal', 'dns_name')}:8080"
    group(url='http://${aws_lb.internal["dns_name"]}:8080').one("aws_security_group", url=url)
    assert differences(group(url="http://x"), url=url) == [
        "url: expected 'http://${aws_lb.internal.dns_name}:8080', got 'http://x'"
    ]


def test_a_reference_in_longer_text_needs_its_attribute():
    with pytest.raises(TypeError, match=r"Match.ref\('aws_lb.internal'\) inside a string needs an attribute"):
        f"{Match.ref('aws_lb.internal')}"


def test_references_nest_in_lists_sets_and_json_text():
    storefront = Match.ref("aws_security_group.storefront", "id")
    nested = group(ids=["sg-1", REFERENCE], policy=json.dumps({"Resource": [REFERENCE]}))
    nested.one("aws_security_group", ids=["sg-1", storefront])
    nested.one("aws_security_group", ids={storefront, "sg-1"})
    nested.one("aws_security_group", policy=Match.serialized_json({"Resource": [storefront]}))
    assert differences(nested, ids=Match.array_with([Match.ref("aws_lb.a")])) == [
        f"ids: expected an element Match.ref('aws_lb.a'), got ['sg-1', '{REFERENCE}']"
    ]


def test_a_capture_keeps_the_value_of_the_one_match():
    source = Capture()
    rule = Match.object_like({"from_port": 8080, "security_groups": source})
    group().one("aws_security_group", ingress=Match.array_with([rule]))
    assert source.value == [REFERENCE]


def test_a_capture_keeps_nothing_of_what_did_not_match():
    name = Capture()
    assert group().resources("aws_security_group", name=name, vpc_id="vpc-1") == {}
    with pytest.raises(AssertionError, match=r"expected one captured value, got 0: \[\]"):
        _ = name.value


def test_a_capture_takes_only_what_its_pattern_matches():
    name = Capture(Match.regex("^internal"))
    assert group().count("aws_security_group", name=name) == 1
    assert name.values == ["internal"]
    assert differences(group(), name=Capture(Match.regex("^x"))) == [
        "name: expected Match.regex('^x'), got 'internal'"
    ]
    assert differences(group(), vpc_id=Capture()) == ["vpc_id: expected Match.any_value(), got nothing"]


def test_a_capture_of_several_matches_has_no_single_value():
    text = json.dumps({"resource": {"aws_subnet": {"b": {"az": "b"}, "a": {"az": "a"}}}})
    zone = Capture()
    Template.from_json(text).assert_every("aws_subnet", az=zone)
    assert zone.values == ["a", "b"]
    with pytest.raises(AssertionError, match=r"expected one captured value, got 2: \['a', 'b'\]"):
        _ = zone.value


def test_matchers_work_in_a_plain_assert():
    body = group(source=REFERENCE).one("aws_security_group")
    assert body["source"] == Match.ref("aws_security_group.storefront")
    assert body["tags"] == Match.object_like({"owner": Match.regex("^plat")})
    assert body["tags"] != Match.object_like({"owner": "web"})
    assert body["revoke_rules_on_delete"] != Match.regex("rue")


@pytest.mark.parametrize(
    ("matcher", "shown"),
    [
        (Match.absent(), "Match.absent()"),
        (Match.any_value(), "Match.any_value()"),
        (Match.object_like({"a": Match.absent()}), "Match.object_like({'a': Match.absent()})"),
        (Match.array_with([Match.regex("a")]), "Match.array_with([Match.regex('a')])"),
        (Match.serialized_json(set("fbcdea")), "Match.serialized_json({'a', 'b', 'c', 'd', 'e', 'f'})"),
        (Match.ref("aws_lb.a"), "Match.ref('aws_lb.a')"),
        (Match.ref("aws_lb.a", "id"), "Match.ref('aws_lb.a', 'id')"),
        (Capture("a"), "Capture('a')"),
    ],
)
def test_a_matcher_shows_how_it_was_written(matcher, shown):
    assert repr(matcher) == shown
