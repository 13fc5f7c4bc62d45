"""A stack as it was written, with all that follows from it: each worked out once, when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from constructs_lib.proof.promises.every import prove
from constructs_lib.proof.reachability import Reachability
from constructs_lib.rules import check_rules, rule_on
from constructs_lib.views.traffic import Traffic
from constructs_lib.views.understanding import understanding_of

if TYPE_CHECKING:
    from pathlib import Path

    from constructs_lib.environment import Environment
    from constructs_lib.environment.lint_settings import LintSettings
    from constructs_lib.proof.model.network import Model
    from constructs_lib.proof.promises.promise import Proof
    from constructs_lib.rules import Ruling
    from constructs_lib.terraform_json.document import Document
    from constructs_lib.views.understanding import Understanding


@dataclass(frozen=True)
class WrittenStack:
    """One root module of Terraform JSON.

    name: what its pictures and messages are called by. environment: what it was made from; None for anybody's
    Terraform JSON. folder: where it lies with its packages; None where nothing but the document is at hand.
    lint_settings: waivers that stand beside it instead of in an environment.
    """

    name: str
    document: Document
    environment: Environment | None = None
    folder: Path | None = None
    lint_settings: LintSettings | None = None

    @cached_property
    def reachability(self) -> Reachability:
        """Who reaches whom in it."""
        return Reachability(self.document)

    @property
    def model(self) -> Model:
        """What it builds."""
        return self.reachability.model

    @cached_property
    def traffic(self) -> Traffic:
        """The connections of its picture."""
        return Traffic(self.reachability)

    @cached_property
    def proof(self) -> Proof:
        """The promises of its environment, asked of it.

        Raises ValueError where it was made from none.
        """
        return prove(self.intent, self.model)

    @cached_property
    def ruling(self) -> Ruling:
        """AWS's rules beside the waivers and quotas of its environment, or of its own settings."""
        settings = self.environment or self.lint_settings
        if settings is None:
            return rule_on(check_rules(self.model))
        return rule_on(check_rules(self.model, settings.quotas), settings.waivers)

    @cached_property
    def understanding(self) -> Understanding:
        """How much of it was read, and what was not understood."""
        return understanding_of(self.model)

    @property
    def intent(self) -> Environment:
        """Its environment.

        Raises ValueError where it was made from none.
        """
        if self.environment is None:
            raise ValueError(f"{self.name} was made from no environment file, so nothing is promised of it")
        return self.environment
