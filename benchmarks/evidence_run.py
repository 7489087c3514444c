"""One training of a project, in a process of its own that has TensorFlow from the start."""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from mutation_run import SERVER

LIMIT = 420  # seconds that a training may take; what takes longer has failed
# As many trainings at once as cores, each on one: their ratios of time are those of one core.
ONE_CORE = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
WATCH = ("checks.before_training=false", "checks.monitors=false")


def train_here(project: str, settings: list[str], seed: int, answer: str) -> None:
    """Train and score a project's network; what came of it as JSON in the file `answer`."""
    with tempfile.TemporaryFile("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        os.chdir(project)
        sys.path.insert(0, project)
        sys.argv = ["train.py"]
        # The modules of the project, whatever project it is.
        import task  # type: ignore[import-not-found]
        import train  # type: ignore[import-not-found]
        from config import load_config  # type: ignore[import-not-found]

        given = [*settings, *WATCH, f"training.seed={seed}"]
        config = load_config(Path("config.toml"), given)
        began, processor = time.perf_counter(), time.process_time()
        prepared = train.prepare(config)
        rate = config.optimizer.learning_rate
        fitted = train.fit(prepared.model, prepared.parts, config, prepared.device, rate)
        seconds, busy = time.perf_counter() - began, time.process_time() - processor
        size, model = config.training.prediction_batch_size, prepared.model
        parts, test = prepared.parts, prepared.tables["test"]
        validation = model.predict(parts.x_val, batch_size=size, verbose=0)
        target = prepared.target.calibrated(parts.y_val, validation)
        x, y = prepared.encoder.encode(test, "ignore"), target.encode(test)
        scored = task.score(y, model.predict(x, batch_size=size, verbose=0), target)
        headline = config.head.headline
        result = {
            "headline": headline,
            "score": float(scored[headline]),
            "validation": float(task.score(parts.y_val, validation, target)[headline]),
            "lower_is_better": not task.HIGHER_IS_BETTER,
            "epochs": len(fitted.curves),
            "kept": fitted.best_epoch,
            "seconds": round(busy, 1),
            "wall": round(seconds, 1),
        }
        Path(answer).write_text(json.dumps(result), encoding="utf-8")


def measured(project: Path, settings: dict[str, str], seed: int) -> dict[str, Any]:
    """The result of one training; {"failed": why} where it ended otherwise or took too long."""
    for name in ONE_CORE:
        os.environ.setdefault(name, "1")
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        given = [f"{name}={value}" for name, value in settings.items()]
        process = SERVER.Process(target=train_here, args=(str(project), given, seed, str(answer)))
        process.start()
        process.join(LIMIT)
        late = process.is_alive()
        process.kill()
        process.join()
        if not answer.is_file():
            why = f"longer than {LIMIT} s" if late else f"ended with {process.exitcode}"
            return {"failed": why}
        result: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return result if math.isfinite(result["score"]) else {"failed": "a score that is no number"}
