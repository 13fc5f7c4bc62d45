"""The style sheet of the picture: system fonts, and one set of colours each for light and dark."""

from __future__ import annotations

_SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
_LIGHT = {
    "page": "#ffffff",
    "ink": "#1b2430",
    "soft": "#5a6675",
    "vpc": "#f7f9fb",
    "vpcline": "#c5cfda",
    "zone": "#ffffff",
    "zoneline": "#d5dde6",
    "card": "#ffffff",
    "cardline": "#b9c4d0",
    "public": "#2e8b57",
    "private": "#3f6fb5",
    "inner": "#8257b8",
    "balancer": "#eef0fb",
    "balancerline": "#8f9be0",
    "chip": "#ffffff",
    "chipline": "#aab3e6",
    "nat": "#fdf4e7",
    "natline": "#e2b774",
    "endpoint": "#ecf7f5",
    "endpointline": "#7fbfb2",
    "call": "#4453c4",
    "delivery": "#6d7988",
    "endpointwire": "#17857a",
    "internet": "#b9690e",
    "outside": "#f2f4f7",
}
_DARK = {
    "page": "#12171e",
    "ink": "#e6ebf1",
    "soft": "#9aa7b5",
    "vpc": "#171e27",
    "vpcline": "#3a4654",
    "zone": "#1b232d",
    "zoneline": "#333f4c",
    "card": "#222c37",
    "cardline": "#4a5868",
    "public": "#5cc48a",
    "private": "#7aa5e6",
    "inner": "#b794e6",
    "balancer": "#232844",
    "balancerline": "#6d79cf",
    "chip": "#1b2036",
    "chipline": "#56609f",
    "nat": "#332a1b",
    "natline": "#8f7240",
    "endpoint": "#17302e",
    "endpointline": "#3f7f76",
    "call": "#98a4ff",
    "delivery": "#9aa6b5",
    "endpointwire": "#4cc3b4",
    "internet": "#eba652",
    "outside": "#1f2731",
}

_FIXED = f"""
.architecture text{{font-family:{_SANS};font-size:11px}}
.architecture .a-t-h1{{font-size:20px;font-weight:700}}
.architecture .a-t-h2,.architecture .a-t-zone{{font-size:12px;font-weight:700}}
.architecture .a-t-cidr,.architecture .a-t-chip{{font-size:12px;font-weight:700}}
.architecture .a-t-name{{font-size:13px;font-weight:700}}
.architecture .a-t-port{{font-size:10px;font-weight:700;paint-order:stroke;stroke-width:3px}}
.architecture .a-t-heading{{font-size:11px;font-weight:700;letter-spacing:.04em}}
.architecture .a-t-small{{font-size:10px}}
.architecture .a-zone>rect{{stroke-dasharray:4 3}}
.architecture .a-line{{fill:none;stroke-width:1.5;stroke-linecap:round}}
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
        "endpoint": ("endpoint", "endpointline"),
        "gateway": ("card", "vpcline"),
    }
    wires = {"call": "call", "delivery": "delivery", "endpoint": "endpointwire", "internet": "internet"}
    rules = [f".architecture .a-{box}>rect{{fill:{c[a]};stroke:{c[b]}}}" for box, (a, b) in boxes.items()]
    rules += [
        f".architecture .a-{tier}>.a-bar{{fill:{c[tier]};stroke:none}}"
        for tier in ("public", "private", "inner")
    ]
    for kind, colour in wires.items():
        rules.append(f".architecture .a-wire.a-{kind} .a-line{{stroke:{c[colour]}}}")
        rules.append(f".architecture .a-{kind} .a-head,.architecture .a-{kind} circle{{fill:{c[colour]}}}")
    page = f".architecture .a-page{{fill:{c['page']}}}"
    texts = f".architecture text{{fill:{c['ink']}}}"
    soft = ",".join(f".architecture .a-t-{name}" for name in ("text", "small", "note", "heading", "turned"))
    port = f".architecture .a-t-port{{stroke:{c['vpc']}}}"
    return "\n".join([page, texts, f"{soft}{{fill:{c['soft']}}}", port, *rules])


STYLE = f"{_FIXED}{_colours(_LIGHT)}\n@media (prefers-color-scheme:dark){{\n{_colours(_DARK)}\n}}\n"
