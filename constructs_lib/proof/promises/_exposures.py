"""The promises about the internet: it reaches what is public, from the allowed ranges, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.figures.internet import HTTP, HTTPS
from constructs_lib.proof.promises.promise import Promise, standing
from constructs_lib.proof.walking.addresses import Network, covered, network
from constructs_lib.proof.walking.answers import CannotTell, Carried
from constructs_lib.proof.walking.exposures import Exposure, exposures
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from constructs_lib.environment import Environment
    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.proof.walking.path import Paths

Breaches = list[tuple[str, Carried | CannotTell]]


def exposure_promises(
    environment: Environment, paths: Paths, workloads: Mapping[str, Interface]
) -> Iterator[Promise]:
    """The internet reaches the public workloads on their ports from the allowed ranges, and nothing
    else.
    """
    found: dict[str, list[Exposure]] = {}
    for exposure in exposures(paths):
        found.setdefault(exposure.target, []).append(exposure)
    public = {name for name in workloads if environment.workloads[name].exposure == "public"}
    ports = {environment.listener_port(name) for name in public}
    doors = {way[0].interface.address for name in public for way in paths.ways(workloads[name].address)}
    for name, interface in workloads.items():
        own = found.pop(interface.address, [])
        if name in public:
            doubts = paths.bystanders.doubts(paths.bystanders.way_in(interface))
            yield _only_allowed(environment, name, own, {environment.listener_port(name)}, doubts)
        else:
            breaches = [(_exposed(exposure), exposure.answer) for exposure in own]
            yield standing("exposure", name, f"the internet does not reach {name}", breaches)
    for door in sorted(doors):
        wanted = ports | ({HTTP} if HTTPS in ports else set())
        doubts = paths.bystanders.doubts(paths.bystanders.way_in(paths.model.interfaces[door]))
        yield _only_allowed(environment, door, found.pop(door, []), wanted, doubts)
    rest: Breaches = [(_exposed(e), e.answer) for own in found.values() for e in own]
    yield standing("exposure", "the internet", "the internet reaches nothing else", rest)


def _only_allowed(
    environment: Environment,
    name: str,
    found: list[Exposure],
    ports: set[int],
    doubts: Sequence[CannotTell],
) -> Promise:
    allowed = environment.load_balancers.public.allowed_cidrs
    own = [n for n in map(network, allowed) if not isinstance(n, Unknown)]
    breaches: Breaches = []
    for exposure in found:
        wrong = [source for source in exposure.sources if not _is_covered(source, own)]
        if exposure.port not in ports or exposure.around:
            breaches.append((_exposed(exposure), exposure.answer))
        elif wrong and isinstance(exposure.answer, Carried):
            breaches.append((f"{' and '.join(wrong)} reaches it on {exposure.port}, too", exposure.answer))
        elif isinstance(exposure.answer, CannotTell):
            breaches.append((exposure.answer.why, exposure.answer))
    sentence = f"only {' and '.join(allowed)} reaches {name} from the internet"
    return standing("exposure", name, sentence, breaches, doubts)


def _is_covered(source: str, allowed: list[Network]) -> bool:
    found = network(source)
    return not isinstance(found, Unknown) and covered(found, allowed)


def _exposed(exposure: Exposure) -> str:
    port = "" if exposure.port is None else f" on {exposure.port}"
    sources = " and ".join(exposure.sources) or "somebody"
    if isinstance(exposure.answer, CannotTell):
        return f"{sources} may reach {exposure.target}{port}: {exposure.answer.why}"
    return f"{sources} reaches {exposure.target}{port}"
