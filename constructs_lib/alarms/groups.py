"""Which alarms stand together below one composite alarm: pure, and the same whatever else there is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from constructs_lib.figures.cloudwatch import ALARM_RULE_LENGTH, ALARMS_PER_COMPOSITE

_AROUND = len('ALARM("") OR ')


def rule_length(names: Sequence[str]) -> int:
    """How long the rule is at most that goes off with any of the alarms."""
    return sum(len(name) + _AROUND for name in names)


def groups_of(kind: str, alarms: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Part alarms into groups that a composite alarm takes, by the groups' names.

    kind: the name of the one group where one is enough. alarms: the names of the alarms, by the thing that
    they watch; those of a thing stay together. A thing's place follows from its name alone: a group that is
    too large is halved by the things' hashes, and none of the others changes.
    """
    return _halved(kind, alarms, "")


def _halved(kind: str, alarms: Mapping[str, Sequence[str]], half: str) -> dict[str, list[str]]:
    names = [name for found in alarms.values() for name in found]
    if not names:
        return {}
    fits = len(names) <= ALARMS_PER_COMPOSITE and rule_length(names) <= ALARM_RULE_LENGTH
    if fits or len(alarms) == 1:
        return {f"{kind}_{half}" if half else kind: names}
    depth = len(half)
    parts: dict[str, dict[str, Sequence[str]]] = {"0": {}, "1": {}}
    for thing, found in alarms.items():
        parts[_bits(thing)[depth]][thing] = found
    return {
        group: found
        for bit, part in parts.items()
        for group, found in _halved(kind, part, half + bit).items()
    }


def _bits(thing: str) -> str:
    return f"{int(hashlib.sha256(thing.encode()).hexdigest(), 16):0256b}"
