"""Assertions about who reaches whom in a synthesized stack; messages name the hop that carries or blocks.

Names are those of ``constructs_lib.proof``: a Terraform address, a workload's short name (``"storefront"``),
``"internet"``, a range, a security group id or an AWS service (``"s3"``). A name that nothing in the template
has is a LookupError.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from constructs_lib.proof import Blocked, CannotTell, Carried, Reachability
from constructs_lib.terraform_json.addresses import short_name

if TYPE_CHECKING:
    from constructs_lib.proof import Answer, Exposure, Hop
    from constructs_lib.proof.walking.path import Through
    from constructs_lib.testing.assertions.template import Template

_known: WeakKeyDictionary[Template, Reachability] = WeakKeyDictionary()


def assert_reachable(
    template: Template,
    source: str,
    target: str,
    port: int,
    *,
    host: str | None = None,
    path: str | None = None,
) -> None:
    """``source`` reaches ``target`` on TCP ``port``; fails with the first hop that blocks.

    A workload behind a load balancer is asked for on its listener's port. host, path: of a request that the
    load balancer's rules have to lead there, too; without a path ``/``, without a host of whatever host.
    What only an apply can tell fails.
    """
    __tracebackhide__ = True
    answer = _asked(template, source, target, port, host, path, through="every")
    if isinstance(answer, Blocked):
        said = f"{source} does not reach {target} on {port}: {answer.why} ({answer.hop})"
        raise AssertionError(_with_hops(said, "it gets this far:", answer.before))
    if isinstance(answer, CannotTell):
        raise AssertionError(_doubt(source, target, port, answer))


def assert_unreachable(
    template: Template,
    source: str,
    target: str,
    port: int,
    *,
    host: str | None = None,
    path: str | None = None,
) -> None:
    """``source`` does not reach ``target`` on TCP ``port``, from none of its subnets and addresses.

    host, path: as in ``assert_reachable``; then such a request alone. Fails with the hops that carry it. What
    only an apply can tell fails.
    """
    __tracebackhide__ = True
    answer = _asked(template, source, target, port, host, path, through="any")
    if isinstance(answer, Carried):
        raise AssertionError(_with_hops(f"{source} reaches {target} on {port}", "by this way:", answer.hops))
    if isinstance(answer, CannotTell):
        raise AssertionError(_doubt(source, target, port, answer))


def assert_exposed_only(
    template: Template, expected: Collection[str] | Mapping[str, int | Collection[int]]
) -> None:
    """The internet reaches exactly these: names, or names with their ports; load balancers count too.

    ``{"public", "storefront"}`` is satisfied by any port, ``{"public": 80, "storefront": {80, 443}}`` by no
    other. Fails with the way of everything else, and with what is not reached. What the internet may reach,
    as only an apply can tell, has to be among the expected too.
    """
    __tracebackhide__ = True
    wanted = _wanted(expected)
    found = _reachability(template).exposures()
    lines = [line for exposure in found if not _is_meant(exposure, wanted) for line in _exposed(exposure)]
    for name, port in wanted:
        if not any(_is_meant(exposure, [(name, port)]) for exposure in found):
            lines.append(f"the internet does not reach {name}" + ("" if port is None else f" on {port}"))
    if lines:
        raise AssertionError("\n".join(lines))


def _asked(
    template: Template,
    source: str,
    target: str,
    port: int,
    host: str | None,
    path: str | None,
    *,
    through: Through,
) -> Answer:
    reachability = _reachability(template)
    if host is None and path is None:
        return reachability.path(source, target, port, through=through)
    return reachability.request(source, target, port, host=host, path=path or "/", through=through)


def _reachability(template: Template) -> Reachability:
    if template not in _known:
        _known[template] = Reachability(template.document)
    return _known[template]


def _with_hops(said: str, title: str, hops: Iterable[Hop]) -> str:
    lines = [f"  {hop.sentence}" for hop in hops]
    return "\n".join([said, *([title, *lines] if lines else [])])


def _doubt(source: str, target: str, port: int, answer: CannotTell) -> str:
    return f"cannot tell whether {source} reaches {target} on {port}: {answer.why} ({answer.hop})"


def _wanted(expected: Collection[str] | Mapping[str, int | Collection[int]]) -> list[tuple[str, int | None]]:
    if not isinstance(expected, Mapping):
        return [(name, None) for name in sorted(expected)]
    return [
        (name, port)
        for name, ports in sorted(expected.items())
        for port in ([ports] if isinstance(ports, int) else sorted(ports))
    ]


def _is_meant(exposure: Exposure, wanted: Iterable[tuple[str, int | None]]) -> bool:
    names = (exposure.target, short_name(exposure.target))
    return any(name in names and port in (None, exposure.port) for name, port in wanted)


def _exposed(exposure: Exposure) -> list[str]:
    port = "any port" if exposure.port is None else str(exposure.port)
    sources = ", ".join(exposure.sources)
    if isinstance(exposure.answer, CannotTell):
        return [f"the internet may reach {exposure.target} on {port}: {exposure.answer.why}"]
    said = f"the internet reaches {exposure.target} on {port}" + (f" from {sources}" if sources else "")
    return [said, *(f"  {hop.sentence}" for hop in exposure.answer.hops)]
