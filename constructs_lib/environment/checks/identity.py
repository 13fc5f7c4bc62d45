"""Whose account, which region, where the state lies, which tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constructs_lib.environment.tables.environment import MOST_TAGS, OUR_TAGS, OWN_TAGS
from constructs_lib.errors import Problem
from constructs_lib.figures import quotas
from constructs_lib.figures.ids import account_of_arn, region_of_arn
from constructs_lib.problem_words import MISSING, Excerpt, field_path, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft

_TAG_CHARACTERS = "letters, digits, blanks and . : / = + - @ _"
_TAG_TEXT = re.compile(quotas.TAG_TEXT + r"\Z")
_STATE_KEYS = {
    "s3": ("bucket", "region", "kms_key_arn"),
    "hcp": ("organization", "workspace", "tags", "hostname"),
}


def check_identity(draft: Draft) -> Iterator[Problem]:
    """The account, the state and the tags."""
    yield from _check_role(draft)
    yield from _check_boundary(draft)
    yield from _check_log_key(draft)
    yield from _check_state(draft)
    yield from _check_tags(draft)


def bucket_problems(field: str, name: str | None) -> Iterator[Problem]:
    """What S3 forbids in a name whose characters and length are fine."""
    rule = ""
    if name is None:
        return
    if ".." in name:
        rule = "an S3 bucket name has no two dots in a row"
    elif re.fullmatch(r"\d+\.\d+\.\d+\.\d+", name):
        rule = "an S3 bucket name does not look like an IP address"
    elif name.startswith(quotas.BUCKET_RESERVED_PREFIXES):
        rule = f"S3 reserves names that begin with {', '.join(quotas.BUCKET_RESERVED_PREFIXES)}"
    elif name.endswith(quotas.BUCKET_RESERVED_SUFFIXES):
        rule = f"S3 reserves names that end with {', '.join(quotas.BUCKET_RESERVED_SUFFIXES)}"
    if rule:
        yield Problem(field, name, rule, "write the name of a bucket that exists")


def _check_role(draft: Draft) -> Iterator[Problem]:
    environment = draft.environment
    role, account = environment.assume_role_arn, environment.account_id
    if (
        role
        and account
        and account_of_arn(role) != account
        and not draft.any_unknown((), "assume_role_arn", "account_id")
    ):
        yield Problem(
            "assume_role_arn",
            role,
            f"is a role of account {account_of_arn(role)}, but account_id is {account}",
            "name a role of that account, or correct account_id: Terraform would refuse to work in the "
            "role's account",
        )


def _check_boundary(draft: Draft) -> Iterator[Problem]:
    """A boundary is a policy of the account, or one of AWS's."""
    boundary, account = draft.environment.iam.permissions_boundary_arn, draft.environment.account_id
    if (
        boundary
        and account
        and account_of_arn(boundary) not in (account, "aws")
        and not draft.unknown("account_id")
        and not draft.unknown("iam", "permissions_boundary_arn")
    ):
        rule = f"is a policy of account {account_of_arn(boundary)}, but account_id is {account}"
        way_out = "name a policy of that account: a boundary of another one limits nothing"
        yield Problem("iam.permissions_boundary_arn", boundary, rule, way_out)


def _check_log_key(draft: Draft) -> Iterator[Problem]:
    key, region = draft.environment.logs.kms_key_arn, draft.environment.region
    if key and region_of_arn(key) != region and not draft.any_unknown((), "logs", "region"):
        rule = f"lies in {region_of_arn(key)}, and the log groups are in {region}"
        yield Problem("logs.kms_key_arn", key, rule, f"name a key of {region}")


def _check_state(draft: Draft) -> Iterator[Problem]:
    state = draft.environment.state
    if draft.unknown("state", "backend"):
        return
    if state.backend == "s3" and state.bucket is None and not draft.unknown("state", "bucket"):
        yield Problem(
            "state.bucket", MISSING, 'is needed with backend = "s3"', 'write bucket = "<name of the bucket>"'
        )
    yield from _check_foreign_keys(draft)
    if state.backend == "hcp":
        yield from _check_hcp(draft)
    yield from bucket_problems("state.bucket", state.bucket)
    yield from _check_state_key(draft)


def _check_foreign_keys(draft: Draft) -> Iterator[Problem]:
    """Keys of another backend than the one that is chosen."""
    state = draft.environment.state
    for backend, keys in _STATE_KEYS.items():
        for key in keys if backend != state.backend else ():
            if value := getattr(state, key):
                rule = f'belongs to backend = "{backend}", and the backend is "{state.backend}"'
                way_out = f'write backend = "{backend}" in [state], or remove it'
                yield Problem(f"state.{key}", value, rule, way_out)


def _check_hcp(draft: Draft) -> Iterator[Problem]:
    state = draft.environment.state
    if state.organization is None and not draft.unknown("state", "organization"):
        rule, way_out = 'is needed with backend = "hcp"', 'write organization = "<name>"'
        yield Problem("state.organization", MISSING, rule, way_out)
    if state.workspace and state.tags and not draft.any_unknown(("state",), "workspace", "tags"):
        rule = "HCP Terraform takes a workspace or tags, not both"
        yield Problem("state.tags", state.tags, rule, "remove one of the two")


def _check_state_key(draft: Draft) -> Iterator[Problem]:
    state = draft.environment.state
    region = state.region or draft.environment.region
    unknown = draft.any_unknown(("state",), "region", "kms_key_arn") or (
        state.region is None and draft.unknown("region")
    )
    if (
        unknown
        or state.backend != "s3"
        or state.kms_key_arn is None
        or region_of_arn(state.kms_key_arn) == region
    ):
        return
    yield Problem(
        "state.kms_key_arn",
        state.kms_key_arn,
        f"is a key of {region_of_arn(state.kms_key_arn)}, but the bucket is in {region}: S3 takes keys of "
        f"its own region",
        f"name a key of {region}, or the bucket's region in state.region",
    )


def _check_tags(draft: Draft) -> Iterator[Problem]:
    tags = draft.environment.tags
    ours = {*OUR_TAGS, *OWN_TAGS}
    if len(ours | tags.keys()) > quotas.TAGS_PER_RESOURCE:
        allowed = f"AWS allows {quotas.TAGS_PER_RESOURCE}, and {listed(sorted(ours))} are set for you"
        count = Excerpt(f"{len(tags)} tags")
        rule = f"a resource would have {len(ours | tags.keys())} with the generated ones: {allowed}"
        yield Problem("tags", count, rule, f"keep at most {MOST_TAGS}")
    seen: dict[str, str] = {name.lower(): name for name in OUR_TAGS}
    for key, value in tags.items():
        rule = _tag_key_rule(key)
        if key.lower() in seen:
            rule = f"the same tag as {quoted(seen[key.lower()])}: IAM does not tell tags apart by case"
            if seen[key.lower()] in OUR_TAGS:
                rule = f"the tag {seen[key.lower()]} is set for you (IAM does not tell tags apart by case)"
        seen[key.lower()] = key
        if rule:
            yield Problem(field_path("tags", key), value, rule, "choose another key, or remove it")
        if len(value) > quotas.TAG_VALUE_LENGTH or not _TAG_TEXT.match(value):
            rule = f"a tag's value is at most {quotas.TAG_VALUE_LENGTH} {_TAG_CHARACTERS}"
            yield Problem(field_path("tags", key), value, rule, "write it with these characters")


def _tag_key_rule(key: str) -> str:
    if key.lower().startswith(quotas.TAG_RESERVED_PREFIX):
        return f"AWS reserves tags that begin with {quotas.TAG_RESERVED_PREFIX}"
    if not 1 <= len(key) <= quotas.TAG_KEY_LENGTH or not _TAG_TEXT.match(key) or key != key.strip():
        return f"a tag's key is 1 to {quotas.TAG_KEY_LENGTH} {_TAG_CHARACTERS}"
    return ""
