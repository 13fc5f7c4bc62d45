"""The style sheet of the picture: system fonts, and one set of colours each for light and dark."""

from __future__ import annotations

from collections.abc import Iterable

_SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
_LIGHT = {
    "page": "#ffffff",
    "ink": "#1b2430",
    "soft": "#556170",
    "vpc": "#f7f9fb",
    "vpcline": "#8593a3",
    "zone": "#ffffff",
    "zoneline": "#c5cfda",
    "card": "#ffffff",
    "cardline": "#a9b5c2",
    "public": "#009e73",
    "private": "#0072b2",
    "inner": "#e69f00",
    "balancer": "#e8f2f9",
    "balancerline": "#6aa5cc",
    "chip": "#ffffff",
    "chipline": "#9cc4df",
    "nat": "#fdf1e7",
    "natline": "#e0a274",
    "endpoint": "#e8f6f1",
    "endpointline": "#6bbfa5",
    "call": "#0072b2",
    "delivery": "#6d7988",
    "endpointwire": "#00805d",
    "inside": "#4d3d00",
    "out": "#c75300",
    "trigger": "#1b2430",
    "guard": "#a04a7e",
    "outside": "#f0f2f5",
}
_DARK = {
    "page": "#12171e",
    "ink": "#e6ebf1",
    "soft": "#9fabb8",
    "vpc": "#171e27",
    "vpcline": "#5d6b7a",
    "zone": "#1b232d",
    "zoneline": "#3d4a58",
    "card": "#222c37",
    "cardline": "#566575",
    "public": "#2fc79a",
    "private": "#56b4e9",
    "inner": "#f0c24f",
    "balancer": "#1c2c3a",
    "balancerline": "#4f84a8",
    "chip": "#152230",
    "chipline": "#44708f",
    "nat": "#33271b",
    "natline": "#96683f",
    "endpoint": "#16302a",
    "endpointline": "#3b8670",
    "call": "#6cc0f0",
    "delivery": "#9aa6b5",
    "endpointwire": "#3fd0a6",
    "inside": "#f0e442",
    "out": "#f09355",
    "trigger": "#e6ebf1",
    "guard": "#dd94bd",
    "outside": "#1f2731",
}
"""The roles' colours are those of Okabe and Ito, made darker or lighter until they stand out from the page:
https://jfly.uni-koeln.de/color/."""

_FIXED = f"""
.architecture text{{font-family:{_SANS};font-size:11px}}
.architecture .a-t-h1{{font-size:20px;font-weight:700}}
.architecture .a-t-h2,.architecture .a-t-zone{{font-size:12px;font-weight:700}}
.architecture .a-t-cidr,.architecture .a-t-chip{{font-size:12px;font-weight:700}}
.architecture .a-t-name{{font-size:13px;font-weight:700}}
.architecture .a-t-dense{{font-size:12px;font-weight:700}}
.architecture .a-t-port{{font-size:10px;font-weight:700;paint-order:stroke;stroke-width:3px}}
.architecture .a-t-heading{{font-size:11px;font-weight:700;letter-spacing:.04em}}
.architecture .a-t-small{{font-size:10px}}
.architecture .a-zone>rect{{stroke-dasharray:4 3}}
.architecture .a-guard>rect{{fill:none;stroke-width:1.2;stroke-dasharray:5 3}}
.architecture .a-existing>rect,.architecture .a-caller>rect{{stroke-width:1.5;stroke-dasharray:9 4}}
.architecture .a-occupied>rect{{stroke-dasharray:2 3}}
.architecture .a-t-guard{{font-size:9px;font-weight:700}}
.architecture .a-line{{fill:none;stroke-width:1.6;stroke-linecap:round}}
.architecture .a-thick,.architecture .a-bundle .a-line{{stroke-width:5;opacity:.75}}
.architecture .a-matrix>rect{{fill:none;stroke:none}}
.architecture .a-key{{cursor:pointer}}
.architecture .a-delivery .a-head{{stroke-width:1.2}}
.architecture .a-endpoint .a-line{{stroke-dasharray:1 4;stroke-width:2}}
.architecture .a-doubt .a-line{{stroke-dasharray:5 4}}
"""


def _colours(c: dict[str, str]) -> str:
    boxes = {
        "vpc": ("vpc", "vpcline"),
        "zone": ("zone", "zoneline"),
        "subnet": ("card", "cardline"),
        "nat": ("nat", "natline"),
        "balancer": ("balancer", "balancerline"),
        "chip": ("chip", "chipline"),
        "function": ("card", "cardline"),
        "service": ("card", "cardline"),
        "caller": ("outside", "cardline"),
        "outside": ("outside", "cardline"),
        "elsewhere": ("outside", "cardline"),
        "internet": ("outside", "cardline"),
        "aws": ("outside", "cardline"),
        "occupied": ("outside", "cardline"),
        "endpoint": ("endpoint", "endpointline"),
        "gateway": ("card", "out"),
        "cell": ("call", "call"),
    }
    wires = {
        **{"call": "call", "delivery": "delivery", "endpoint": "endpointwire"},
        **{"inside": "inside", "out": "out", "trigger": "trigger"},
    }
    rules = [f".architecture .a-{box}>rect{{fill:{c[a]};stroke:{c[b]}}}" for box, (a, b) in boxes.items()]
    rules += [
        f".architecture .a-{tier}>.a-bar{{fill:{c[tier]};stroke:none}}"
        for tier in ("public", "private", "inner")
    ]
    for kind, colour in wires.items():
        rules.append(f".architecture .a-wire.a-{kind} .a-line{{stroke:{c[colour]}}}")
        rules.append(f".architecture .a-{kind} .a-head,.architecture .a-{kind} circle{{fill:{c[colour]}}}")
    rules.append(f".architecture .a-delivery .a-head{{fill:{c['page']};stroke:{c['delivery']}}}")
    rules.append(f".architecture .a-cell.a-doubt>rect{{fill:{c['page']}}}")
    rules.append(f".architecture .a-row>rect{{fill:{c['page']};stroke:none}}")
    rules.append(f".architecture .a-row.a-even>rect{{fill:{c['outside']}}}")
    rules.append(f".architecture .a-guard>rect{{stroke:{c['guard']}}}")
    rules.append(f".architecture .a-t-guard{{fill:{c['guard']}}}")
    page = f".architecture .a-page{{fill:{c['page']}}}"
    texts = f".architecture text{{fill:{c['ink']}}}"
    soft = ",".join(f".architecture .a-t-{name}" for name in ("text", "small", "note", "heading", "turned"))
    port = f".architecture .a-t-port{{stroke:{c['vpc']}}}"
    return "\n".join([page, texts, f"{soft}{{fill:{c['soft']}}}", port, *rules])


def pointing(numbers: Iterable[int | None]) -> str:
    """Give the rules by which a box lights its ways when somebody points at it: everything else fades."""
    known = sorted({number for number in numbers if number is not None})
    parts = ":is(.a-part,.a-key)"
    return "".join(f".architecture:has(.n{n}:hover) {parts}:not(.w{n}){{opacity:.14}}\n" for n in known)


STYLE = f"{_FIXED}{_colours(_LIGHT)}\n@media (prefers-color-scheme:dark){{\n{_colours(_DARK)}\n}}\n"
