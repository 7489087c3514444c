"""Where the samples come from and how the file is read."""

from goodfit.rulebook.conditions import Always
from goodfit.rulebook.engine import Rule, Topic
from goodfit.rulebook.values import AnswerTo, TargetColumns

TOPIC = Topic(
    name="data",
    asks="Where do the samples come from?",
    rules=(
        Rule(
            id="DATA01",
            when=Always(),
            choice={
                "path": "",
                "separator": ",",
                "decimal": ".",
                "encoding": "utf-8",
                "header": True,
                "missing": ["", "?", "NA", "N/A", "NaN", "nan", "NULL", "null"],
                "targets": TargetColumns(),
                "drop_rows_without_target": False,
                "ignore": [],
                "numeric": [],
                "boolean": [],
                "categorical": [],
                "group": "",
                "planned_rows": AnswerTo("samples", "the number of samples"),
            },
            because=(
                "the project runs at once on an embedded sample; [data] is the one section to edit "
                "for a file of your own, and columns it does not name are read by their type"
            ),
            sources=("Training notes, § Training hacks (study the dataset first)",),
        ),
    ),
)
