"""The part of an emitted config.py that follows from the settings: a class for each section, and
the relations between them."""

from __future__ import annotations

from goodfit.coherence import HEADS, own_constraints
from goodfit.constraints import AnyOf, Constraint, ListOf, OneOf, Range, Truth, Words
from goodfit.plan import Plan
from goodfit.relations import body, relations_between

WIDTH = 100
BEGINNING = '''"""What may stand in config.toml, section by section."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt
'''
CONTRADICTIONS = '''def contradictions(config: Config) -> Iterator[tuple[str, str, str]]:
    """Relations that no single value shows: (given, expected, fix) for each one broken."""'''


def sections_text(plan: Plan) -> str:
    """The classes of the sections of `plan`, `Config` and `contradictions`, as a module."""
    own = own_constraints(plan.answers)
    classes, whole = [], ["class Config(Section):"]
    for section, decisions in plan.sections():
        name = f"{section.title().replace('_', '')}Config"
        lines = [f"class {name}(Section):"]
        if section == "head":
            lines += [f'    """{HEADS[plan.answers.task].says}"""', ""]
        for setting in [decision.setting for decision in decisions]:
            constraint = own[setting.name].constraint if setting.name in own else setting.constraint
            lines.append(field(setting.name, constraint))
        classes.append("\n".join(lines))
        whole.append(f"    {section}: {name}")
    relations = relations_between(plan.values, plan.answers.task)
    broken = CONTRADICTIONS + "\n" + "\n\n".join(map(body, relations))
    return "\n\n\n".join([BEGINNING.rstrip(), *classes, "\n".join(whole), broken]) + "\n"


def field(name: str, constraint: Constraint) -> str:
    """A line of a class; several where it would be too long."""
    kind, options = annotation(constraint)
    text = f"    {name}: {kind}" + (f" = Field({', '.join(options)})" if options else "")
    if len(text) <= WIDTH:
        return text
    before, bracket, inside = text.partition("Literal[")
    return f"{before}{bracket}\n        {inside.removesuffix(']')}\n    ]"


def annotation(constraint: Constraint) -> tuple[str, list[str]]:
    """The type that pydantic is to hold a value against, and the options of its `Field`."""
    match constraint:
        case Truth():
            return "bool", []
        case OneOf(words):
            return f"Literal[{', '.join(map(quoted, words))}]", []
        case Words(least, most):
            return "str", lengths(least, most)
        case ListOf(kind, least, most):
            return f"list[{annotation(kind)[0]}]", lengths(least, most)
        case Range():
            return number(constraint)
        case AnyOf():
            raise TypeError(f"{constraint} is not one thing in any project")


def quoted(word: str | int) -> str:
    """A word as Python writes it."""
    return f'"{word}"' if isinstance(word, str) else str(word)


def lengths(least: int, most: int | None) -> list[str]:
    """Options of `Field` for text and lists."""
    options = [f"min_length={least}"] if least else []
    return options + ([f"max_length={most}"] if most is not None else [])


def number(given: Range) -> tuple[str, list[str]]:
    """The type of a number, and the options of its `Field`."""
    endless = given.high == float("inf")
    if given.whole and endless and given.low in (0, 1):
        return ("NonNegativeInt", "PositiveInt")[int(given.low)], []
    options = [f"{'gt' if given.above else 'ge'}={given.low:g}"]
    if not endless:
        high = given.high if given.whole else f"{given.high:g}"
        options.append(f"{'lt' if given.below else 'le'}={high}")
    elif not given.whole:
        options.append("allow_inf_nan=False")
    return "int" if given.whole else "float", options
