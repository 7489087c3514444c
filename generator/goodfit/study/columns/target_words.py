"""Words that targets are called by, and words of features, in the languages of tables."""

from __future__ import annotations

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
    *("admitted", "approved", "approve", "purchase", "purchased", "subscribed"),
    *("canceled", "cancelled", "delayed", "readmitted", "deny", "denied", "anomaly", "survive"),
    *("survival",),
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
        "admit",
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
    *(
        "life expectancy",
        "adj close",
        "closing price",
        "overall",
        "stars",
        "rent",
        "fare",
        "miete",
        "kaltmiete",
    ),
    *("preis", "kosten", "umsatz", "gehalt", "bewertung", "qualität", "prix", "precio", "prezzo"),
    *("preço", "ventas", "ventes", "vendite", "salario", "salaire", "stipendio", "calidad"),
    *("qualité", "qualità", "voto", "puntuación", "cena", "fiyat", "цена", "оценка", "зарплата"),
    *("价格", "價格", "価格", "評価", "가격", "销量", "売上"),
}
MAYBE = {
    *("value", "count", "cnt", "category", "result", "response", "status", "output", "answer"),
    *("severity", "disease", "variety", "sold", "sale", "shares", "decision", "acceptability"),
    *("ergebnis", "wert", "resultado", "résultat", "risultato", "valor", "valeur", "valore"),
    *("nota", "wynik", "sonuç", "результат", "結果", "结果", "결과"),
}
BEFORE = {  # prevalent stroke, family history of cancer: known beforehand, however it is called
    *("prevalent", "prev", "previous", "prior", "past", "history", "hx", "family", "parental"),
    *("previously", "last", "lag", "parent", "mother", "father", "maternal", "paternal"),
}
# Whether somebody has it is told last, beside what was measured: heart_disease, TenYearCHD.
ILLNESSES = {
    *("disease", "chd", "cvd", "cancer", "diabetes", "diabetic", "hypertension", "tumor", "tumour"),
    *("infection", "sepsis", "illness", "disorder", "ahd", "krankheit", "maladie", "enfermedad"),
}
RANGES = {"range", "class", "band", "bracket", "tier", "level"}  # of amounts: price_range
DECIDED = {"status", "result", "decision", "approval", "eligibility"}  # by yes or no, in the end
TO_COME = {"next", "tomorrow", "tomorrows", "future"}  # next_day_closing_price
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
SOLD_FOR = {"selling price", "sale price", "saleprice", "sold price", "verkaufspreis"}
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
    *("continent", "borough", "province", "neighborhood", "neighbourhood", "caste", "hemisphere"),
    *("color", "colour", "brand", "fuel", "station", "batch", "operator", "shift", "store", "shop"),
    *("market", "team", "club", "league", "manufacturer", "vendor", "supplier", "airline"),
    *("carrier", "proximity"),
    *("smoking", "employment", "insurance", "immigration", "veteran", "housing", "island", "side"),
    *("geschlecht", "alter", "land", "stadt", "jahr", "sexo", "edad", "sexe", "âge", "sesso"),
    *("пол", "возраст", "性别", "年龄", "性別", "年齢"),
}
ENDS = OUTCOMES | SURELY | {"default", "next", "bought"}  # bought_next_month is no month
LAST_WORDS = {"target", "label", "outcome", "diagnosis", "survived", "churn", "sentiment", "truth"}
GOALS = {  # a target that somebody set, or reached, is known before: hit target, sales target
    *("hit", "met", "reached", "achieved", "missed", "sales", "budget", "quota", "revenue", "goal"),
    *("daily", "weekly", "monthly", "quarterly", "annual", "yearly", "savings", "production"),
}
FEWEST_SHARE = 4  # names that may begin with the same word
ASKS = {"is", "has", "was", "will", "did", "whether", "not"}  # is_fraud, not.fully.paid
