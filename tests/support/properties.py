"""How property tests run: the same examples every time, and no test fails because a machine is busy.

``steady`` is the profile of every run, ``thorough`` (``--hypothesis-profile=thorough``) that of
``make test-all``: the same laws over ten times as many examples. ``make test-fast`` has ``brief``: a fifth.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

_EXAMPLES = 50

settings.register_profile(
    "steady",
    database=None,
    deadline=None,
    derandomize=True,
    max_examples=_EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.register_profile("thorough", settings.get_profile("steady"), max_examples=10 * _EXAMPLES)
settings.register_profile("brief", settings.get_profile("steady"), max_examples=_EXAMPLES // 5)
settings.load_profile("steady")


def thoroughness() -> float:
    """How much more is tried than in a usual run: 1; 10 in ``make test-all``, 0.2 in ``make test-fast``."""
    return settings.get_profile(settings.get_current_profile_name()).max_examples / _EXAMPLES


def examples(count: int) -> settings:
    """For laws that need more or fewer examples than others, of which each is cheap or dear."""
    return settings(max_examples=max(1, round(count * thoroughness())))
