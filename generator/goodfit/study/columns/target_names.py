"""What targets are called, and what features are, in many languages."""

from __future__ import annotations

import re
from functools import cache

# A target is called so in hundreds of public tables, in the languages that tables are written in.
SURELY = {
    *("target", "targets", "label", "labels", "y", "outcome", "survived", "churn", "sentiment"),
    *("ground truth", "truth", "class label", "target class", "target variable"),
    *("dependent variable", "gold label"),
    *("ziel", "zielgröße", "zielgroesse", "zielwert", "zielvariable", "etikett"),
    *("cible", "étiquette", "etiquette", "objetivo", "etiqueta", "etichetta"),
    *("bersaglio", "obiettivo", "alvo", "rótulo", "rotulo", "etykieta"),
    *("hedef", "etiket", "метка", "цель", "целевая переменная", "целевая"),
    *("標籤", "标签", "目标", "目標", "目标变量", "ラベル", "目的変数", "정답"),
    *("레이블", "라벨", "목표"),
}
# What is known at the end only, beside what led there.
OUTCOMES = {
    *("fraud", "spam", "defaulted", "exited", "attrition", "died", "dead", "death", "deceased"),
    *("admitted", "approved", "approve", "purchase", "purchased", "subscribed", "canceled"),
    *("cancelled", "delayed", "readmitted", "deny", "denied", "anomaly", "survive", "survival"),
    *("malignant", "potability", "prognosis", "verdict", "transported", "stroke", "churned"),
    *("converted", "clicked", "hired", "recidivism", "toxic", "relapse", "recurrence", "infected"),
    *("no show", "noshow", "tomorrow", "alarm", "callback", "fully paid", "repaid"),
    *("bankrupt", "bankruptcy", "delinquent", "accepted", "rejected", "bought", "won", "winner"),
    *("kündigung", "gekündigt", "betrug", "fraude", "überlebt"),
}
# Of these features may be one, and stand amid the others.
KINDS = {
    *(
        "class",
        "classes",
        "species",
        "diagnosis",
        "dx",
        "klasse",
        "classe",
        "clase",
        "klasa",
        "klass",
    ),
    *("třída", "sınıf", "класс", "类别", "類別", "クラス", "클래스", "diagnose"),
}
AMOUNTS = {
    *("price", "saleprice", "cost", "quality", "rating", "score", "grade", "salary", "sales"),
    *(
        "revenue",
        "demand",
        "charges",
        "medv",
        "rings",
        "vote",
        "wage",
        "wages",
        "earnings",
        "yield",
        "msrp",
    ),
    *("strength", "mpg", "tip", "consumption", "profit", "default", "satisfaction", "close"),
    *("adj close", "closing price", "overall", "stars", "rent", "fare", "miete", "kaltmiete"),
    *("preis", "kosten", "umsatz", "gehalt", "bewertung", "qualität", "prix", "precio", "prezzo"),
    *("preço", "ventas", "ventes", "vendite", "salario", "salaire", "stipendio", "calidad"),
    *("qualité", "qualità", "voto", "puntuación", "cena", "fiyat", "цена", "оценка", "зарплата"),
    *("价格", "價格", "価格", "評価", "가격", "销量", "売上"),
}
MAYBE = {
    *("value", "count", "cnt", "category", "result", "response", "status", "output", "answer"),
    *("severity", "disease", "variety", "sold", "sale", "shares"),
    *("ergebnis", "wert", "resultado", "résultat", "risultato", "valor", "valeur", "valore"),
    *("nota", "wynik", "sonuç", "результат", "結果", "结果", "결과"),
}
BEFORE = {  # prevalent stroke, family history of cancer: known beforehand, however it is called
    *("prevalent", "prev", "previous", "prior", "past", "history", "hx", "family", "parental"),
    *("previously", "last", "lag", "parent", "mother", "father", "maternal", "paternal"),
}
CHANCES = {"chance", "probability", "likelihood"}  # of what is to come
WHAT_IT_IS = {
    "species",
    "variety",
}  # of a thing that is measured as well: first, it may be a feature
PARTS_OF_ROWS = {"count", "cnt", "category"}  # passenger_count, card_category: features
HARDLY = {"income", "balance", "type", "duration"}  # as often a feature
# Amounts that are asked for wherever they stand, unless something else is called like a target.
PRICES = {
    *("price", "saleprice", "sale price", "selling price", "preis", "kaufpreis", "prix", "precio"),
    *("prezzo", "preço", "fiyat", "цена", "价格", "價格", "価格", "가격"),
}
MONEY = {  # of these words some are prices; of rows alone that hold amounts
    *("fare", "price", "rent", "salary", "wage", "wages", "cost", "msrp", "charges", "earnings"),
}
VALUES_OF = {  # what stands before its noun in Romance languages: valeur foncière
    *("valeur", "valor", "valore", "prix", "precio", "prezzo", "preço", "preco", "montant"),
    *("importe", "importo", "coste", "costo", "tarif", "tarifa", "tariffa", "loyer"),
}
HINTS = {  # proposed sooner, and never told: what is measured in the end as often as not
    *("visits", "trips", "participation", "choice", "event", "response", "reaction", "accidents"),
    *(
        "failure",
        "points",
        "fatalities",
        "deaths",
        "cases",
        "positivi",
        "vehicles",
        "passengers",
        "load",
        "power",
    ),
    *(
        "energy",
        "delay",
        "weight",
        "expectancy",
        "life",
        "paid",
        "left",
        "resp",
        "flag",
        "attrition",
    ),
    *("kategorie", "schweregrad", "gravité", "gravite", "gravedad", "risk", "prestige", "ozone"),
}
COMPOUND = 8  # letters of a word that may stand at the end of another
SOLD = {"house", "home", "sale", "selling", "resale"}  # median_house_value, resale_price
# Whom or what a row is about: whatever stands last there, none of these is predicted unasked.
FEATURES = {
    *("sex", "gender", "age", "race", "ethnicity", "region", "country", "state", "city", "name"),
    *("year", "month", "day", "week", "weekday", "hour", "date", "time", "treat", "treatment"),
    *("trt", "group", "arm", "block", "site", "location", "season", "subject", "origin", "period"),
    *("education", "married", "marital", "occupation", "language", "district", "smoker", "dataset"),
    *("localization", "minute", "second", "julday", "doy", "rownames", "fold", "resample", "urban"),
    *("residence", "habitat", "minority", "foreign", "nationality", "religion", "town", "county"),
    *("geschlecht", "alter", "land", "stadt", "jahr", "sexo", "edad", "sexe", "âge", "sesso"),
    *("пол", "возраст", "性别", "年龄", "性別", "年齢"),
}
ENDS = OUTCOMES | SURELY | {"default", "next", "bought"}  # bought_next_month is no month
LAST_WORDS = {"target", "label", "outcome", "diagnosis", "survived", "churn", "sentiment", "truth"}
GOALS = {  # a target that somebody set, or reached, is known before: hit target, sales target
    *("hit", "met", "reached", "achieved", "missed", "sales", "budget", "quota", "revenue", "goal"),
    *("daily", "weekly", "monthly", "quarterly", "annual", "yearly", "savings", "production"),
}
ASKS = {"is", "has", "was", "will", "did", "whether"}  # is_fraud


PLACE = re.compile(  # on a map: no amount of anything
    r"(^|[\W_])(lat|latitude|lon|long|lng|longitude|easting|northing|utm|coords?|coordinates?|geo|"
    r"breite|länge|breitengrad|längengrad|latitud|longitud|latitudine|longitudine)([\W_]|$)|wgs_?84|"
    r"^linref|^(x|y)_?(coord|pos|koord)"
)


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
    words = words_of(re.sub(r"(?<=\w)\s*[(\[].*", "", name))  # without a unit
    if words[:1] == ("y",) and len(words) > 1 and any(map(is_numbered, names)):
        return 6
    whole, last = " ".join(words), words[-1] if len(words) > 1 else ""
    if whole in SURELY and not (whole == "y" and ("x",) in names):  # x and y are a place
        return 6
    goal = last == "target" and bool(GOALS & {*words})
    if whole in OUTCOMES or (last in LAST_WORDS and not goal):
        return 4
    if whole == "close" and {("open",), ("high",), ("low",)} <= names:  # of a day at the exchange
        return 5
    if amount and (whole in PRICES or (last in {"price", "value"} and SOLD & {*words})):
        return 4
    if amount and words and ((words[0] in VALUES_OF and last) or is_paid(words)):
        return 3
    if whole in (AMOUNTS if amount else KINDS | AMOUNTS - MONEY):
        return 3
    before = bool(BEFORE & {*words})
    if pair and not before and (OUTCOMES & {*words} or (last and "default" in words)):
        return 3  # a default next month
    if amount and last and words[0] in CHANCES:
        return 3
    ends = MAYBE | AMOUNTS if amount else (MAYBE | AMOUNTS) - MONEY - PARTS_OF_ROWS
    if whole in MAYBE or (last in ends and not pair):
        return 2
    if amount and last and words[0] in AMOUNTS and not is_feature(name):  # yield t/ha
        return 2
    return int(whole in HARDLY or bool(words and words[0] in ASKS))


def is_paid(words: tuple[str, ...]) -> bool:
    """A name such as fare_amount, trip_fare or ticket price: what a row is paid with."""
    kinds = {"fare", "ticket", "trip", "rent", "room", "price"}
    return (
        len(words) > 1 and words[-1] in {"amount", "fare", "price"} and bool(kinds & {*words[:-1]})
    )


def is_hinted(name: str) -> bool:
    """A word of the name is one that targets have as often as not."""
    words = words_of(re.sub(r"(?<=\w)\s*[(\[].*", "", name))
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
    words = {one for one in words_of(name) if one not in ASKS}
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


def apart_from(names: list[str]) -> str:
    """The one name without a number, where all others, ten or more, are numbered members of a few
    families: V1, V2, ...; "" where there is none."""
    plain = [one for one in names if not re.search(r"\d", one)]
    families = {re.sub(r"\d+", "#", one) for one in names if one not in plain}
    members = len(names) - len(plain)
    return plain[0] if len(plain) == 1 and members >= max(10, 5 * len(families)) else ""
