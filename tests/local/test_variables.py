"""A function's variables on this machine."""

import asyncio
import json
from types import SimpleNamespace

from constructs_lib.local.reading.values import Values
from constructs_lib.local.variables import Addresses
from constructs_lib.names import callee_urls_text
from tests.support.architecture import default_document
from tests.support.written_stacks import read

HOST = "http://${aws_lb.internal.dns_name}"


def listener(port):
    return SimpleNamespace(
        address=f"aws_lb_listener.internal_{port}", load_balancer="aws_lb.internal", port=port
    )


def test_every_address_of_a_callee_becomes_a_door():
    content = default_document()
    in_one = callee_urls_text(HOST, {"inventory": 8080, "prices": 8081})
    content["resource"]["aws_lambda_function"]["storefront"]["environment"] = {
        "variables": {"INVENTORY_URL": f"{HOST}:8080/x", "CALLEE_URLS": in_one, "OTHER": "{}"}
    }
    document = read(content)
    [given] = document.blocks["aws_lambda_function.storefront"].blocks("environment")
    variables = given.get("variables")
    addresses = Addresses(Values(document, None), [listener(8080), listener(8081)])

    async def door(one):
        return one.port + 1000

    assert len(addresses.listeners_in({"CALLEE_URLS": variables["CALLEE_URLS"]})) == 2
    found = asyncio.run(addresses.resolved(variables, door))
    assert (found["INVENTORY_URL"], found["OTHER"]) == ("http://127.0.0.1:9080/x", "{}")
    assert json.loads(found["CALLEE_URLS"]) == {
        "base": "http://127.0.0.1",
        "ports": {"inventory": 9080, "prices": 9081},
    }
