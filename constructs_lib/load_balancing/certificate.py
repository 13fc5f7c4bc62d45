"""A certificate that ACM issues and renews by itself, since DNS proves that the domain is ours."""

from __future__ import annotations

from collections.abc import Iterable

from constructs_lib.bindings import Construct, TerraformResourceLifecycle, address_of, aws
from constructs_lib.names import WILDCARD, host_label

TTL_S = 60


class Certificate(Construct):
    """An ACM certificate for one domain, validated by a record in a public hosted zone of Route 53.

    ``arn`` is that of the validated certificate: whatever uses it waits for the validation.
    domain: one name, or ``*.`` and a name. proven_by: a certificate for the same name without ``*.``, which
    has the same record, and stays as long as this one.
    https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        domain: str,
        zone_id: str,
        proven_by: Certificate | None = None,
    ) -> None:
        super().__init__(scope, id_)
        self.domain = domain
        self._address = address_of(self)
        certificate = self._address.give(
            aws.AcmCertificate(
                self,
                "certificate",
                domain_name=domain,
                validation_method="DNS",
                tags={"Name": domain},
                lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
            )
        )
        self.record: aws.Route53Record = proven_by.record if proven_by else self._prove(zone_id)
        validation = aws.AcmCertificateValidation(
            self,
            "validation",
            certificate_arn=certificate.arn,
            validation_record_fqdns=[self.record.fqdn],
        )
        self.arn = self._address.give(validation).certificate_arn

    def _prove(self, zone_id: str) -> aws.Route53Record:
        # a certificate for one domain has exactly one option; it is a set, which has no indices
        option = f"tolist(aws_acm_certificate.{self._address.name}.domain_validation_options)[0]"
        record = aws.Route53Record(
            self,
            "validation_record",
            zone_id=zone_id,
            name=f"${{{option}.resource_record_name}}",
            type=f"${{{option}.resource_record_type}}",
            records=[f"${{{option}.resource_record_value}}"],
            ttl=TTL_S,
            allow_overwrite=True,
        )
        return self._address.give(record)


def certificates_for(
    scope: Construct, hosts: Iterable[str], *, zone_id: str, beside: Certificate
) -> dict[str, Certificate]:
    """Have a certificate issued for each host, so that one more or one less changes no other one.

    beside: the one for the load balancer's own domain.
    """
    return {
        host: Certificate(
            scope,
            f"certificate_{host_label(host)}",
            domain=host,
            zone_id=zone_id,
            proven_by=beside if host == f"{WILDCARD}{beside.domain}" else None,
        )
        for host in hosts
    }
