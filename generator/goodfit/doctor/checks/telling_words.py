"""Texts in which one word, or the word in one place, gives the class away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..predictions import codes_of
from ..registry import Entry, check
from ..samples import Samples, at_random
from .columns import reads_codes
from .small_trees import beyond_guessing

ROWS = 2_000  # texts of a part
FEWEST = 40  # texts of a part; half as many of a class
WORDS = 300  # different ones at least: fewer are templates, whose words stand for classes
SHORTEST = 5  # words of a text, at most that many of any: fewer are codes of something else
TELLS = 0.97  # of its class has the word, and of those that have it are of that class
NEARLY = 0.9  # the same of what goes along with it, such as "source" with "Reuters"
MARKS = 6  # such words of a class at most: of more, its texts are alike as wholes
HARD = 0.9  # of what there is to get: what the other words tell at most
PLACES = (0, 1, 2, -1, -2, -3)  # counted from the beginning, or from the end
LABELS = 50
MOST = 3  # findings

TELLING = Entry(
    "telling-word",
    "warning",
    "A word that stands in nearly all texts of a class and in no others, or a token that carries "
    "its own tag.",
    "A label, a source or a signature was left in the texts; new ones do not have it, and all "
    "scores are too good.",
    "take it out of the texts, unless new ones have it too",
    "in 0.97 of the class and 0.03 of the others, in validation texts as well; all other words "
    "leave at least a tenth of what there is to get, and ten times as much as this one",
    "ours: honest words stand in a half of their class at most, or have others beside them",
)


class Texts(NamedTuple):
    """Texts of a part: `held`, bool (texts, words), which words each holds, by their codes; y
    (texts,), whether each is of the class."""

    held: np.ndarray
    y: np.ndarray


def padding_of(case: Case) -> int:
    return case.project.texts.padding if case.project.texts is not None else 0


def unheard(case: Case) -> list[int]:
    """Codes that are no words: of padding, and of words that are not known."""
    known = case.project.texts
    return [0] if known is None else [known.padding, known.unknown]


def named(case: Case, code: int, view: int = 0) -> str:
    """A word, or another view of it, in quotes; its code where it has no name."""
    known = case.project.texts
    place = code - known.unknown - 1 if known is not None else -1
    if known is None or view >= len(known.known) or not 0 <= place < len(known.known[view]):
        return f"code {code}"
    return repr(known.known[view][place])


def presence(x: np.ndarray, words: int) -> np.ndarray:
    """bool (texts, words): which codes a text holds."""
    held = np.zeros((len(x), words), bool)
    held[np.arange(len(x))[:, None], np.clip(x, 0, words - 1)] = True
    return held


def rates(held: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(words,) twice, of the class and of all others: the less of how many of these texts hold a
    word, and how many of those that hold it are of these."""
    total = held.sum(axis=0, dtype="float64")
    own = held[y].sum(axis=0, dtype="float64")
    least = [
        np.minimum(both / max(1, count), both / np.maximum(1, total))
        for both, count in ((own, y.sum()), (total - own, (~y).sum()))
    ]
    return least[0], least[1]


def counted(held: np.ndarray, y: np.ndarray, held_val: np.ndarray) -> np.ndarray:
    """(texts,): what naive Bayes, learned from the words held by some texts, says of others."""
    shares = [(held[y == one].sum(axis=0) + 1) / ((y == one).sum() + 2) for one in (0, 1)]
    evidence = np.log(shares[1] / shares[0]), np.log((1 - shares[1]) / (1 - shares[0]))
    score = held_val @ (evidence[0] - evidence[1]) + evidence[1].sum()
    return np.asarray(score + np.log(y.mean() / (1 - y.mean())) > 0)


def without(held: np.ndarray, held_val: np.ndarray, gone: np.ndarray) -> tuple[np.ndarray, ...]:
    """The same texts without the words that are `gone`, (words,) bool, nor seldom ones."""
    kept = ~gone & (held.sum(axis=0) > 1)
    return held[:, kept], held_val[:, kept]


def much_harder(train: Texts, held: Texts, gone: np.ndarray, score: float) -> bool:
    """Whether the other words tell much less; `score`: what those that are gone tell."""
    known, asked = without(train.held, held.held, gone)
    if np.median(asked.sum(axis=1)) < 2:
        return False
    rest = beyond_guessing(held.y, counted(known, train.y, asked))
    return rest <= HARD and 1 - rest >= 10 * (1 - score)


def marks_of(case: Case, train: Texts, held: Texts) -> list[int]:
    """The codes of the words that give the class away, the best first, and what goes along with
    it; none where none does. What the rest tells is judged without such words of all classes."""
    own, others = rates(train.held, train.y)
    own[[code for code in unheard(case) if code < len(own)]] = 0
    marks = [int(code) for code in own.argsort()[::-1][: MARKS + 1] if own[code] > NEARLY]
    if not marks or len(marks) > MARKS or own[marks[0]] < TELLS:
        return []
    if rates(held.held[:, marks[:1]], held.y)[0][0] < TELLS:
        return []
    score = beyond_guessing(held.y, held.held[:, marks[0]])
    return marks if much_harder(train, held, np.maximum(own, others) > NEARLY, score) else []


def parts_of(case: Case) -> tuple[Samples, Samples] | None:
    """Some texts of both parts, codes and targets; None where there are no texts with classes."""
    x = case.known.x
    if case.validation is None or not isinstance(x, np.ndarray) or case.project.anomalies:
        return None
    known = case.project.texts is not None or reads_codes(case)
    if not case.contract.classes or not known or x.shape[1] < SHORTEST:
        return None
    parts = case.known, case.project.known_y_val or case.validation
    train, held = (part.take(at_random(part.size, ROWS)) for part in parts)
    if min(train.size, held.size) < FEWEST or (x.dtype.kind == "f" and (train.x % 1).any()):
        return None
    return train._replace(x=train.x.astype(int)), held._replace(x=held.x.astype(int))


def yes_or_no(case: Case, train: Samples, held: Samples) -> Iterator[tuple[str, Texts, Texts]]:
    """Each class or label that is common enough, by its name in quotes."""
    codes = [codes_of(part.y, case.contract) for part in (train, held)]
    if codes[0].shape[1] > 1:
        pairs = [(codes[0][:, one] == 1, codes[1][:, one] == 1) for one in range(codes[0].shape[1])]
    else:
        pairs = [(codes[0][:, 0] == one, codes[1][:, 0] == one) for one in np.unique(codes[0])]
    names = case.project.classes
    words = int(max(train.x.max(), held.x.max())) + 1
    known, asked = (presence(part.x, words) for part in (train, held))
    for place, (y, y_val) in enumerate(pairs[:LABELS]):
        if min(y.sum(), (~y).sum()) >= FEWEST / 2 and min(y_val.sum(), (~y_val).sum()) >= 5:
            name = repr(names[place]) if len(names) == len(pairs) else f"class {place}"
            yield name, Texts(known, y), Texts(asked, y_val)


@check(TELLING, needs=("targets", "one input", "one output", "validation"), sound=True)
def telling_words(case: Case) -> Iterator[Finding]:
    parts = parts_of(case) if case.known.x.ndim == 2 else None
    if parts is None or parts[0].y.ndim > 2 or len(np.unique(parts[0].x)) < WORDS:
        return
    count = 0
    for name, train, held in yes_or_no(case, *parts):
        marks = marks_of(case, train, held)
        if not marks or count == MOST:
            continue
        count += 1
        has, they = held.held[:, marks[0]], "them" if len(marks) > 1 else "it"
        words = " and ".join(named(case, code) for code in marks)
        yield Finding(
            "telling-word",
            "warning",
            f"{named(case, marks[0])} stands in {has[held.y].mean():.0%} of the validation texts "
            f"of {name} and in {has[~held.y].mean():.0%} of the others; all other words tell much "
            "less.",
            fix=f"take {words} out of the texts, unless new ones have {they} too",
        )
    if not count:
        yield from telling_place(case, *parts)


def where(x: np.ndarray, place: int, padding: int) -> tuple[np.ndarray, np.ndarray]:
    """Texts and columns of the codes in a place, counted from the beginning or, below 0, from the
    end."""
    there = x != padding
    first, last = there.argmax(axis=1), x.shape[1] - 1 - there[:, ::-1].argmax(axis=1)
    column = first + place if place >= 0 else last + 1 + place
    return np.arange(len(x)), np.clip(column, 0, x.shape[1] - 1)


def telling_place(case: Case, train: Samples, held: Samples) -> Iterator[Finding]:
    """A place whose word, of a few, tells the class of every text, wherever else they stand."""
    codes = [codes_of(part.y, case.contract) for part in (train, held)]
    if codes[0].shape[1] > 1:
        return
    y, y_val = (one.ravel().astype(int) for one in codes)
    for place in PLACES:
        known, asked = (part.x[where(part.x, place, padding_of(case))] for part in (train, held))
        words, counts = np.unique(known, return_counts=True)
        if len(words) > 3 * len(np.unique(y)) + 3 or y.min() < 0:
            continue
        mostly = {word: np.bincount(y[known == word]).argmax() for word in words}
        said = np.array([mostly.get(word, -1) for word in asked])
        score = beyond_guessing(y_val, said)
        if score < TELLS or rest_without(case, train, held, place) > min(
            HARD, 1 - 10 * (1 - score)
        ):
            continue
        most = [named(case, int(word)) for word in words[counts.argsort()[::-1]][:4]]
        what = f"Word {place + 1}" if place >= 0 else f"Word {-place} from the end"
        yield Finding(
            "telling-word",
            "warning",
            f"{what} ({', '.join(most)}) tells the class of {(said == y_val).mean():.0%} of the "
            "validation texts; all other words tell much less.",
            fix="take it out of the texts, unless new ones have it too",
        )
        return


def rest_without(case: Case, train: Samples, held: Samples, place: int) -> float:
    """What all other places tell: naive Bayes of each class against the others."""
    padding = padding_of(case)
    arrays = [part.x.copy() for part in (train, held)]
    for x in arrays:
        x[where(x, place, padding)] = padding
    words = int(max(one.max() for one in arrays)) + 1
    known, asked = (presence(one, words) for one in arrays)
    y, y_val = (codes_of(part.y, case.contract).ravel() for part in (train, held))
    rests = [
        beyond_guessing(y_val == one, counted(known, y == one, asked))
        for one in np.unique(y)
        if 0 < (y_val == one).sum() < len(y_val)
    ]
    return float(np.mean(rests)) if rests else 1.0
