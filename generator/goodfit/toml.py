"""TOML on one line a value, so that a comment can stand above each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomli_w

from goodfit.reader.how import CONTROLS


def dumped(values: Mapping[str, Any]) -> str:
    """TOML in which signs that a terminal would obey, which TOML lets stand, are written out."""
    return CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", tomli_w.dumps(values))


def inline(value: Any) -> str:
    """`value` as TOML on one line: text, number, truth, or a list or mapping of such."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(inline(one) for one in value)}]"
    if isinstance(value, Mapping):
        pairs = [f"{inline_key(key)} = {inline(one)}" for key, one in value.items()]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    return dumped({"v": value}).removeprefix("v = ").rstrip("\n")


def lines(value: Any, each: Mapping[str, str]) -> str:
    """`value` as TOML; a list of which something is said has a line for each item, with what is
    said of it as a comment."""
    if not isinstance(value, list | tuple) or not each:
        return inline(value)
    said = [(inline(one), plain_line(each.get(one, ""))) for one in value]
    return "\n".join(["[", *(f"    {one},  # {word}".rstrip(" #") for one, word in said), "]"])


def plain_line(text: str) -> str:
    """Text that can stand in a comment: no line ends, no control signs, at most 90 characters."""
    kept = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return kept if len(kept) <= 90 else f"{kept[:86]} ..."


def inline_key(key: str) -> str:
    """A TOML key, quoted where it must be."""
    return dumped({key: 0}).removesuffix(" = 0\n")


def document(values: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> str:
    """A TOML document: top-level values, then one table each."""
    lines = [f"{inline_key(key)} = {inline(value)}" for key, value in values.items()]
    for name, table in tables.items():
        lines += ["", f"[{name}]"]
        lines += [f"{inline_key(key)} = {inline(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"
