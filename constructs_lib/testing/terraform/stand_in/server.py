"""Serves the stand-in to Terraform: plugin protocol 6 over gRPC on a port of 127.0.0.1.

TCP and not a Unix socket, because each provider configuration (alias) of a run comes over a connection of its
own, which only TCP tells apart.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc  # type: ignore[import-untyped]

from constructs_lib.testing.terraform.schema import BindingSchemas, Block, module_name
from constructs_lib.testing.terraform.stand_in.messages import (
    conformed,
    error_message,
    finding_message,
    path_message,
    schema_message,
    value_of,
)
from constructs_lib.testing.terraform.stand_in.protocol import MESSAGES, handlers
from constructs_lib.testing.terraform.stand_in.provider import Configuration, ProviderError, StandIn
from constructs_lib.testing.terraform.stand_in.validation import unconfigurable
from constructs_lib.testing.terraform.stand_in.values import encode
from constructs_lib.testing.terraform.usage import Types

_ADDRESSES = ("registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws")
"""What Terraform and OpenTofu make of ``hashicorp/aws``."""
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
        self._server.add_generic_rpc_handlers((handlers(_Servicer(stand_in, schemas, types)),))
        self.port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()

    @property
    def reattach(self) -> str:
        """The value of ``TF_REATTACH_PROVIDERS`` that attaches Terraform to this server."""
        address = {"Network": "tcp", "String": f"127.0.0.1:{self.port}"}
        plugin = {"Protocol": "grpc", "ProtocolVersion": 6, "Pid": os.getpid(), "Test": True, "Addr": address}
        return json.dumps(dict.fromkeys(_ADDRESSES, plugin))

    def stop(self) -> None:
        """Ends the server; calls under way are cut off."""
        self._server.stop(grace=None)


class _Servicer:
    """Translates between the protocol's messages and the stand-in."""

    def __init__(self, stand_in: StandIn, schemas: BindingSchemas, types: Callable[[], Types]) -> None:
        self._stand_in = stand_in
        self._schemas = schemas
        self._types = types
        self._settings: dict[str, Configuration] = {}

    def GetProviderSchema(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        resources, data_sources = self._types()
        response = MESSAGES["GetProviderSchema.Response"]()
        response.provider.CopyFrom(schema_message(self._schemas.provider()))
        response.provider_meta.CopyFrom(schema_message(Block()))
        for names, data_source, target in (
            (resources, False, response.resource_schemas),
            (data_sources, True, response.data_source_schemas),
        ):
            by_module = {module_name(name, data_source=data_source): name for name in names}
            for module, block in self._schemas.find(by_module).items():
                target[by_module[module]].CopyFrom(schema_message(block))
        return response

    def ValidateProviderConfig(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        self._settings.pop(
            context.peer(), None
        )  # the first call of a connection, whose port may be another's of old
        return MESSAGES["ValidateProviderConfig.Response"]()

    def ValidateResourceConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        if (
            context.peer() not in self._settings
        ):  # only the walk that comes before every plan doesn't configure
            self._stand_in.live.begin_plan()
        block = self._block(request.type_name)
        findings = self._stand_in.validate(request.type_name, block, value_of(request.config))
        return MESSAGES["ValidateResourceConfig.Response"](diagnostics=map(finding_message, findings))

    def ValidateDataResourceConfig(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        block = self._block(request.type_name, data_source=True)
        findings = unconfigurable(block, value_of(request.config))
        return MESSAGES["ValidateDataResourceConfig.Response"](diagnostics=map(finding_message, findings))

    def UpgradeResourceState(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        block = self._block(request.type_name)
        state = json.loads(request.raw_state.json)
        response = MESSAGES["UpgradeResourceState.Response"]()
        response.upgraded_state.msgpack = encode(conformed(block, state))
        return response

    def ConfigureProvider(self, request: Any, context: Any) -> Any:  # noqa: N802
        response = MESSAGES["ConfigureProvider.Response"]()
        try:
            self._settings[context.peer()] = self._stand_in.configure(value_of(request.config))
        except ProviderError as error:
            response.diagnostics.append(error_message(str(error), error.detail))
        return response

    def ReadResource(self, request: Any, context: Any) -> Any:  # noqa: N802
        response = MESSAGES["ReadResource.Response"](private=request.private)
        state = value_of(request.current_state)
        if self._stand_in.has_vanished(request.type_name, state):
            response.new_state.msgpack = encode(None)
            return response
        if request.private != _IMPORTED:
            self._stand_in.observe(request.type_name, self._setting(context), state, refreshed=True)
        response.new_state.msgpack = encode(state)
        return response

    def PlanResourceChange(self, request: Any, context: Any) -> Any:  # noqa: N802
        response = MESSAGES["PlanResourceChange.Response"]()
        prior, proposed = value_of(request.prior_state), value_of(request.proposed_new_state)
        setting = self._setting(context)
        if request.prior_private != _IMPORTED:
            self._stand_in.observe(request.type_name, setting, prior)
        block = self._block(request.type_name)
        change = self._stand_in.plan(request.type_name, block, setting, prior, proposed)
        response.planned_state.msgpack = encode(change.state)
        response.legacy_type_system = change.beyond
        if request.prior_private != _IMPORTED:
            response.requires_replace.extend(path_message(name) for name in change.replacing)
        return response

    def ApplyResourceChange(self, request: Any, context: Any) -> Any:  # noqa: N802
        response = MESSAGES["ApplyResourceChange.Response"](private=request.planned_private)
        prior, planned = value_of(request.prior_state), value_of(request.planned_state)
        block = self._block(request.type_name)
        try:
            state = self._stand_in.apply(
                request.type_name,
                block,
                self._setting(context),
                prior,
                planned,
                is_wanted=context.is_active,
            )
            response.new_state.msgpack = encode(state)
        except ProviderError as error:
            response.new_state.msgpack = encode(prior)
            response.diagnostics.append(error_message(str(error), error.detail))
        return response

    def ReadDataSource(self, request: Any, context: Any) -> Any:  # noqa: N802
        block = self._block(request.type_name, data_source=True)
        config = value_of(request.config)
        response = MESSAGES["ReadDataSource.Response"]()
        try:
            state = self._stand_in.read_data(request.type_name, block, self._setting(context), config)
            response.state.msgpack = encode(state)
        except (ProviderError, LookupError) as error:
            response.diagnostics.append(error_message(str(error)))
        return response

    def ImportResourceState(self, request: Any, context: Any) -> Any:  # noqa: N802
        block = self._block(request.type_name)
        state = self._stand_in.import_state(request.type_name, block, self._setting(context), request.id)
        response = MESSAGES["ImportResourceState.Response"]()
        imported = response.imported_resources.add(type_name=request.type_name, private=_IMPORTED)
        imported.state.msgpack = encode(state)
        return response

    def StopProvider(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        return MESSAGES["StopProvider.Response"]()

    def _setting(self, context: Any) -> Configuration:
        return self._settings.get(context.peer()) or Configuration(account=self._stand_in.account)

    def _block(self, type_name: str, *, data_source: bool = False) -> Block:
        module = module_name(type_name, data_source=data_source)
        return self._schemas.find([module])[module]
