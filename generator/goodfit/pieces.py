"""A Python module taken apart, so that several can be put together as one."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Block:
    """A statement of a module with the comments right above it: what it defines, what it reads."""

    text: str
    defines: frozenset[str]
    reads: frozenset[str]
    constant: bool  # an assignment that stands before the first function or class


@dataclass(frozen=True)
class Import:
    """One name that a module imports: `import name` where `module` is "", or a name from it."""

    module: str
    name: str
    alias: str

    @property
    def bound(self) -> str:
        """The name that code uses."""
        return self.alias or (self.name if self.module else self.name.partition(".")[0])

    @property
    def text(self) -> str:
        return f"{self.name} as {self.alias}" if self.alias else self.name


@dataclass(frozen=True)
class Piece:
    """A partial, taken apart. `first` are imports that must stay where and as they are."""

    docstring: str
    first: tuple[str, ...]
    imports: tuple[Import, ...]
    blocks: tuple[Block, ...]


@lru_cache(maxsize=256)
def taken_apart(text: str) -> Piece:
    """The parts of a module's text."""
    lines = text.splitlines()
    tree = ast.parse(text)
    docstring, *statements = tree.body
    first: list[str] = []
    imports: list[Import] = []
    blocks: list[Block] = []
    begun = False  # the first function or class has come
    for node in statements:
        if isinstance(node, ast.Import | ast.ImportFrom):
            line = lines[node.lineno - 1]
            if "isort: skip" in line:
                first.append(line)
            else:
                module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
                imports += [Import(module, one.name, one.asname or "") for one in node.names]
            continue
        if isinstance(node, ast.Expr) and blocks:  # the docstring of a constant
            blocks[-1] = joined(blocks[-1], "\n".join(lines[node.lineno - 1 : node.end_lineno]))
            continue
        begun = begun or isinstance(node, ast.FunctionDef | ast.ClassDef)
        blocks.append(block_of(node, lines, not begun))
    own = "\n".join(lines[docstring.lineno - 1 : docstring.end_lineno])
    return Piece(own, tuple(first), tuple(imports), tuple(blocks))


def block_of(node: ast.stmt, lines: list[str], constant: bool) -> Block:
    """A statement, with its decorators and the comments right above it."""
    decorators = [one.lineno for one in getattr(node, "decorator_list", [])]
    start = min([node.lineno, *decorators]) - 1
    while start and lines[start - 1].startswith("#"):
        start -= 1
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    defined = [name for target in targets if target for name in names_in(target)]
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        defined = [node.name]
    text = "\n".join(lines[start : node.end_lineno])
    return Block(text, frozenset(defined), frozenset(names_in(node)), constant)


def names_in(node: ast.AST) -> list[str]:
    """The names that stand anywhere in a statement or an expression."""
    return [one.id for one in ast.walk(node) if isinstance(one, ast.Name)]


def joined(block: Block, text: str) -> Block:
    """The block with another line behind it."""
    return Block(f"{block.text}\n{text}", block.defines, block.reads, block.constant)


def closure(blocks: Iterable[Block], names: Iterable[str]) -> list[Block]:
    """Those of `blocks` that define `names`, and what these use, in their order."""
    blocks, wanted = list(blocks), {*names}
    kept: set[int] = set()
    while True:
        found = {
            place
            for place, block in enumerate(blocks)
            if place not in kept and block.defines & wanted
        }
        if not found:
            return [block for place, block in enumerate(blocks) if place in kept]
        kept |= found
        wanted |= {name for place in found for name in blocks[place].reads}


def in_order(sources: Iterable[Piece]) -> list[Block]:
    """The blocks of all pieces, each once. A block takes the place of an earlier one that defines
    the same, and what comes new with it stands right before."""
    blocks: list[Block] = []
    for source in sources:
        places = {block.defines: place for place, block in enumerate(blocks) if block.defines}
        fresh = [block for block in source.blocks if block.defines not in places]
        again = [block for block in source.blocks if block.defines in places]
        at = min((places[block.defines] for block in again), default=len(blocks))
        for block in again:
            blocks[places[block.defines]] = block
        blocks[at:at] = fresh
    return blocks
