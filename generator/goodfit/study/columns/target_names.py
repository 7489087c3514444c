"""How much the name of a column says that it is the target, in many languages."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from goodfit.study.columns.target_words import (
    AMOUNTS,
    ASKS,
    BEFORE,
    CHANCES,
    COMPOUND,
    DECIDED,
    ENDS,
    FEATURES,
    FEWEST_SHARE,
    GOALS,
    HARDLY,
    HINTS,
    ILLNESSES,
    KINDS,
    LAST_WORDS,
    MAYBE,
    MONEY,
    OUTCOMES,
    PARTS_OF_ROWS,
    PRICES,
    RANGES,
    SOLD,
    SOLD_FOR,
    SURELY,
    TO_COME,
    VALUES_OF,
    WHAT_IT_IS,
)

LEAST = 6  # members of families beside a name that is in none
PLACE = re.compile(  # on a map: no amount of anything
    r"(^|[\W_])(lat|latitude|lon|long|lng|longitude|easting|northing|utm|coords?|coordinates?|geo|"
    r"breite|länge|breitengrad|längengrad|latitud|longitud|latitudine|longitudine)([\W_]|$)|wgs_?84|"
    r"^linref|^(x|y)_?(coord|pos|koord)"
)


def without_unit(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return re.sub(r"(?<=\w)\s*[(\[].*", "", name)


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in small letters: SalePrice and sale_price are two."""
    apart = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", name.strip())
    return tuple(word for word in re.split(r"[\W_]+", apart.lower()) if word)


def points_of(
    name: str, names: set[tuple[str, ...]], pair: bool = False, amount: bool = False
) -> int:
    """How much a name says that the column is the target, from 0 to 6. `names` are all names;
    `pair`: it holds two values; `amount`: numbers, of which there are many."""
    words = words_of(without_unit(name))
    if "per" in words:
        return 0  # price_per_sqft is made of the price
    if words[:1] == ("y",) and len(words) > 1 and any(map(is_numbered, names)):
        return 6
    whole, last = " ".join(words), words[-1] if len(words) > 1 else ""
    if whole in SURELY and not (whole == "y" and ("x",) in names):  # x and y are a place
        return 6
    goal = last == "target" and bool(GOALS & {*words})
    asked = " ".join(words[1:]) if words and words[0] in ASKS else ""  # is_canceled
    if whole in OUTCOMES or (pair and asked in OUTCOMES) or (last in LAST_WORDS and not goal):
        return 4
    if whole == "response":  # as statistics calls it
        return 3
    if whole == "close" and {("open",), ("high",), ("low",)} <= names:  # of a day at the exchange
        return 5
    if amount and (whole in PRICES | SOLD_FOR or (last in {"price", "value"} and SOLD & {*words})):
        return 4
    if amount and words and ((words[0] in VALUES_OF and last) or is_paid(words)):
        return 3
    if amount and last in AMOUNTS and words[0] in TO_COME:
        return 5
    if whole in (AMOUNTS if amount else KINDS | AMOUNTS - MONEY):
        return 3
    before = bool(BEFORE & {*words})
    if pair and not before and (OUTCOMES & {*words} or (last and "default" in words)):
        return 3  # a default next month
    if amount and last and words[0] in CHANCES:
        return 3
    if amount and last in PARTS_OF_ROWS:
        return 1  # MRI count: as often a feature
    ends = MAYBE | AMOUNTS if amount else (MAYBE | AMOUNTS) - MONEY - PARTS_OF_ROWS
    if whole in MAYBE or (last in ends and not pair):
        return 2
    if amount and last and words[0] in AMOUNTS and not is_feature(name):  # yield t/ha
        return 2
    return int(whole in HARDLY or bool(words and words[0] in ASKS))


def points_at_end(name: str, pair: bool, amount: bool) -> int:
    """How much a name says where its column stands last: whether somebody is ill, what was decided,
    in which range a price is, or a class that is a number, as some programs call every target."""
    words = words_of(name)
    known_before = is_feature(name) or bool(BEFORE & {*words})
    if pair and not known_before and words[-1] in ILLNESSES:
        return 3
    if pair and not known_before and len(words) > 1 and words[-1] in DECIDED:
        return 2
    if not (pair or amount) and words[-1] in RANGES and words[0] in AMOUNTS:
        return 2
    return 3 * (amount and " ".join(words) in KINDS)


def is_outcome(name: str) -> bool:
    """The name is one of those that yes and no are known by in the end."""
    return " ".join(words_of(name)) in OUTCOMES


def is_sold_for(name: str) -> bool:
    """The name says what a thing was sold for."""
    return " ".join(words_of(without_unit(name))) in SOLD_FOR


def is_paid(words: tuple[str, ...]) -> bool:
    """A name such as fare_amount, trip_fare or ticket price: what a row is paid with."""
    kinds = {"fare", "ticket", "trip", "rent", "room", "price"}
    return (
        len(words) > 1 and words[-1] in {"amount", "fare", "price"} and bool(kinds & {*words[:-1]})
    )


def is_hinted(name: str) -> bool:
    """A word of the name is one that targets have as often as not."""
    words = words_of(without_unit(name))
    joined = tuple(one for one in HINTS if len(one) >= COMPOUND)  # Unfallkategorie
    return bool(HINTS & {*words}) or any(word.endswith(joined) for word in words)


def tells_kind(name: str) -> bool:
    """The name says what kind of thing a row is, which is measured as well: a species."""
    return " ".join(words_of(name)) in WHAT_IT_IS


def is_numbered(words: tuple[str, ...]) -> bool:
    """A name such as X1 width: one of the features beside Y area."""
    return len(words) > 1 and bool(re.match(r"x\d", words[0]))


def is_target(name: str) -> bool:
    """The name says that the column is the target, whatever else there is."""
    return " ".join(words_of(name)) in SURELY


def is_feature(name: str) -> bool:
    """The name is one of those that say whom or what a row is about."""
    words = words_of(name)
    known = FEATURES & {*words[:1], *words[-1:]} or PLACE.search(" ".join(words) or name.lower())
    return bool(known) and not ENDS & {*words}


def stem(word: str) -> str:
    """A word without its plural: house, houses; category, categories."""
    return re.sub("ies$", "y", re.sub("(?<=[^s])s$", "", word))


def named_after(name: str, about: str, word: bool) -> bool:
    """What the table is called after: `quality` of wine_quality.csv. Where the column holds words
    or few values (`word`), a file in the plural is called after its rows: `ship` of ships.csv."""
    words = {one for one in words_of(without_unit(name)) if one not in ASKS}
    file = {*words_of(about)}
    exact = len("".join(words)) > 2 and words <= file
    return exact or (not word and bool(words) and {*map(stem, words)} <= {*map(stem, file)})


def word_of_the_file(names: list[str], about: str) -> str:
    """The one name that has a longer word of what the file is called, where no other has one:
    `Rented Bike Count` of SeoulBikeData.csv; "" where there is none, or several. A single word is
    what a row is: `resume_quality` of resume.csv is a feature."""
    file = {stem(one) for one in words_of(about) if len(one) > 3} - {"data", "dataset"}
    found = [name for name in names if file & {*map(stem, words_of(name))}]
    return found[0] if len(found) == 1 < len(file) else ""


def numbered(names: list[str]) -> set[str]:
    """The members of families of names that differ in their numbers alone: V1, V2, ..."""
    families = Counter(re.sub(r"\d+", "#", one) for one in names)
    return {one for one in names if families[re.sub(r"\d+", "#", one)] > 1}


def apart_from(names: list[str]) -> str:
    """The one name that is in no family, where all others, six or more, are numbered members of a
    few: V1, V2, ...; "" where there is none."""
    members = numbered(names)
    families = {re.sub(r"\d+", "#", one) for one in members}
    alone = [one for one in names if one not in members]
    return alone[0] if len(alone) == 1 and len(members) >= max(LEAST, 5 * len(families)) else ""


def without_shared(names: list[str]) -> dict[str, str]:
    """Each name without the first word, where all have the same one: Fruit Name, Fruit Weight."""
    firsts = {words_of(one)[:1] for one in names}
    if len(firsts) > 1 or len(names) < FEWEST_SHARE or any(len(words_of(one)) < 2 for one in names):
        return {one: one for one in names}
    return {one: " ".join(words_of(one)[1:]) for one in names}
