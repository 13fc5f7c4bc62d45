# Written by `python -m constructs_lib.bindings.stubs`; do not edit.
from collections.abc import Mapping, Sequence
from typing import Any

from cdktf import (
    ITerraformDependable,
    TerraformDataSource,
    TerraformProvider,
    TerraformResource,
    TerraformResourceLifecycle,
)
from constructs import Construct

class CloudwatchLogGroup(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        deletion_protection_enabled: bool | None = None,
        id: str | None = None,
        kms_key_id: str | None = None,
        log_group_class: str | None = None,
        name: str | None = None,
        name_prefix: str | None = None,
        region: str | None = None,
        retention_in_days: float | None = None,
        skip_destroy: bool | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def deletion_protection_enabled(self) -> bool: ...
    @property
    def id(self) -> str: ...
    @property
    def kms_key_id(self) -> str: ...
    @property
    def log_group_class(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_prefix(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def retention_in_days(self) -> float: ...
    @property
    def skip_destroy(self) -> bool: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...

class DataAwsCallerIdentity(TerraformDataSource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        id: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def account_id(self) -> str: ...
    @property
    def arn(self) -> str: ...
    @property
    def user_id(self) -> str: ...
    @property
    def id(self) -> str: ...

class DataAwsPartition(TerraformDataSource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        id: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def dns_suffix(self) -> str: ...
    @property
    def partition(self) -> str: ...
    @property
    def reverse_dns_prefix(self) -> str: ...
    @property
    def id(self) -> str: ...

class DefaultSecurityGroup(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        egress: Sequence[Mapping[str, Any]] | None = None,
        id: str | None = None,
        ingress: Sequence[Mapping[str, Any]] | None = None,
        region: str | None = None,
        revoke_rules_on_delete: bool | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        vpc_id: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def egress(self) -> Any: ...
    @property
    def ingress(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def name_prefix(self) -> str: ...
    @property
    def owner_id(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def revoke_rules_on_delete(self) -> bool: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def vpc_id(self) -> str: ...

class Eip(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        address: str | None = None,
        associate_with_private_ip: str | None = None,
        customer_owned_ipv4_pool: str | None = None,
        domain: str | None = None,
        id: str | None = None,
        instance: str | None = None,
        ipam_pool_id: str | None = None,
        network_border_group: str | None = None,
        network_interface: str | None = None,
        public_ipv4_pool: str | None = None,
        region: str | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        timeouts: Mapping[str, Any] | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def allocation_id(self) -> str: ...
    @property
    def arn(self) -> str: ...
    @property
    def association_id(self) -> str: ...
    @property
    def carrier_ip(self) -> str: ...
    @property
    def customer_owned_ip(self) -> str: ...
    @property
    def private_dns(self) -> str: ...
    @property
    def private_ip(self) -> str: ...
    @property
    def ptr_record(self) -> str: ...
    @property
    def public_dns(self) -> str: ...
    @property
    def public_ip(self) -> str: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def address(self) -> str: ...
    @property
    def associate_with_private_ip(self) -> str: ...
    @property
    def customer_owned_ipv4_pool(self) -> str: ...
    @property
    def domain(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def instance(self) -> str: ...
    @property
    def ipam_pool_id(self) -> str: ...
    @property
    def network_border_group(self) -> str: ...
    @property
    def network_interface(self) -> str: ...
    @property
    def public_ipv4_pool(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...

class FlowLog(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        deliver_cross_account_role: str | None = None,
        destination_options: Mapping[str, Any] | None = None,
        eni_id: str | None = None,
        iam_role_arn: str | None = None,
        id: str | None = None,
        log_destination: str | None = None,
        log_destination_type: str | None = None,
        log_format: str | None = None,
        max_aggregation_interval: float | None = None,
        region: str | None = None,
        regional_nat_gateway_id: str | None = None,
        subnet_id: str | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        traffic_type: str | None = None,
        transit_gateway_attachment_id: str | None = None,
        transit_gateway_id: str | None = None,
        vpc_id: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def destination_options(self) -> Any: ...
    @property
    def deliver_cross_account_role(self) -> str: ...
    @property
    def eni_id(self) -> str: ...
    @property
    def iam_role_arn(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def log_destination(self) -> str: ...
    @property
    def log_destination_type(self) -> str: ...
    @property
    def log_format(self) -> str: ...
    @property
    def max_aggregation_interval(self) -> float: ...
    @property
    def region(self) -> str: ...
    @property
    def regional_nat_gateway_id(self) -> str: ...
    @property
    def subnet_id(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def traffic_type(self) -> str: ...
    @property
    def transit_gateway_attachment_id(self) -> str: ...
    @property
    def transit_gateway_id(self) -> str: ...
    @property
    def vpc_id(self) -> str: ...

class IamRole(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        assume_role_policy: str,
        description: str | None = None,
        force_detach_policies: bool | None = None,
        id: str | None = None,
        inline_policy: Sequence[Mapping[str, Any]] | None = None,
        managed_policy_arns: Sequence[str] | None = None,
        max_session_duration: float | None = None,
        name: str | None = None,
        name_prefix: str | None = None,
        path: str | None = None,
        permissions_boundary: str | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def create_date(self) -> str: ...
    @property
    def inline_policy(self) -> Any: ...
    @property
    def unique_id(self) -> str: ...
    @property
    def assume_role_policy(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def force_detach_policies(self) -> bool: ...
    @property
    def id(self) -> str: ...
    @property
    def managed_policy_arns(self) -> list[str]: ...
    @property
    def max_session_duration(self) -> float: ...
    @property
    def name(self) -> str: ...
    @property
    def name_prefix(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def permissions_boundary(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...

class IamRolePolicy(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        policy: str,
        role: str,
        id: str | None = None,
        name: str | None = None,
        name_prefix: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_prefix(self) -> str: ...
    @property
    def policy(self) -> str: ...
    @property
    def role(self) -> str: ...

class InternetGateway(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        id: str | None = None,
        region: str | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        timeouts: Mapping[str, Any] | None = None,
        vpc_id: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def owner_id(self) -> str: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def id(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def vpc_id(self) -> str: ...

class LambdaAlias(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        function_name: str,
        function_version: str,
        name: str,
        description: str | None = None,
        id: str | None = None,
        region: str | None = None,
        routing_config: Mapping[str, Any] | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def invoke_arn(self) -> str: ...
    @property
    def routing_config(self) -> Any: ...
    @property
    def description(self) -> str: ...
    @property
    def function_name(self) -> str: ...
    @property
    def function_version(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def region(self) -> str: ...

class LambdaFunction(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        function_name: str,
        role: str,
        architectures: Sequence[str] | None = None,
        capacity_provider_config: Mapping[str, Any] | None = None,
        code_signing_config_arn: str | None = None,
        dead_letter_config: Mapping[str, Any] | None = None,
        description: str | None = None,
        durable_config: Mapping[str, Any] | None = None,
        environment: LambdaFunctionEnvironment | None = None,
        ephemeral_storage: Mapping[str, Any] | None = None,
        filename: str | None = None,
        file_system_config: Mapping[str, Any] | None = None,
        handler: str | None = None,
        id: str | None = None,
        image_config: Mapping[str, Any] | None = None,
        image_uri: str | None = None,
        kms_key_arn: str | None = None,
        layers: Sequence[str] | None = None,
        logging_config: LambdaFunctionLoggingConfig | None = None,
        memory_size: float | None = None,
        package_type: str | None = None,
        publish: bool | None = None,
        publish_to: str | None = None,
        region: str | None = None,
        replacement_security_group_ids: Sequence[str] | None = None,
        replace_security_groups_on_destroy: bool | None = None,
        reserved_concurrent_executions: float | None = None,
        runtime: str | None = None,
        s3_bucket: str | None = None,
        s3_key: str | None = None,
        s3_object_version: str | None = None,
        skip_destroy: bool | None = None,
        snap_start: Mapping[str, Any] | None = None,
        source_code_hash: str | None = None,
        source_kms_key_arn: str | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        tenancy_config: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        timeouts: Mapping[str, Any] | None = None,
        tracing_config: Mapping[str, Any] | None = None,
        vpc_config: LambdaFunctionVpcConfig | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def capacity_provider_config(self) -> Any: ...
    @property
    def code_sha256(self) -> str: ...
    @property
    def dead_letter_config(self) -> Any: ...
    @property
    def durable_config(self) -> Any: ...
    @property
    def environment(self) -> Any: ...
    @property
    def ephemeral_storage(self) -> Any: ...
    @property
    def file_system_config(self) -> Any: ...
    @property
    def image_config(self) -> Any: ...
    @property
    def invoke_arn(self) -> str: ...
    @property
    def last_modified(self) -> str: ...
    @property
    def logging_config(self) -> Any: ...
    @property
    def qualified_arn(self) -> str: ...
    @property
    def qualified_invoke_arn(self) -> str: ...
    @property
    def signing_job_arn(self) -> str: ...
    @property
    def signing_profile_version_arn(self) -> str: ...
    @property
    def snap_start(self) -> Any: ...
    @property
    def source_code_size(self) -> float: ...
    @property
    def tenancy_config(self) -> Any: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def tracing_config(self) -> Any: ...
    @property
    def version(self) -> str: ...
    @property
    def vpc_config(self) -> Any: ...
    @property
    def architectures(self) -> list[str]: ...
    @property
    def code_signing_config_arn(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def filename(self) -> str: ...
    @property
    def function_name(self) -> str: ...
    @property
    def handler(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def image_uri(self) -> str: ...
    @property
    def kms_key_arn(self) -> str: ...
    @property
    def layers(self) -> list[str]: ...
    @property
    def memory_size(self) -> float: ...
    @property
    def package_type(self) -> str: ...
    @property
    def publish(self) -> bool: ...
    @property
    def publish_to(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def replacement_security_group_ids(self) -> list[str]: ...
    @property
    def replace_security_groups_on_destroy(self) -> bool: ...
    @property
    def reserved_concurrent_executions(self) -> float: ...
    @property
    def role(self) -> str: ...
    @property
    def runtime(self) -> str: ...
    @property
    def s3_bucket(self) -> str: ...
    @property
    def s3_key(self) -> str: ...
    @property
    def s3_object_version(self) -> str: ...
    @property
    def skip_destroy(self) -> bool: ...
    @property
    def source_code_hash(self) -> str: ...
    @property
    def source_kms_key_arn(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def timeout(self) -> float: ...

class LambdaFunctionEnvironment:
    def __init__(
        self,
        *,
        variables: Mapping[str, str] | None = None,
    ) -> None: ...

class LambdaFunctionLoggingConfig:
    def __init__(
        self,
        *,
        log_format: str,
        application_log_level: str | None = None,
        log_group: str | None = None,
        system_log_level: str | None = None,
    ) -> None: ...

class LambdaFunctionVpcConfig:
    def __init__(
        self,
        *,
        security_group_ids: Sequence[str],
        subnet_ids: Sequence[str],
        ipv6_allowed_for_dual_stack: bool | None = None,
    ) -> None: ...

class LambdaPermission(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        action: str,
        function_name: str,
        principal: str,
        event_source_token: str | None = None,
        function_url_auth_type: str | None = None,
        id: str | None = None,
        principal_org_id: str | None = None,
        qualifier: str | None = None,
        region: str | None = None,
        source_account: str | None = None,
        source_arn: str | None = None,
        statement_id: str | None = None,
        statement_id_prefix: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def action(self) -> str: ...
    @property
    def event_source_token(self) -> str: ...
    @property
    def function_name(self) -> str: ...
    @property
    def function_url_auth_type(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def principal(self) -> str: ...
    @property
    def principal_org_id(self) -> str: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def source_account(self) -> str: ...
    @property
    def source_arn(self) -> str: ...
    @property
    def statement_id(self) -> str: ...
    @property
    def statement_id_prefix(self) -> str: ...

class Lb(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        access_logs: LbAccessLogs | None = None,
        client_keep_alive: float | None = None,
        connection_logs: Mapping[str, Any] | None = None,
        customer_owned_ipv4_pool: str | None = None,
        desync_mitigation_mode: str | None = None,
        dns_record_client_routing_policy: str | None = None,
        drop_invalid_header_fields: bool | None = None,
        enable_cross_zone_load_balancing: bool | None = None,
        enable_deletion_protection: bool | None = None,
        enable_http2: bool | None = None,
        enable_tls_version_and_cipher_suite_headers: bool | None = None,
        enable_waf_fail_open: bool | None = None,
        enable_xff_client_port: bool | None = None,
        enable_zonal_shift: bool | None = None,
        enforce_security_group_inbound_rules_on_private_link_traffic: str | None = None,
        health_check_logs: Mapping[str, Any] | None = None,
        id: str | None = None,
        idle_timeout: float | None = None,
        internal: bool | None = None,
        ip_address_type: str | None = None,
        ipam_pools: Mapping[str, Any] | None = None,
        load_balancer_type: str | None = None,
        minimum_load_balancer_capacity: Mapping[str, Any] | None = None,
        name: str | None = None,
        name_prefix: str | None = None,
        preserve_host_header: bool | None = None,
        region: str | None = None,
        secondary_ips_auto_assigned_per_subnet: float | None = None,
        security_groups: Sequence[str] | None = None,
        subnet_mapping: Sequence[Mapping[str, Any]] | None = None,
        subnets: Sequence[str] | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        timeouts: Mapping[str, Any] | None = None,
        xff_header_processing_mode: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def access_logs(self) -> Any: ...
    @property
    def arn(self) -> str: ...
    @property
    def arn_suffix(self) -> str: ...
    @property
    def connection_logs(self) -> Any: ...
    @property
    def dns_name(self) -> str: ...
    @property
    def health_check_logs(self) -> Any: ...
    @property
    def ipam_pools(self) -> Any: ...
    @property
    def minimum_load_balancer_capacity(self) -> Any: ...
    @property
    def subnet_mapping(self) -> Any: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def vpc_id(self) -> str: ...
    @property
    def zone_id(self) -> str: ...
    @property
    def client_keep_alive(self) -> float: ...
    @property
    def customer_owned_ipv4_pool(self) -> str: ...
    @property
    def desync_mitigation_mode(self) -> str: ...
    @property
    def dns_record_client_routing_policy(self) -> str: ...
    @property
    def drop_invalid_header_fields(self) -> bool: ...
    @property
    def enable_cross_zone_load_balancing(self) -> bool: ...
    @property
    def enable_deletion_protection(self) -> bool: ...
    @property
    def enable_http2(self) -> bool: ...
    @property
    def enable_tls_version_and_cipher_suite_headers(self) -> bool: ...
    @property
    def enable_waf_fail_open(self) -> bool: ...
    @property
    def enable_xff_client_port(self) -> bool: ...
    @property
    def enable_zonal_shift(self) -> bool: ...
    @property
    def enforce_security_group_inbound_rules_on_private_link_traffic(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def idle_timeout(self) -> float: ...
    @property
    def internal(self) -> bool: ...
    @property
    def ip_address_type(self) -> str: ...
    @property
    def load_balancer_type(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_prefix(self) -> str: ...
    @property
    def preserve_host_header(self) -> bool: ...
    @property
    def region(self) -> str: ...
    @property
    def secondary_ips_auto_assigned_per_subnet(self) -> float: ...
    @property
    def security_groups(self) -> list[str]: ...
    @property
    def subnets(self) -> list[str]: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def xff_header_processing_mode(self) -> str: ...

class LbAccessLogs:
    def __init__(
        self,
        *,
        bucket: str,
        enabled: bool | None = None,
        prefix: str | None = None,
    ) -> None: ...

class LbListener(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        default_action: Sequence[LbListenerDefaultAction],
        load_balancer_arn: str,
        alpn_policy: str | None = None,
        certificate_arn: str | None = None,
        id: str | None = None,
        mutual_authentication: Mapping[str, Any] | None = None,
        port: float | None = None,
        protocol: str | None = None,
        region: str | None = None,
        routing_http_request_x_amzn_mtls_clientcert_header_name: str | None = None,
        routing_http_request_x_amzn_mtls_clientcert_issuer_header_name: str | None = None,
        routing_http_request_x_amzn_mtls_clientcert_leaf_header_name: str | None = None,
        routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name: str | None = None,
        routing_http_request_x_amzn_mtls_clientcert_subject_header_name: str | None = None,
        routing_http_request_x_amzn_mtls_clientcert_validity_header_name: str | None = None,
        routing_http_request_x_amzn_tls_cipher_suite_header_name: str | None = None,
        routing_http_request_x_amzn_tls_version_header_name: str | None = None,
        routing_http_response_access_control_allow_credentials_header_value: str | None = None,
        routing_http_response_access_control_allow_headers_header_value: str | None = None,
        routing_http_response_access_control_allow_methods_header_value: str | None = None,
        routing_http_response_access_control_allow_origin_header_value: str | None = None,
        routing_http_response_access_control_expose_headers_header_value: str | None = None,
        routing_http_response_access_control_max_age_header_value: str | None = None,
        routing_http_response_content_security_policy_header_value: str | None = None,
        routing_http_response_server_enabled: bool | None = None,
        routing_http_response_strict_transport_security_header_value: str | None = None,
        routing_http_response_x_content_type_options_header_value: str | None = None,
        routing_http_response_x_frame_options_header_value: str | None = None,
        ssl_policy: str | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        tcp_idle_timeout_seconds: float | None = None,
        timeouts: Mapping[str, Any] | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def default_action(self) -> Any: ...
    @property
    def mutual_authentication(self) -> Any: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def alpn_policy(self) -> str: ...
    @property
    def certificate_arn(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def load_balancer_arn(self) -> str: ...
    @property
    def port(self) -> float: ...
    @property
    def protocol(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def routing_http_request_x_amzn_mtls_clientcert_header_name(self) -> str: ...
    @property
    def routing_http_request_x_amzn_mtls_clientcert_issuer_header_name(self) -> str: ...
    @property
    def routing_http_request_x_amzn_mtls_clientcert_leaf_header_name(self) -> str: ...
    @property
    def routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name(self) -> str: ...
    @property
    def routing_http_request_x_amzn_mtls_clientcert_subject_header_name(self) -> str: ...
    @property
    def routing_http_request_x_amzn_mtls_clientcert_validity_header_name(self) -> str: ...
    @property
    def routing_http_request_x_amzn_tls_cipher_suite_header_name(self) -> str: ...
    @property
    def routing_http_request_x_amzn_tls_version_header_name(self) -> str: ...
    @property
    def routing_http_response_access_control_allow_credentials_header_value(self) -> str: ...
    @property
    def routing_http_response_access_control_allow_headers_header_value(self) -> str: ...
    @property
    def routing_http_response_access_control_allow_methods_header_value(self) -> str: ...
    @property
    def routing_http_response_access_control_allow_origin_header_value(self) -> str: ...
    @property
    def routing_http_response_access_control_expose_headers_header_value(self) -> str: ...
    @property
    def routing_http_response_access_control_max_age_header_value(self) -> str: ...
    @property
    def routing_http_response_content_security_policy_header_value(self) -> str: ...
    @property
    def routing_http_response_server_enabled(self) -> bool: ...
    @property
    def routing_http_response_strict_transport_security_header_value(self) -> str: ...
    @property
    def routing_http_response_x_content_type_options_header_value(self) -> str: ...
    @property
    def routing_http_response_x_frame_options_header_value(self) -> str: ...
    @property
    def ssl_policy(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def tcp_idle_timeout_seconds(self) -> float: ...

class LbListenerDefaultAction:
    def __init__(
        self,
        *,
        type: str,
        authenticate_cognito: Mapping[str, Any] | None = None,
        authenticate_oidc: Mapping[str, Any] | None = None,
        fixed_response: LbListenerDefaultActionFixedResponse | None = None,
        forward: Mapping[str, Any] | None = None,
        jwt_validation: Mapping[str, Any] | None = None,
        order: float | None = None,
        redirect: LbListenerDefaultActionRedirect | None = None,
        target_group_arn: str | None = None,
    ) -> None: ...

class LbListenerDefaultActionFixedResponse:
    def __init__(
        self,
        *,
        content_type: str,
        message_body: str | None = None,
        status_code: str | None = None,
    ) -> None: ...

class LbListenerDefaultActionRedirect:
    def __init__(
        self,
        *,
        status_code: str,
        host: str | None = None,
        path: str | None = None,
        port: str | None = None,
        protocol: str | None = None,
        query: str | None = None,
    ) -> None: ...

class LbListenerRule(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        action: Sequence[LbListenerRuleAction],
        condition: Sequence[LbListenerRuleCondition],
        listener_arn: str,
        id: str | None = None,
        priority: float | None = None,
        region: str | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        transform: Sequence[Mapping[str, Any]] | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def action(self) -> Any: ...
    @property
    def arn(self) -> str: ...
    @property
    def condition(self) -> Any: ...
    @property
    def transform(self) -> Any: ...
    @property
    def id(self) -> str: ...
    @property
    def listener_arn(self) -> str: ...
    @property
    def priority(self) -> float: ...
    @property
    def region(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...

class LbListenerRuleAction:
    def __init__(
        self,
        *,
        type: str,
        authenticate_cognito: Mapping[str, Any] | None = None,
        authenticate_oidc: Mapping[str, Any] | None = None,
        fixed_response: Mapping[str, Any] | None = None,
        forward: Mapping[str, Any] | None = None,
        jwt_validation: Mapping[str, Any] | None = None,
        order: float | None = None,
        redirect: Mapping[str, Any] | None = None,
        target_group_arn: str | None = None,
    ) -> None: ...

class LbListenerRuleCondition:
    def __init__(
        self,
        *,
        host_header: Mapping[str, Any] | None = None,
        http_header: Mapping[str, Any] | None = None,
        http_request_method: Mapping[str, Any] | None = None,
        path_pattern: LbListenerRuleConditionPathPattern | None = None,
        query_string: Sequence[Mapping[str, Any]] | None = None,
        source_ip: Mapping[str, Any] | None = None,
    ) -> None: ...

class LbListenerRuleConditionPathPattern:
    def __init__(
        self,
        *,
        regex_values: Sequence[str] | None = None,
        values: Sequence[str] | None = None,
    ) -> None: ...

class LbTargetGroup(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        connection_termination: bool | None = None,
        deregistration_delay: str | None = None,
        health_check: LbTargetGroupHealthCheck | None = None,
        id: str | None = None,
        ip_address_type: str | None = None,
        lambda_multi_value_headers_enabled: bool | None = None,
        load_balancing_algorithm_type: str | None = None,
        load_balancing_anomaly_mitigation: str | None = None,
        load_balancing_cross_zone_enabled: str | None = None,
        name: str | None = None,
        name_prefix: str | None = None,
        port: float | None = None,
        preserve_client_ip: str | None = None,
        protocol: str | None = None,
        protocol_version: str | None = None,
        proxy_protocol_v2: bool | None = None,
        region: str | None = None,
        slow_start: float | None = None,
        stickiness: Mapping[str, Any] | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        target_control_port: float | None = None,
        target_failover: Sequence[Mapping[str, Any]] | None = None,
        target_group_health: Mapping[str, Any] | None = None,
        target_health_state: Sequence[Mapping[str, Any]] | None = None,
        target_type: str | None = None,
        vpc_id: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def arn_suffix(self) -> str: ...
    @property
    def health_check(self) -> Any: ...
    @property
    def load_balancer_arns(self) -> list[str]: ...
    @property
    def stickiness(self) -> Any: ...
    @property
    def target_failover(self) -> Any: ...
    @property
    def target_group_health(self) -> Any: ...
    @property
    def target_health_state(self) -> Any: ...
    @property
    def connection_termination(self) -> bool: ...
    @property
    def deregistration_delay(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def ip_address_type(self) -> str: ...
    @property
    def lambda_multi_value_headers_enabled(self) -> bool: ...
    @property
    def load_balancing_algorithm_type(self) -> str: ...
    @property
    def load_balancing_anomaly_mitigation(self) -> str: ...
    @property
    def load_balancing_cross_zone_enabled(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_prefix(self) -> str: ...
    @property
    def port(self) -> float: ...
    @property
    def preserve_client_ip(self) -> str: ...
    @property
    def protocol(self) -> str: ...
    @property
    def protocol_version(self) -> str: ...
    @property
    def proxy_protocol_v2(self) -> bool: ...
    @property
    def region(self) -> str: ...
    @property
    def slow_start(self) -> float: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def target_control_port(self) -> float: ...
    @property
    def target_type(self) -> str: ...
    @property
    def vpc_id(self) -> str: ...

class LbTargetGroupHealthCheck:
    def __init__(
        self,
        *,
        enabled: bool | None = None,
        healthy_threshold: float | None = None,
        interval: float | None = None,
        matcher: str | None = None,
        path: str | None = None,
        port: str | None = None,
        protocol: str | None = None,
        timeout: float | None = None,
        unhealthy_threshold: float | None = None,
    ) -> None: ...

class LbTargetGroupAttachment(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        target_group_arn: str,
        target_id: str,
        availability_zone: str | None = None,
        id: str | None = None,
        port: float | None = None,
        region: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def availability_zone(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def port(self) -> float: ...
    @property
    def region(self) -> str: ...
    @property
    def target_group_arn(self) -> str: ...
    @property
    def target_id(self) -> str: ...

class NatGateway(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        allocation_id: str | None = None,
        availability_mode: str | None = None,
        availability_zone_address: Sequence[Mapping[str, Any]] | None = None,
        connectivity_type: str | None = None,
        id: str | None = None,
        private_ip: str | None = None,
        region: str | None = None,
        secondary_allocation_ids: Sequence[str] | None = None,
        secondary_private_ip_address_count: float | None = None,
        secondary_private_ip_addresses: Sequence[str] | None = None,
        subnet_id: str | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        timeouts: Mapping[str, Any] | None = None,
        vpc_id: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def association_id(self) -> str: ...
    @property
    def auto_provision_zones(self) -> str: ...
    @property
    def auto_scaling_ips(self) -> str: ...
    @property
    def availability_zone_address(self) -> Any: ...
    @property
    def network_interface_id(self) -> str: ...
    @property
    def public_ip(self) -> str: ...
    @property
    def regional_nat_gateway_address(self) -> Any: ...
    @property
    def regional_nat_gateway_auto_mode(self) -> str: ...
    @property
    def route_table_id(self) -> str: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def allocation_id(self) -> str: ...
    @property
    def availability_mode(self) -> str: ...
    @property
    def connectivity_type(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def private_ip(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def secondary_allocation_ids(self) -> list[str]: ...
    @property
    def secondary_private_ip_address_count(self) -> float: ...
    @property
    def secondary_private_ip_addresses(self) -> list[str]: ...
    @property
    def subnet_id(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def vpc_id(self) -> str: ...

class AwsProvider(TerraformProvider):
    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        access_key: str | None = None,
        alias: str | None = None,
        allowed_account_ids: Sequence[str] | None = None,
        assume_role: Sequence[AwsProviderAssumeRole] | None = None,
        assume_role_with_web_identity: Sequence[Mapping[str, Any]] | None = None,
        custom_ca_bundle: str | None = None,
        default_tags: Sequence[AwsProviderDefaultTags] | None = None,
        ec2_metadata_service_endpoint: str | None = None,
        ec2_metadata_service_endpoint_mode: str | None = None,
        endpoints: Sequence[Mapping[str, Any]] | None = None,
        forbidden_account_ids: Sequence[str] | None = None,
        http_proxy: str | None = None,
        https_proxy: str | None = None,
        ignore_tags: Sequence[Mapping[str, Any]] | None = None,
        insecure: bool | None = None,
        max_retries: float | None = None,
        no_proxy: str | None = None,
        profile: str | None = None,
        region: str | None = None,
        retry_mode: str | None = None,
        s3_us_east1_regional_endpoint: str | None = None,
        s3_use_path_style: bool | None = None,
        secret_key: str | None = None,
        shared_config_files: Sequence[str] | None = None,
        shared_credentials_files: Sequence[str] | None = None,
        skip_credentials_validation: bool | None = None,
        skip_metadata_api_check: str | None = None,
        skip_region_validation: bool | None = None,
        skip_requesting_account_id: bool | None = None,
        sts_region: str | None = None,
        tag_policy_compliance: str | None = None,
        token: str | None = None,
        token_bucket_rate_limiter_capacity: float | None = None,
        use_dualstack_endpoint: bool | None = None,
        use_fips_endpoint: bool | None = None,
    ) -> None: ...

class AwsProviderAssumeRole:
    def __init__(
        self,
        *,
        duration: str | None = None,
        external_id: str | None = None,
        policy: str | None = None,
        policy_arns: Sequence[str] | None = None,
        role_arn: str | None = None,
        session_name: str | None = None,
        source_identity: str | None = None,
        tags: Mapping[str, str] | None = None,
        transitive_tag_keys: Sequence[str] | None = None,
    ) -> None: ...

class AwsProviderDefaultTags:
    def __init__(
        self,
        *,
        tags: Mapping[str, str] | None = None,
    ) -> None: ...

class Route(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        route_table_id: str,
        carrier_gateway_id: str | None = None,
        core_network_arn: str | None = None,
        destination_cidr_block: str | None = None,
        destination_ipv6_cidr_block: str | None = None,
        destination_prefix_list_id: str | None = None,
        egress_only_gateway_id: str | None = None,
        gateway_id: str | None = None,
        id: str | None = None,
        local_gateway_id: str | None = None,
        nat_gateway_id: str | None = None,
        network_interface_id: str | None = None,
        region: str | None = None,
        timeouts: Mapping[str, Any] | None = None,
        transit_gateway_id: str | None = None,
        vpc_endpoint_id: str | None = None,
        vpc_peering_connection_id: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def instance_id(self) -> str: ...
    @property
    def instance_owner_id(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def carrier_gateway_id(self) -> str: ...
    @property
    def core_network_arn(self) -> str: ...
    @property
    def destination_cidr_block(self) -> str: ...
    @property
    def destination_ipv6_cidr_block(self) -> str: ...
    @property
    def destination_prefix_list_id(self) -> str: ...
    @property
    def egress_only_gateway_id(self) -> str: ...
    @property
    def gateway_id(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def local_gateway_id(self) -> str: ...
    @property
    def nat_gateway_id(self) -> str: ...
    @property
    def network_interface_id(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def route_table_id(self) -> str: ...
    @property
    def transit_gateway_id(self) -> str: ...
    @property
    def vpc_endpoint_id(self) -> str: ...
    @property
    def vpc_peering_connection_id(self) -> str: ...

class RouteTable(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        vpc_id: str,
        id: str | None = None,
        propagating_vgws: Sequence[str] | None = None,
        region: str | None = None,
        route: Sequence[Mapping[str, Any]] | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        timeouts: Mapping[str, Any] | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def owner_id(self) -> str: ...
    @property
    def route(self) -> Any: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def id(self) -> str: ...
    @property
    def propagating_vgws(self) -> list[str]: ...
    @property
    def region(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def vpc_id(self) -> str: ...

class RouteTableAssociation(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        route_table_id: str,
        gateway_id: str | None = None,
        id: str | None = None,
        region: str | None = None,
        subnet_id: str | None = None,
        timeouts: Mapping[str, Any] | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def gateway_id(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def route_table_id(self) -> str: ...
    @property
    def subnet_id(self) -> str: ...

class SecurityGroup(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        description: str | None = None,
        egress: Sequence[Mapping[str, Any]] | None = None,
        id: str | None = None,
        ingress: Sequence[Mapping[str, Any]] | None = None,
        name: str | None = None,
        name_prefix: str | None = None,
        region: str | None = None,
        revoke_rules_on_delete: bool | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        timeouts: Mapping[str, Any] | None = None,
        vpc_id: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def egress(self) -> Any: ...
    @property
    def ingress(self) -> Any: ...
    @property
    def owner_id(self) -> str: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def description(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_prefix(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def revoke_rules_on_delete(self) -> bool: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def vpc_id(self) -> str: ...

class Subnet(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        vpc_id: str,
        assign_ipv6_address_on_creation: bool | None = None,
        availability_zone: str | None = None,
        availability_zone_id: str | None = None,
        cidr_block: str | None = None,
        customer_owned_ipv4_pool: str | None = None,
        enable_dns64: bool | None = None,
        enable_lni_at_device_index: float | None = None,
        enable_resource_name_dns_aaaa_record_on_launch: bool | None = None,
        enable_resource_name_dns_a_record_on_launch: bool | None = None,
        id: str | None = None,
        ipv6_cidr_block: str | None = None,
        ipv6_native: bool | None = None,
        map_customer_owned_ip_on_launch: bool | None = None,
        map_public_ip_on_launch: bool | None = None,
        outpost_arn: str | None = None,
        private_dns_hostname_type_on_launch: str | None = None,
        region: str | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        timeouts: Mapping[str, Any] | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def ipv6_cidr_block_association_id(self) -> str: ...
    @property
    def owner_id(self) -> str: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def assign_ipv6_address_on_creation(self) -> bool: ...
    @property
    def availability_zone(self) -> str: ...
    @property
    def availability_zone_id(self) -> str: ...
    @property
    def cidr_block(self) -> str: ...
    @property
    def customer_owned_ipv4_pool(self) -> str: ...
    @property
    def enable_dns64(self) -> bool: ...
    @property
    def enable_lni_at_device_index(self) -> float: ...
    @property
    def enable_resource_name_dns_aaaa_record_on_launch(self) -> bool: ...
    @property
    def enable_resource_name_dns_a_record_on_launch(self) -> bool: ...
    @property
    def id(self) -> str: ...
    @property
    def ipv6_cidr_block(self) -> str: ...
    @property
    def ipv6_native(self) -> bool: ...
    @property
    def map_customer_owned_ip_on_launch(self) -> bool: ...
    @property
    def map_public_ip_on_launch(self) -> bool: ...
    @property
    def outpost_arn(self) -> str: ...
    @property
    def private_dns_hostname_type_on_launch(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def vpc_id(self) -> str: ...

class Vpc(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        assign_generated_ipv6_cidr_block: bool | None = None,
        cidr_block: str | None = None,
        enable_dns_hostnames: bool | None = None,
        enable_dns_support: bool | None = None,
        enable_network_address_usage_metrics: bool | None = None,
        id: str | None = None,
        instance_tenancy: str | None = None,
        ipv4_ipam_pool_id: str | None = None,
        ipv4_netmask_length: float | None = None,
        ipv6_cidr_block: str | None = None,
        ipv6_cidr_block_network_border_group: str | None = None,
        ipv6_ipam_pool_id: str | None = None,
        ipv6_netmask_length: float | None = None,
        region: str | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def default_network_acl_id(self) -> str: ...
    @property
    def default_route_table_id(self) -> str: ...
    @property
    def default_security_group_id(self) -> str: ...
    @property
    def dhcp_options_id(self) -> str: ...
    @property
    def ipv6_association_id(self) -> str: ...
    @property
    def main_route_table_id(self) -> str: ...
    @property
    def owner_id(self) -> str: ...
    @property
    def assign_generated_ipv6_cidr_block(self) -> bool: ...
    @property
    def cidr_block(self) -> str: ...
    @property
    def enable_dns_hostnames(self) -> bool: ...
    @property
    def enable_dns_support(self) -> bool: ...
    @property
    def enable_network_address_usage_metrics(self) -> bool: ...
    @property
    def id(self) -> str: ...
    @property
    def instance_tenancy(self) -> str: ...
    @property
    def ipv4_ipam_pool_id(self) -> str: ...
    @property
    def ipv4_netmask_length(self) -> float: ...
    @property
    def ipv6_cidr_block(self) -> str: ...
    @property
    def ipv6_cidr_block_network_border_group(self) -> str: ...
    @property
    def ipv6_ipam_pool_id(self) -> str: ...
    @property
    def ipv6_netmask_length(self) -> float: ...
    @property
    def region(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...

class VpcEndpoint(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        vpc_id: str,
        auto_accept: bool | None = None,
        dns_options: Mapping[str, Any] | None = None,
        id: str | None = None,
        ip_address_type: str | None = None,
        policy: str | None = None,
        private_dns_enabled: bool | None = None,
        region: str | None = None,
        resource_configuration_arn: str | None = None,
        route_table_ids: Sequence[str] | None = None,
        security_group_ids: Sequence[str] | None = None,
        service_name: str | None = None,
        service_network_arn: str | None = None,
        service_region: str | None = None,
        subnet_configuration: Sequence[Mapping[str, Any]] | None = None,
        subnet_ids: Sequence[str] | None = None,
        tags: Mapping[str, str] | None = None,
        tags_all: Mapping[str, str] | None = None,
        timeouts: Mapping[str, Any] | None = None,
        vpc_endpoint_type: str | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def cidr_blocks(self) -> list[str]: ...
    @property
    def dns_entry(self) -> Any: ...
    @property
    def dns_options(self) -> Any: ...
    @property
    def network_interface_ids(self) -> list[str]: ...
    @property
    def owner_id(self) -> str: ...
    @property
    def prefix_list_id(self) -> str: ...
    @property
    def requester_managed(self) -> Any: ...
    @property
    def state(self) -> str: ...
    @property
    def subnet_configuration(self) -> Any: ...
    @property
    def timeouts(self) -> Any: ...
    @property
    def auto_accept(self) -> bool: ...
    @property
    def id(self) -> str: ...
    @property
    def ip_address_type(self) -> str: ...
    @property
    def policy(self) -> str: ...
    @property
    def private_dns_enabled(self) -> bool: ...
    @property
    def region(self) -> str: ...
    @property
    def resource_configuration_arn(self) -> str: ...
    @property
    def route_table_ids(self) -> list[str]: ...
    @property
    def security_group_ids(self) -> list[str]: ...
    @property
    def service_name(self) -> str: ...
    @property
    def service_network_arn(self) -> str: ...
    @property
    def service_region(self) -> str: ...
    @property
    def subnet_ids(self) -> list[str]: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def tags_all(self) -> Mapping[str, str]: ...
    @property
    def vpc_endpoint_type(self) -> str: ...
    @property
    def vpc_id(self) -> str: ...

class VpcSecurityGroupEgressRule(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        ip_protocol: str,
        security_group_id: str,
        cidr_ipv4: str | None = None,
        cidr_ipv6: str | None = None,
        description: str | None = None,
        from_port: float | None = None,
        prefix_list_id: str | None = None,
        referenced_security_group_id: str | None = None,
        region: str | None = None,
        tags: Mapping[str, str] | None = None,
        to_port: float | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def security_group_rule_id(self) -> str: ...
    @property
    def tags_all(self) -> Any: ...
    @property
    def cidr_ipv4(self) -> str: ...
    @property
    def cidr_ipv6(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def from_port(self) -> float: ...
    @property
    def ip_protocol(self) -> str: ...
    @property
    def prefix_list_id(self) -> str: ...
    @property
    def referenced_security_group_id(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def security_group_id(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def to_port(self) -> float: ...

class VpcSecurityGroupIngressRule(TerraformResource):
    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        ip_protocol: str,
        security_group_id: str,
        cidr_ipv4: str | None = None,
        cidr_ipv6: str | None = None,
        description: str | None = None,
        from_port: float | None = None,
        prefix_list_id: str | None = None,
        referenced_security_group_id: str | None = None,
        region: str | None = None,
        tags: Mapping[str, str] | None = None,
        to_port: float | None = None,
        depends_on: Sequence[ITerraformDependable] | None = None,
        lifecycle: TerraformResourceLifecycle | None = None,
        provider: Any | None = None,
    ) -> None: ...
    @property
    def arn(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def security_group_rule_id(self) -> str: ...
    @property
    def tags_all(self) -> Any: ...
    @property
    def cidr_ipv4(self) -> str: ...
    @property
    def cidr_ipv6(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def from_port(self) -> float: ...
    @property
    def ip_protocol(self) -> str: ...
    @property
    def prefix_list_id(self) -> str: ...
    @property
    def referenced_security_group_id(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def security_group_id(self) -> str: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def to_port(self) -> float: ...
