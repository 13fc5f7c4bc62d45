"""A figure of AWS stands in figures/ alone: who needs it finds it there, and who corrects it is done."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import constructs_lib

ROOT = Path(constructs_lib.__file__).parent
# Numbers that mean AWS's figure wherever they stand, in code and in sentences alike.
NUMBERS = {730, 4096, 6144, 10240, 43200, 50000, 65535, 2147483647}
# Small ones that mean it in code alone; of pictures they are lengths.
SMALL_NUMBERS = {27, 28, 80, 255, 443, 900, 4000}
PICTURES = ROOT / "views" / "diagram"
TEXTS = tuple(
    re.compile(text)
    for text in (
        *(r"\.amazonaws\.com", r"com\\?\.amazonaws\\?\.(?!jsii)", "aws-cn", "us-gov-", "^cn-", "2012-10-17"),
        *("ELBSecurityPolicy", "s3express", r"vpce-svc-(?!\.\.\.)", "amzn-s3-demo-", r"0\.0\.0\.0/0", "::/0"),
        *(r"-\(?\[0-9a-f\]\{8\}", r"\[0-9\]\{+12", r"\\d\{+12"),
    )
)


def copies(text: str, small: frozenset[int] = frozenset(SMALL_NUMBERS)) -> Iterator[str]:
    """What of the figures stands in a module; docstrings may have texts as examples, numbers they may not."""
    tree = ast.parse(text)
    bodies = [body for node in ast.walk(tree) if isinstance(body := getattr(node, "body", None), list)]
    examples = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in NUMBERS | small:
            yield str(node.value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            numbers = re.findall(r"(?<![\d.])\d[\d,_]*", node.value)
            yield from (n for n in numbers if int(re.sub("[,_]", "", n)) in NUMBERS)
            if id(node) not in examples:
                yield from (found[0] for text in TEXTS if (found := text.search(node.value)))


def test_no_figure_stands_outside_of_its_place():
    found = {}
    for file in ROOT.rglob("*.py"):
        small = frozenset() if file.is_relative_to(PICTURES) else frozenset(SMALL_NUMBERS)
        if "figures" not in file.parts and (copied := [*copies(file.read_text("utf-8"), small)]):
            found[str(file.relative_to(ROOT))] = copied
    assert found == {}


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("MOST = 4_096", ["4096"]),
        ('rule = f"at most 10,240 {what}"', ["10,240"]),
        ('def f():\n    """Memory is 128 to 10240."""', ["10240"]),
        ('def f():\n    """Like com.amazonaws.eu-west-1.logs."""', []),
        ('principal = "lambda.amazonaws.com"', [".amazonaws.com"]),
        ('china = region.startswith("cn-")', ["cn-"]),
        ("if port in (80, 443): ...", ["80", "443"]),
        ('ID = "vpc-[0-9a-f]{17}"; PORT = 8080; size = 30.443', []),
        ('ID = "vpc-([0-9a-f]{8}|[0-9a-f]{17})"', ["-([0-9a-f]{8}"]),
    ],
)
def test_a_copy_is_found_in_code_and_in_sentences(text, copied):
    assert [*copies(text)] == copied
