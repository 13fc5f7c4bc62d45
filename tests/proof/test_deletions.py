"""Every resource of what was written, deleted in turn: who notices, and what nobody has to notice."""

from __future__ import annotations

import pytest

from tests.support.stacks_written import NAMES, Written, written

HOLDS_OTHERS = "what is in it, or hangs on it, refers to it, and Terraform refuses the document"
NO_TRAFFIC = "no traffic needs it; what does need it refers to it"
BY_REFERENCE = {
    "aws_acm_certificate": NO_TRAFFIC,
    "aws_acm_certificate_validation": NO_TRAFFIC,
    "aws_appautoscaling_target": NO_TRAFFIC,
    "aws_cloudwatch_event_rule": HOLDS_OTHERS,
    "aws_cloudwatch_log_group": NO_TRAFFIC,
    "aws_ecr_repository": NO_TRAFFIC,
    "aws_ecs_cluster": HOLDS_OTHERS,
    "aws_ecs_task_definition": HOLDS_OTHERS,
    "aws_eip": HOLDS_OTHERS,
    "aws_iam_role": NO_TRAFFIC,
    "aws_iam_role_policy": NO_TRAFFIC,
    "aws_internet_gateway": "where nothing is public and no NAT gateway is there",
    "aws_route53_record": "those for certificates, for which the validation waits",
    "aws_route": "that of a public tier that nothing uses, for which its subnets wait",
    "aws_route_table": HOLDS_OTHERS,
    "aws_route_table_association": "where the main route table is not in the document",
    "aws_s3_bucket": NO_TRAFFIC,
    "aws_s3_bucket_policy": NO_TRAFFIC,
    "aws_s3_bucket_public_access_block": NO_TRAFFIC,
    "aws_security_group": HOLDS_OTHERS,
    "aws_sqs_queue": HOLDS_OTHERS,
    "aws_subnet": HOLDS_OTHERS,
    "aws_vpc": HOLDS_OTHERS,
    "aws_wafv2_web_acl_association": "ways in wait for it, and it lets nobody in",
    "data.aws_caller_identity": NO_TRAFFIC,
    "data.aws_partition": NO_TRAFFIC,
    "data.aws_internet_gateway": HOLDS_OTHERS,
    "data.aws_subnet": NO_TRAFFIC,
    "data.aws_subnets": NO_TRAFFIC,
    "data.aws_vpc": HOLDS_OTHERS,
}
"""Types of which a loss may break the promise about references only: they carry nothing by themselves."""

NO_MATTER = {
    "aws_appautoscaling_policy": "how many tasks run is no promise about reachability",
    "aws_ecr_lifecycle_policy": "which old images are kept carries nothing",
    "aws_flow_log": "it watches traffic and carries none",
    "aws_s3_bucket_lifecycle_configuration": "how long logs are kept carries nothing",
    "aws_s3_bucket_ownership_controls": "AWS owns nothing in a new bucket without it either",
    "aws_s3_bucket_server_side_encryption_configuration": "AWS encrypts a new bucket without it, too",
    "aws_vpc_endpoint_subnet_association": "the endpoint answers in the other zones",
    "aws_sqs_queue_redrive_allow_policy": "without it other queues may put dead letters there",
    "aws_lambda_provisioned_concurrency_config": "how soon a function answers is no promise here",
}
"""Types of which the proof never misses one."""

MAIN_TABLE = "the VPC's main route table, which it falls back to, has no way out of the VPC either"
UNUSED = "nothing of this environment is public, and no NAT gateway is there"
INTERNET = "every function may reach the whole internet on 443, which holds this"
EGRESS = "aws_vpc_security_group_egress_rule"
TIES = [f"aws_route_table_association.network_internal_load_balancer_{zone}" for zone in "abc"]
UNNOTICED = {
    "everything": {f"{EGRESS}.storefront_to_cdn_443": INTERNET, **dict.fromkeys(TIES, MAIN_TABLE)},
    "existing-callers": {
        "aws_route_table_association.network_public_a": UNUSED,
        "aws_route_table_association.network_public_b": UNUSED,
    },
    "existing-vpc": {
        "aws_vpc_security_group_ingress_rule.endpoints_from_endpoint_clients_443": (
            "the whole VPC is admitted, and every client is in it"
        ),
    },
    "nat-per-az": {
        f"{EGRESS}.endpoint_clients_to_dynamodb_443": INTERNET,
        f"{EGRESS}.endpoint_clients_to_endpoints_443": INTERNET,
        f"{EGRESS}.endpoint_clients_to_s3_443": INTERNET,
        **dict.fromkeys(TIES, MAIN_TABLE),
    },
}
"""Resources whose loss changes nothing that is promised, with the reason."""

WARNED = {
    "everything": {
        f"{EGRESS}.storefront_to_internet_443": "the ranges of the prefix list on 443 could be the internet"
    },
    "existing-vpc": {
        "aws_vpc_security_group_ingress_rule.sg-0a1b2c3d4e5f60718_from_endpoint_clients_443": (
            "the group is older than the document, and may have that rule already"
        ),
    },
}
"""Resources whose loss leaves a promise that the document cannot tell any more, with the reason."""


def kind_of(address: str) -> str:
    return address.rsplit(".", 1)[0]


def without(own: Written, address: str) -> str:
    """What the proof says once a resource is gone: the weightiest of its verdicts."""
    proof = own.prove(own.having({address: None}))
    kinds = {promise.kind for promise in proof.broken}
    if kinds - {"reference"}:
        return "broken"
    if kinds:
        return "reference"
    return "warning" if set(proof.uncertain) - set(own.proof.uncertain) else "nothing"


@pytest.mark.parametrize("name", NAMES)
def test_the_loss_of_every_resource_is_noticed_but_of_those_listed(name: str) -> None:
    own = written()[name]
    found = {address: without(own, address) for address in own.addresses}
    missed = {a for a, said in found.items() if said == "nothing" and kind_of(a) not in NO_MATTER}
    assert missed == set(UNNOTICED.get(name, {}))
    assert {a for a, said in found.items() if said == "warning"} == set(WARNED.get(name, {}))
    only = {kind_of(a) for a, said in found.items() if said == "reference"}
    assert only <= set(BY_REFERENCE)


def test_what_is_listed_is_written() -> None:
    for name, listed in (*UNNOTICED.items(), *WARNED.items()):
        assert set(listed) <= set(written()[name].addresses)
    kinds = {kind_of(address) for own in written().values() for address in own.addresses}
    assert {*BY_REFERENCE, *NO_MATTER} <= kinds
