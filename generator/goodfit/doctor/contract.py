"""What model and loss promise: read from the compiled model and its targets, nothing declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import keras
import numpy as np
from keras import losses

from .loss_identity import identify

Answer = Literal["one-of", "yes-no", "numbers", "own-loss"]

ONE_OF = (
    "sparse_categorical_crossentropy",
    "categorical_crossentropy",
    "categorical_focal_crossentropy",
)
YES_NO = ("binary_crossentropy", "binary_focal_crossentropy")
NUMBERS = (
    "mean_squared_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error",
    "huber",
    "log_cosh",
    "poisson",
)
CLOSING = (
    "sigmoid",
    "softmax",
    "tanh",
    "relu",
    "elu",
    "gelu",
    "silu",
    "softplus",
    "leaky_relu",
    "exponential",
    "hard_sigmoid",
)


def loss_name(loss: Any) -> str:
    """The name that Keras' own function has, such as "mean_squared_error"; for any other loss the
    name that it gives itself."""
    loss = losses.get(loss) if isinstance(loss, str) else loss
    function = getattr(loss, "fn", loss)  # a loss object of Keras wraps its function
    name = getattr(function, "__name__", "") or getattr(loss, "name", "") or type(loss).__name__
    return str(name)


def is_of_keras(loss: Any) -> bool:
    """Whether `loss` is a loss of Keras itself, and none of somebody's own with such a name."""
    loss = losses.get(loss) if isinstance(loss, str) else loss
    function = getattr(loss, "fn", loss)
    module = getattr(function, "__module__", None) or type(loss).__module__
    return str(module).split(".")[0] == "keras"


def from_logits(loss: Any) -> bool:
    """Whether a loss applies the last activation itself."""
    loss = losses.get(loss) if isinstance(loss, str) else loss
    settings = getattr(loss, "_fn_kwargs", {})
    return bool(getattr(loss, "from_logits", settings.get("from_logits", False)))


def closing_activations(model: keras.Model, output: int = 0) -> list[str] | None:
    """The activations from an output back to the last layer that has weights, linear left out;
    None where the model's layers do not tell, as in a subclassed one."""
    if not getattr(model, "outputs", None) or not hasattr(model, "inputs"):
        return None
    tensor = model.outputs[output]
    names: list[str] = []
    while (history := getattr(tensor, "_keras_history", None)) is not None:
        layer = history.operation
        if isinstance(layer, keras.Model):
            if not getattr(layer, "outputs", None):
                return names or None
            tensor = layer.outputs[history.tensor_index]
            continue
        activation = getattr(layer, "activation", None)
        name = getattr(activation, "__name__", type(layer).__name__.lower())
        if name in CLOSING or (callable(activation) and name != "linear"):
            names.append(name)
        sources = layer._inbound_nodes[history.node_index].input_tensors
        if getattr(layer, "weights", []) or len(sources) != 1:
            break
        tensor = sources[0]
    return names


@dataclass(frozen=True)
class Contract:
    """What one output of a network promises.

    answer: one of several classes, yes or no (for each unit), numbers, or what only a loss of
    one's own knows. `activation`: the last one; "" where it is not known. `loss`: its name.
    `units`: the numbers answered for a sample, or for each place in it. `one_hot`: classes come as
    rows of one 1; otherwise as codes. `padding`: the code of places that have no target.
    `prior`: what the untrained network knows, "shares" (class shares, or the means) or "nothing".
    """

    answer: Answer
    activation: str
    units: int
    loss: str
    one_hot: bool = False
    from_logits: bool = False
    padding: float | None = None
    prior: Literal["shares", "nothing", "unknown"] = "unknown"
    standardized: bool = False
    turned: bool = False

    @property
    def classes(self) -> bool:
        """Whether there are right and wrong answers."""
        return self.answer in ("one-of", "yes-no")

    @classmethod
    def of(cls, model: keras.Model, loss: Any, y: np.ndarray | None, output: int = 0) -> Contract:
        """Infer it from the compiled model, the loss of that output, and its targets, (samples,
        ...), which may be missing."""
        name, logits, sign = loss_name(loss), from_logits(loss), 1
        closing = closing_activations(model, output)
        activation = "" if closing is None else (closing[0] if closing else "linear")
        shape = output_shape(model, output)
        units = int(shape[-1] or 0) if shape else 0
        answer: Answer = "own-loss"
        known = is_of_keras(loss)
        if not known and y is not None and (same := identify(loss, y, units)):
            known, (name, logits, sign) = True, same
        if known and y is not None:
            answer = answer_of(name, y)
        one_hot = answer == "one-of" and not name.startswith("sparse")
        return cls(answer, activation, units, name, one_hot, logits, turned=sign < 0)

    def probabilities(self, outputs: np.ndarray) -> np.ndarray:
        """Answers, (samples, ..., units), as the loss reads them: through the last activation
        where that is left to the loss, and of a single row of scores made shares."""
        if not self.from_logits or self.activation in ("softmax", "sigmoid"):
            return outputs
        outputs = outputs.astype("float64")
        if self.answer == "one-of":
            powers = np.exp(outputs - outputs.max(axis=-1, keepdims=True))
            return powers / powers.sum(axis=-1, keepdims=True)
        return 1 / (1 + np.exp(-np.clip(outputs, -500, 500)))


def output_shape(model: keras.Model, output: int = 0) -> tuple[int | None, ...]:
    """The shape of an output with its first axis; () where the model does not tell."""
    try:
        shapes = model.output_shape
    except (AttributeError, ValueError, NotImplementedError):
        return ()
    if isinstance(shapes, tuple) and all(isinstance(side, int | None) for side in shapes):
        return shapes
    listed = list(shapes.values()) if isinstance(shapes, dict) else list(shapes)
    return tuple(listed[output])


def answer_of(name: str, y: np.ndarray) -> Answer:
    """What a loss of Keras asks of the network, given these targets."""
    if name in ONE_OF:
        return "one-of"
    if name in YES_NO:
        few = np.unique(y.ravel()[:10_000]) if y.dtype.kind in "biuf" else np.zeros(9)
        shares = y.dtype.kind == "f" and len(few) > 3 and few.min() >= 0 and few.max() <= 1
        return "numbers" if shares else "yes-no"  # such as pixels that are to be restored
    return "numbers" if name in NUMBERS else "own-loss"
