"""A toy for each of CONTRIBUTING.md's recipes: what somebody would add, and where it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

GOODFIT = "generator/goodfit"
RULEBOOK = f"{GOODFIT}/rulebook"

Edit = tuple[str, str, str]  # a file, a text that stands there once, and what is to stand there
SETTING: Edit = (
    f"{GOODFIT}/settings.py",
    '    Setting("batch_size",',
    '    Setting("toy", "training", POSITIVE, "what a toy is for"),\n    Setting("batch_size",',
)


@dataclass(frozen=True)
class Toy:
    """What somebody adds by a recipe. `partials` copies, in all kinds that a word of `VARIANTS`
    chooses, the files of one name under a new one. `shown` must stand in files of the project."""

    recipe: str
    edits: tuple[Edit, ...]
    flags: tuple[str, ...]
    shown: Mapping[str, tuple[str, ...]]
    new: Mapping[str, str] = field(default_factory=dict)
    partials: tuple[tuple[str, str, str], ...] = ()  # (word, name of a file, new name)


TOPIC = '''"""How much toy there is."""

from goodfit.rulebook.conditions import samples
from goodfit.rulebook.engine import Rule, Topic

TOPIC = Topic(
    name="toy",
    asks="How much toy?",
    rules=(
        Rule("TOY01", samples(high=10_000), {"toy": 1}, "few samples want little", ("A toy",)),
        Rule("TOY02", samples(10_000), {"toy": 7}, "many samples want more", ("A toy",)),
    ),
)
'''
HEAD = """        Rule(
            id="LOSS99",
            when=is_("task", "toy-regression"),
            choice={
                "output_units": AnswerTo("classes", "the number of targets"),
                "output_activation": "linear",
                "loss": "mean_absolute_error",
                "metrics": ["mean_squared_error"],
                "output_bias": "zeros",
            },
            because="a toy is a number",
            sources=("A toy",),
        ),
"""
TOYS = {
    "a rule": Toy(
        recipe="A rule",
        edits=(
            (
                f"{RULEBOOK}/momentum.py",
                "when=samples(1_000_000),",
                "when=samples(1_000_000, 10_000_000),",
            ),
            (
                f"{RULEBOOK}/momentum.py",
                '        Rule(\n            id="MOM01",',
                '        Rule("TOY01", samples(10_000_000), {"momentum": 0.99}, "a toy", ("I",)),\n'
                '        Rule(\n            id="MOM01",',
            ),
        ),
        flags=("--samples", "20M"),
        shown={"config.toml": ("momentum = 0.99",), "DECISIONS.md": ("TOY01: I",)},
    ),
    "a topic": Toy(
        recipe="A topic",
        edits=(
            (f"{RULEBOOK}/__init__.py", "    split,\n)", "    split,\n    toy,\n)"),
            (f"{RULEBOOK}/__init__.py", "    device.STEPS,", "    device.STEPS,\n    toy.TOPIC,"),
            SETTING,
        ),
        new={f"{RULEBOOK}/toy.py": TOPIC},
        flags=("--samples", "20k"),
        shown={
            "config.toml": ("# TOY02: many samples want more.\ntoy = 7",),
            "DECISIONS.md": ("TOY02",),
        },
    ),
    "a default": Toy(
        recipe="A default",
        edits=(
            (
                f"{RULEBOOK}/defaults.py",
                "TRAINING = (",
                'TRAINING = (\n    Default("TOY01", {"toy": 3}, "a toy is three"),',
            ),
            SETTING,
        ),
        flags=(),
        shown={"config.toml": ("# TOY01: a toy is three.\ntoy = 3  # what a toy is for",)},
    ),
    "an architecture": Toy(
        recipe="An architecture",
        edits=(
            (
                f"{GOODFIT}/cells.py",
                "ARCHITECTURES = (",
                'ARCHITECTURES = (\n    Architecture("toy-net", "a toy", "toy-net"),',
            ),
            (
                f"{GOODFIT}/cells.py",
                '("tabular", COMMON_TASKS, (',
                '("tabular", COMMON_TASKS, ("toy-net", ',
            ),
            (
                f"{RULEBOOK}/conditions.py",
                '"dense networks of tables", families=("tabular",), architectures=(',
                '"dense networks of tables", families=("tabular",), architectures=("toy-net", ',
            ),
            (
                f"{RULEBOOK}/normalization.py",
                'architectures=("mlp", "residual-mlp", "cnn"',
                'architectures=("toy-net", "mlp", "residual-mlp", "cnn"',
            ),
            (
                f"{RULEBOOK}/size.py",
                'MLP = Cells("tables", families=("tabular",), architectures=("mlp"',
                'MLP = Cells("tables", families=("tabular",), architectures=("toy-net", "mlp"',
            ),
            (
                f"{RULEBOOK}/size.py",
                '"dense layers that taper", architectures=("mlp"',
                '"dense layers that taper", architectures=("toy-net", "mlp"',
            ),
        ),
        partials=(("{network}", "tabular_mlp", "tabular_toy_net"),),
        flags=("--architecture", "toy-net"),
        shown={
            "config.toml": ("\nhidden_units = ", "\nnormalization = ", "\ndropout = "),
            "DECISIONS.md": ("**Architecture: `toy-net`",),
        },
    ),
    "an input": Toy(
        recipe="An input",
        edits=(
            (
                f"{GOODFIT}/cells.py",
                "INPUTS = (",
                'INPUTS = (\n    Input("toy", "a table of toys", "tabular", "toys"),',
            ),
            (
                f"{GOODFIT}/cells.py",
                '    ("series", ("anomaly-detection",), ("autoencoder",)),\n',
                '    ("series", ("anomaly-detection",), ("autoencoder",)),\n'
                '    ("toy", ("regression",), ("mlp",)),\n',
            ),
            (
                f"{RULEBOOK}/conditions.py",
                'NUMERIC = Cells("tables and series", forms=(',
                'NUMERIC = Cells("tables and series", forms=("toy", ',
            ),
            (
                f"{RULEBOOK}/data_defaults.py",
                '"tables and forecasts", forms=(',
                '"tables and forecasts", forms=("toy", ',
            ),
            (
                f"{RULEBOOK}/feature_scaling.py",
                '"numbers that come in", forms=(',
                '"numbers that come in", forms=("toy", ',
            ),
            (
                f"{RULEBOOK}/feature_scaling.py",
                '"tables and whole series", forms=(',
                '"tables and whole series", forms=("toy", ',
            ),
        ),
        partials=(("{form}", "tabular", "toy"), ("{input}", "tabular", "toy")),
        flags=("--input", "toy", "--task", "regression"),
        shown={
            "config.toml": ("\ndecimal = ", "\nmissing = ", "\nfeature_scaling = "),
            "answers.toml": ('input = "toy"',),
        },
    ),
    "a task": Toy(
        recipe="A task",
        edits=(
            (
                f"{GOODFIT}/cells.py",
                '    Task(\n        name="segmentation",',
                '    Task("toy-regression", "a toy", "targets", "numbers", least=1, usual=2),\n'
                '    Task(\n        name="segmentation",',
            ),
            (
                f"{GOODFIT}/cells.py",
                '    ("tabular", COMMON_TASKS,',
                '    ("tabular", ("toy-regression",), ("mlp",)),\n    ("tabular", COMMON_TASKS,',
            ),
            (
                f"{RULEBOOK}/loss.py",
                '        Rule(\n            id="LOSS01",',
                f'{HEAD}        Rule(\n            id="LOSS01",',
            ),
            (
                f"{GOODFIT}/coherence.py",
                '    "regression": numbers(',
                '    "toy-regression": numbers("A toy."),\n    "regression": numbers(',
            ),
        ),
        partials=(("{task}", "regression", "toy_regression"),),
        flags=("--task", "toy-regression"),
        shown={
            "config.toml": ('loss = "mean_absolute_error"',),
            "answers.toml": ("classes = 2",),
            "DECISIONS.md": ("LOSS99: A toy",),
        },
    ),
    "a question": Toy(
        recipe="A question",
        edits=(
            (
                f"{GOODFIT}/questions.py",
                '    Question(\n        name="overrides",',
                '    Question("toy", "Which toy?", "any", kinds.Count(1, 9), 2),\n'
                '    Question(\n        name="overrides",',
            ),
            (
                f"{GOODFIT}/answers.py",
                "    overrides: Mapping[str, Any]\n",
                "    toy: int\n    overrides: Mapping[str, Any]\n",
            ),
            (
                f"{GOODFIT}/cli.py",
                '@click.option("--features",',
                '@click.option("--toy", help="Which toy.")\n@click.option("--features",',
            ),
        ),
        flags=("--toy", "5"),
        shown={"answers.toml": ("toy = 5",)},
    ),
}
