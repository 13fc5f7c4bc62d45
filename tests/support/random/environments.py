"""Random environment files: mostly right, each with what users write and now and then a slip."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from tests.support.environment_files import CERTIFICATE, ECR_IMAGE, PARAMETER, PUBLIC_IMAGE, SECRET

Table = dict[str, Any]

_GROUPS = [f"sg-0123456789abcdef{n}" for n in range(4)]
_PORTS = (80, 443, 8080, 8081, 8443, 3000)
_PATHS = ("/*", "/inventory/*", "/api/*", "/api/v1/*", "/health", "/web/*", "/a?c")
_HOSTS = ("shop.example.com", "API.example.com", "*.example.com", "a?.shop.example.com", "example.org")
_ENDPOINTS = (
    "logs",
    "monitoring",
    "sqs",
    "sts",
    "ecr.api",
    "ecr.dkr",
    "secretsmanager",
    "ssm",
    "s3",
    "dynamodb",
    "rds",
)
_BLOCKS = ("10.0.0.0/16", "172.30.0.0/16", "10.0.0.0/24", "10.4.0.0/20", "10.0.0.0/28")
_LONG = "a-name-of-forty-characters-in-all-is-long"[:40]
_NAMES = ("inventory", "storefront", "web", "jobs", "prices", _LONG)
_CODE = {"source": ("lambda_src/inventory", "lambda_src/storefront")}


def some(values: Any, most: int = 4, *, fewest: int = 0) -> st.SearchStrategy[list[Any]]:
    """A few of the values, each once."""
    most = min(most, len(values))
    return st.lists(st.sampled_from(values), min_size=fewest, max_size=most, unique=True)


def table(**columns: st.SearchStrategy[Any] | Any) -> st.SearchStrategy[Table]:
    """A table in which every key may be missing."""
    strategies = {
        key: value if isinstance(value, st.SearchStrategy) else st.just(value)
        for key, value in columns.items()
    }
    return st.fixed_dictionaries({}, optional=strategies)


def _rarely(strategy: st.SearchStrategy[Any], usual: Any = None) -> st.SearchStrategy[Any]:
    return st.integers(0, 5).flatmap(lambda n: strategy if n == 0 else st.just(usual))


_target = st.sampled_from(
    [
        {"security_group_id": _GROUPS[0]},
        {"security_group_id": _GROUPS[1]},
        {"cidr": "10.0.0.0/8"},
        {"cidr": "192.0.2.0/24"},
        {"cidr": "0.0.0.0/0"},
        {"prefix_list_id": "pl-0123456789abcdef0"},
    ]
)
_egress = st.dictionaries(
    st.sampled_from(("database", "cache", "partner")),
    st.builds(lambda target, port: {**target, "port": port}, _target, st.sampled_from((443, 5432, 80))),
    max_size=2,
)
_way_in = st.one_of(
    st.just({}),
    st.builds(lambda port: {"exposure": "internal", "port": port}, st.sampled_from(_PORTS)),
    st.builds(lambda port: {"exposure": "public", "port": port}, st.sampled_from(_PORTS)),
    st.builds(lambda paths: {"exposure": "internal", "paths": paths}, some(_PATHS, 2, fewest=1)),
    st.builds(lambda paths: {"exposure": "public", "paths": paths}, some(_PATHS, 2, fewest=1)),
    st.builds(
        lambda hosts, paths: {"exposure": "public", "hosts": hosts, "paths": paths},
        some(_HOSTS, 2, fewest=1),
        some(_PATHS, 2),
    ),
)
_common: dict[str, st.SearchStrategy[Any]] = {
    "internet": st.booleans(),
    "egress": _egress,
    "environment": st.dictionaries(
        st.sampled_from(("LOG_LEVEL", "RELEASE", "TZ")),
        st.sampled_from(("INFO", "${aws_lb.x}", "", "é")),
        max_size=2,
    ),
    "log_retention_days": st.sampled_from((1, 30, 365)),
    "health_check_path": st.sampled_from(("/health", "/", "/h?x=1")),
}
_trigger = st.sampled_from(
    (
        {"queue": "new"},
        {"queue": "new", "batch_size": 100, "maximum_batching_window_s": 5, "max_concurrency": 2},
        {"queue": "new", "visibility_timeout_s": 60},
        {"queue": "arn:aws:sqs:us-east-1:123456789012:orders.fifo", "partial_failures": False},
        {"schedule": "rate(5 minutes)", "input": {"text": "${aws_lb.x}"}},
        {"pattern": {"source": ["aws.ecs"], "detail": {"name": [{"prefix": "%{if}"}]}}},
        {"bucket": "arn:aws:s3:::acme-uploads", "replaces_notifications": True, "prefix": "${x}/"},
        {"topic": "arn:aws:sns:us-east-1:123456789012:news", "filter": {"kind": ["${a}"]}},
    )
)
_function: st.SearchStrategy[Table] = st.builds(
    lambda way_in, code, more: {**code, **way_in, **more},
    _way_in,
    st.one_of(
        st.builds(lambda source: {"source": source}, st.sampled_from(_CODE["source"])),
        _rarely(st.just({"image": json.loads(ECR_IMAGE)}), {"source": "lambda_src/inventory"}),
    ),
    table(
        **_common,
        triggers=st.dictionaries(st.sampled_from(("orders", "a-b")), _trigger, max_size=2),
        memory_mb=st.sampled_from((128, 512, 10240)),
        timeout_s=st.sampled_from((1, 10, 29, 61, 900)),
        ephemeral_storage_mb=st.sampled_from((512, 2048)),
        tracing=st.booleans(),
        reserved_concurrency=st.sampled_from((5, 950)),
        provisioned_concurrency=st.sampled_from((1, 5)),
        callee_urls=st.sampled_from(("variables", "json")),
        policies=st.sampled_from(
            (
                [
                    {
                        "Effect": "Allow",
                        "Action": "s3:GetObject",
                        "Resource": "arn:aws:s3:::shop/${aws:username}",
                    }
                ],
                [{"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": "*"}],
            )
        ),
        architecture=st.sampled_from(("arm64", "x86_64")),
        runtime=st.sampled_from(("python3.13", "python3.9", "nodejs22.x")),
    ),
)
_service: st.SearchStrategy[Table] = st.builds(
    lambda way_in, image, more: {"image": image, "container_port": 8000, **way_in, **more},
    _way_in,
    st.sampled_from((json.loads(PUBLIC_IMAGE), json.loads(ECR_IMAGE), "docker.io/library/nginx:1.27")),
    table(
        **_common,
        cpu=st.sampled_from((256, 512, 1024)),
        memory_mb=st.sampled_from((512, 1024, 2048)),
        desired_count=st.sampled_from((0, 1, 2, 40)),
        secrets=st.sampled_from(({"KEY": json.loads(SECRET)}, {"KEY": json.loads(PARAMETER)}, {})),
        autoscaling=st.sampled_from(
            (
                {"min_count": 1, "max_count": 4, "cpu_percent": 60},
                {"min_count": 0, "max_count": 2, "requests_per_target": 100},
            )
        ),
    ),
)
_existing_endpoints = st.dictionaries(
    st.sampled_from(("logs", "sqs", "s3", "dynamodb")),
    table(security_group_id=st.sampled_from(_GROUPS), gateway_endpoint_id=st.just("vpce-0123456789abcdef0")),
    max_size=3,
)
_zones = st.sampled_from((["a", "b"], ["b", "a"], ["a", "b", "c"], ["c", "a"], ["a", "i"], ["a"]))
_by_zone = st.sampled_from((["a"], ["a", "b"], ["b"], ["a", "b", "c"]))


def _ids(prefix: str) -> st.SearchStrategy[dict[str, str]]:
    return _by_zone.map(lambda zones: {zone: f"{prefix}-0123456789abcdef{n}" for n, zone in enumerate(zones)})


_existing = st.builds(
    lambda more: {"vpc_id": "vpc-0123456789abcdef0", **more},
    table(
        internet_gateway_id="igw-0123456789abcdef0",
        public_subnet_ids=_ids("subnet"),
        nat_gateway_ids=_ids("nat"),
        endpoints=_existing_endpoints,
    ),
)
_nat = st.one_of(
    st.just({}),
    st.just({"nat": "per_az"}),
    st.builds(lambda zone: {"nat": "single", "nat_zone": zone}, st.sampled_from(("a", "b"))),
    st.just({"nat": "regional"}),
    table(
        nat=st.sampled_from(("none", "single", "per_az", "regional")),
        nat_zone="a",
        nat_eip_ids=_ids("eipalloc"),
    ),
)
_sizes = table(
    cidr=st.sampled_from(_BLOCKS),
    availability_zones=_zones,
    private_prefix=st.sampled_from((20, 24, 26, 27, 28)),
    public_prefix=st.sampled_from((24, 26, 27, 28)),
    zone_slots=st.sampled_from((2, 4, 8)),
    internal_load_balancer_prefix=st.sampled_from((26, 27)),
    flow_logs=st.booleans(),
    existing=_rarely(_existing),
    endpoints=table(interface=some(_ENDPOINTS, 6), gateway=some(("s3", "dynamodb"), 2)),
)
_network = st.builds(
    lambda nat, sizes: {key: value for key, value in {**sizes, **nat}.items() if value is not None},
    _nat,
    _sizes,
)
_balancers = table(
    public=st.one_of(
        st.just({"insecure_http": True}),
        st.just({"insecure_http": True, "allowed_cidrs": ["192.0.2.0/24"]}),
        st.just({"certificate_arn": json.loads(CERTIFICATE)}),
        st.just({"domain": "shop.example.com", "zone_id": "Z0123456789ABC"}),
        st.just(
            {"certificate_arns": [json.loads(CERTIFICATE), json.loads(CERTIFICATE).replace("1234a", "a")]}
        ),
        table(
            insecure_http=st.booleans(),
            allowed_cidrs=some(("0.0.0.0/0", "192.0.2.0/24", "10.0.0.0/8"), 2),
            idle_timeout_s=st.sampled_from((30, 60, 900)),
            deletion_protection=st.booleans(),
        ),
    ),
    internal=table(
        port=st.sampled_from(_PORTS),
        certificate_arn=_rarely(st.just(json.loads(CERTIFICATE))),
        domain=_rarely(st.just("internal.example.com")),
        zone_id=_rarely(st.just("Z0123456789ABC")),
        shared_listener=st.booleans(),
        idle_timeout_s=st.sampled_from((30, 60, 900)),
    ).map(lambda found: {key: value for key, value in found.items() if value is not None}),
)

_workloads = {"functions": _function, "services": _service}

_usually = st.sampled_from((True, True, True, True, True, False))


@st.composite
def environments(draw: st.DrawFn) -> Table:
    """The content of a file: what runs, who calls whom, the network around it."""
    workloads: dict[str, Table] = {}
    tables: dict[str, dict[str, Table]] = {"functions": {}, "services": {}, "callers": {}}
    for name in draw(some(_NAMES)):
        kind = draw(st.sampled_from(("functions", "functions", "services")))
        workloads[name] = tables[kind][name] = dict(draw(_workloads[kind]))
    internal = [name for name, found in workloads.items() if found.get("exposure") == "internal"]
    for name, found in workloads.items():
        callees = [one for one in internal if one != name]
        found["calls"] = draw(some(callees, 3)) if callees else []
        if found.get("exposure", "none") == "none":
            found.pop("health_check_path", None)
    for position in range(draw(st.integers(0, 2))):
        calls = draw(some(internal, 2)) if internal else []
        tables["callers"][f"caller-{position}"] = {"security_group_id": _GROUPS[position], "calls": calls}
    content: Table = {"region": "us-east-1", "network": draw(_network), "load_balancers": draw(_balancers)}
    content |= {key: found for key, found in tables.items() if found}
    if any(found.get("exposure") == "public" for found in workloads.values()) and draw(_usually):
        public = content["load_balancers"].setdefault("public", {})
        if (
            not public.keys() & {"certificate_arn", "certificate_arns", "insecure_http", "domain"}
            or public.get("insecure_http") is False
        ):
            public["insecure_http"] = True
    has_nat: bool = draw(_usually)
    if tables["services"] and has_nat:
        content["network"] = {**content["network"], "nat": "per_az"}
        content["network"].pop("nat_zone", None)
        content["network"].pop("nat_eip_ids", None)
    content |= draw(
        table(
            project=st.sampled_from(("shop", "a-project-of-20-char")),
            environment=st.sampled_from(("prod", "internal", "sg")),
            tags=st.sampled_from(({"owner": "platform"}, {"owner": "a\tb"}, {"Cost-Center": "42"})),
            account_id="123456789012",
            state=st.sampled_from(
                ({}, {"backend": "s3", "bucket": "acme-state"}, {"backend": "hcp", "organization": "acme"})
            ),
            quotas=st.sampled_from(({"security_group_rules": 120}, {"alb_listeners": 60})),
            repositories=st.sampled_from(({"web": {}}, {"web": {"keep_images": 5}})),
            waivers=st.sampled_from(([{"rule": "alb-name", "reason": "x"}],)),
        )
    )
    return content


def toml_text(content: Table) -> str:
    """The content as TOML, its tables inline."""
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in content.items())


def _key(key: str) -> str:
    return json.dumps(key)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
