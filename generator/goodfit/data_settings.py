"""The settings of config.toml that say what the data is: [data], [sample] and [split].

A name means the same wherever it stands, and each form of data has those that it needs.
"""

from __future__ import annotations

from goodfit.constraints import (
    OPEN_SHARE,
    POSITIVE,
    WHOLE,
    AnyOf,
    ListOf,
    OneOf,
    Range,
    Setting,
    Truth,
    Words,
)
from goodfit.limits import FEWEST_SAMPLES

NAMES = ListOf(Words())
LAYOUTS = ("auto", "wide", "long", "pieces")
COLOURS = OneOf((1, 3))
REPEATED = OneOf(("refuse", "average", "first", "last"))
REFUSE_OR_SKIP = OneOf(("refuse", "skip"))

DATA_SETTINGS = (
    Setting("path", "data", Words(), 'yours, as seen from here; "" takes the embedded sample'),
    Setting("planned_rows", "data", POSITIVE, "samples the rules counted on; far off gets a note"),
    Setting("sheet", "data", Words(), "of a file with several sheets or tables: the one to read"),
    Setting("separator", "data", Words(1), "what divides the columns of a CSV"),
    Setting("encoding", "data", Words(), "the text encoding of a file"),
    Setting("decimal", "data", Words(1, 1), "the decimal mark of a CSV"),
    Setting("missing", "data", NAMES, "cells that mean: no value"),
    Setting("no_value", "data", NAMES, 'numbers that mean it in one column: "age=-1"'),
    Setting("join_spellings", "data", Truth(), "Yes, YES and yes are one word"),
    Setting("header", "data", Truth(), 'false: columns are named "column_1", ...'),
    Setting("quote", "data", Words(0, 1), 'what stands around cells; "": a sign like any other'),
    Setting("skip_lines", "data", ListOf(POSITIVE), "lines that are no rows: titles, units"),
    Setting("number_signs", "data", NAMES, "signs inside numbers: currency, thousands"),
    Setting("targets", "data", NAMES, "the columns to predict"),
    Setting("drop_rows_without_target", "data", Truth(), "leave out rows that have no target"),
    Setting(
        "group",
        "data",
        Words(),
        'a column of what must stay together (what its cells begin with, if all differ); "stem" of '
        "image names",
    ),
    Setting("part", "data", Words(), "a column that says train, validation or test"),
    Setting("drop_targets", "data", NAMES, "values of the target whose rows are left out"),
    Setting("ignore", "data", NAMES, "columns to leave out: identifiers, dates, leaks"),
    Setting("numeric", "data", NAMES, "columns to read as numbers"),
    Setting("boolean", "data", NAMES, "columns to read as yes or no"),
    Setting("categorical", "data", NAMES, "columns to read as categories"),
    Setting(
        "dates", "data", NAMES, 'parts of dates to learn: "due=month", weekday, hour, year, days'
    ),
    Setting("day_first", "data", Truth(), "02/01/2024 is in January"),
    Setting("max_categories", "data", POSITIVE, "categories kept for a column; the rest are one"),
    Setting("image_column", "data", Words(1), "the column of a list that names the image files"),
    Setting("image_folder", "data", Words(1), "the folder of the images"),
    Setting("mask_folder", "data", Words(1), "the folder of their masks"),
    Setting("mask_values", "data", ListOf(WHOLE), "values of classes; a pixel is of the nearest"),
    Setting("void_values", "data", ListOf(WHOLE), "values of pixels that are of no class"),
    Setting("unreadable", "data", REFUSE_OR_SKIP, "what to do with a broken image"),
    Setting("image_size", "data", POSITIVE, "pixels an image is high and wide"),
    Setting("text_column", "data", Words(1), 'the column of the texts; "subject + body": both'),
    Setting("empty", "data", REFUSE_OR_SKIP, "what to do with a text without words"),
    Setting("sentence_column", "data", Words(), "of a table: one cell for all words of a sentence"),
    Setting("token_column", "data", WHOLE, "the column of the tokens, from 0"),
    Setting("tag_column", "data", Range(-100, whole=True), "the column of the tags; -1: the last"),
    Setting("vocabulary", "data", POSITIVE, "words known; all others are one"),
    Setting("layout", "data", OneOf(LAYOUTS), "of a CSV: a series a row, a step a row, ..."),
    Setting("id_column", "data", Words(), "the column that names the series, in a long CSV"),
    Setting("time_column", "data", Words(), "the column that holds the time"),
    Setting(
        "channels",
        "data",
        AnyOf((COLOURS, NAMES)),
        "colours of an image, 1 or 3; columns of a series, [] for all",
    ),
    Setting("length", "data", Range(2, whole=True), "words or steps kept of a sample"),
    Setting("inputs", "data", NAMES, "columns to forecast from; [] takes every number"),
    Setting("gaps", "data", OneOf(("refuse", "fill")), "what to do where a step is missing"),
    Setting("repeated", "data", REPEATED, "what to do where a time stands in several rows"),
    Setting("window", "data", POSITIVE, "steps a forecast looks back"),
    Setting("horizon", "data", POSITIVE, "steps that are forecast at once"),
    Setting("season", "data", WHOLE, "steps until it repeats; 0: from the time column"),
    Setting(
        "rows", "sample", Range(FEWEST_SAMPLES, whole=True), "samples or steps that are made up"
    ),
    Setting("features", "sample", POSITIVE, "feature columns or variables of the embedded sample"),
    Setting("sample_seed", "sample", WHOLE, "another seed, another sample"),
    Setting("validation", "split", OPEN_SHARE, "share of the samples"),
    Setting("test", "split", OPEN_SHARE, "share of the samples"),
    Setting("stratify", "split", Truth(), "keep the class shares in every part"),
)
