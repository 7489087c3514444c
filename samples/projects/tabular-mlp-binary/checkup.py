"""This project as the doctor looks at it: its samples, its promises, and what only it knows."""

import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas as pd

import data
import doctor
import predict
from config import Config, refuse
from data import as_text, part_column
from doctor.by_settings import declared, mixed, words
from doctor.checks.round_trip import differences, other_network, other_value
from doctor.monitors import blew_up, not_the_best
from doctor.project import RoundTrip
from doctor.registry import in_full
from doctor.report import DataView
from doctor.run_folder import hindrance
from doctor.trips import Score, enliven, read_as_new, trip_of_rows
from features import Encoder
from model import build_model
from reader.pairs import marks_of_parts
from run import Parts, Prepared, Run, load_run, save_run
from task import Target, score, training_arrays, watched_arrays

Batched = Callable[..., Any]
SAMPLES_AGAIN = 64  # that a run which was saved is asked about
SAMPLES_HANDED = 256  # that fit() is given to see what it makes of them


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """Columns with their places, those that name the rows, and those that equal a target."""
    encoder, table = prepared.encoder, prepared.tables["train"]
    sources = {name: [place] for place, name in enumerate(encoder.numeric)}
    start = len(encoder.numeric) + len(encoder.flagged)  # marks of gaps come in between
    for name, levels in encoder.categorical.items():
        sources[name] = [*range(start, start + len(levels))]
        start += len(levels)
    unique = [name for name in encoder.categorical if table[name].nunique() > 0.9 * len(table)]
    pairs = [(name, target) for name in sources for target in config.data.targets if name in table]
    equal = [pair for pair in pairs if same(table[pair[0]], table[pair[1]])]
    return {
        "sources": sources,
        "numeric": tuple(encoder.numeric),
        "text_identifiers": tuple(unique),
        "equal_columns": tuple(equal),
    }


def same(column: pd.Series, target: pd.Series) -> bool:
    """Whether two columns hold the same in every row."""
    return bool(as_text(column).equals(as_text(target)))


def as_new(few: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Rows as predict.py reads them from a file."""
    written = few.drop(columns=config.data.targets, errors="ignore")
    return read_as_new(few, config, data.read_new, data.keys, written)


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them: which columns are numbers, categories, or not used."""
    encoder, settings, table = prepared.encoder, config.data, prepared.tables["train"]
    return {
        "form": "table",
        "unused": (*settings.ignore, settings.group, part_column(config)),
        "medians": encoder.numeric,
        "categories": {name: as_text(table[name]) for name in encoder.categorical},
    }


def round_trip(
    run: Run, test: pd.DataFrame, y: np.ndarray, outputs: np.ndarray, scores: dict[str, float]
) -> RoundTrip:
    """What predict.py makes of raw test samples, beside `outputs` and `scores` of evaluate.py."""
    names = target_names(run.config)
    truth = {name: as_text(test[name]).to_numpy() for name in names if name in test}
    ask, decode = partial(predict.predict, run, unseen="ignore"), run.target.decode
    headline, arrived = run.config.head.headline, partial(as_new, config=run.config)
    reported = Score(headline, scores[headline])
    return trip_of_rows(ask, decode, test, outputs, names, truth, reported, arrived)


def plain_case(model: keras.Model, parts: Parts, config: Config, **known: Any) -> doctor.Case:
    """What `fit` trains on: the compiled model, the arrays, and how long."""
    known.setdefault("project", doctor.Project(declared=declared(config.head, parts.y)))
    return doctor.Case(
        model,
        doctor.Samples(*training_arrays(parts.x, parts.y, config.head)),
        doctor.Samples(*watched_arrays(parts.x_val, parts.y_val, config.head)),
        batch_size=config.training.batch_size,
        epochs=config.training.epochs,
        samples=len(parts.x),
        words=words(config, data.SAMPLES),
        seed=config.training.seed,
        **known,
    )


def case_of(prepared: Prepared, batches_of: Batched, config: Config) -> doctor.Case:
    """The whole case: `prepared.model` is compiled, and `batches_of` is what makes batches."""
    tables, encoder, target = prepared.tables, prepared.encoder, prepared.target
    parts, model = prepared.parts, prepared.model
    batches = batches_of(training_arrays(parts.x, parts.y, config.head), config.training)
    stopping = keras.callbacks.EarlyStopping(**config.early_stopping.model_dump())
    tests = encoder.encode(tables["test"], "ignore"), target.encode(tables["test"])
    group = getattr(config.data, "group", "")
    cells = {name: table[group].astype(str).tolist() for name, table in tables.items() if group}
    names = next((list(getattr(target, name)) for name in KINDS if hasattr(target, name)), [])
    output_scale = config.model.model_dump().get("output_initializer_scale")
    promised = declared(config.head, parts.y)
    project = doctor.Project(
        declared=promised,
        known_y=doctor.Samples(parts.x, parts.y),
        known_y_val=doctor.Samples(parts.x_val, parts.y_val),
        test=doctor.Samples(*tests),
        keys={name: data.keys(table, config) for name, table in tables.items()},
        order={name: table.index.to_numpy() for name, table in tables.items()},
        groups={name: np.array(marks, object) for name, marks in marks_of_parts(cells).items()}
        if group
        else None,
        row_of=lambda part, sample: int(tables[part].index[sample]),
        given_parts=data.part_column(config) in tables["train"],
        anomalies="normal" in type(config.head).model_fields,
        classes=tuple(map(str, names)),
        target_names=tuple(target_names(config)),
        balanced=getattr(config.head, "class_weight", "none") != "none",
        trained_before=getattr(config.model, "weights", "none") != "none",
        output_scale=output_scale,
        standardized=getattr(config.model, "feature_scaling", "standardize") != "none",
        warmup_epochs=config.optimizer.warmup_epochs,
        decay_epochs=config.optimizer.decay_epochs,
        encode_again=lambda: encoded_again(prepared, config),
        shuffled=lambda random: shuffled(prepared, config, random),
        decoded=lambda: wrongly_decoded(prepared, config),
        reloaded=lambda: reloaded(prepared, config),
        round_trip=lambda: tried(prepared, config),
        rebuild=lambda x: build_model(
            config.model, config.head, encoder, x, np.zeros(promised.units)
        ),
        batched=lambda: batched(parts, batches_of, config),
        handed=lambda: handed(prepared, config),
        group=group,
        target_values=target_values(tables["train"], config),
        lists=Path("study"),
        **special(prepared, config),
    )
    return plain_case(
        model,
        parts,
        config,
        steps_per_epoch=batches.steps_per_epoch,
        batches=lambda: iter(batches.dataset),
        callbacks=(stopping,),
        project=project,
    )


def target_names(config: Config) -> list[str]:
    """The columns that hold targets; none where these are masks or tags."""
    names: list[str] = config.data.model_dump().get("targets", [])
    return names


def target_values(table: pd.DataFrame, config: Config) -> dict[str, np.ndarray]:
    """Targets that are numbers, as they stand in the data; none of classes."""
    if "crossentropy" in config.head.loss or "normal" in type(config.head).model_fields:
        return {}
    columns = [name for name in target_names(config) if name in table]
    return {name: pd.to_numeric(table[name]).to_numpy("float64") for name in columns}


def data_view(prepared: Prepared, batches_of: Batched, config: Config) -> DataView:
    """What the page of pictures is made from."""
    case = case_of(prepared, batches_of, config)
    return DataView(case, prepared.tables["train"], **for_page(prepared, config))


KINDS = ("classes", "tags", "labels")  # where a target keeps the names of its codes


def encoded_again(prepared: Prepared, config: Config) -> tuple[bool, doctor.Samples]:
    """Encoders of the training part alone, and what they make of the validation part."""
    tables = prepared.tables
    with redirect_stdout(StringIO()):  # what they note was said when they were made
        encoder = Encoder.fit(tables["train"], config.data)
        target = Target.fit(tables["train"], config)
        x, y = encoder.encode(tables["validation"], "ignore"), target.encode(tables["validation"])
    known = (encoder, target) == (prepared.encoder, prepared.target)
    return known, doctor.Samples(*watched_arrays(x, y, config.head))


def shuffled(
    prepared: Prepared, config: Config, random: np.random.Generator
) -> tuple[doctor.Samples, doctor.Samples]:
    """Training and validation samples, encoded with the targets of others. None of images, which
    are pixels and nothing else, nor of forecasts, whose inputs are the targets' own past."""
    parts, tables = prepared.parts, prepared.tables
    if len(tables["train"]) != len(parts.x) or parts.x.ndim == 4:
        nothing = doctor.Samples(parts.x[:0], parts.y[:0])
        return nothing, nothing
    columns = [name for name in target_names(config) if name in tables["train"]]
    arrays = []
    for name, most in (("train", 1_000), ("validation", 500)):
        rows = random.permutation(len(tables[name]))[:most]
        table = mixed(tables[name].iloc[rows], columns, random)
        arrays.append((prepared.encoder.encode(table, "ignore"), prepared.target.encode(table)))
    train = doctor.Samples(*training_arrays(*arrays[0], config.head))
    return train, doctor.Samples(*arrays[1])


def wrongly_decoded(prepared: Prepared, config: Config) -> list[str]:
    """Targets that, encoded and then decoded like answers of predict.py, are not the cells of the
    data. Masks, tags and marks of anomalies come out in another form than they went in, and are
    left to the tests."""
    table, y = prepared.tables["validation"], prepared.parts.y_val
    units = int(config.head.model_dump().get("output_units", 0))
    if not units or (y.dtype.kind != "f" and y.shape[1:] != (1,)):
        return []
    several = y.dtype.kind != "f" and units > 1
    perfect = np.eye(units)[y.ravel()] if several else y
    said = prepared.target.decode(perfect.astype("float32"), table)
    wrong = []
    for name in [name for name in target_names(config) if name in said and name in table]:
        cells = table[name].tail(len(said))  # a forecast is of the last rows alone
        if y.dtype.kind == "f":
            true = pd.to_numeric(cells).to_numpy("float64")
            equal = np.allclose(said[name], true, atol=1e-3 * (true.std() or 1.0))
        else:
            equal = np.array_equal(data.as_text(said[name]), data.as_text(cells))
        wrong += [] if equal else [name]
    return wrong


def read_again(prepared: Prepared, config: Config, folder: Path) -> Run:
    """The untrained run, saved below `folder` and read again."""
    curves = pd.DataFrame({"loss": [0.0]})
    run = Run(folder, config, prepared.model, prepared.encoder, prepared.target)
    return load_run(save_run(run, prepared.tables, curves, {"best_epoch": 1}))


def reloaded(prepared: Prepared, config: Config) -> tuple[Callable[[Any], Any], str]:
    """What a run that is saved and read again answers, as in train.py and predict.py, and what of
    it is another."""
    with tempfile.TemporaryDirectory() as folder:
        again = read_again(prepared, config, Path(folder))
    equal = (again.encoder, again.target) == (prepared.encoder, prepared.target)
    return lambda x: again.model(x, training=False), "" if equal else "encoder.json or target.json"


def tried(prepared: Prepared, config: Config) -> RoundTrip:
    """The round trip of a run that is saved untrained."""
    import evaluate  # which reads this file at its beginning

    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        run = read_again(prepared, config, Path(folder))
        enliven(run.model)
        test, y, answers = evaluate.evaluate(run)
        outputs = answers["this network"]
        return round_trip(run, test, y, outputs, score(y, outputs, run.target))


def batched(parts: Parts, batches_of: Batched, config: Config) -> doctor.Batched:
    """Two epochs of batches from a few samples, beside these samples."""
    most = max(256, 2 * config.training.batch_size)
    rows, few = (doctor.at_random(len(x), most) for x in (parts.x, parts.x_val))
    arrays = training_arrays(parts.x[rows], parts.y[rows], config.head)
    made = batches_of(arrays, config.training)
    taken = list(made.dataset.take(2 * made.steps_per_epoch))
    x_all, y_all = (np.concatenate([batch[place].numpy() for batch in taken]) for place in (0, 1))
    x_val, y_val, *_ = watched_arrays(parts.x_val[few], parts.y_val[few], config.head)
    y = parts.y[rows]
    padding = y < 0 if y.dtype.kind == "i" and y_all.min() >= 0 else np.zeros(1, bool)
    weights = arrays[2] if len(arrays) > 2 else None
    both, validation = (x_all, y_all), (parts.x_val[few], parts.y_val[few])
    return doctor.Batched(parts.x[rows], y, both, weights, padding, *validation, (x_val, y_val))


def handed(prepared: Prepared, config: Config) -> doctor.Handed | None:
    """What fit() of train.py hands to Keras, seen on a copy of the network and some samples."""
    from train import fit  # which reads this file at its beginning

    parts = prepared.parts
    rows, few = (doctor.at_random(len(x), SAMPLES_HANDED) for x in (parts.x, parts.x_val))
    some = Parts(parts.x[rows], parts.y[rows], parts.x_val[few], parts.y_val[few])
    rate = config.optimizer.learning_rate
    with redirect_stdout(StringIO()):
        given = doctor.handed_to_fit(
            prepared.model, some.x, lambda model: fit(model, some, config, prepared.device, rate)
        )
    watched = watched_arrays(some.x_val, some.y_val, config.head)
    return doctor.Handed(given, watched, len(rows), config.training.epochs) if given else None


def examine(
    prepared: Prepared, batches_of: Batched, config: Config, quick: bool = False
) -> doctor.Report:
    """All checks of this project, or the quick ones, which train nothing."""
    cost: Any = "asks" if quick else "trains"
    return doctor.examine_case(case_of(prepared, batches_of, config), cost, progress=not quick)


def require_room(runs: Path) -> None:
    """Refuse a place that cannot be written, before anything is trained for it."""
    if said := hindrance(runs):
        fix = "make room there, or give the right to write"
        refuse(f"runs cannot be kept in {said}", "a folder that can be written", fix)


def before_training(prepared: Prepared, batches_of: Batched, config: Config) -> None:
    """The quick checks, for train.py. Raises SystemExit(1) where training would be wasted."""
    examine(prepared, batches_of, config, quick=True).stop_at_errors()


def monitors(model: keras.Model, parts: Parts, config: Config) -> list[keras.callbacks.Callback]:
    """What watches training, where it is asked for."""
    return [doctor.Monitors(plain_case(model, parts, config))] if config.checks.monitors else []


def after_training(
    model: keras.Model, parts: Parts, curves: pd.DataFrame, best_epoch: int, config: Config
) -> None:
    """Look at how training went, and at the weights that are kept, those of `best_epoch`, from 0.
    Raises SystemExit(1) where it blew up, or they are others."""
    settings, called = config.early_stopping, words(config, data.SAMPLES)
    monitored = curves[settings.monitor].tolist()
    losses = curves.filter(["loss", "val_loss"]).to_numpy()  # others may be logged now and then
    findings = blew_up(model, losses.ravel(), len(curves))
    findings += not_the_best(monitored, best_epoch, settings.mode, settings.min_delta)
    name = settings.monitor.removeprefix("val_")
    if not findings and name != settings.monitor:
        arrays = watched_arrays(parts.x_val, parts.y_val, config.head)
        size = config.training.prediction_batch_size
        now = model.evaluate(*arrays[:2], size, 0, *arrays[2:], return_dict=True)
        findings += other_value(monitored[best_epoch], now[name], best_epoch + 1, settings.monitor)
    doctor.stop_at_errors(in_full(finding, called) for finding in findings)


def kept(path: Path, parts: Parts, outputs: np.ndarray) -> Path:
    """The run in `path`, once it answers validation samples as before. Raises SystemExit(1)."""
    run, few = load_run(path), slice(SAMPLES_AGAIN)
    again = keras.ops.convert_to_numpy(run.model(parts.x_val[few], training=False))
    found = other_network(outputs[few], again)
    doctor.stop_at_errors(in_full(finding, words(run.config, data.SAMPLES)) for finding in found)
    return path


def after_evaluation(
    run: Run, test: pd.DataFrame, y: np.ndarray, outputs: np.ndarray, scores: dict[str, float]
) -> None:
    """Hold predict.py and evaluate.py to account. Raises SystemExit(1) where they disagree."""
    with redirect_stdout(StringIO()):
        found = [*differences(lambda: round_trip(run, test, y, outputs, scores))]
    doctor.stop_at_errors(in_full(finding, words(run.config, data.SAMPLES)) for finding in found)
