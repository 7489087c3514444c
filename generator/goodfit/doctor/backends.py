"""The three backends of Keras: asking a network, its gradient, and compiled functions, in each.

TensorFlow is imported only where it is the backend.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import keras
import numpy as np
from keras import ops

Asked = Callable[[Any], Any]


def backend() -> str:
    """ "tensorflow", "jax" or "torch" (or any other that Keras knows)."""
    return str(keras.backend.backend())


def as_numpy(tree: Any) -> Any:
    """Tensors of any backend as arrays; half precisions as float32."""

    def convert(tensor: Any) -> np.ndarray:
        array = np.asarray(ops.convert_to_numpy(tensor))
        return (
            array.astype("float32")
            if array.dtype.kind == "V" or "float16" in str(array.dtype)
            else array
        )

    return keras.tree.map_structure(convert, tree)


def like(tree: Any) -> Any:
    """TensorFlow's description of arrays (samples, ...), for any number of samples."""
    import tensorflow as tf

    return keras.tree.map_structure(
        lambda one: tf.TensorSpec([None, *one.shape[1:]], one.dtype), tree
    )


def compiled(function: Callable[..., Any], *examples: Any) -> Callable[..., Any]:
    """`function` of arrays like `examples`, traced once for any number of samples on TensorFlow;
    as it is on other backends, whose eager operations need no tracing."""
    if backend() != "tensorflow":
        return function
    import tensorflow as tf

    signature = [like(example) for example in examples] or None
    return tf.function(function, input_signature=signature, autograph=False)


def answering(model: keras.Model, x: Any) -> Asked:
    """A function from samples like `x` to the answers of `model` in inference mode, as arrays."""
    if backend() == "tensorflow" and not model.run_eagerly:
        ask = compiled(lambda samples: model(samples, training=False), x)
        return lambda samples: as_numpy(ask(samples))
    return lambda samples: as_numpy(model.predict_on_batch(samples))


@contextmanager
def hasty_graphs() -> Iterator[None]:
    """For a while, TensorFlow runs graphs as they are: improving them takes longer than it saves
    in a few steps."""
    if backend() != "tensorflow":
        with nullcontext():
            yield
        return
    import tensorflow as tf

    before = tf.config.optimizer.get_experimental_options()
    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
    try:
        yield
    finally:
        tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": False} | before)


@contextmanager
def without_tensorflow() -> Iterator[None]:
    """For a while, Keras on another backend does not import TensorFlow by itself, as it does to
    write down a layer: that would take seconds, and memory of a GPU."""
    from keras.src.utils.module_utils import tensorflow

    unknown = backend() != "tensorflow" and "tensorflow" not in sys.modules
    if unknown and tensorflow._available is None:
        tensorflow._available = False
        try:
            yield
        finally:
            tensorflow._available = None
    else:
        yield


def gradient_function(
    model: keras.Model, loss_of: Callable[[Any, Any, Any], Any]
) -> Callable[[Any, Any, Any], tuple[Any, list[Any]]]:
    """A function from a batch (x, y, weights) to the loss and its gradients, one for each of
    `model.trainable_variables`, zeros where nothing connects them. `loss_of` calls the model."""
    variables = model.trainable_variables
    if backend() == "tensorflow":
        return tensorflow_gradient(variables, loss_of)
    if backend() == "jax":
        return jax_gradient(model, variables, loss_of)
    return torch_gradient(variables, loss_of)


def tensorflow_gradient(variables: Sequence[keras.Variable], loss_of: Any) -> Any:
    import tensorflow as tf

    def gradient(x: Any, y: Any, weights: Any = None) -> tuple[Any, list[Any]]:
        with tf.GradientTape() as tape:
            loss = loss_of(x, y, weights)
        zero = tf.UnconnectedGradients.ZERO
        pulled = tape.gradient(loss, [one.value for one in variables], unconnected_gradients=zero)
        return loss, [tf.convert_to_tensor(one) for one in pulled]

    return gradient


def jax_gradient(model: keras.Model, variables: Sequence[keras.Variable], loss_of: Any) -> Any:
    import jax

    others = [one for one in model.variables if not any(one is other for other in variables)]

    def pure(values: Any, states: Any, x: Any, y: Any, weights: Any) -> Any:
        mapping = list(zip([*variables, *others], [*values, *states], strict=True))
        with keras.StatelessScope(state_mapping=mapping) as scope:
            loss = loss_of(x, y, weights)
        after = [scope.get_current_value(one) for one in others]
        return loss, [old if new is None else new for old, new in zip(states, after, strict=True)]

    both = jax.jit(jax.value_and_grad(pure, has_aux=True))

    def gradient(x: Any, y: Any, weights: Any = None) -> tuple[Any, list[Any]]:
        values, states = ([one.value for one in group] for group in (variables, others))
        (loss, after), pulled = both(values, states, x, y, weights)
        for one, value in zip(others, after, strict=True):
            one.assign(value)
        return loss, list(pulled)

    return gradient


def torch_gradient(variables: Sequence[keras.Variable], loss_of: Any) -> Any:
    import torch

    def gradient(x: Any, y: Any, weights: Any = None) -> tuple[Any, list[Any]]:
        values = [one.value for one in variables]
        loss = loss_of(x, y, weights)
        pulled = torch.autograd.grad(loss, values, allow_unused=True)
        return loss.detach(), [
            torch.zeros_like(value) if one is None else one
            for one, value in zip(pulled, values, strict=True)
        ]

    return gradient
