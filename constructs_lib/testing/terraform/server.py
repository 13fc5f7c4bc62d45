"""Serves the stand-in to Terraform: plugin protocol 6 over gRPC on a port of 127.0.0.1.

TCP and not a Unix socket, because each provider configuration (alias) of a run comes over a connection of its
own, which only TCP tells apart. The protocol's stubs come with the ``tf`` package.
https://github.com/hashicorp/terraform/blob/v1.11/docs/plugin-protocol/tfplugin6.7.proto
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc  # type: ignore[import-untyped]
from tf.gen import tfplugin_pb2 as pb  # type: ignore[import-untyped]
from tf.gen import tfplugin_pb2_grpc as rpc

from constructs_lib.testing.terraform.provider import Configuration, ProviderError, StandIn
from constructs_lib.testing.terraform.schema import (
    BindingSchemas,
    Block,
    NestedBlock,
    module_name,
)
from constructs_lib.testing.terraform.validation import Finding, unconfigurable
from constructs_lib.testing.terraform.values import decode, encode

ADDRESS = "registry.terraform.io/hashicorp/aws"
Types = tuple[frozenset[str], frozenset[str]]
"""Resource types and data source types."""
_NESTING = {"single": 1, "list": 2, "set": 3, "map": 4}
_CONNECTIONS = 64
_IMPORTED = b"imported"
"""Marks a state that was made up at import: what it says of arguments replaces nothing."""


class ProviderServer:
    """Runs the stand-in in threads of this process until ``stop``.

    ``types`` is asked for the resource and data source types in use each time Terraform asks for the schema.
    """

    def __init__(self, stand_in: StandIn, schemas: BindingSchemas, types: Callable[[], Types]) -> None:
        unlimited = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
        self._server = grpc.server(ThreadPoolExecutor(max_workers=_CONNECTIONS), options=unlimited)
        rpc.add_ProviderServicer_to_server(_Servicer(stand_in, schemas, types), self._server)
        self.port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()

    @property
    def reattach(self) -> str:
        """The value of ``TF_REATTACH_PROVIDERS`` that attaches Terraform to this server."""
        address = {"Network": "tcp", "String": f"127.0.0.1:{self.port}"}
        plugin = {"Protocol": "grpc", "ProtocolVersion": 6, "Pid": os.getpid(), "Test": True, "Addr": address}
        return json.dumps({ADDRESS: plugin})

    def stop(self) -> None:
        """Ends the server; calls under way are cut off."""
        self._server.stop(grace=None)


class _Servicer(rpc.ProviderServicer):  # type: ignore[misc]
    """Translates between the protocol's messages and the stand-in."""

    def __init__(self, stand_in: StandIn, schemas: BindingSchemas, types: Callable[[], Types]) -> None:
        self._stand_in = stand_in
        self._schemas = schemas
        self._types = types
        self._settings: dict[str, Configuration] = {}

    def GetProviderSchema(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        resources, data_sources = self._types()
        response = pb.GetProviderSchema.Response()
        response.provider.CopyFrom(_schema(self._schemas.provider()))
        response.provider_meta.CopyFrom(pb.Schema(block=pb.Schema.Block()))
        for names, data_source, target in (
            (resources, False, response.resource_schemas),
            (data_sources, True, response.data_source_schemas),
        ):
            by_module = {module_name(name, data_source=data_source): name for name in names}
            for module, block in self._schemas.find(by_module).items():
                target[by_module[module]].CopyFrom(_schema(block))
        return response

    def ValidateProviderConfig(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        return pb.ValidateProviderConfig.Response()

    def ValidateResourceConfig(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        block = self._block(request.type_name)
        findings = self._stand_in.validate(request.type_name, block, _value(request.config))
        return pb.ValidateResourceConfig.Response(diagnostics=map(_diagnostic, findings))

    def ValidateDataResourceConfig(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        block = self._block(request.type_name, data_source=True)
        findings = unconfigurable(block, _value(request.config))
        return pb.ValidateDataResourceConfig.Response(diagnostics=map(_diagnostic, findings))

    def UpgradeResourceState(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        block = self._block(request.type_name)
        state = json.loads(request.raw_state.json)
        response = pb.UpgradeResourceState.Response()
        response.upgraded_state.msgpack = encode(_conform(block, state))
        return response

    def ConfigureProvider(self, request: Any, context: Any) -> Any:  # noqa: N802
        response = pb.ConfigureProvider.Response()
        try:
            self._settings[context.peer()] = self._stand_in.configure(_value(request.config))
        except ProviderError as error:
            response.diagnostics.append(_error(str(error), error.detail))
        return response

    def ReadResource(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        response = pb.ReadResource.Response(private=request.private)
        state = self._stand_in.refresh(_value(request.current_state))
        response.new_state.msgpack = encode(state)
        return response

    def PlanResourceChange(self, request: Any, context: Any) -> Any:  # noqa: N802
        response = pb.PlanResourceChange.Response()
        prior, proposed = _value(request.prior_state), _value(request.proposed_new_state)
        change = self._stand_in.plan(
            request.type_name, self._block(request.type_name), self._setting(context), prior, proposed
        )
        response.planned_state.msgpack = encode(change.state)
        if request.prior_private != _IMPORTED:
            response.requires_replace.extend(_path(name) for name in change.replacing)
        return response

    def ApplyResourceChange(self, request: Any, context: Any) -> Any:  # noqa: N802
        response = pb.ApplyResourceChange.Response(private=request.planned_private)
        prior, planned = _value(request.prior_state), _value(request.planned_state)
        block = self._block(request.type_name)
        try:
            state = self._stand_in.apply(request.type_name, block, self._setting(context), prior, planned)
            response.new_state.msgpack = encode(state)
        except ProviderError as error:
            response.new_state.msgpack = encode(prior)
            response.diagnostics.append(_error(str(error), error.detail))
        return response

    def ReadDataSource(self, request: Any, context: Any) -> Any:  # noqa: N802
        block = self._block(request.type_name, data_source=True)
        config = _value(request.config)
        response = pb.ReadDataSource.Response()
        try:
            state = self._stand_in.read_data(request.type_name, block, self._setting(context), config)
            response.state.msgpack = encode(state)
        except (ProviderError, LookupError) as error:
            response.diagnostics.append(_error(str(error)))
        return response

    def ImportResourceState(self, request: Any, context: Any) -> Any:  # noqa: N802
        block = self._block(request.type_name)
        state = self._stand_in.import_state(request.type_name, block, self._setting(context), request.id)
        response = pb.ImportResourceState.Response()
        imported = response.imported_resources.add(type_name=request.type_name, private=_IMPORTED)
        imported.state.msgpack = encode(state)
        return response

    def StopProvider(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        return pb.StopProvider.Response()

    def _setting(self, context: Any) -> Configuration:
        return self._settings.get(context.peer()) or Configuration(account=self._stand_in.account)

    def _block(self, type_name: str, *, data_source: bool = False) -> Block:
        module = module_name(type_name, data_source=data_source)
        return self._schemas.find([module])[module]


def _value(message: Any) -> Any:
    return json.loads(message.json) if message.json else decode(message.msgpack)


def _schema(block: Block) -> Any:
    return pb.Schema(version=0, block=_block_message(block))


def _block_message(block: Block) -> Any:
    message = pb.Schema.Block(version=0)
    for name, attribute in block.attributes.items():
        message.attributes.add(
            name=name,
            type=json.dumps(attribute.type).encode(),
            required=attribute.required,
            optional=attribute.optional,
            computed=attribute.computed,
        )
    for name, nested in block.blocks.items():
        message.block_types.append(_nested_message(name, nested))
    return message


def _nested_message(name: str, nested: NestedBlock) -> Any:
    return pb.Schema.NestedBlock(
        type_name=name,
        nesting=_NESTING[nested.nesting],
        min_items=nested.min_items,
        max_items=nested.max_items,
        block=_block_message(nested.block),
    )


def _error(summary: str, detail: str = "", attribute: str = "") -> Any:
    message = pb.Diagnostic(severity=pb.Diagnostic.ERROR, summary=summary, detail=detail)
    if attribute:
        message.attribute.CopyFrom(_path(attribute))
    return message


def _diagnostic(finding: Finding) -> Any:
    return _error(finding.summary, finding.detail, finding.attribute)


def _path(dotted: str) -> Any:
    """``default_action.0.type`` as the protocol's path."""
    path = pb.AttributePath()
    for step in dotted.split("."):
        if step.isdigit():
            path.steps.add(element_key_int=int(step))
        else:
            path.steps.add(attribute_name=step)
    return path


def _conform(block: Block, state: Any) -> Any:
    """The state with exactly the attributes of this schema, whatever version of the bindings wrote it."""
    return _conform_type(block.type, state)


def _conform_type(kind: Any, value: Any) -> Any:
    if value is None or isinstance(kind, str):
        return value
    container, inner = kind
    if container == "object":
        return {name: _conform_type(item, value.get(name)) for name, item in inner.items()}
    if container == "map":
        return {key: _conform_type(inner, item) for key, item in value.items()}
    items: Iterable[Any] = value
    return [_conform_type(inner, item) for item in items]
