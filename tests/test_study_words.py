"""Study and project count the words of a text alike: what is cut off depends on it."""

from __future__ import annotations

import importlib.util

import polars as pl
import pytest
from goodfit.reader.words import WORD
from goodfit.render import PACKAGE, TEMPLATES
from hypothesis import given, settings, strategies

FILE = importlib.util.spec_from_file_location("words", TEMPLATES / "partials/words/any.py")
assert FILE is not None and FILE.loader is not None
EMITTED = importlib.util.module_from_spec(FILE)
with pytest.MonkeyPatch.context() as patch:
    patch.syspath_prepend(PACKAGE)
    FILE.loader.exec_module(EMITTED)

ODD = ["It's 9!", "", "naïve café", "今日は晴れ", "ไทย", "עִבְרִית", "a_b-c 1.5%", "हिन्दी में", "ﬁne ½"]


def counted(text: str) -> int:
    return int(pl.Series([text]).str.normalize("NFKC").str.count_matches(WORD)[0])


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_have_as_many_words(text: str) -> None:
    assert counted(text) == len(EMITTED.words(text))


@settings(deadline=None, max_examples=300)
@given(strategies.text("abcXYZäéßñαβжяאבعبあア漢字한글ก 0123,.!?'’-_/€\n\t\u0301"))
def test_any_text_has_as_many_words(text: str) -> None:
    assert counted(text) == len(EMITTED.words(text))
