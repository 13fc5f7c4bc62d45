"""The loop of Lambda's Python runtime for machines that awslambdaric is not made for.

https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import sys
import time
import traceback
from typing import Any

_INIT_ERRORS = {
    "ImportError": "Runtime.ImportModuleError",
    "ModuleNotFoundError": "Runtime.ImportModuleError",
    "AttributeError": "Runtime.HandlerNotFound",
    "SyntaxError": "Runtime.UserCodeSyntaxError",
}


class Context:
    """What a handler is told about its invocation."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = self.client_context = self.tenant_id = None
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function is stopped."""
        return max(0, self._deadline_ms - int(time.time() * 1000))


def _error(fault: BaseException, kind: str) -> str:
    stack = traceback.format_list(traceback.extract_tb(fault.__traceback__)[1:])
    message = str(fault)
    text = "[ERROR] " + kind + ": " + message + "\nTraceback (most recent call last):\n" + "".join(stack)
    print(text, file=sys.stderr, flush=True)
    return json.dumps({"errorMessage": message, "errorType": kind, "stackTrace": stack})


def _handler(name: str) -> Any:
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(module.replace("/", ".")), function)


def run(name: str, client: Any) -> None:
    """Answer invocations with the handler of that name, ``module.function``."""
    logging.basicConfig(format="[%(levelname)s]\t%(asctime)s\t%(message)s")
    try:
        handler = _handler(name)
    except Exception as fault:
        kind = type(fault).__name__
        client.post_init_error(_error(fault, _INIT_ERRORS.get(kind, kind)))
        sys.exit(1)
    while True:
        event, headers = client.next()
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id") or ""
        request = headers["Lambda-Runtime-Aws-Request-Id"]
        try:
            answer = json.dumps(handler(json.loads(event), Context(headers))).encode()
        except Exception as fault:
            client.post_error(request, _error(fault, type(fault).__name__))
        else:
            client.post_invocation_result(request, answer)
