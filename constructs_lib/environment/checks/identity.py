"""Whose account, which region, where the state lies, which tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constructs_lib.errors import Problem
from constructs_lib.problem_words import MISSING, field_path, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft

# https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
_TAG_TEXT = re.compile(r"[\w\s.:/=+@-]*\Z")
_OUR_TAGS = ("Project", "Environment", "ManagedBy")
_MOST_TAGS = 50

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_RESERVED_BEGINNINGS = ("xn--", "sthree-", "amzn-s3-demo-")
_RESERVED_ENDINGS = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an")


_STATE_KEYS = {
    "s3": ("bucket", "region", "kms_key_arn"),
    "hcp": ("organization", "workspace", "tags", "hostname"),
}


def check_identity(draft: Draft) -> Iterator[Problem]:
    """The account, the state and the tags."""
    yield from _check_role(draft)
    yield from _check_state(draft)
    yield from _check_tags(draft)


def region_of(arn: str) -> str:
    """The region in an ARN."""
    return arn.split(":")[3]


def account_of(arn: str) -> str:
    """The account id in an ARN."""
    return arn.split(":")[4]


def bucket_problems(field: str, name: str | None) -> Iterator[Problem]:
    """What S3 forbids in a name whose characters and length are fine."""
    rule = ""
    if name is None:
        return
    if ".." in name:
        rule = "an S3 bucket name has no two dots in a row"
    elif re.fullmatch(r"\d+\.\d+\.\d+\.\d+", name):
        rule = "an S3 bucket name does not look like an IP address"
    elif name.startswith(_RESERVED_BEGINNINGS):
        rule = f"S3 reserves names that begin with {', '.join(_RESERVED_BEGINNINGS)}"
    elif name.endswith(_RESERVED_ENDINGS):
        rule = f"S3 reserves names that end with {', '.join(_RESERVED_ENDINGS)}"
    if rule:
        yield Problem(field, name, rule, "write the name of a bucket that exists")


def _check_role(draft: Draft) -> Iterator[Problem]:
    environment = draft.environment
    role, account = environment.assume_role_arn, environment.account_id
    if (
        role
        and account
        and account_of(role) != account
        and not draft.any_unknown((), "assume_role_arn", "account_id")
    ):
        yield Problem(
            "assume_role_arn",
            role,
            f"is a role of account {account_of(role)}, but account_id is {account}",
            "name a role of that account, or correct account_id: Terraform would refuse to work in the "
            "role's account",
        )


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
        or region_of(state.kms_key_arn) == region
    ):
        return
    yield Problem(
        "state.kms_key_arn",
        state.kms_key_arn,
        f"is a key of {region_of(state.kms_key_arn)}, but the bucket is in {region}: S3 takes keys of its "
        f"own region",
        f"name a key of {region}, or the bucket's region in state.region",
    )


def _check_tags(draft: Draft) -> Iterator[Problem]:
    tags = draft.environment.tags
    ours = {*_OUR_TAGS, "Name"}
    if len(ours | tags.keys()) > _MOST_TAGS:
        rule = f"has {len(tags)} tags; AWS allows {_MOST_TAGS}, and {listed(sorted(ours))} are set for you"
        yield Problem("tags", tags, rule, f"keep at most {_MOST_TAGS - len(ours)}")
    seen: dict[str, str] = {name.lower(): name for name in _OUR_TAGS}
    for key, value in tags.items():
        rule = _tag_key_rule(key)
        if key.lower() in seen:
            rule = f"the same tag as {quoted(seen[key.lower()])}: IAM does not tell tags apart by case"
            if seen[key.lower()] in _OUR_TAGS:
                rule = f"the tag {seen[key.lower()]} is set for you (IAM does not tell tags apart by case)"
        seen[key.lower()] = key
        if rule:
            yield Problem(field_path("tags", key), value, rule, "choose another key, or remove it")
        if len(value) > 256 or not _TAG_TEXT.match(value):
            yield Problem(
                field_path("tags", key),
                value,
                "a tag's value is at most 256 letters, digits, blanks and . : / = + - @ _",
                "write it with these characters",
            )


def _tag_key_rule(key: str) -> str:
    if key.lower().startswith("aws:"):
        return "AWS reserves tags that begin with aws:"
    if not 1 <= len(key) <= 128 or not _TAG_TEXT.match(key) or key != key.strip():
        return "a tag's key is 1 to 128 letters, digits, blanks and . : / = + - @ _"
    return ""
