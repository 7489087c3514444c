"""`goodfit doctor SCRIPT`: it takes what people write, leaves the script what is the script's, and
says why where nothing could be examined.

Most scripts run in this process, through `main`; a few by a process of their own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from goodfit.doctor.script import AwaitedKeras, main

DATA = """
import numpy as np
import keras
from keras import layers

random = np.random.RandomState(0)
x = random.normal(size=(300, 6)).astype("float32")
y = (x[:, 0] + x[:, 1] > 0).astype("int32")


def build(activation="sigmoid"):
    model = keras.Sequential(
        [keras.Input((6,)), layers.Dense(8, activation="relu"), layers.Dense(1, activation)]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


"""
HEALTHY = DATA + "model = build()\nmodel.fit(x, y, epochs=6, verbose=0)\nprint('trained')\n"
FAULTY = HEALTHY.replace("build()\nmodel", "build('softmax')\nmodel")
SOFTMAX = "error: A softmax stands over a single unit. [head-agreement]"


pytestmark = pytest.mark.filterwarnings("default")  # as in a process of a script's own


class Ran(NamedTuple):
    """The exit code of the doctor, and all that was printed."""

    code: int
    out: str
    err: str


class Doctor:
    """Writes a script and lets the doctor run it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def write(self, text: str | bytes, name: str = "train.py") -> Path:
        script = self.folder / name
        script.parent.mkdir(exist_ok=True)
        script.write_bytes(text.encode() if isinstance(text, str) else text)
        return script

    def ask(self, *arguments: str) -> Ran:
        """The doctor with these arguments, in this process."""
        self.capsys.readouterr()
        code = main([*arguments])
        return Ran(code, *self.capsys.readouterr())

    def run(self, text: str | bytes, *after: str, before: tuple[str, ...] = (), **name: str) -> Ran:
        """A script with these contents, with arguments before and after its name."""
        return self.ask(*before, str(self.write(text, **name)), *after)

    def alone(self, text: str, *after: str, before: tuple[str, ...] = (), **options: Any) -> Ran:
        """The same, as a command in a process of its own."""
        script = self.write(text)
        ran = subprocess.run(
            [sys.executable, "-m", "goodfit", "doctor", *before, str(script), *after],
            capture_output=True,
            text=True,
            check=False,
            **{"env": {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}} | options,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.fixture
def doctor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Doctor]:
    """In a folder of its own; and all that a script may change of a process is as it was."""
    monkeypatch.chdir(tmp_path)
    before = sys.argv[:], sys.path[:], sys.modules["__main__"]
    yield Doctor(tmp_path, capsys)
    assert (sys.argv, sys.path, sys.modules["__main__"]) == before
    assert not any(isinstance(one, AwaitedKeras) for one in sys.meta_path)


def test_a_healthy_script_is_praised_and_prints_what_it_prints(doctor: Doctor) -> None:
    ran = doctor.run(HEALTHY)
    assert (ran.code, ran.out) == (0, "trained\n")
    assert "doctor: fit 1, model 'sequential" in ran.err and "line 20 of train.py" in ran.err
    assert "no errors and no warnings" in ran.err
    assert "looked at 300 training samples" in ran.err
    assert "error" not in ran.err.replace("no errors", "").replace("0 of them errors", "")


def test_a_fault_is_told_before_training_and_training_goes_on(doctor: Doctor) -> None:
    ran = doctor.run(FAULTY)
    assert (ran.code, ran.out.splitlines()[-1]) == (1, "trained")
    assert ran.err.count(SOFTMAX) == 1 and "  why: " in ran.err and "  fix: " in ran.err


def test_keras_own_lines_stay_on_the_output(doctor: Doctor) -> None:
    ran = doctor.run(HEALTHY.replace("verbose=0", "verbose=2"))
    assert ran.out.count("Epoch ") == 6 and "accuracy: " in ran.out
    assert "Epoch" not in ran.err and "doctor" not in ran.out


REFUSED = {
    "a file that is not there": (None, "is no file"),
    "a folder": ("", "is no file"),
    "half a sentence": ("import keras\nmodel.fit(x,\n", "cannot be read as Python, line 2"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "cannot be read as Python"),
    "an e with an accent in Latin-1": (b"name = 'caf\xe9'\n", "cannot be read as Python"),
    "an encoding that nobody knows": (b"# coding: klingon\n", "cannot be read as Python"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_script_is_refused(name: str, doctor: Doctor) -> None:
    text, said = REFUSED[name]
    script = doctor.folder / "train.py"
    if text == "":
        script.mkdir()
    elif text is not None:
        doctor.write(text)
    ran = doctor.ask(str(script))
    assert ran.code == 2 and said in ran.err
    assert "  expected: " in ran.err and "  fix: " in ran.err and not ran.out
    assert "Traceback" not in ran.err


def test_without_a_script_it_says_how_it_is_called(doctor: Doctor) -> None:
    ran = doctor.ask()
    assert ran.code == 2 and "no script" in ran.err and "goodfit doctor train.py" in ran.err


def test_latin_1_with_its_coding_line_is_read(doctor: Doctor) -> None:
    ran = doctor.run(b"# -*- coding: latin-1 -*-\nprint('caf\xe9')\n")
    assert (ran.code, ran.out) == (0, "caf\xe9\n")


def test_a_notebook_that_is_none_is_refused(doctor: Doctor) -> None:
    for text in ("{}", "[]", "not json", '{"cells": [{"cell_type": "code"}]}', '{"cells": 3}'):
        ran = doctor.run(text, name="train.ipynb")
        assert ran.code == 2 and "cannot be read as Python" in ran.err, text


def test_where_a_script_fails_its_own_frames_alone_are_shown(doctor: Doctor) -> None:
    fails = "\n\ndef after():\n    raise ValueError('no such file: prices.csv')\n\n\nafter()\n"
    ran = doctor.run(FAULTY + fails)
    assert ran.code == 1
    assert "ValueError: no such file: prices.csv" in ran.err and "in after" in ran.err
    assert "script.py" not in ran.err and "fit_capture" not in ran.err
    assert SOFTMAX in ran.err


def test_what_was_found_before_a_failure_is_in_the_json(doctor: Doctor) -> None:
    ran = doctor.run(FAULTY + "\n1 / 0\n", before=("--json",))
    answer = json.loads(ran.out)
    assert (ran.code, answer["script_exit_code"]) == (1, 1) and answer["errors"]
    assert answer["fits"][0]["findings"][0]["check"] == "head-agreement"
    assert "ZeroDivisionError" in ran.err and "trained" in ran.err


def test_a_failure_in_fit_is_shown_without_the_doctors_frames(doctor: Doctor) -> None:
    ran = doctor.run(DATA + "build().fit(x, y[:100], verbose=0)\n")
    assert ran.code == 1 and "line 19" in ran.err
    assert "fit_capture" not in ran.err and "script.py" not in ran.err


CODES = {
    "sys.exit()": ("import sys\nsys.exit()\n", 0),
    "sys.exit(3)": ("import sys\nsys.exit(3)\n", 3),
    "sys.exit(True)": ("import sys\nsys.exit(True)\n", 1),
    "sys.exit('text')": ("import sys\nsys.exit('no data')\n", 1),
    "an assertion": ("assert 1 == 2\n", 1),
    "its end": ("print('done')\n", 0),
    "by hand": ("raise KeyboardInterrupt\n", 130),
    "3 after a fault": (FAULTY + "import sys\nsys.exit(3)\n", 3),
    "0 after a fault": (FAULTY + "import sys\nsys.exit(0)\n", 1),
    "0 after a healthy fit": (HEALTHY + "import sys\nsys.exit(0)\n", 0),
    "caught by the script": (
        "import sys\ntry:\n    sys.exit(4)\nexcept SystemExit:\n    pass\n",
        0,
    ),
}


@pytest.mark.parametrize("name", CODES)
def test_the_exit_code(name: str, doctor: Doctor) -> None:
    text, code = CODES[name]
    ran = doctor.run(text)
    assert ran.code == code
    assert ("no data" in ran.err) == ("text" in name)


def test_arguments_after_the_script_are_the_scripts(doctor: Doctor) -> None:
    text = (
        "import argparse\nwords = argparse.ArgumentParser(prog='mine')\n"
        "words.add_argument('--stop', type=int)\nwords.add_argument('--json')\n"
        "words.add_argument('rest', nargs='*')\nprint(words.parse_args())\n"
    )
    ran = doctor.run(text, "--stop", "3", "--json", "a.json", "--", "-x", "--explain")
    assert ran.code == 0
    assert "stop=3, json='a.json', rest=['-x', '--explain']" in ran.out
    helped = doctor.run(text, "--help")
    assert helped.code == 0 and "usage: mine" in helped.out
    wrong = doctor.run(text, "--stop", "soon")
    assert wrong.code == 2 and "mine: error" in wrong.err


def test_a_script_finds_what_lies_beside_it_and_may_change_its_folder(doctor: Doctor) -> None:
    doctor.write("answer = 42\n", "beside_the_script.py")
    text = (
        "import os, sys\nfrom beside_the_script import answer\nprint(answer, __name__)\n"
        "os.makedirs('elsewhere')\nos.chdir('elsewhere')\nprint(os.path.basename(__file__))\n"
        "print(sys.argv[0] == __file__)\n"
    )
    doctor.write(text)
    ran = doctor.ask("train.py")
    assert (ran.code, ran.out.split()) == (0, ["42", "__main__", "train.py", "True"])
    sys.modules.pop("beside_the_script")


def test_names_with_spaces_and_other_letters(doctor: Doctor) -> None:
    ran = doctor.run("print(__file__)\n", name="мой скрипт 1 – ü.py")
    assert ran.code == 0 and "мой скрипт 1 – ü.py" in ran.out


def test_a_main_guard_and_a_fit_within_a_function(doctor: Doctor) -> None:
    text = DATA + (
        "def train(model):\n    return model.fit(x, y, epochs=6, verbose=0)\n\n\n"
        "if __name__ == '__main__':\n    print(len(train(build('softmax')).history['loss']))\n"
    )
    ran = doctor.run(text)
    assert (ran.code, ran.out.split()[-1]) == (1, "6")
    assert SOFTMAX in ran.err and "line 20 of train.py" in ran.err


def test_a_loop_and_a_second_fit_are_told_apart(doctor: Doctor) -> None:
    text = DATA + (
        "for fold in range(2):\n    build().fit(x, y, epochs=6, verbose=0)\n"
        "model = build()\nmodel.fit(x, y, epochs=6, verbose=0)\n"
        "model.fit(x, y, epochs=8, initial_epoch=6, verbose=0)\n"
    )
    ran = doctor.run(text)
    assert ran.code == 0
    assert [f"fit {number}," in ran.err for number in range(1, 6)] == [True] * 4 + [False]
    assert "4 calls of fit, 0 findings, 0 of them errors" in ran.err


FOLDS = (
    "import numpy as np\nmodel = build()\nfirst = model.get_weights()\n"
    "for fold in range(3):\n    {reset}\n    held = np.arange(len(x)) % 3 == fold\n"
    "    model.fit(x[~held], y[~held], epochs=6, verbose=0)\n"
    "    model.evaluate(x[held], y[held], verbose=0)\n"
)


@pytest.mark.parametrize("reset", ["pass", "model.set_weights(first)"])
def test_folds_that_share_weights_are_told_by_what_is_scored(doctor: Doctor, reset: str) -> None:
    ran = doctor.run(DATA + FOLDS.replace("{reset}", reset))
    assert ran.err.count("[folds-share-weights]") == int(reset == "pass"), ran.err


def test_a_fit_in_a_thread(doctor: Doctor) -> None:
    text = DATA + (
        "import threading\nmodel = build('softmax')\n"
        "worker = threading.Thread(target=lambda: model.fit(x, y, epochs=2, verbose=0))\n"
        "worker.start()\nworker.join()\nprint('joined')\n"
    )
    ran = doctor.run(text)
    assert (ran.code, ran.out.split()[-1]) == (1, "joined") and SOFTMAX in ran.err
    assert threading.active_count() < 40


STOPPED = "print('before')\n" + FAULTY + "open('after.txt', 'w')\n"


def test_stop_ends_at_the_first_fit(doctor: Doctor) -> None:
    ran = doctor.run(STOPPED, before=("--stop",))
    assert (ran.code, ran.out) == (1, "before\n") and SOFTMAX in ran.err
    assert not (doctor.folder / "after.txt").exists()


def test_stop_is_0_where_nothing_is_wrong_whatever_the_script_catches(doctor: Doctor) -> None:
    text = DATA + (
        "try:\n    build().fit(x, y, epochs=6)\nexcept Exception:\n    print('caught')\n"
        "print('after')\n"
    )
    ran = doctor.run(text, before=("--stop",))
    assert (ran.code, ran.out) == (0, "")
    assert "doctor: fit 1" in ran.err


def test_json_is_all_that_is_on_the_output(doctor: Doctor) -> None:
    text = FAULTY.replace("verbose=0", "verbose=2") + "import sys\nsys.stdout.write('mine')\n"
    ran = doctor.run(text, before=("--json",))
    answer = json.loads(ran.out)
    assert (ran.code, answer["script_exit_code"], answer["note"]) == (1, 0, "")
    assert answer["errors"] >= 1
    [fit] = answer["fits"]
    assert fit["place"] == "line 20 of train.py" and fit["model"].startswith("sequential")
    assert fit["stumbled"] == {} and fit["looked_at"] == "300 training samples"
    assert {*fit["findings"][0]} == {"check", "level", "fact", "why", "fix"}
    assert "validation samples in memory" in fit["not_asked"]
    assert "Epoch 6/6" in ran.err and "mine" in ran.err


def test_json_of_a_script_that_never_fits(doctor: Doctor) -> None:
    ran = doctor.run("import keras\n", before=("--json",))
    answer = json.loads(ran.out)
    assert (ran.code, answer["fits"], answer["errors"]) == (0, [], 0)
    assert "fit was never called" in answer["note"]


def test_explain_prints_an_entry_and_knows_what_is_near(doctor: Doctor) -> None:
    ran = doctor.ask("--explain", "head-agreement")
    assert ran.code == 0 and ran.out.startswith("head-agreement\n") and "threshold:" in ran.out
    ran = doctor.ask("--explain", "head-agrement")
    assert ran.code == 2 and "expected: one of head-agreement" in ran.err and not ran.out


def test_a_loop_over_batches_is_said(doctor: Doctor) -> None:
    text = (
        DATA + "model = build()\nfor step in range(3):\n    model.train_on_batch(x[:32], y[:32])\n"
    )
    ran = doctor.run(text)
    assert ran.code == 0 and "fit was never called" in ran.err
    assert "train_on_batch of sequential" in ran.err


TAPE = DATA + (
    "import tensorflow as tf\nmodel = build()\noptimizer = keras.optimizers.Adam()\n"
    "for step in range(2):\n    with tf.GradientTape() as tape:\n"
    "        loss = keras.losses.BinaryCrossentropy()(y[:, None], model(x, training=True))\n"
    "    pulled = tape.gradient(loss, model.trainable_variables)\n"
    "    optimizer.apply_gradients(zip(pulled, model.trainable_variables))\n"
)


def test_what_is_offered_to_a_loop_of_ones_own_works(doctor: Doctor) -> None:
    ran = doctor.run(TAPE)
    assert ran.code == 0 and "fit was never called" in ran.err
    offered = ran.err[ran.err.index("from goodfit import doctor") :].splitlines()[0]
    pasted = "\n".join(offered.split("; "))
    again = doctor.run(TAPE.replace("for step", f"{pasted}\nfor step"))
    assert again.code == 0 and again.out == "[]\n"
    faulty = TAPE.replace("model = build()", "model = build('softmax')")
    assert "head-agreement" in doctor.run(faulty.replace("for step", f"{pasted}\nfor step")).out


def test_keras_2_is_named_with_the_way_out(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    doctor.write(
        "class Model:\n    def fit(self, *given):\n        return 'fitted'\n", "tf_keras.py"
    )
    ran = doctor.run("import tf_keras\nprint(tf_keras.Model().fit([1], [2]))\n")
    sys.modules.pop("tf_keras")
    assert (ran.code, ran.out) == (0, "fitted\n")
    assert "uses tf_keras, which is Keras 2" in ran.err and "migrating_to_keras_3" in ran.err


def test_a_model_not_yet_built_is_examined(doctor: Doctor) -> None:
    text = HEALTHY.replace("keras.Input((6,)), ", "")
    ran = doctor.run(text)
    assert ran.code == 0 and "no errors and no warnings" in ran.err
    faulty = doctor.run(FAULTY.replace("keras.Input((6,)), ", ""))
    assert faulty.code == 1 and SOFTMAX in faulty.err


def test_a_generator_without_an_end(doctor: Doctor) -> None:
    text = DATA + (
        "taken = []\n\n\ndef endless():\n    while True:\n        taken.append(1)\n"
        "        rows = random.permutation(len(x))[:60]\n        yield x[rows], y[rows]\n\n\n"
        "build().fit(endless(), steps_per_epoch=10, epochs=6, verbose=0)\nprint(len(taken))\n"
    )
    ran = doctor.run(text)
    assert ran.code == 0 and "doctor: fit 1" in ran.err
    assert 60 <= int(ran.out) <= 64


LARGE = DATA + (
    "import resource, sys\n"
    "x = np.memmap('x.dat', 'float32', 'w+', shape=(10_000_000, 6))\n"
    "y = np.broadcast_to(np.int32(1), (10_000_000,))\n"
    "x[:300_000] = random.normal(size=(300_000, 6))\n"
    "y = np.arange(10_000_000, dtype='int32') % 2\n"
    "model = build()\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    "sys.stdout.flush()\nmodel.fit(x, y, epochs=2, batch_size=1024, verbose=0)\n"
)


def test_ten_million_rows_are_sampled_in_bounded_memory(doctor: Doctor) -> None:
    """240 MB of inputs: what is looked at is said, and takes less than twice that."""
    measure = (
        "import resource\nfrom goodfit.doctor.script import main\n"
        "code = main(['--stop', 'train.py'])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\nraise SystemExit(code)\n"
    )
    doctor.write(LARGE)
    ran = subprocess.run(
        [sys.executable, "-c", measure], capture_output=True, text=True, check=False
    )
    before, after = (int(line) for line in ran.stdout.split()[-2:])
    assert "looked at 200,000 of 10,000,000 training samples" in ran.stderr
    assert after - before < 480_000, "kilobytes"


def notebook(*cells: tuple[str, str | list[str]]) -> str:
    listed = [{"cell_type": kind, "source": source} for kind, source in cells]
    return json.dumps({"cells": listed, "nbformat": 4})


def test_a_notebook_is_run_without_what_only_a_notebook_understands(doctor: Doctor) -> None:
    cells = notebook(
        ("markdown", "# Training\n%not code"),
        ("code", ["%matplotlib inline\n", "!pip install keras\n", "import sys\n"]),
        ("code", "%%bash\nrm -rf / --no-such-option\n"),
        ("code", "%%time\n" + DATA),
        ("code", "keras.Model?\nmodel = build('softmax')\nmodel.summary\n'shown in a notebook'"),
        ("code", "if True:\n    %load_ext tensorboard\n    print('run')"),
        ("raw", "not code"),
        ("code", ["model.fit(x, y, epochs=6, verbose=0)\n", "model.count_params()"]),
    )
    ran = doctor.run(cells, name="train.ipynb")
    assert (ran.code, ran.out) == (1, "run\n") and SOFTMAX in ran.err
    assert "of train.ipynb" in ran.err


def test_a_keyboard_interrupt_in_training_keeps_what_was_found(doctor: Doctor) -> None:
    text = DATA + (
        "class ByHand(keras.callbacks.Callback):\n    def on_epoch_end(self, epoch, logs=None):\n"
        "        raise KeyboardInterrupt\n\n\n"
        "build('softmax').fit(x, y, epochs=6, verbose=0, callbacks=[ByHand()])\n"
    )
    ran = doctor.run(text, before=("--json",))
    answer = json.loads(ran.out)
    assert (ran.code, answer["script_exit_code"]) == (130, 130) and answer["errors"]


def test_a_monitor_speaks_while_training_goes_on(doctor: Doctor) -> None:
    text = DATA + "build().fit(np.where(x > 3, np.inf, x), y, epochs=6, verbose=0)\n"
    ran = doctor.run(text, before=("--json",))
    [fit] = json.loads(ran.out)["fits"]
    assert "not-finite" in [one["check"] for one in fit["findings"]]
    assert "blew-up" in [one["check"] for one in fit["while_training"]]
    silent = doctor.run(text, before=("--json", "--no-monitors"))
    assert json.loads(silent.out)["fits"][0]["while_training"] == []


# ---- in a process of their own ----


def test_without_keras_it_says_so(doctor: Doctor) -> None:
    ran = doctor.alone("print(input('name? '))\nimport sys\nprint(sys.stdin.read())\n",
                       input="Ada\nrest of it\n")  # fmt: skip
    assert (ran.code, ran.out) == (0, "name? Ada\nrest of it\n\n")
    assert "never imported Keras" in ran.err


def test_a_backend_is_the_scripts_to_choose(doctor: Doctor) -> None:
    """Keras settles it where it is imported first, so that nobody may import it before."""
    text = (
        "import os, sys\nassert 'keras' not in sys.modules and 'numpy' not in sys.modules\n"
        "os.environ['KERAS_BACKEND'] = 'abacus'\nimport keras\n"
    )
    ran = doctor.alone(text)
    assert ran.code == 1 and "Unable to import backend : abacus" in ran.err
    assert "goodfit/doctor" not in ran.err[ran.err.index("Traceback") :]


def test_processes_are_started_by_spawn(doctor: Doctor) -> None:
    text = (
        "import multiprocessing\n\n\ndef double(number):\n    return 2 * number\n\n\n"
        "if __name__ == '__main__':\n    context = multiprocessing.get_context('spawn')\n"
        "    with context.Pool(2) as pool:\n        print(pool.map(double, [1, 2, 3]))\n"
    )
    ran = doctor.alone(text)
    assert (ran.code, ran.out) == (0, "[2, 4, 6]\n"), ran.err


def test_own_handlers_of_signals_stay(doctor: Doctor) -> None:
    text = (
        "import os, signal, sys\n\n\ndef leave(*given):\n    print('saved', flush=True)\n"
        "    sys.exit(7)\n\n\nsignal.signal(signal.SIGTERM, leave)\n"
        "os.kill(os.getpid(), signal.SIGTERM)\nsignal.pause()\n"
    )
    ran = doctor.alone(text)
    assert (ran.code, ran.out) == (7, "saved\n")


def test_ctrl_c_from_outside(doctor: Doctor) -> None:
    text = (
        f"import os, signal\nos.kill(os.getpid(), {int(signal.SIGINT)})\n"
        "import time\ntime.sleep(60)\n"
    )
    ran = doctor.alone(text)
    assert ran.code == 130 and "stopped by hand" in ran.err


def test_the_command_passes_all_on(doctor: Doctor) -> None:
    text = "import sys\nprint(sys.argv[1:])\n"
    ran = doctor.alone(text, "--help", "--json", "a b")
    assert (ran.code, ran.out) == (0, "['--help', '--json', 'a b']\n")
