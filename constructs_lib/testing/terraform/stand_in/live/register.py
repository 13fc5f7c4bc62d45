"""The live things of an account, found by what they are and by whom they mention; kept in a file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from constructs_lib.figures.changes.in_use import VERSION, parts
from constructs_lib.testing.terraform.stand_in.live.objects import Key, LiveObject, all_texts, version_of

_ABOUT = "What is live in the simulated account, and what was: the provider stand-in's memory across applies."


class Register:
    """What is live, by what it is and by whom it mentions.

    gone: the ids of what was. filled: what a test says holds something. retained: what Terraform's state has
    lost while it stayed in AWS.

    A published version of a function is a thing of its own here and outlives the change that published it.
    """

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.filled: set[str] = set()
        self.retained: set[Key] = set()
        self._things: dict[Key, LiveObject] = {}
        self._mentions: defaultdict[str, set[Key]] = defaultdict(set)
        self._by_type: defaultdict[str, set[Key]] = defaultdict(set)

    def __iter__(self) -> Iterator[LiveObject]:
        return iter(list(self._things.values()))

    def put(self, thing: LiveObject) -> None:
        """Something is there now, or is another than before."""
        self._forget(thing.key)
        self._things[thing.key] = thing
        self._by_type[thing.type_name].add(thing.key)
        for text in set(all_texts(thing.values)):
            self._mentions[text].add(thing.key)
        self.gone.discard(thing.identity)
        version = version_of(thing) if thing.type_name == "aws_lambda_function" else None
        if version and version.key not in self._things:
            self.put(version)

    def drop(self, thing: LiveObject) -> None:
        """Something is gone, and what belongs to it with it."""
        self._forget(thing.key)
        self.gone.add(thing.identity)
        for part in self.parts_of(thing):
            self.drop(part)

    def forget(self, thing: LiveObject) -> None:
        """Something is not known any more; a function's versions neither."""
        self._forget(thing.key)
        for part in self.parts_of(thing):
            if part.type_name == VERSION:
                self._forget(part.key)

    def of_type(self, type_name: str, *, like: LiveObject) -> list[LiveObject]:
        """The things of a type in the account and region of another one, in a fixed order."""
        found = (self._things[key] for key in sorted(self._by_type[type_name]))
        return [thing for thing in found if (thing.account, thing.region) == (like.account, like.region)]

    def find(self, type_name: str, identity: str) -> LiveObject | None:
        """The thing of a type with that id, ARN or name."""
        for thing in self.mentioning(identity, type_name):
            if identity in thing.at("id", "arn", "name", "function_name"):
                return thing
        return None

    def mentioning(self, text: str, *type_names: str) -> list[LiveObject]:
        """The things of those types that have the text anywhere in their attributes, in a fixed order."""
        keys = self._mentions.get(text, ())
        return [self._things[key] for key in sorted(key for key in keys if key[0] in type_names)]

    def rarest(self, texts: Iterable[str]) -> str:
        """The text that the fewest things mention, to look among those."""
        return min(texts, key=lambda text: len(self._mentions.get(text, ())))

    def parts_of(self, thing: LiveObject) -> list[LiveObject]:
        """The things that go with it."""
        own = thing.at("id", "arn", "function_name")
        kinds = {name: part for name, part in parts().items() if part.of == thing.type_name}
        return [
            part
            for text in sorted(own)
            for part in self.mentioning(text, *kinds)
            if text in part.at(kinds[part.type_name].by)
        ]

    def save(self, file: Path) -> None:
        """Writes everything; equal contents are equal bytes."""
        things = [[t.type_name, t.account, t.values] for _, t in sorted(self._things.items())]
        document = {
            "about": _ABOUT,
            "filled": sorted(self.filled),
            "gone": sorted(self.gone),
            "live": things,
            "retained": sorted(map(list, self.retained)),
        }
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def load(self, file: Path) -> None:
        """Takes in what ``save`` wrote; a file that isn't there is empty."""
        if not file.is_file():
            return
        document = json.loads(file.read_text("utf-8"))
        self._restore(document["live"])
        self.gone |= set(document["gone"])
        self.filled |= set(document["filled"])
        self.retained |= {tuple(key) for key in document["retained"]}

    def _restore(self, things: Iterable[list[object]]) -> None:
        for type_name, account, values in things:
            if isinstance(values, dict):
                self.put(LiveObject(str(type_name), str(account), values))

    def _forget(self, key: Key) -> None:
        thing = self._things.pop(key, None)
        if thing is None:
            return
        self._by_type[thing.type_name].discard(key)
        for text in set(all_texts(thing.values)):
            self._mentions[text].discard(key)
