"""What is said and typed at a prompt: plain values, and no flags."""

from __future__ import annotations

from typing import Any

import pytest
from goodfit.dialogue import plain, read_plain, read_setting, remedies, spoken
from goodfit.errors import GoodfitError
from goodfit.settings import BY_NAME
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

LINES = some.one_of(
    some.just("none"), some.text("ab1,;\"'[]{}()\\ =#-_.😀é\xa0\u200bNoe", max_size=8)
)
# Machines that do other things at the same time are slow now and then.
BUSY = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)

TYPED: dict[str, tuple[str, str, Any]] = {
    "one name": ("ignore", "id", ["id"]),
    "names with commas": ("ignore", "id, my day,x", ["id", "my day", "x"]),
    "a name with a comma, in quotes": ("ignore", '"a, b", c', ["a, b", "c"]),
    "quotes of the other kind": ("ignore", "'a, b', c", ["a, b", "c"]),
    "an apostrophe": ("ignore", "it's, that's", ["it's", "that's"]),
    "nothing": ("ignore", "", []),
    "the word for nothing": ("missing", "None", []),
    "a cell that is called so": ("missing", '"none", NA', ["none", "NA"]),
    "the empty cell": ("missing", '"", NA', ["", "NA"]),
    "JSON": ("ignore", '["id", "a, b"]', ["id", "a, b"]),
    "JSON of nothing": ("ignore", "[]", []),
    "names that look like numbers": ("ignore", "1, true", ["1", "true"]),
    "numbers": ("skip_lines", "1, 3", [1, 3]),
    "a name": ("group", "patient no", "patient no"),
    "a name in quotes": ("group", '"patient"', "patient"),
    "no group": ("group", "none", ""),
    "a year": ("sheet", "2024", "2024"),
    "a tab": ("separator", '"\\t"', "\t"),
    "one of several kinds, a number": ("channels", "1", 1),
    "one of several kinds, names": ("channels", "x, y", ["x", "y"]),
    "a word that says none": ("class_weight", "none", "none"),
}


@pytest.mark.parametrize("case", TYPED)
def test_is_read_as_it_is_meant(case: str) -> None:
    name, text, meant = TYPED[case]
    assert read_setting(name, text) == meant


@BUSY
@given(some.lists(LINES, max_size=4))
def test_every_list_is_read_back_as_it_is_said(value: list[str]) -> None:
    assert read_plain(BY_NAME["ignore"].constraint, plain(value)) == value


@BUSY
@given(LINES)
def test_every_name_is_read_back_as_it_is_said(value: str) -> None:
    assert read_plain(BY_NAME["group"].constraint, plain(value)) == value


REFUSED = {
    "skip_lines": "0, 1",
    "validation": "2",
    "image_size": "many",
    "gaps": "maybe",
    "image_column": "",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_setting_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(GoodfitError) as refused:
        read_setting(name, REFUSED[name])
    assert "--" not in refused.value.message


SAID = {
    """If not: --set 'group=""' learns from it, --set 'ignore=["a b"]' does not""": (
        "If not: `group = none` learns from it, `ignore = a b` does not"
    ),
    "Or fractions: then say --set decimal=,": "Or fractions: then say `decimal = ,`",
    "--set encoding=cp1251 (Cyrillic), --set encoding=koi8-r": (
        "`encoding = cp1251` (Cyrillic), `encoding = koi8-r`"
    ),
    "lower --window or --horizon": "lower window or horizon",
    "--input series, and rows.csv: no": "`input = series`, and rows.csv: no",
    "--image-size 64: images are brought to it": "`image_size = 64`: images are brought to it",
    "leave --task out, or name another": "leave task out, or name another",
    "name it: --data /my/rows.csv": "name it: /my/rows.csv",
    "--set ignore: 'x' is no column": "ignore: 'x' is no column",
    "--set 'targets=[]'": "`targets = none`",
    "--set training.epochs=5": "`epochs = 5`",
    "a--b, and no -- flag": "a--b, and no -- flag",
}


@pytest.mark.parametrize("message", SAID)
def test_a_message_at_a_prompt_names_no_flags(message: str) -> None:
    assert spoken(message) == SAID[message]


def test_what_a_message_proposes_can_be_chosen() -> None:
    message = """If not: --set 'group=""' learns from it, --set 'ignore=["it'"'"'s"]' does not"""
    assert [tuple(one) for one in remedies(message)] == [("group", ""), ("ignore", ["it's"])]
    assert remedies("--set nonsense=1, --set batch_size=many, --set ignore: 'x'") == []
