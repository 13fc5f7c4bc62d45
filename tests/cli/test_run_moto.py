"""``run --aws moto``: functions call a stand-in of this machine."""

import contextlib

import pytest

from constructs_lib.cli.support.aws_for_functions import variables
from constructs_lib.local.running import Options
from constructs_lib.testing.chain import LocalChain
from tests.support.local.projects import ECHO, stack_with

BUCKETS = """
import boto3

def handler(event, context):
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="shop")
    return {"statusCode": 200, "body": ",".join(one["Name"] for one in s3.list_buckets()["Buckets"])}
"""


@pytest.mark.slow
def test_a_function_calls_moto(tmp_path):
    with contextlib.ExitStack() as opened:
        shared = variables("moto", None, opened)
        stack = stack_with(tmp_path, {"storefront": BUCKETS, "inventory": ECHO}, timeout=20, memory_size=512)
        with LocalChain(stack, options=Options(port=0, shared=shared)) as chain:
            assert chain.get("storefront").text == "shop"
