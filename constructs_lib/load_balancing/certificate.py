"""A certificate that ACM issues and renews by itself, since DNS proves that the domain is ours."""

from __future__ import annotations

from constructs_lib.bindings import Construct, TerraformResourceLifecycle, address_of, aws

TTL_S = 60


class Certificate(Construct):
    """An ACM certificate for one domain, validated by a record in a public hosted zone of Route 53.

    ``arn`` is that of the validated certificate: whatever uses it waits for the validation. domain: one name,
    or ``*.`` and a name. One record proves both: each of the two certificates has it as its own, and when one
    of them goes, the next plan puts back what the other one needs.
    https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
    """

    def __init__(self, scope: Construct, id_: str, *, domain: str, zone_id: str) -> None:
        super().__init__(scope, id_)
        address = address_of(self)
        certificate = address.give(
            aws.AcmCertificate(
                self,
                "certificate",
                domain_name=domain,
                validation_method="DNS",
                tags={"Name": domain},
                lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
            )
        )
        # a certificate for one domain has exactly one option; it is a set, which has no indices
        option = f"tolist(aws_acm_certificate.{address.name}.domain_validation_options)[0]"
        record = address.give(
            aws.Route53Record(
                self,
                "validation_record",
                zone_id=zone_id,
                name=f"${{{option}.resource_record_name}}",
                type=f"${{{option}.resource_record_type}}",
                records=[f"${{{option}.resource_record_value}}"],
                ttl=TTL_S,
                allow_overwrite=True,
            )
        )
        validation = aws.AcmCertificateValidation(
            self,
            "validation",
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn],
        )
        self.arn = address.give(validation).certificate_arn
