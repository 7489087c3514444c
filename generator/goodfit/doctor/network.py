"""A copy of a network on variables of its own: to be asked, awakened, and trained for a moment."""

from __future__ import annotations

import inspect
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import keras
import numpy as np
from keras.src.models.functional import Functional

from .backends import Asked, answering
from .layer_graph import Graph, graph_of

RANDOM = ("rate", "dropout", "recurrent_dropout", "stddev")  # settings of what training varies
MADE_WITH = "_made_with"  # where `on_fit` keeps what a model's class was called with
MOMENTUM = 0.5  # of a quiet copy's statistics: at home in ten steps, where 0.99 takes hundreds


class Network:
    """A model that belongs to the doctor, and answers compiled, for any number of samples."""

    def __init__(self, model: keras.Model, x: Any) -> None:
        """`x`, a tree of arrays (samples, ...), shows what samples look like."""
        self.model, self.like = model, x
        self.kept: dict[str, Any] = {}  # what was asked once and is looked at by several checks

    @cached_property
    def ask(self) -> Asked:
        return answering(self.model, self.like)

    def answers(self, x: Any) -> Any:
        """What it answers to `x` in inference mode: an array or a tree of them."""
        return self.ask(x)

    def pace(self, x: Any) -> float:
        """The seconds that an answer takes, once it is compiled."""
        self.answers(x)
        began = time.perf_counter()
        self.answers(x)
        return (time.perf_counter() - began) / len(keras.tree.flatten(x)[0])

    @cached_property
    def graph(self) -> Graph | None:
        """How its layers hang together; None for a subclassed model, whose layers do not tell."""
        return graph_of(self.model)

    def inside(self, tensors: dict[str, keras.KerasTensor], x: Any) -> dict[str, np.ndarray]:
        """What passes these tensors of the network when it is asked `x`."""
        part = keras.Model(self.model.inputs, tensors)
        values = part(keras.tree.flatten(x), training=False)
        return {name: keras.ops.convert_to_numpy(value) for name, value in values.items()}

    def penalty(self) -> float:
        """What its layers add to the loss. Asked of two samples, since answering compiled leaves
        symbols behind in place of numbers."""
        if not self.model.losses:
            return 0.0
        self.model(keras.tree.map_structure(lambda one: one[:2], self.like), training=False)
        return float(sum(float(one) for one in self.model.losses))

    def loss(self, y: Any, outputs: Any, weights: Any = None) -> float:
        """The compiled loss of these answers."""
        self.penalty()
        return float(self.model.compute_loss(None, y, outputs, weights, training=False))

    def steady(self, x: Any) -> bool:
        """Whether it answers the same when it is asked the same again."""
        if "steady" not in self.kept:
            first, second = (keras.tree.flatten(self.answers(x)) for _ in range(2))
            pairs = zip(first, second, strict=True)
            self.kept["steady"] = all(np.allclose(*one, atol=1e-5, equal_nan=True) for one in pairs)
        return bool(self.kept["steady"])


def layers_of(model: keras.Model) -> list[keras.Layer]:
    """All layers, those of models inside too."""
    found = []
    for layer in model.layers:
        found += layers_of(layer) if isinstance(layer, keras.Model) else [layer]
    return found


def with_inner_layers(operation: Any) -> list[Any]:
    """An operation and, where it is a layer, those that it keeps in attributes."""
    inner = getattr(operation, "_flatten_layers", None)
    return [operation] if inner is None else [*inner(include_self=True)]


def compile_like(copy: keras.Model, model: keras.Model) -> None:
    """Give `copy` the loss of `model`; optimizer and metrics, which keep state, are left out."""
    settings = getattr(getattr(model, "_compile_config", None), "config", {})
    keras.Model.compile(  # a class may have a compile() of its own, which wants more
        copy,
        optimizer="sgd",
        loss=settings.get("loss", getattr(model, "loss", None)),
        loss_weights=settings.get("loss_weights"),
        run_eagerly=model.run_eagerly,
        jit_compile=False,
    )


def clone(model: keras.Model, x: Any, quiet: bool = False) -> keras.Model:
    """The same network with the same weights, on variables of its own, not compiled.

    A quiet one has no dropout, noise or augmentation: what it answers in training is then due to
    the network and not to chance. And its statistics follow the few steps that a check takes.
    Raises whatever a layer's own code raises where it cannot be copied.
    """

    def same(layer: keras.Operation) -> keras.Operation:
        if isinstance(layer, keras.Model):
            return keras.models.clone_model(layer, clone_function=same)
        settings = layer.get_config()
        if settings.get("stateful"):
            settings["stateful"] = False  # it is asked samples that do not follow one another
        if quiet:
            if type(layer).__name__.startswith("Random"):  # augmentation
                return keras.layers.Identity(name=layer.name)
            if isinstance(layer, keras.Layer):
                settings |= {name: 0.0 for name in RANDOM if name in settings}
            if isinstance(layer, keras.layers.BatchNormalization):
                settings["momentum"] = min(settings["momentum"], MOMENTUM)
        return layer_again(layer, settings)

    graph = isinstance(model, keras.Sequential | Functional)
    compiled, model.compiled = model.compiled, False  # Keras would compile the copy, too
    try:
        copy = (
            keras.models.clone_model(model, of_any_number(model), clone_function=same)
            if graph
            else made_again(model)
        )
    finally:
        model.compiled = compiled
    if x is not None and (not copy.built or not copy.variables):
        few = keras.tree.map_structure(lambda array: array[:2], x)
        copy(few if not isinstance(few, dict) else dict(few), training=False)
    if quiet and not graph:
        for layer in layers_of(copy):
            for inner in with_inner_layers(layer):
                silence(inner)
    if model.built:
        weights = model.get_weights()
        if [one.shape for one in weights] != [tuple(one.shape) for one in copy.weights]:
            raise ValueError("the copy has other weights than the model")
        copy.set_weights(weights)
    else:  # some layers may have weights all the same, such as an adapted Normalization
        for own, layer in zip(layers_of(model), layers_of(copy), strict=False):
            weights = own.get_weights()
            if weights and [one.shape for one in weights] == [
                tuple(w.shape) for w in layer.weights
            ]:
                layer.set_weights(weights)
    for layer in layers_of(copy):
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()  # it works with constants made of its weights
    return copy


def of_any_number(model: keras.Model) -> list[keras.KerasTensor] | None:
    """Inputs for a copy of a model that is made for batches of one size; None where it is not."""
    inputs = getattr(model, "inputs", None) or []
    if all(one.shape[0] is None for one in inputs):
        return None
    return [keras.Input(one.shape[1:], dtype=one.dtype, name=one.name) for one in inputs]


def made_again(model: keras.Model) -> keras.Model:
    """Another object of a model's own class, made with the same arguments: those that `on_fit` saw,
    or that Keras remembers, or what the class itself keeps in `get_config`. Models and layers among
    them are copied. Raises whatever the class raises."""
    kind = type(model)
    if kind.get_config is not keras.Model.get_config:
        return kind.from_config(model.get_config())
    args, kwargs = vars(model).get(MADE_WITH, ((), None))
    if kwargs is None:
        kwargs = dict(getattr(getattr(model, "_auto_config", None), "config", {}))

    def fresh(argument: Any) -> Any:
        if isinstance(argument, keras.Model):
            return clone(argument, None) if argument.built else made_again(argument)
        if isinstance(argument, keras.Layer):
            return type(argument).from_config(argument.get_config())
        return argument

    return kind(*map(fresh, args), **{name: fresh(value) for name, value in kwargs.items()})


def layer_again(layer: keras.Operation, settings: dict[str, Any]) -> keras.Operation:
    """A layer like another one, with these settings. Functions among them, which Keras writes down
    and does not read again, are taken as they are; a constructor that takes nothing but its own
    arguments, and neither a name nor a dtype, is given only those. Raises what the class raises."""
    try:
        return type(layer).from_config(dict(settings))
    except (TypeError, ValueError):
        parameters = inspect.signature(type(layer).__init__).parameters.values()
    found = {name: getattr(layer, name, None) for name in settings}
    own = {
        name: value
        for name, value in found.items()
        if callable(value) and not isinstance(value, keras.Layer)
    }
    if isinstance(layer, keras.layers.Lambda):
        own |= {"output_shape": layer._output_shape, "arguments": layer.arguments}
    anything = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters)
    names = {one.name for one in parameters}
    known = {name: one for name, one in (settings | own).items() if anything or name in names}
    again = type(layer)(**known)
    again.name = layer.name
    return again


def silence(layer: keras.Layer) -> None:
    """Switch off what a layer of a subclassed model varies in training."""
    for holder in (layer, getattr(layer, "cell", None)):  # recurrent layers keep theirs in a cell
        for name in RANDOM:
            if isinstance(vars(holder).get(name) if holder is not None else None, float):
                setattr(holder, name, 0.0)


def network_of(model: keras.Model, x: Any) -> Network | None:
    """A copy to be asked, compiled with the model's loss; None where it cannot be copied."""
    try:
        copy = clone(model, x)
        compile_like(copy, model)
    except Exception:  # whatever the code of a layer, or of a model's class, may raise
        return None
    return Network(copy, x)


def kernels(model: keras.Model) -> list[tuple[keras.Layer, keras.Variable]]:
    """What multiplies, in the order of the layers, each with its layer: no biases, no gains."""
    return [
        (layer, weight)
        for layer in model.layers
        for weight in layer.trainable_weights
        if "bias" not in weight.name and ("kernel" in weight.name or len(weight.shape) > 1)
    ]


def is_constant(kernel: keras.Variable) -> bool:
    """Whether all of its numbers, of which there are several, are one."""
    values = keras.ops.convert_to_numpy(kernel)
    return bool(values.size > 1 and np.ptp(values) < 1e-12)


@contextmanager
def awake(model: keras.Model) -> Iterator[None]:
    """For a while, kernels that start at one value have random ones. A branch that starts at
    nothing, as those of residual networks do, would hide whatever is wrong behind it."""
    asleep = [kernel for _, kernel in kernels(model) if is_constant(kernel)]
    before = [keras.ops.convert_to_numpy(kernel).copy() for kernel in asleep]
    for kernel in asleep:
        start = keras.initializers.RandomNormal(stddev=kernel.shape[0] ** -0.5, seed=0)
        kernel.assign(start(kernel.shape))
    try:
        yield
    finally:
        for kernel, value in zip(asleep, before, strict=True):
            kernel.assign(value)


def name_of(layer: keras.Operation) -> str:
    """A layer as people find it: its name and what it is."""
    return f"'{layer.name}' ({type(layer).__name__})"


def read_by(layer: keras.Layer) -> keras.KerasTensor:
    """What a layer reads: its first input, since a mask may come after it; of a model inside a
    model, what it is called with."""
    if isinstance(layer, keras.Model):
        return layer._inbound_nodes[-1].input_tensors[0]
    return keras.tree.flatten(layer.input)[0]
