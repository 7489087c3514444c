"""Kinds of answers: each reads text, checks itself, and says what it expects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from goodfit.errors import GoodfitError
from goodfit.limits import MOST

NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")
PAIR = re.compile(r"""(?:[^;"']|"(?:\\.|[^"\\])*"|'[^']*')+""")  # a ; in quotes does not divide
SUFFIXES = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


class Kind(Protocol):
    """What an answer may be. `expected` completes the sentence "expected: ..."."""

    @property
    def expected(self) -> str: ...

    def read(self, value: Any) -> Any:
        """The typed answer in `value`, text or typed already. Raises ValueError."""
        ...


PACKAGES = {
    *("keras", "tensorflow", "numpy", "pandas", "polars", "pyarrow", "scipy", "scikit-learn"),
    *("matplotlib", "pillow", "pydantic", "tomli-w", "fastexcel", "h5py", "pyreadstat", "mypy"),
    *("pandas-stubs", "pytest", "ruff", "pip", "setuptools", "wheel", "goodfit"),
}
"""What projects are installed with."""


@dataclass(frozen=True)
class Name:
    """A name that works as a directory, a distribution and a word in a shell; not that of a package
    which a project is installed with: it would stand in its place."""

    expected: str = (
        "letters, digits, - and _, beginning with a letter, at most 64, and not the name of a "
        "package that it needs, such as keras"
    )

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not NAME.fullmatch(value) or len(value) > 64:
            raise ValueError
        if value.lower().replace("_", "-") in PACKAGES:
            raise ValueError
        return value


@dataclass(frozen=True)
class Text:
    """Any text on one line; white space is folded and control characters are dropped."""

    least: int = 0

    @property
    def expected(self) -> str:
        return "text that is not empty" if self.least else "text"

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError
        kept = "".join(one for one in value if one.isprintable() or one.isspace())
        if len(text := " ".join(kept.split())) < self.least:
            raise ValueError
        return text


@dataclass(frozen=True)
class Choice:
    """One of several words."""

    options: tuple[str, ...]

    @property
    def expected(self) -> str:
        return "one of " + ", ".join(self.options)

    def read(self, value: Any) -> str:
        if value not in self.options:
            raise ValueError
        return str(value)


@dataclass(frozen=True)
class Count:
    """A whole number from `least` to `most`; text may say 5000, 5_000, 5k or 1.2M."""

    least: int
    most: int = MOST

    @property
    def expected(self) -> str:
        most = "" if self.most == MOST else f" to {self.most:,}"
        return f"a whole number from {self.least:,}{most} (5000, 5k and 1.2M will do)"

    def read(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        text = str(value).strip().lower().replace("_", "")
        if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", text):  # but 1,5k is no number of ours
            text = text.replace(",", "")
        parts = re.fullmatch(r"([0-9]*\.?[0-9]+)([kmb]?)", text)
        number = float(parts[1]) * SUFFIXES[parts[2]] if parts else -1.0
        if not self.least <= number <= self.most or abs(number - round(number)) > 1e-6:
            raise ValueError
        return round(number)


@dataclass(frozen=True)
class Share:
    """A number above 0 and at most 1; text may say 0.05 or 5%."""

    expected: str = "a share above 0 and at most 1 (0.05 or 5%)"

    def read(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        text = str(value).strip()
        share = float(text[:-1]) / 100 if text.endswith("%") else float(text)
        if not 0 < share <= 1:
            raise ValueError
        return share


@dataclass(frozen=True)
class YesNo:
    """True or false; text may say yes or no."""

    expected: str = "yes or no"

    def read(self, value: Any) -> bool:
        known = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
        if str(value).strip().lower() not in known:
            raise ValueError
        return known[str(value).strip().lower()]


@dataclass(frozen=True)
class Overrides:
    """Settings the user decides: a mapping, or text like `batch_size=64; dropout=0.2`."""

    expected: str = "KEY=VALUE pairs with ; between them, such as batch_size=64; dropout=0.2"

    def read(self, value: Any) -> dict[str, Any]:
        from goodfit.settings import read_override

        if isinstance(value, dict):
            return dict(value)
        if not isinstance(value, str):
            raise ValueError
        return dict(read_override(pair) for pair in PAIR.findall(value) if pair.strip())


@dataclass(frozen=True)
class Evidence:
    """What a study found: for each name {value = ..., why = "..."}, a mapping or text of such."""

    expected: str = "NAME={ value = ..., why = TEXT } with ; between them"

    def read(self, value: Any) -> dict[str, Any]:
        try:
            pairs = Overrides().read(value)
        except GoodfitError:
            raise ValueError from None
        for pair in pairs.values():
            if not isinstance(pair, dict) or pair.keys() - {"each"} != {"value", "why"}:
                raise ValueError
            if not isinstance(pair["why"], str):
                raise ValueError
            each = pair.get("each", {})
            if not isinstance(each, dict) or not all(isinstance(one, str) for one in each.values()):
                raise ValueError
        return pairs


@dataclass(frozen=True)
class OneNumber:
    """One of a few whole numbers."""

    numbers: tuple[int, ...]

    @property
    def expected(self) -> str:
        return " or ".join(str(one) for one in self.numbers)

    def read(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValueError
        if (number := int(value)) not in self.numbers:
            raise ValueError
        return number
