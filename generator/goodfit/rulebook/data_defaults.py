"""The first part of the table of defaults: how the user's data is read."""

from typing import Any

from goodfit.cells import forms_but
from goodfit.rulebook.conditions import (
    ANY_SERIES,
    IMAGES,
    MASKS,
    NUMERIC,
    OF_A_LENGTH,
    TABLES,
    TEXTS,
    Cells,
)
from goodfit.rulebook.engine import Default
from goodfit.rulebook.values import AnswerTo, TargetColumns

ROWS = Cells("tables and forecasts", forms=("tabular", "window"))
DATA_DEFAULTS = (
    Default(
        "DATA01",
        {"path": "", "planned_rows": AnswerTo("samples", "the number of samples")},
        "the project runs at once on an embedded sample; [data] is the one section to edit for "
        "data of your own",
    ),
    Default(
        "DATA02",
        {"encoding": "utf-8"},
        "what nearly every file is written in; another is refused, never guessed",
        applies=Cells(
            "data with text in its files",
            forms=forms_but("masks"),
        ),
    ),
    Default(
        "DATA03",
        {"sheet": "", "separator": ",", "targets": TargetColumns()},
        "most files hold one table, and commas divide it; the targets are named here and nowhere "
        "else, so that none of them is learnt from",
        applies=Cells("data with target columns", forms=forms_but("masks", "tokens")),
    ),
    Default(
        "DATA04",
        {"decimal": "."},
        'the usual mark; a file with 1,5 for one and a half wants ","',
        applies=NUMERIC,
    ),
    Default(
        "DATA05",
        {"missing": ["", "?", "NA", "N/A", "NaN", "nan", "NULL", "null"], "no_value": []},
        "a word that stands for nothing would make a column of numbers one of words; a number that "
        "does is learnt as a number, unless you say otherwise: a file alone cannot tell",
        applies=ROWS,
    ),
    Default(
        "DATA17",
        {"join_spellings": False},
        "each spelling is a class of its own, unless you say otherwise: a file alone cannot tell",
        applies=TABLES,
    ),
    Default(
        "DATA18",
        {"dates": [], "day_first": False},
        "a date is no number and no category: what comes round (month, weekday, hour) becomes a "
        "sine and a cosine, so that December lies beside January, what goes on the days since 1970",
        applies=TABLES,
    ),
    Default(
        "DATA06",
        {"ignore": [], "numeric": [], "boolean": [], "categorical": [], "drop_targets": []},
        "columns that no list names are read by their type",
        applies=TABLES,
    ),
    Default(
        "DATA16",
        {"header": True, "quote": '"', "skip_lines": [], "number_signs": []},
        "a line of names and quotation marks around cells are usual; lines above the table, and "
        "currency or thousands inside numbers, are left out where they are named",
        applies=ROWS,
    ),
    Default(
        "DATA07",
        {"drop_rows_without_target": False, "group": "", "part": ""},
        "a missing target is refused until you say that it may go; name a group where samples "
        "belong together, or a score on half a group flatters",
        applies=Cells(
            "samples that stand alone, with target columns",
            forms=("tabular", "image", "text", "series"),
        ),
    ),
    Default(
        "DATA08",
        {"image_column": "image"},
        "a folder of class folders needs no list; a CSV names each image in this column, relative "
        "to the CSV",
        applies=Cells("single images", forms=("image",)),
    ),
    Default(
        "DATA09",
        {"image_folder": "images", "mask_folder": "masks", "mask_values": [], "void_values": []},
        "an image and its mask have the same name, each in its folder; each value in the masks is "
        "a class, unless you name those that are, where JPEG or smooth scaling made more, or what "
        "stands for no class: such pixels are neither learned nor scored",
        applies=MASKS,
    ),
    Default(
        "DATA10",
        {
            "image_size": AnswerTo("image_size", "the image size you gave"),
            "channels": AnswerTo("channels", "the channels you gave"),
            "unreadable": "refuse",
        },
        "images of one size make batches; a broken file stops the run until you say that it may be "
        "skipped",
        applies=IMAGES,
    ),
    Default(
        "DATA11",
        {"text_column": "text", "empty": "refuse"},
        "an empty text teaches nothing and is refused until you say it may be skipped",
        applies=TEXTS,
    ),
    Default(
        "DATA12",
        {
            **{"sheet": "", "separator": ",", "sentence_column": ""},
            **{"token_column": 0, "tag_column": -1},
        },
        "a token a line, its tag last, a blank line between sentences: the form of the CoNLL "
        "shared tasks",
        (
            "Tjong Kim Sang & De Meulder 2003, Introduction to the CoNLL-2003 Shared Task, "
            "arXiv:cs/0306050",
        ),
        applies=Cells("sentences with a tag for each token", forms=("tokens",)),
    ),
    Default(
        "LEN01",
        {"length": AnswerTo("length", "the length you gave")},
        "longer ones are cut and shorter ones padded, and padding changes no answer",
        applies=OF_A_LENGTH,
    ),
    Default(
        "DATA13",
        {"layout": "auto", "id_column": "id", "channels": []},
        "a CSV with these columns holds a step a row, any other a series a row; .ts and .npz files "
        "say it themselves",
        applies=Cells("series", forms=("series",)),
    ),
    Default(
        "DATA14",
        {"time_column": AnswerTo("time_column", "the time column you gave")},
        "steps are put in the order of time before anything else is done",
        applies=ANY_SERIES,
    ),
    Default(
        "DATA15",
        {
            "inputs": [],
            "gaps": "refuse",
            "repeated": "refuse",
            "window": AnswerTo("window", "the window you gave"),
            "horizon": AnswerTo("horizon", "the horizon you gave"),
            "season": 0,
        },
        "all steps ahead are forecast at once, so that no error feeds the next; a missing step is "
        "refused until you say that it may be filled",
        (
            "Zeng et al. 2022, Are Transformers Effective for Time Series Forecasting?, "
            "arXiv:2205.13504 (direct forecasts of many steps)",
        ),
        applies=Cells("a series that is forecast", forms=("window",)),
    ),
)


def data_default(setting: str) -> Any:
    """The value of a setting of [data] that is the same in every project that has it."""
    return next(row.choice[setting] for row in DATA_DEFAULTS if setting in row.choice)
