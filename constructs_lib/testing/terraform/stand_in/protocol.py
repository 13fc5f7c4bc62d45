"""The part of plugin protocol 6 that the stand-in speaks: its messages by number and type, and its methods.

Fields that are not named here are skipped by either side, and a method that is not named is answered with
"unimplemented", as the protocol wants it of older providers. The messages are made when this is loaded, in
a pool of their own: any protobuf runtime serves, and no other stubs of the protocol in the same process are
in the way.
https://github.com/hashicorp/terraform/tree/v1.11/docs/plugin-protocol
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import grpc  # type: ignore[import-untyped]
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory  # type: ignore[import-untyped]

_PACKAGE = "tfplugin6"
_SCALARS = {"bool": 8, "bytes": 12, "int": 3, "string": 9}
_MESSAGE, _OPTIONAL, _REPEATED = 11, 1, 3

# "number name type": [type] is a list, {type} a map by text; enumerations travel as int
_FIELDS = {
    "DynamicValue": ["1 msgpack bytes", "2 json bytes"],
    "RawState": ["1 json bytes"],
    "AttributePath.Step": ["1 attribute_name string", "2 element_key_string string", "3 element_key_int int"],
    "AttributePath": ["1 steps [AttributePath.Step]"],
    "Diagnostic": ["1 severity int", "2 summary string", "3 detail string", "4 attribute AttributePath"],
    "Schema": ["1 version int", "2 block Schema.Block"],
    "Schema.Block": [
        "1 version int",
        "2 attributes [Schema.Attribute]",
        "3 block_types [Schema.NestedBlock]",
    ],
    "Schema.Attribute": [
        "1 name string",
        "2 type bytes",
        "4 required bool",
        "5 optional bool",
        "6 computed bool",
    ],
    "Schema.NestedBlock": [
        "1 type_name string",
        "2 block Schema.Block",
        "3 nesting int",
        "4 min_items int",
        "5 max_items int",
    ],
    "GetProviderSchema.Request": [],
    "GetProviderSchema.Response": [
        "1 provider Schema",
        "2 resource_schemas {Schema}",
        "3 data_source_schemas {Schema}",
        "5 provider_meta Schema",
    ],
    "ValidateProviderConfig.Request": ["1 config DynamicValue"],
    "ValidateProviderConfig.Response": ["2 diagnostics [Diagnostic]"],
    "ValidateResourceConfig.Request": ["1 type_name string", "2 config DynamicValue"],
    "ValidateResourceConfig.Response": ["1 diagnostics [Diagnostic]"],
    "ValidateDataResourceConfig.Request": ["1 type_name string", "2 config DynamicValue"],
    "ValidateDataResourceConfig.Response": ["1 diagnostics [Diagnostic]"],
    "UpgradeResourceState.Request": ["1 type_name string", "3 raw_state RawState"],
    "UpgradeResourceState.Response": ["1 upgraded_state DynamicValue"],
    "ConfigureProvider.Request": ["2 config DynamicValue"],
    "ConfigureProvider.Response": ["1 diagnostics [Diagnostic]"],
    "ReadResource.Request": ["1 type_name string", "2 current_state DynamicValue", "3 private bytes"],
    "ReadResource.Response": ["1 new_state DynamicValue", "3 private bytes"],
    "PlanResourceChange.Request": [
        "1 type_name string",
        "2 prior_state DynamicValue",
        "3 proposed_new_state DynamicValue",
        "5 prior_private bytes",
    ],
    "PlanResourceChange.Response": [
        "1 planned_state DynamicValue",
        "2 requires_replace [AttributePath]",
        "5 legacy_type_system bool",
    ],
    "ApplyResourceChange.Request": [
        "1 type_name string",
        "2 prior_state DynamicValue",
        "3 planned_state DynamicValue",
        "5 planned_private bytes",
    ],
    "ApplyResourceChange.Response": [
        "1 new_state DynamicValue",
        "2 private bytes",
        "3 diagnostics [Diagnostic]",
    ],
    "ReadDataSource.Request": ["1 type_name string", "2 config DynamicValue"],
    "ReadDataSource.Response": ["1 state DynamicValue", "2 diagnostics [Diagnostic]"],
    "ImportResourceState.Request": ["1 type_name string", "2 id string"],
    "ImportResourceState.ImportedResource": [
        "1 type_name string",
        "2 state DynamicValue",
        "3 private bytes",
    ],
    "ImportResourceState.Response": ["1 imported_resources [ImportResourceState.ImportedResource]"],
    "StopProvider.Request": [],
    "StopProvider.Response": [],
}
_METHODS = sorted(name.removesuffix(".Request") for name in _FIELDS if name.endswith(".Request"))


def _classes() -> Mapping[str, Any]:
    """The messages' classes by their names in ``_FIELDS``."""
    # the older syntax sends whatever is set, also a zero, as the steps of a path need; the wire is the same
    file = descriptor_pb2.FileDescriptorProto(name="stand_in.proto", package=_PACKAGE, syntax="proto2")
    messages: dict[str, Any] = {}
    for name in _FIELDS:
        _message(file, messages, name)
    for name, fields in _FIELDS.items():
        for field in fields:
            _add(messages[name], name, *field.split())
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{_PACKAGE}.{name}"))
        for name in messages
    }


def _message(file: Any, messages: dict[str, Any], name: str) -> Any:
    if name not in messages:
        outer, _, own = name.rpartition(".")
        siblings = _message(file, messages, outer).nested_type if outer else file.message_type
        messages[name] = siblings.add(name=own)
    return messages[name]


def _add(message: Any, owner: str, number: str, name: str, kind: str) -> None:
    plain = kind.strip("[]{}")
    field = message.field.add(name=name, number=int(number), label=_OPTIONAL if kind == plain else _REPEATED)
    if plain in _SCALARS:
        field.type = _SCALARS[plain]
        return
    field.type, field.type_name = _MESSAGE, f".{_PACKAGE}.{plain}"
    if kind.startswith("{"):
        entry = "".join(part.capitalize() for part in name.split("_")) + "Entry"
        made = message.nested_type.add(name=entry)
        made.options.map_entry = True
        _add(made, f"{owner}.{entry}", "1", "key", "string")
        _add(made, f"{owner}.{entry}", "2", "value", plain)
        field.type_name = f".{_PACKAGE}.{owner}.{entry}"


MESSAGES = _classes()
"""A class for each message, by its name in the protocol: ``MESSAGES["ReadResource.Response"]``."""


def handlers(servicer: Any) -> Any:
    """What a gRPC server needs to have the protocol's methods answered by those of ``servicer``."""
    methods = {
        name: grpc.unary_unary_rpc_method_handler(
            getattr(servicer, name),
            request_deserializer=MESSAGES[f"{name}.Request"].FromString,
            response_serializer=MESSAGES[f"{name}.Response"].SerializeToString,
        )
        for name in _METHODS
    }
    return grpc.method_handlers_generic_handler(f"{_PACKAGE}.Provider", methods)
