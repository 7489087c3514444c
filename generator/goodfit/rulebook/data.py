"""Where the samples come from and how tables, images, texts and series are read."""

from goodfit.rulebook.conditions import IMAGES, Always, Cells, samples
from goodfit.rulebook.engine import Rule, Topic
from goodfit.rulebook.values import AnswerTo, TargetColumns

STUDY = ("Training notes, § Training hacks (study the dataset first)",)
FAILS = ("Training notes, § Neural networks (it fails silently)",)
COMPRESSION = ("Training notes, § Neural networks (a compression of the training set)",)

WITH_COLUMNS = Cells(
    "data with target columns", forms=("tabular", "image", "text", "series", "window")
)
INDEPENDENT = Cells(
    "samples that stand alone, with target columns", forms=("tabular", "image", "text", "series")
)
TABLE = Cells("tables", forms=("tabular",))
TEXT = Cells("texts", forms=("text",))
TOKENS = Cells("sentences with a tag for each token", forms=("tokens",))
WORDS = Cells("texts and tokens", forms=("text", "tokens"))
SERIES = Cells("series", forms=("series",))
IMAGE = Cells("single images", forms=("image",))
MASKS = Cells("images with masks", forms=("masks",))
WINDOW = Cells("a series that is forecast", forms=("window",))

SOURCE = Topic(
    name="data",
    asks="Where do the samples come from?",
    rules=(
        Rule(
            id="DATA01",
            when=Always(),
            choice={
                "path": "",
                "planned_rows": AnswerTo("samples", "the number of samples"),
            },
            because=(
                "the project runs at once on an embedded sample; [data] is the one section to edit "
                "for data of your own"
            ),
            sources=STUDY,
        ),
    ),
)
ENCODING = Topic(
    name="encoding",
    asks="How is text written in the files?",
    applies=Cells(
        "data with text in its files",
        forms=("tabular", "image", "text", "tokens", "series", "window"),
    ),
    rules=(
        Rule(
            id="DATA02",
            when=Always(),
            choice={"encoding": "utf-8"},
            because="what nearly every file is written in; another is refused, never guessed",
            sources=FAILS,
        ),
    ),
)
COLUMNS = Topic(
    name="columns",
    asks="How is a list or table divided, and which columns are predicted?",
    applies=WITH_COLUMNS,
    rules=(
        Rule(
            id="DATA03",
            when=Always(),
            choice={"separator": ",", "targets": TargetColumns()},
            because=(
                "commas divide most tables; the targets are named here and nowhere else, so that "
                "none of them is learnt from"
            ),
            sources=FAILS,
        ),
    ),
)
DECIMAL = Topic(
    name="decimal mark",
    asks="How are fractions written?",
    applies=Cells("tables and series", forms=("tabular", "series", "window")),
    rules=(
        Rule(
            id="DATA04",
            when=Always(),
            choice={"decimal": "."},
            because='the usual mark; a file with 1,5 for one and a half wants ","',
            sources=FAILS,
        ),
    ),
)
MISSING = Topic(
    name="missing values",
    asks="Which cells mean that there is no value?",
    applies=Cells("tables and forecasts", forms=("tabular", "window")),
    rules=(
        Rule(
            id="DATA05",
            when=Always(),
            choice={"missing": ["", "?", "NA", "N/A", "NaN", "nan", "NULL", "null"]},
            because="a word that stands for nothing would make a column of numbers one of words",
            sources=STUDY,
        ),
    ),
)
READING = Topic(
    name="table columns",
    asks="How are the columns of a table read?",
    applies=TABLE,
    rules=(
        Rule(
            id="DATA06",
            when=Always(),
            choice={
                "header": True,
                "ignore": [],
                "numeric": [],
                "boolean": [],
                "categorical": [],
                "drop_targets": [],
            },
            because="columns that no list names are read by their type",
            sources=STUDY,
        ),
    ),
)
WRITING = Topic(
    name="cells of a table",
    asks="What stands in the file beside values?",
    applies=TABLE,
    rules=(
        Rule(
            id="DATA16",
            when=Always(),
            choice={"quote": '"', "skip_lines": [], "number_signs": []},
            because=(
                "quotation marks around cells are usual; lines above the table, and currency or "
                "thousands inside numbers, are left out where they are named"
            ),
            sources=STUDY,
        ),
    ),
)
ROWS = Topic(
    name="samples kept together",
    asks="Which samples are left out, kept together, or divided beforehand?",
    applies=INDEPENDENT,
    rules=(
        Rule(
            id="DATA07",
            when=Always(),
            choice={"drop_rows_without_target": False, "group": "", "part": ""},
            because=(
                "a missing target is refused until you say that it may go; name a group where "
                "samples belong together, or a score on half a group flatters"
            ),
            sources=FAILS,
        ),
    ),
)
CATEGORIES = Topic(
    name="categories",
    asks="How many categories of a column get an input of their own?",
    applies=TABLE,
    rules=(
        Rule(
            id="CAT01",
            when=samples(high=1_000),
            choice={"max_categories": 10},
            because=(
                "with few rows a rare category is seen too seldom to learn from, "
                "so the rare ones share one input"
            ),
            sources=COMPRESSION,
        ),
        Rule(
            id="CAT02",
            when=samples(1_000),
            choice={"max_categories": 50},
            because=(
                "one-hot inputs are exact and readable; past the fifty commonest categories "
                "they cost more memory than they tell"
            ),
            sources=COMPRESSION,
        ),
    ),
)
IMAGE_FILES = Topic(
    name="image files",
    asks="How are the images of a list found?",
    applies=IMAGE,
    rules=(
        Rule(
            id="DATA08",
            when=Always(),
            choice={"image_column": "image"},
            because=(
                "a folder of class folders needs no list; a CSV names each image in this column, "
                "relative to the CSV"
            ),
            sources=STUDY,
        ),
    ),
)
MASK_FILES = Topic(
    name="mask files",
    asks="Where do images and masks lie?",
    applies=MASKS,
    rules=(
        Rule(
            id="DATA09",
            when=Always(),
            choice={"image_folder": "images", "mask_folder": "masks"},
            because="an image and its mask have the same name, each in its folder",
            sources=STUDY,
        ),
    ),
)
IMAGE_SIZE = Topic(
    name="image size",
    asks="How large is an image, and what if one cannot be read?",
    applies=IMAGES,
    rules=(
        Rule(
            id="DATA10",
            when=Always(),
            choice={
                "image_size": AnswerTo("image_size", "the image size you gave"),
                "channels": AnswerTo("channels", "the channels you gave"),
                "unreadable": "refuse",
            },
            because=(
                "images of one size make batches; a broken file stops the run until you say that "
                "it may be skipped"
            ),
            sources=FAILS,
        ),
    ),
)
TEXT_FILES = Topic(
    name="text files",
    asks="Where is the text, and what if there is none?",
    applies=TEXT,
    rules=(
        Rule(
            id="DATA11",
            when=Always(),
            choice={"text_column": "text", "empty": "refuse"},
            because="an empty text teaches nothing and is refused until you say it may be skipped",
            sources=FAILS,
        ),
    ),
)
TOKEN_FILES = Topic(
    name="token files",
    asks="Which columns hold the tokens and their tags?",
    applies=TOKENS,
    rules=(
        Rule(
            id="DATA12",
            when=Always(),
            choice={"token_column": 0, "tag_column": -1},
            because=(
                "a token a line, its tag last, a blank line between sentences: the form of the "
                "CoNLL shared tasks"
            ),
            sources=(
                "Tjong Kim Sang & De Meulder 2003, Introduction to the CoNLL-2003 Shared Task, "
                "arXiv:cs/0306050",
            ),
        ),
    ),
)
VOCABULARY = Topic(
    name="vocabulary",
    asks="How many words are known?",
    applies=WORDS,
    rules=(
        Rule(
            id="WORD01",
            when=samples(high=10_000),
            choice={"vocabulary": 10_000},
            because="a word that few texts hold teaches little; the rest share one place",
            sources=COMPRESSION,
        ),
        Rule(
            id="WORD02",
            when=samples(10_000),
            choice={"vocabulary": 20_000},
            because="more texts show more words often enough to learn them",
            sources=COMPRESSION,
        ),
    ),
)
LENGTH = Topic(
    name="sample length",
    asks="How much of a text or series is kept?",
    applies=Cells("texts and series of a length", forms=("text", "tokens", "series")),
    rules=(
        Rule(
            id="LEN01",
            when=Always(),
            choice={"length": AnswerTo("length", "the length you gave")},
            because="longer ones are cut and shorter ones padded, and padding changes no answer",
            sources=STUDY,
        ),
    ),
)
SERIES_FILES = Topic(
    name="series files",
    asks="How do series stand in a file?",
    applies=SERIES,
    rules=(
        Rule(
            id="DATA13",
            when=Always(),
            choice={"layout": "auto", "id_column": "id", "channels": []},
            because=(
                "a CSV with these columns holds a step a row, any other a series a row; .ts and "
                ".npz files say it themselves"
            ),
            sources=STUDY,
        ),
    ),
)
TIME = Topic(
    name="time",
    asks="Which column holds the time?",
    applies=Cells("series of any kind", forms=("series", "window")),
    rules=(
        Rule(
            id="DATA14",
            when=Always(),
            choice={"time_column": AnswerTo("time_column", "the time column you gave")},
            because="steps are put in the order of time before anything else is done",
            sources=FAILS,
        ),
    ),
)
WINDOWS = Topic(
    name="windows",
    asks="How far does a forecast look back and ahead?",
    applies=WINDOW,
    rules=(
        Rule(
            id="DATA15",
            when=Always(),
            choice={
                "inputs": [],
                "gaps": "refuse",
                "window": AnswerTo("window", "the window you gave"),
                "horizon": AnswerTo("horizon", "the horizon you gave"),
                "season": 0,
            },
            because=(
                "all steps ahead are forecast at once, so that no error feeds the next; a missing "
                "step is refused until you say that it may be filled"
            ),
            sources=(
                "Zeng et al. 2022, Are Transformers Effective for Time Series Forecasting?, "
                "arXiv:2205.13504 (direct forecasts of many steps)",
            ),
        ),
    ),
)
TOPICS = (
    SOURCE,
    ENCODING,
    COLUMNS,
    DECIMAL,
    MISSING,
    READING,
    WRITING,
    ROWS,
    CATEGORIES,
    IMAGE_FILES,
    MASK_FILES,
    IMAGE_SIZE,
    TEXT_FILES,
    TOKEN_FILES,
    VOCABULARY,
    LENGTH,
    SERIES_FILES,
    TIME,
    WINDOWS,
)
