"""Which web ACL of WAF a load balancer may have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constructs_lib.errors import Problem
from constructs_lib.figures.ids import WEB_ACL_ARN, account_of_arn, region_of_arn

FORM_RULE = 'is not the ARN of a regional web ACL of WAF ("global" ones are for CloudFront alone)'
FORM_WAY_OUT = 'write "arn:aws:wafv2:<region>:<account id>:regional/webacl/<name>/<id>"'


def web_acl_problems(
    field: str, arn: str | None, *, region: str | None, account: str | None = None
) -> Iterator[Problem]:
    """What keeps a web ACL from a load balancer of the region and account; None is not judged, nor a token.

    https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html
    """
    if arn is None or "${" in arn:
        return
    if not re.fullmatch(WEB_ACL_ARN, arn):
        yield Problem(field, arn, FORM_RULE, FORM_WAY_OUT)
        return
    if region and region_of_arn(arn) != region:
        rule = f"is a web ACL of {region_of_arn(arn)}, but the load balancer is in {region}"
        yield Problem(field, arn, rule, f"name a web ACL of {region}")
    if account and account_of_arn(arn) != account:
        rule = f"is a web ACL of account {account_of_arn(arn)}, but the load balancer is in {account}"
        yield Problem(field, arn, rule, "name a web ACL of that account")
