"""The bundle's README: what it is, what it needs, and how to run it for as long as it lives."""

from __future__ import annotations

from constructs_lib.environment import Environment
from constructs_lib.handoff import iam_actions
from constructs_lib.handoff.deploy_policy.documents import deploy_policies, policy_file
from constructs_lib.handoff.deploy_policy.words import beyond
from constructs_lib.handoff.identity import Identity
from constructs_lib.handoff.inputs.variable import Variable
from constructs_lib.handoff.readme import changes as readme_changes
from constructs_lib.handoff.readme import checks as readme_checks
from constructs_lib.handoff.readme import effects as readme_effects
from constructs_lib.handoff.readme import python_stack as readme_python
from constructs_lib.handoff.readme import state as readme_state
from constructs_lib.handoff.readme.destroy import destroy
from constructs_lib.handoff.readme.drift import drift
from constructs_lib.handoff.readme.prerequisites import prerequisites
from constructs_lib.handoff.readme.roll_back import roll_back
from constructs_lib.handoff.readme.since import Since, changes_since
from constructs_lib.load_balancing.routing.requests import requests_of
from constructs_lib.proof import Model
from constructs_lib.terraform_json import Document
from constructs_lib.views import markdown
from constructs_lib.views.report.permissions import HEADS, permission_rows
from constructs_lib.views.written_stack import WrittenStack

_MOST_PERMISSIONS = 100
_HCL_FILES = (
    (
        "`terraform/`",
        "what Terraform applies: a file for each subject, `network.tf` first, its inputs, versions, state "
        "and packages",
    ),
    ("`configuration.tf.json`", "the same as JSON, for `diff` and other programs; Terraform doesn't read it"),
)
_FILES = (
    ("`terraform/`", "what Terraform applies: `main.tf.json`, its inputs, versions, state and packages"),
    ("`terraform/tests/`", "tests of the inputs for `terraform test`; no account needed"),
    ("`architecture.svg`", "the picture of exactly this configuration"),
    (
        "`report.html`, `report.md`",
        "who reaches whom, what is proven, subnets, security group rules, AWS rules",
    ),
    ("`proof.json`", "every promise of the environment with its verdict and the resources that keep it"),
    ("`cost.md`", "what it costs when nobody uses it, and what use adds"),
    ("`deploy-policy.json`, ...", "IAM policies with which it can be applied, as many as their size needs"),
    ("`drift-check.sh`", "whether AWS is still as this bundle says, for a timer; needs `jq`"),
    ("`bundle.json`", "versions, addresses and digests, for a comparison with another bundle"),
    ("`SHA256SUMS`", "`sha256sum -c SHA256SUMS` says whether every file is as it was made"),
)


def readme(
    identity: Identity,
    stack: WrittenStack,
    variables: list[Variable],
    *,
    hcl: bool = False,
    bucket: Document | None = None,
    since: Since | None = None,
) -> str:
    """Return the README in Markdown.

    hcl: whether that is the syntax of ``terraform/``. bucket: what is in ``state/``. since: the bundle that
    this one follows.
    """
    document, environment = stack.document, identity.environment
    sections = [
        _introduction(environment) if environment else readme_python.introduction(identity),
        _contents(identity, hcl=hcl, bucket=bucket is not None),
        changes_since(since, variables),
        _workloads(environment) if environment else readme_python.who_reaches_whom(stack),
        _may_do(stack.model),
        prerequisites(identity, document),
        _permissions(identity, document),
        readme_changes.apply(identity, document, bucket=bucket is not None),
        readme_state.state(identity, document, bucket),
        _inputs(variables),
        _outputs(document),
        readme_checks.afterwards(environment, document),
        drift(document),
        readme_changes.upgrade(identity, document),
        readme_effects.what_changes_do(document),
        roll_back(identity, document, variables),
        destroy(document, variables, bucket=bucket is not None),
        readme_changes.adopt(document),
    ]
    text = "\n\n".join(section for section in sections if section) + "\n"
    return text.replace("`backend.tf.json`", "`backend.tf`") if hcl else text


def _introduction(environment: Environment) -> str:
    where = f"region `{environment.region}`"
    account = f", account `{environment.account_id}`" if environment.account_id else ""
    return f"""\
# {environment.name_prefix}

Terraform for the environment **{environment.environment}** of the project **{environment.project}**
({where}{account}): Lambda functions in private subnets, reached only through load balancers, and only by
the callers that are named. Everything here is plain Terraform; neither Python nor Node nor the generator is
needed to run it.

![Architecture](architecture.svg)"""


def _contents(identity: Identity, *, hcl: bool, bucket: bool) -> str:
    rows = [*_HCL_FILES, *_FILES[1:]] if hcl else [*_FILES]
    if bucket:
        rows.append(("`state/`", "makes the bucket of the state, once, where there is none yet"))
    if identity.environment is None:
        rows = [(file, readme_python.FILES.get(file, words)) for file, words in rows]
    where = (
        "Commands below run in `terraform/`; where a block begins with `cd` or `sha256sum`, it begins in\n"
        "this folder."
    )
    return f"## What is in here\n\n{markdown.table(['file', 'what it is'], rows)}\n\n{where}"


def _workloads(environment: Environment) -> str:
    rows = []
    for name, workload in environment.workloads.items():
        callers = ", ".join(environment.callers_of(name))
        admitted = {"public": "the internet", "internal": callers or "nobody", "none": "nobody"}
        rows.append(
            [name, _reached_at(environment, name), admitted[workload.exposure], ", ".join(workload.calls)]
        )
    rows += [
        [name, f"exists already, {markdown.code(caller.security_group_id)}", "", ", ".join(caller.calls)]
        for name, caller in environment.callers.items()
    ]
    heads = ["workload", "reached at", "admits", "calls"]
    return "## What runs\n\n" + markdown.table(heads, rows) if rows else ""


def _may_do(model: Model) -> str:
    """What the roles of workloads allow; of very many the report has the table."""
    rows = permission_rows(model)
    if not rows:
        return ""
    title = "## What each workload may do\n\n"
    if len(rows) > _MOST_PERMISSIONS:
        return f"{title}{len(rows):,} statements; they are in `report.html` and `report.md`."
    cells = ([markdown.plain(cell.replace("\n", ", ")) for cell in row] for row in rows)
    return title + markdown.table([*HEADS], cells)


def _reached_at(environment: Environment, name: str) -> str:
    workload = environment.workloads[name]
    if workload.exposure == "none":
        return "no load balancer"
    requests = requests_of(workload.hosts, workload.paths) if workload.is_routed else ()
    leading = "".join(f", {markdown.code(str(one))}" for one in requests)
    return f"{workload.exposure} load balancer, port {environment.listener_port(name)}{leading}"


def _permissions(identity: Identity, document: Document) -> str:
    actions = iam_actions.by_service(iam_actions.needed_actions(document))
    rows = [[markdown.code(service), ", ".join(names)] for service, names in actions.items()]
    policies = deploy_policies(identity, document)
    files = ", ".join(markdown.code(policy_file(number + 1)) for number in range(len(policies)))
    can = "\n".join(f"- {line}" for line in beyond(identity, policies))
    return f"""\
## Permissions

Applying, changing and destroying this configuration needs the IAM actions below, derived from its resource
types. {files} allow them, each of a size that a managed policy may have; whoever applies needs all of them.
An apply that takes the last resource of a type away (alarms, triggers, a web ACL) still needs the policies
of the bundle that had it: leave those attached until it is done.
{_meant_by(identity)}
{_without_actions(document)}
Beyond this {"environment" if identity.environment else "stack"} a holder of them can:

{can}

{markdown.table(["service", "actions"], rows)}"""


def _meant_by(identity: Identity) -> str:
    """How the policies tell what is made here from everything else."""
    if not identity.own_tags:
        return """\
Functions, roles, log groups and the state are meant by their names; networks and load balancers by nothing,
since the provider has no `default_tags`."""
    tags = " and ".join(f"`{name}` = `{value}`" for name, value in identity.own_tags.items())
    return f"""\
Functions, roles, log groups and the state are meant by their names, networks and load balancers by the tags
{tags}. What a later bundle no longer has is removed by these tags, too."""


def _without_actions(document: Document) -> str:
    """What the table of actions does not know, as a paragraph of its own."""
    types = ", ".join(map(markdown.code, iam_actions.unknown_types(document)))
    if not types:
        return ""
    return f"""
Not in there, since this version knows no actions of them: {types}. Add theirs, from
[the reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
"""


def _inputs(variables: list[Variable]) -> str:
    if not variables:
        return ""
    rows = [
        [
            markdown.code(variable.name),
            markdown.code(variable.type),
            markdown.value(variable.default),
            variable.description,
        ]
        for variable in variables
    ]
    return f"""\
## Inputs

The defaults are what was synthesized; with them the plan is exactly the generator's. Set others in a file
`terraform/terraform.tfvars` of your own, with `-var`, or as `TF_VAR_<name>`. No input changes an address,
and a value that AWS would refuse is refused at plan. None has to be set; what you set in a file of your own
you take along to the next bundle.

{markdown.table(["name", "type", "default", "what it sets"], rows)}"""


def _outputs(document: Document) -> str:
    rows = [[markdown.code(name), body.get("description", "")] for name, body in document.outputs.items()]
    if not rows:
        return ""
    return "## Outputs\n\n" + markdown.table(["name", "what it is"], rows)
