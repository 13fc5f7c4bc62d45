"""The README's chapter on noticing changes that nobody made here."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.terraform_json import Document
from constructs_lib.views import markdown


def drift(document: Document) -> str:
    """How to ask by a timer, what the answer covers, and what has to be looked at otherwise."""
    timer = markdown.shell(
        "sh ../drift-check.sh                       # -var and -var-file as in your plan",
        "# by cron, each morning; what is told goes to MAILTO:",
        "# 17 6 * * *  cd /srv/bundle && { sh drift-check.sh > drift.txt || cat drift.txt; }",
    )
    return f"""\
## Watch it

`drift-check.sh` asks whether AWS is still as this bundle says, and changes nothing. It needs `jq`, an
initialised `terraform/` and credentials that may read. Status 0: as declared; 2: something differs, a line
for each; 1: it could not be asked.

{timer}

It tells of whatever `terraform plan` would change, of resources in the state that are not of this bundle,
and of what Terraform reads without managing it: rules in our security groups, routes in our route tables and
policies on our roles that somebody added. What was proven of this configuration (`proof.json`) holds as long
as it says nothing, but for this, which Terraform does not read. Look at it from time to time:

{_unseen(document)}"""


def _unseen(document: Document) -> str:
    lines = []
    functions = [body["function_name"] for body in document.bodies_of("aws_lambda_function").values()]
    aliases = [str(body.get("name")) for body in document.bodies_of("aws_lambda_alias").values()]
    if names := [name for name in functions if "${" not in str(name)]:
        count = len(document.bodies_of("aws_lambda_permission"))
        lines += [
            f"# URLs of functions: none here; permissions: {count} in all",
            f"for name in {' '.join(names)}; do",
            "  aws lambda list-function-url-configs --function-name $name \\",
            "    --query 'FunctionUrlConfigs[].FunctionUrl' --output text",
            *(
                f"  aws lambda get-policy --function-name $name --qualifier {alias} --output text"
                for alias in dict.fromkeys(aliases)
                if "${" not in alias
            ),
            "done",
        ]
    for label, body in document.bodies_of("aws_lb").items():
        if "${" not in str(body.get("name", "${}")):
            lines += _rules(document, label, str(body["name"]))
    lines += [
        "# network ACLs of the VPC, of which AWS's own lets everything pass, and what its subnets hold",
        f"vpc={_vpc(document)}",
        "aws ec2 describe-network-acls --filters Name=vpc-id,Values=$vpc \\",
        "  --query 'NetworkAcls[].[IsDefault,Entries]' --output json",
        "aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=$vpc \\",
        "  --query 'NetworkInterfaces[].[SubnetId,InterfaceType,Description]' --output text",
    ]
    return markdown.shell(*lines)


def _rules(document: Document, label: str, name: str) -> Iterator[str]:
    """Show the rules of one load balancer's listeners, beside how many there are."""
    listeners = [
        f"aws_lb_listener.{port}."
        for port, body in document.bodies_of("aws_lb_listener").items()
        if f"aws_lb.{label}." in str(body.get("load_balancer_arn"))
    ]
    rules = [
        body
        for body in document.bodies_of("aws_lb_listener_rule").values()
        if any(listener in str(body.get("listener_arn")) for listener in listeners)
    ]
    yield f"# {name}: {len(listeners)} listeners, {len(rules)} rules without default ones"
    yield f"arn=$(aws elbv2 describe-load-balancers --names {name} \\"
    yield "  --query 'LoadBalancers[0].LoadBalancerArn' --output text)"
    yield "for listener in $(aws elbv2 describe-listeners --load-balancer-arn $arn \\"
    yield "    --query 'Listeners[].ListenerArn' --output text); do"
    yield "  aws elbv2 describe-rules --listener-arn $listener \\"
    yield "    --query 'Rules[?!IsDefault].[Priority,Conditions[].Values]' --output json"
    yield "done"


def _vpc(document: Document) -> str:
    """The VPC's id, or how Terraform tells it."""
    known = [str(body.get("id", "${}")) for body in document.bodies_of("data.aws_vpc").values()]
    if known and "${" not in known[0]:
        return known[0]
    label = next(iter(document.bodies_of("aws_vpc")), "")
    shown = f"terraform state show -no-color aws_vpc.{label}"
    return f"$({shown} | sed -n 's/^ *id *= \"\\(.*\\)\"/\\1/p')"
