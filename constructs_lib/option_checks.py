"""What constructs ask of the values that they are given, in the words of the environment file.

A value that is known only later, a token of cdktf's, is never judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures import ids
from constructs_lib.figures.bounds import Bounds
from constructs_lib.figures.load_balancer import HEALTH_CHECK_PATH_LENGTH
from constructs_lib.figures.regions import zone_letters
from constructs_lib.problem_words import Excerpt, did_you_mean, listed, quoted

_NO_PATH_CHARACTER = re.compile(r"[^A-Za-z0-9._~!$&'()*+,;=:@%/?-]")
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?")


@dataclass(frozen=True)
class Form:
    """A pattern with the sentence that says it and an example of what to write."""

    pattern: str
    rule: str
    way_out: str


CERTIFICATE_ARN = Form(
    f"^{ids.ACM_CERTIFICATE_ARN}$",
    "is not the ARN of an ACM certificate",
    'write "arn:aws:acm:<region>:<account id>:certificate/<id>"',
)
SECRET_ARN = Form(
    f"^{ids.SECRET_ARN}$",
    "is not the ARN of a secret of Secrets Manager or of a parameter of SSM",
    'write "arn:aws:secretsmanager:<region>:<account id>:secret:<name>-<suffix>" or '
    '"arn:aws:ssm:<region>:<account id>:parameter/<name>"',
)
LAYER_ARN = Form(
    f"^{ids.LAMBDA_LAYER_ARN}$",
    "is not the ARN of a version of a Lambda layer",
    'write "arn:aws:lambda:<region>:<account id>:layer:<name>:<version>"',
)


def refuse(*found: Iterable[Problem]) -> None:
    """Raise everything that was found in one ConfigError; nothing found is in order."""
    if problems := [*chain.from_iterable(found)]:
        raise ConfigError(problems)


def bounded(field: str, value: Any, bounds: Bounds) -> Iterator[Problem]:
    """A whole number within bounds; None is none."""
    if value is None or is_token(value):
        return
    if isinstance(value, bool) or not isinstance(value, int):
        yield Problem(field, value, "must be a whole number", f"write {bounds}")
    elif not bounds.hold(value):
        yield Problem(field, value, f"must be {bounds}", "write a number in this range")


def chosen(field: str, value: Any, choices: Sequence[Any]) -> Iterator[Problem]:
    """One of a few values."""
    if value in choices or is_token(value):
        return
    said = listed(map(repr, choices), most=40).replace(" and ", " or ")
    hint = did_you_mean(value, map(str, choices)) if isinstance(value, str) else ""
    yield Problem(field, value, f"must be {said}", hint or f"write for example {choices[0]!r}")


def formed(field: str, value: str | None, form: Form) -> Iterator[Problem]:
    """A text of a form; None is none."""
    if value is None or is_token(value):
        return
    if not isinstance(value, str) or not re.fullmatch(form.pattern, value):
        yield Problem(field, value, form.rule, form.way_out)


def request_path(field: str, path: str) -> Iterator[Problem]:
    """A path that a load balancer requests."""
    if not path.startswith("/") or _NO_PATH_CHARACTER.search(path):
        rule = "a path begins with / and has no blanks, and no characters but those of URLs"
        yield Problem(field, path, rule, 'write it like "/health"')
    elif len(path) > HEALTH_CHECK_PATH_LENGTH:
        rule = f"a path has at most {HEALTH_CHECK_PATH_LENGTH} characters, this one has {len(path)}"
        yield Problem(field, path, rule, "choose a shorter one")


def scaling_bounds(field: str, fewest: int, most: int) -> Iterator[Problem]:
    """The fewest tasks are no more than the most."""
    if fewest > most:
        yield Problem(field, fewest, f"is more than max_count = {most}", f"write at most {most}")


def scaling_goal(field: str, *goals: int | None) -> Iterator[Problem]:
    """There is something to scale by."""
    if all(goal is None for goal in goals):
        rule = "needs a goal: cpu_percent or requests_per_target"
        yield Problem(field, Excerpt("no goal"), rule, "write cpu_percent = 60")


def known_region(field: str, region: str) -> Iterator[Problem]:
    """A region of AWS."""
    known = zone_letters()
    if region not in known and not is_token(region):
        rule = "is no region of AWS that this version knows"
        alike = sorted(known, key=lambda name: (name.partition("-")[0] != region.partition("-")[0], name))
        hint = did_you_mean(region, alike)
        yield Problem(field, region, rule, f"{hint}write one such as {quoted('us-east-1')}")


def known_zones(field: str, letters: Iterable[str], region: str) -> Iterator[Problem]:
    """Letters of zones that some region has; what the region is not known to have, an account may see."""
    known = zone_letters()
    used = sorted(set("".join(known.values())))
    for letter in letters:
        if len(letter) == 1 and letter not in used:
            rule = f"no region of AWS has a zone of this letter: they are {used[0]} to {used[-1]}"
            here = known.get(region)
            yield Problem(field, letter, rule, f"{region} has {listed(here)}" if here else "name others")


def named(field: str, value: str) -> Iterator[Problem]:
    """A physical name from which AWS's can be made without changing it."""
    if not _NAME.fullmatch(value) and not is_token(value):
        rule = "a name is letters, digits, - and _, and begins and ends with a letter or digit"
        legal = re.sub(r"[^A-Za-z0-9_-]+", "-", value).strip("-_") or "shop-dev"
        yield Problem(field, value, rule, f'write "{legal}"')


def is_token(value: Any) -> bool:
    """Whether cdktf resolves it at the end: texts with ``${``, and numbers that no one writes."""
    return (isinstance(value, str) and "${" in value) or (isinstance(value, float) and abs(value) > 1e100)
