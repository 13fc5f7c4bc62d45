"""jsii's requests over a node that was started ahead.

The messages are jsii's own (https://github.com/aws/jsii/blob/main/packages/%40jsii/kernel/src/api.ts). jsii
finds out for every value how it becomes a dictionary and for every answer which object it is; here the fields
of the few kinds of requests and answers are known, and JSON's own hooks do the rest.
"""

from __future__ import annotations

import json
from typing import Any

import jsii
from jsii import _reference_map
from jsii import _stack_trace as stack_traces
from jsii._kernel import types
from jsii._kernel.providers.process import (
    ProcessProvider,
    _CompleteRequest,
    _unstructure_ref,
    jdefault,
    ohook,
)
from jsii.errors import ErrorType, JavaScriptError, JSIIError

from constructs_lib.bindings.node import Node, assembly, encoded, take
from constructs_lib.bindings.node_program import NotAsExpectedError

_APIS: dict[type, str] = {
    types.LoadRequest: "load",
    types.GetScriptCommandRequest: "getBinScriptCommand",
    types.CreateRequest: "create",
    types.DeleteRequest: "del",
    types.GetRequest: "get",
    types.SetRequest: "set",
    types.StaticGetRequest: "sget",
    types.StaticSetRequest: "sset",
    types.InvokeRequest: "invoke",
    types.StaticInvokeRequest: "sinvoke",
    types.BeginRequest: "begin",
    types.StaticBeginRequest: "sbegin",
    types.EndRequest: "end",
    types.CallbacksRequest: "callbacks",
    types.CompleteRequest: "complete",
    types.StatsRequest: "stats",
}
_CALLED_BACK = {"invoke": types.InvokeRequest, "get": types.GetRequest, "set": types.SetRequest}


def use(node: Node) -> None:
    """Let jsii talk to this node.

    Raises:
        NotAsExpectedError: jsii knows requests that are not known here, or the node runs another kernel.
    """
    known = {kind.__name__ for kind in _APIS} | {"NamingRequest"}  # the last one is never sent
    there = {name for name in vars(types) if name.endswith("Request") and name != "KernelRequest"}
    if there != known:
        raise NotAsExpectedError(f"jsii knows other requests: {', '.join(sorted(there ^ known))}")
    hello = json.loads(node.hello() or b"{}").get("hello")
    if hello != f"@jsii/runtime@{jsii.__jsii_runtime_version__}":
        raise NotAsExpectedError(
            f"node answers with {hello!r} instead of jsii {jsii.__jsii_runtime_version__}"
        )
    jsii.kernel.provider = _Provider(node)


def take_over() -> str:
    """Let jsii talk to a node of ours from now on instead of the one that it started itself, which ends.

    Returns why that can't be; empty where it was done. What was made in the other node would be lost, so it
    can't be where there is an object already.

    Raises:
        NotAsExpectedError: as ``use`` does.
        ConfigError: node can't be started.
    """
    if _reference_map._refs._refs:
        return "was used already"
    loaded = [assembly(package) for package in _reference_map._assembly_to_module.values()]
    there = [each for each in loaded if each is not None]
    if len(there) < len(loaded) or (started := take()) is None:
        return "its node can't be replaced here"
    before: Any = jsii.kernel.provider
    try:
        use(started)
    except BaseException:
        started.stop()
        raise
    for each in there:
        jsii.kernel.load(**each)
    if there:
        before._process.stop()
    return ""


class _Provider(ProcessProvider):
    def __init__(self, node: Node) -> None:
        self._exchange = _Exchange(node)

    @property
    def _process(self) -> _Exchange:
        return self._exchange


class _Exchange:
    """What jsii's own providers call a process: it sends a request and gives the answer."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def send(self, request: Any, answer_type: type) -> Any:
        line = self._node.ask(_line(request))
        if not line:
            raise self._node.fault()
        answer = json.loads(line, object_hook=ohook)
        if "ok" in answer:
            return _made(answer_type, answer["ok"])
        if "callback" in answer:
            return _callback(answer["callback"])
        kind = JSIIError if answer["name"] == ErrorType.JSII_FAULT.value else RuntimeError
        raise kind(answer["error"]) from JavaScriptError(answer["stack"])  # type: ignore[no-untyped-call]


def _line(request: Any) -> bytes:
    if isinstance(request, _CompleteRequest):
        return json.dumps({"complete": _fields(request.complete)}, default=_plain).encode() + b"\n"
    fields = _fields(request)
    if stack_traces.is_enabled() and (trace := stack_traces.capture_stack_trace()):
        fields["$jsii.stacktrace"] = trace
    return encoded(_APIS[type(request)], fields, default=_plain)


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in value.__attrs_attrs__}


def _plain(value: Any) -> Any:
    """What JSON does not know by itself."""
    if isinstance(value, types.ObjRef):
        return _unstructure_ref(value)  # type: ignore[no-untyped-call]
    if isinstance(value, types.Override):
        return _fields(value)
    return jdefault(value)  # type: ignore[no-untyped-call]


def _made(kind: Any, value: Any) -> Any:
    if isinstance(value, types.ObjRef):
        return kind(ref=value.ref)
    given = {name: value[name] for name in kind.__slots__ if name in value}
    if kind is types.CallbacksResponse:
        given = {"callbacks": [_callback(each) for each in value["callbacks"]]}
    return kind(**given)


def _callback(value: dict[str, Any]) -> types.Callback:
    made = {name: _made(kind, value[name]) for name, kind in _CALLED_BACK.items() if value.get(name)}
    return types.Callback(cbid=value["cbid"], cookie=value["cookie"], **made)
