"""The reference of AWS's rules, from the table that ``lint`` and waivers name them by.

``python -m tools.rule_reference docs/rules.md`` brings the page up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from constructs_lib.figures.rule_names import RULE_NAMES
from constructs_lib.rules import NOT_READ, PARTLY_READ

BEGIN = "<!-- reference: python -m tools.rule_reference docs/rules.md -->"
END = "<!-- end of reference -->"


def reference() -> str:
    """Return the tables of the rules, of the parts that no document answers, and of what is no rule."""
    rules = [
        f"| [`{rule.name}`]({rule.page}) | {rule.severity} | {rule.asks} | {rule.figure} |"
        for rule in RULE_NAMES.values()
    ]
    parts = [f"| `{name}` | {part} |" for name, part in PARTLY_READ.items()]
    facts = [f"| {fact} | {why} |" for fact, why in NOT_READ.items()]
    return "\n".join(
        (
            *("| rule | severity | what AWS asks for | figure |", "|---|---|---|---|", *rules),
            *("", "| rule | what of it no Terraform JSON says |", "|---|---|", *parts),
            *("", "| what AWS also says | why it is no rule here |", "|---|---|", *facts),
        )
    )


def main(path: Path) -> None:
    """Write the tables into a file, between its two marks."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{reference()}\n{END}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
