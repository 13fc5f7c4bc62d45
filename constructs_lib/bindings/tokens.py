"""What a token stands for in the synthesized JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constructs_lib.bindings.classes import DefaultTokenResolver, StringConcat, Tokenization

if TYPE_CHECKING:
    from constructs_lib.bindings.classes import IConstruct


def resolved(value: Any, *, scope: IConstruct) -> Any:
    """``vpc.id`` (``${TfToken[TOKEN.0]}``) as the synthesized JSON has it (``${aws_vpc.network.id}``).

    Takes text with tokens in it, a token number, list or map, and what ``Fn`` returns.
    """
    resolver = DefaultTokenResolver(StringConcat())
    return Tokenization.resolve(value, scope=scope, preparing=False, resolver=resolver)
