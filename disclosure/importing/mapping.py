"""Which field of a source becomes which field of an item; read from TOML, chosen by the names of the source's fields."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from disclosure.importing import transforms
from disclosure.importing.targets import targets_of

DEFAULTS = Path(__file__).parent / "mappings"
TRANSFORMS: dict[str, Callable[[Any], Any]] = {
    "line": transforms.as_line,
    "text": transforms.as_text,
    "date": transforms.as_date,
    "datetime": transforms.as_datetime,
    "days": transforms.as_days,
    "list": transforms.as_list,
    "flag": transforms.as_flag,
    "number": transforms.as_number,
}
RULE_KEYS = {"from", "as", "value", "choices", "strip", "default", "all"}


class MappingError(ValueError):
    """A mapping file that can't be used; the message names the file and what is wrong in it."""


@dataclass(frozen=True)
class Unreadable:
    """A value that couldn't be read: what is wrong with it, and the value as it was written."""

    message: str
    text: str


@dataclass(frozen=True)
class Rule:
    """How one field of an item is filled: the first source field that holds something, changed by a transform."""

    target: str
    sources: tuple[str, ...]
    transform: Callable[[Any], Any]
    constant: Any = None
    choices: Mapping[str, Any] = field(default_factory=dict)
    strip: tuple[str, ...] = ()
    default: Any = None
    every: bool = False

    def apply(self, record: Mapping[str, Any]) -> Any:
        """The value for the target; raises ValueError when the source's value can't be read."""
        if self.constant is not None:
            return self.constant
        value = self._gather(record)
        if self.choices:
            chosen = [self.choices[part] for part in transforms.as_list(value) if part in self.choices]
            value = (list(dict.fromkeys(chosen)) if self.every else chosen[0]) if chosen else None
        if value in (None, "", []):
            return self.default
        return self.transform(value)

    def _gather(self, record: Mapping[str, Any]) -> Any:
        """The first source value that isn't empty; of all sources together when the rule says `all`."""
        found = [value for name in self.sources if (value := record.get(name)) not in (None, "", [])]
        if self.every:
            return [part for value in found for part in transforms.as_list(value)]
        value = found[0] if found else None
        if isinstance(value, str):
            for prefix in self.strip:
                value = value.removeprefix(prefix).strip()
        return value


@dataclass(frozen=True)
class FieldMapping:
    """A mapping ready for use; `extra` are source fields without a place of their own, added below the text under a label."""

    name: str
    rules: tuple[Rule, ...]
    extra: Mapping[str, str]
    unused: frozenset[str]
    fingerprint: str

    def apply(self, record: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Unreadable]]:
        """Values by target and, by target, what is wrong with those that can't be read."""
        values: dict[str, Any] = {}
        problems: dict[str, Unreadable] = {}
        for rule in self.rules:
            try:
                value = rule.apply(record)
            except (ValueError, OverflowError) as error:
                problems[rule.target] = Unreadable(str(error), transforms.as_line([record.get(name) for name in rule.sources]))
                continue
            if value not in (None, ""):
                values[rule.target] = value
        values["extra"] = [(label, text) for name, label in self.extra.items() if (text := transforms.as_line(record.get(name)))]
        return values, problems

    def fills(self, target: str) -> bool:
        """Whether the mapping has a rule for `target`."""
        return any(rule.target == target for rule in self.rules)

    def unmapped(self, names: Iterable[str]) -> list[str]:
        """Source fields that nothing is made of and that the mapping doesn't name as unused."""
        used = {source for rule in self.rules for source in rule.sources} | set(self.extra) | self.unused
        return sorted(set(names) - used)

    def digest(self, record: Mapping[str, Any], options: str) -> str:
        """A hash of everything that an item is made from; the same as long as a new run would make the same item."""
        used = {source: record[source] for rule in self.rules for source in rule.sources if source in record}
        used.update({name: record[name] for name in self.extra if name in record})
        text = json.dumps([self.fingerprint, options, used], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def load(path: Path, kind: str) -> FieldMapping:
    """The mapping in a TOML file; raises MappingError."""
    return _build(_read(path), path, kind)


def choose(names: Iterable[str], kind: str) -> FieldMapping:
    """The default mapping that knows most of the source's fields; `general` when none of the special ones fits."""
    present = set(names)
    candidates = []
    for path in sorted(DEFAULTS.glob("*.toml")):
        table = _read(path)
        match = table.get("match", {})
        wanted = set(match.get("fields", []))
        if wanted <= present and kind in match.get("kinds", [kind]):
            candidates.append((len(wanted), path, table))
    _size, path, table = max(candidates, key=lambda candidate: candidate[0])
    return _build(table, path, kind)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(_("The mapping %(file)s can't be read: %(error)s") % {"file": path.name, "error": error}) from error


def _build(table: Mapping[str, Any], path: Path, kind: str) -> FieldMapping:
    fields = table.get("fields", {})
    known = targets_of(kind)
    common = {name: spec for name, spec in fields.items() if not isinstance(spec, dict) or set(spec) & RULE_KEYS}
    only_here = table.get(kind, {})
    rules = tuple(_rule(name, spec, known, path, kind) for name, spec in {**common, **only_here}.items() if name in known or name in only_here or path.parent != DEFAULTS)
    if not any(rule.target == "title" for rule in rules):
        raise MappingError(_("The mapping %(file)s doesn't say where the title comes from.") % {"file": path.name})
    text = json.dumps([table, kind], ensure_ascii=False, sort_keys=True, default=str)
    return FieldMapping(path.stem, rules, table.get("extra", {}), frozenset(table.get("unused", [])), hashlib.sha256(text.encode()).hexdigest()[:16])


def _rule(target: str, spec: Any, known: Mapping[str, str], path: Path, kind: str) -> Rule:
    if target not in known:
        raise MappingError(
            _("The mapping %(file)s names “%(field)s”, which an item of this kind (%(kind)s) doesn't have. It has: %(known)s")
            % {"file": path.name, "field": target, "kind": kind, "known": ", ".join(sorted(known))}
        )
    spec = {"from": spec} if isinstance(spec, str | list) else spec
    if not isinstance(spec, dict) or set(spec) - RULE_KEYS or not set(spec) & {"from", "value"}:
        raise MappingError(
            _("The mapping %(file)s: “%(field)s” needs `from` or `value`, and may have %(keys)s.")
            % {"file": path.name, "field": target, "keys": ", ".join(sorted(RULE_KEYS))}
        )
    name = spec.get("as", known[target])
    if name not in TRANSFORMS:
        raise MappingError(_("The mapping %(file)s: “%(name)s” is no transform. There are: %(known)s") % {"file": path.name, "name": name, "known": ", ".join(TRANSFORMS)})
    return Rule(
        target, tuple(_several(spec.get("from", []))), TRANSFORMS[name], spec.get("value"), spec.get("choices", {}), tuple(_several(spec.get("strip", []))),
        spec.get("default"), spec.get("all", False),
    )


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
