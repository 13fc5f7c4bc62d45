"""The document of a plan: what is known, and what its configuration tells of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.terraform_json.addresses import base_address, without_keys
from constructs_lib.terraform_json.block import Block
from constructs_lib.terraform_json.document import Document
from constructs_lib.terraform_json.module_instances import ModuleInstance, Scope
from constructs_lib.terraform_json.shown._bodies import document_of_shown, joined_bodies, kind_of
from constructs_lib.terraform_json.shown._expressions import passed_on, written
from constructs_lib.terraform_json.shown._planned import filled
from constructs_lib.terraform_json.shown._resources import Shown, listed, mapping, shown_resources
from constructs_lib.terraform_json.values import Reference, Unknown


def plan_document(content: Mapping[str, Any], file: str) -> Document:
    """Give the document of a plan."""
    return _Plan(content, file).document


class _Plan:
    """A plan while it is read."""

    def __init__(self, content: Mapping[str, Any], file: str) -> None:
        self.file, self.content = file, content
        self.configuration = self._mapping(content, "configuration")
        root = self._mapping(self.configuration, "root_module")
        self.resources = self._resources()
        self.unknown = self._unknown()
        self.only_vpc = self._only_vpc()
        bodies = joined_bodies(self.resources)
        self.by_block: dict[tuple[str, str], list[Shown]] = {}
        for one in self.resources:
            self.by_block.setdefault((one.module, one.local_address), []).append(one)
        self.prefixes = {prefix for one in self.resources for prefix in _ancestors(one.module)}
        self.configured: dict[str, Mapping[str, Any]] = {}
        self._configure(root, "")
        for one in self.resources:
            bodies[one.address] = self._filled(one, bodies[one.address])
        self.document = document_of_shown("plan", self.resources, bodies, {"provider": self._providers()})
        variables = self._mapping(content, "variables")
        values = {name: one.get("value") for name, one in variables.items() if isinstance(one, Mapping)}
        self.modules: dict[str, ModuleInstance] = {}
        self.document.root = self._module("", root, values, {}, None)
        for one in self.resources:
            names = (
                {}
                if one.key is None
                else {"count.index" if isinstance(one.key, int) else "each.key": one.key}
            )
            scope = Scope(names, self.modules.get(one.module))
            block = Block(self.document, one.address, kind_of(one), bodies[one.address], scope)
            self.document.blocks[one.address] = block

    def _mapping(self, value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        return mapping(value.get(name), self.file, name)

    def _resources(self) -> list[Shown]:
        planned, prior = (
            self._mapping(self.content, "planned_values"),
            self._mapping(self.content, "prior_state"),
        )
        values = self._mapping(prior, "values")
        found = shown_resources(planned.get("root_module"), self.file, "planned_values.root_module")
        known = shown_resources(values.get("root_module"), self.file, "prior_state.values.root_module")
        there = {one.address for one in found}
        return [*found, *(one for one in known if one.is_data and one.address not in there)]

    def _unknown(self) -> dict[str, Any]:
        changes = listed(self.content.get("resource_changes"), self.file, "resource_changes")
        found: dict[str, Any] = {}
        for index, one in enumerate(changes):
            place = f"resource_changes[{index}]"
            body = mapping(one, self.file, place)
            change = mapping(body.get("change"), self.file, f"{place}.change")
            if not body.get("deposed"):
                found[str(body.get("address"))] = change.get("after_unknown")
        return found

    def _configure(self, module: Mapping[str, Any], path: str) -> None:
        """Note what the configuration says of each block, by its address without keys."""
        for one in listed(module.get("resources"), self.file, f"{path}resources"):
            body = mapping(one, self.file, f"{path}resources")
            self.configured[path + str(body.get("address"))] = body
        for name, call in self._mapping(module, "module_calls").items():
            inside = self._mapping(mapping(call, self.file, f"{path}module_calls.{name}"), "module")
            self._configure(inside, f"{path}module.{name}.")

    def _filled(self, one: Shown, body: dict[str, Any]) -> dict[str, Any]:
        configured = self.configured.get(base_address(one.address), {})
        found = filled(body, self.unknown.get(one.address), configured.get("expressions") or {}, one.address)
        if "vpc_id" in found and self._is_open(one, "vpc_id") and self.only_vpc is not None:
            found["vpc_id"] = Reference(self.only_vpc, "id")
        if isinstance(needs := configured.get("depends_on"), list):
            found["depends_on"] = [str(need) for need in needs]
        if configured.get("provisioners"):
            found["provisioner"] = configured["provisioners"]
        return found

    def _is_open(self, one: Shown, name: str) -> bool:
        unknown = self.unknown.get(one.address)
        return isinstance(unknown, Mapping) and unknown.get(name) is True

    def _only_vpc(self) -> str | None:
        """Give the VPC that every VPC id means that is not known yet; None where another could be meant.

        Such an id is of something that this plan makes: of its one VPC, where no data source is read during
        the apply and nothing of another provider could hand an id on.
        """
        open_ones = [one for one in self.resources if self._is_open(one, "id")]
        vpcs = [one.address for one in open_ones if one.type == "aws_vpc" and not one.is_data]
        handing_on = any(
            one.is_data or not one.type.startswith("aws_")
            for one in self.resources
            if self.unknown.get(one.address)
        )
        return vpcs[0] if len(vpcs) == 1 and not handing_on else None

    def _providers(self) -> dict[str, list[Mapping[str, Any]]]:
        found: dict[str, list[Mapping[str, Any]]] = {}
        for one in self._mapping(self.configuration, "provider_config").values():
            if (
                isinstance(one, Mapping)
                and isinstance(name := one.get("name"), str)
                and "module_address" not in one
            ):
                given = self._mapping(one, "expressions")
                body = {key: written(value, key, f"provider.{name}.{key}") for key, value in given.items()}
                body |= {"alias": one["alias"]} if "alias" in one else {}
                found.setdefault(name, []).append(body)
        return found

    def _module(
        self,
        prefix: str,
        configured: Mapping[str, Any],
        values: Mapping[str, Any],
        inputs: Mapping[str, Any],
        caller: Scope | None,
    ) -> ModuleInstance:
        outputs = {
            name: passed_on(one.get("expression"), f"{prefix}{name}")
            for name, one in self._mapping(configured, "outputs").items()
            if isinstance(one, Mapping)
        }
        found = ModuleInstance(
            prefix,
            self.document.evaluate,
            outputs=outputs,
            values=values,
            inputs=inputs,
            caller=caller,
            instances=lambda address: self._instances(prefix, address),
        )
        self.modules[prefix] = found
        children = {
            name: self._call(prefix, name, call, found)
            for name, call in self._mapping(configured, "module_calls").items()
        }
        found.children = children.get
        return found

    def _call(self, prefix: str, name: str, call: Mapping[str, Any], caller: ModuleInstance) -> Any:
        whole, module = f"{prefix}module.{name}", self._mapping(call, "module")
        given = self._mapping(call, "expressions")
        inputs = {key: passed_on(value, f"{whole}.var.{key}") for key, value in given.items()}
        defaults = {
            key: one["default"]
            for key, one in self._mapping(module, "variables").items()
            if isinstance(one, Mapping) and "default" in one
        }
        if not {"count_expression", "for_each_expression"} & set(call):
            return self._module(f"{whole}.", module, defaults, inputs, Scope({}, caller))
        keys = sorted(key for one in self.prefixes if (key := _key_of(one, whole)) is not None)
        made = {}
        for key in keys:
            index: Any = int(key) if key.isdigit() else key[1:-1]
            scope = Scope({"count.index" if key.isdigit() else "each.key": index}, caller)
            made[index] = self._module(f"{whole}[{key}].", module, defaults, inputs, scope)
        return list(made.values()) if "count_expression" in call else made

    def _instances(self, prefix: str, address: str) -> Any:
        configured = self.configured.get(without_keys(prefix) + address)
        if configured is None:
            return None
        found = self.by_block.get((prefix, address), [])
        if "count_expression" in configured:
            return [Reference(one.address, "") for one in found]
        if "for_each_expression" in configured:
            return {one.key: Reference(one.address, "") for one in found}
        return Reference(found[0].address, "") if found else Unknown(prefix + address)


def _ancestors(module: str) -> Iterator[str]:
    """Give the path of a module and of those around it."""
    for found in re.finditer(r'module\.[\w-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.', module):
        yield module[: found.end()]


def _key_of(prefix: str, call: str) -> str | None:
    found = re.fullmatch(re.escape(call) + r'\[(\d+|"(?:[^"\\]|\\.)*")\]\.', prefix)
    return found[1] if found else None
