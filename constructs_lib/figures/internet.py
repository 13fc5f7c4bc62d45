"""Ports and addresses as the internet has them, for everything that listens or is reached."""

from __future__ import annotations

from constructs_lib.figures.bounds import Bounds

# https://www.iana.org/assignments/service-names-port-numbers
HTTP, HTTPS = 80, 443
PORT = Bounds(1, 65535)

# https://www.rfc-editor.org/rfc/rfc4632 and https://www.rfc-editor.org/rfc/rfc4291: every address
ANYWHERE_IPV4, ANYWHERE_IPV6 = "0.0.0.0/0", "::/0"
