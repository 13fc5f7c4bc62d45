"""Statements of policies as values that can be asked whether they hit a request."""

from __future__ import annotations

from dataclasses import dataclass

from constructs_lib.iam.patterns import Text, matches, spelled


@dataclass(frozen=True, slots=True)
class Choice:
    """Actions or resources of a statement: those that a pattern matches, or all others (``inverted``)."""

    patterns: tuple[Text, ...]
    inverted: bool = False

    def holds(self, text: Text, *, any_case: bool = False) -> bool | None:
        """Tell whether a text is meant; None where that depends on what is not known."""
        found = {matches(pattern, text, any_case=any_case) for pattern in self.patterns}
        answer = True if True in found else None if None in found else False
        return None if answer is None else answer != self.inverted

    def __str__(self) -> str:
        names = ", ".join(map(spelled, self.patterns)) or "nothing"
        return f"everything but {names}" if self.inverted else names


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. address: the resource, or the managed policy, in which it is written.

    allows: None where the effect is not known. condition: in words, empty for none. sid: its name, empty for
    none. unread: why it is not known what it says; it stands for anything then.
    """

    address: str
    allows: bool | None
    actions: Choice
    resources: Choice
    condition: str = ""
    sid: str = ""
    unread: str = ""

    def acts(self, action: str) -> bool | None:
        """Tell whether an action is meant, on whatever resource."""
        return self.actions.holds((action,), any_case=True)

    def hits(self, action: str, resource: Text) -> bool | None:
        """Tell whether a request is meant; a condition may hold or not."""
        action_is = self.acts(action)
        resource_is = False if action_is is False else self.resources.holds(resource)
        if action_is is False or resource_is is False:
            return False
        return True if action_is and resource_is and not (self.condition or self.unread) else None
