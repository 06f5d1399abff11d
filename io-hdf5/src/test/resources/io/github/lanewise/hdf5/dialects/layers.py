"""Layers and models in NumPy, in double precision: what the fixtures' outputs are computed by.

Written from Keras's documentation and independently of Lanewise. Layers keep their arguments by Keras 2's
names; make_dialects.py writes them in the form of each version.
"""

import numpy as np


def same(size, kernel, stride):
    out = -(-size // stride)
    total = max((out - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def windows(x, kernel, strides, padding, dilation, fill):
    """[kernel position][batch, height, width, channels], and how many of them hold x, not padding."""
    reach = [(k - 1) * d + 1 for k, d in zip(kernel, dilation)]
    pads = [(0, 0), (0, 0)]
    if padding == "same":
        pads = [same(x.shape[i + 1], reach[i], strides[i]) for i in (0, 1)]
    border = ((0, 0), pads[0], pads[1], (0, 0))
    full = np.pad(x, border, constant_values=fill)
    inside = np.pad(np.ones_like(x), border)
    h = (full.shape[1] - reach[0]) // strides[0] + 1
    w = (full.shape[2] - reach[1]) // strides[1] + 1
    found, held = [], []
    for i in range(kernel[0]):
        for j in range(kernel[1]):
            rows = slice(i * dilation[0], i * dilation[0] + (h - 1) * strides[0] + 1, strides[0])
            columns = slice(j * dilation[1], j * dilation[1] + (w - 1) * strides[1] + 1, strides[1])
            found.append(full[:, rows, columns])
            held.append(inside[:, rows, columns])
    return np.array(found), np.array(held)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "swish": lambda x: x / (1 + np.exp(-x)),
    "elu": lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
    "softplus": lambda x: np.log1p(np.exp(x)),
    "softmax": softmax,
}

random = np.random.RandomState(20)


def drawn(*shape, low=-0.7, high=0.7):
    return random.uniform(low, high, shape).astype(np.float32)


class Layer:
    """A layer: cls and config as Keras 2 has them; weights as (name, values, trainable)."""

    def __init__(self, cls, name, config, weights, function):
        self.cls, self.name, self.config, self.weights, self.function = cls, name, config, weights, function

    def __call__(self, *inputs):
        return self.function(*inputs)


def values(weights):
    return [w[1].astype(np.float64) for w in weights]


def conv2d(name, channels, filters, kernel, strides=(1, 1), padding="valid", dilation=(1, 1), groups=1,
           activation="linear", bias=True):
    weights = [("kernel", drawn(*kernel, channels // groups, filters), True)]
    if bias:
        weights.append(("bias", drawn(filters), True))

    def function(x):
        k, *b = values(weights)
        found, _ = windows(x, kernel, strides, padding, dilation, 0)
        flat = k.reshape(-1, channels // groups, filters)
        parts = []
        for g in range(groups):
            into = slice(g * filters // groups, (g + 1) * filters // groups)
            of = slice(g * channels // groups, (g + 1) * channels // groups)
            parts.append(np.einsum("pbhwc,pco->bhwo", found[..., of], flat[:, :, into]))
        y = np.concatenate(parts, -1)
        return ACTIVATIONS[activation](y + b[0] if b else y)

    config = dict(filters=filters, kernel_size=list(kernel), strides=list(strides), padding=padding,
                  data_format="channels_last", dilation_rate=list(dilation), groups=groups,
                  activation=activation, use_bias=bias)
    return Layer("Conv2D", name, config, weights, function)


def depthwise(x, kernel, strides, padding):
    found, _ = windows(x, kernel.shape[:2], strides, padding, (1, 1), 0)
    y = np.einsum("pbhwc,pcm->bhwcm", found, kernel.reshape(-1, *kernel.shape[2:]))
    return y.reshape(*y.shape[:3], -1)


def depthwise_conv2d(name, channels, kernel, multiplier=1, strides=(1, 1), padding="valid",
                     activation="linear", bias=True):
    weights = [("depthwise_kernel", drawn(*kernel, channels, multiplier), True)]
    if bias:
        weights.append(("bias", drawn(channels * multiplier), True))

    def function(x):
        k, *b = values(weights)
        y = depthwise(x, k, strides, padding)
        return ACTIVATIONS[activation](y + b[0] if b else y)

    config = dict(kernel_size=list(kernel), strides=list(strides), padding=padding,
                  depth_multiplier=multiplier, data_format="channels_last", activation=activation,
                  use_bias=bias)
    return Layer("DepthwiseConv2D", name, config, weights, function)


def separable_conv2d(name, channels, filters, kernel, multiplier=1, padding="valid", activation="linear"):
    weights = [("depthwise_kernel", drawn(*kernel, channels, multiplier), True),
               ("pointwise_kernel", drawn(1, 1, channels * multiplier, filters), True),
               ("bias", drawn(filters), True)]

    def function(x):
        d, p, b = values(weights)
        return ACTIVATIONS[activation](depthwise(x, d, (1, 1), padding) @ p[0, 0] + b)

    config = dict(filters=filters, kernel_size=list(kernel), strides=[1, 1], padding=padding,
                  depth_multiplier=multiplier, data_format="channels_last", activation=activation,
                  use_bias=True)
    return Layer("SeparableConv2D", name, config, weights, function)


def batch_normalization(name, channels, epsilon=1e-3, scale=True, trainable=True):
    weights = [("gamma", drawn(channels, low=0.5, high=1.5), trainable)] if scale else []
    weights += [("beta", drawn(channels), trainable), ("moving_mean", drawn(channels), False),
                ("moving_variance", drawn(channels, low=0.5, high=1.5), False)]

    def function(x):
        *gamma, beta, mean, variance = values(weights)
        y = (x - mean) / np.sqrt(variance + epsilon)
        return (y * gamma[0] if gamma else y) + beta

    config = dict(axis=-1, momentum=0.99, epsilon=epsilon, center=True, scale=scale)
    if not trainable:
        config["trainable"] = False
    return Layer("BatchNormalization", name, config, weights, function)


def dense(name, inputs, units, activation="linear"):
    weights = [("kernel", drawn(inputs, units), True), ("bias", drawn(units), True)]
    config = dict(units=units, activation=activation, use_bias=True)
    return Layer("Dense", name, config, weights,
                 lambda x: ACTIVATIONS[activation](x @ values(weights)[0] + values(weights)[1]))


def pooling(cls, name, size, strides=None, padding="valid"):
    strides = strides or size

    def function(x):
        highest = cls == "MaxPooling2D"
        found, held = windows(x, size, strides, padding, (1, 1), -np.inf if highest else 0)
        return found.max(0) if highest else found.sum(0) / held.sum(0)

    config = dict(pool_size=list(size), strides=list(strides), padding=padding, data_format="channels_last")
    return Layer(cls, name, config, [], function)


def global_average(name, keepdims=None):
    config = dict(data_format="channels_last")
    if keepdims is not None:
        config["keepdims"] = keepdims
    return Layer("GlobalAveragePooling2D", name, config, [],
                 lambda x: x.mean((1, 2), keepdims=bool(keepdims)))


def zero_padding(name, rows, columns):
    return Layer("ZeroPadding2D", name, dict(padding=[list(rows), list(columns)], data_format="channels_last"),
                 [], lambda x: np.pad(x, ((0, 0), rows, columns, (0, 0))))


def up_sampling(name, size):
    return Layer("UpSampling2D", name, dict(size=list(size), data_format="channels_last"), [],
                 lambda x: x.repeat(size[0], 1).repeat(size[1], 2))


def activation(name, function):
    return Layer("Activation", name, dict(activation=function), [], ACTIVATIONS[function])


def relu(name, highest):
    return Layer("ReLU", name, dict(max_value=highest, negative_slope=0.0, threshold=0.0), [],
                 lambda x: np.clip(x, 0, highest))


def leaky(name, argument, slope):
    return Layer("LeakyReLU", name, {argument: slope}, [], lambda x: np.where(x > 0, x, slope * x))


def dropout(name):
    return Layer("Dropout", name, dict(rate=0.3), [], lambda x: x)


def flatten(name):
    return Layer("Flatten", name, {}, [], lambda x: x.reshape(len(x), -1))


def merge(cls, name):
    functions = {
        "Add": lambda *x: sum(x),
        "Subtract": lambda a, b: a - b,
        "Multiply": lambda *x: np.prod(np.broadcast_arrays(*x), 0),
        "Maximum": lambda *x: np.max(x, 0),
        "Average": lambda *x: sum(x) / len(x),
        "Concatenate": lambda *x: np.concatenate(x, -1),
    }
    return Layer(cls, name, dict(axis=-1) if cls == "Concatenate" else {}, [], functions[cls])


class Model:
    """A graph: of each layer's or inner model's calls, the tensors, as (name, number of the call)."""

    def __init__(self, name, inputs, sequential=False):
        self.name, self.inputs, self.sequential = name, dict(inputs), sequential
        self.layers, self.calls, self.outputs = {}, {}, []

    def add(self, layer, *inputs):
        """Calls a layer on tensors."""
        self.layers[layer.name] = layer
        self.calls.setdefault(layer.name, []).append(inputs)
        return layer.name, len(self.calls[layer.name]) - 1

    def chain(self, x, *layers):
        for layer in layers:
            x = self.add(layer, x)
        return x

    def __call__(self, *inputs):
        known = {(name, 0): x for name, x in zip(self.inputs, inputs)}
        while any(o not in known for o in self.outputs):
            for name, layer in self.layers.items():
                for n, of in enumerate(self.calls[name]):
                    if (name, n) not in known and all(t in known for t in of):
                        known[name, n] = layer(*[known[t] for t in of])
        found = [known[o] for o in self.outputs]
        return found[0] if len(found) == 1 else found

    @property
    def weights(self):
        """In the legacy order: what is trainable first."""
        every = [w for layer in self.layers.values() for w in named(layer)]
        return [w for w in every if w[2]] + [w for w in every if not w[2]]


def named(layer):
    """The weights of a layer or model, their names with the layer's before."""
    if isinstance(layer, Model):
        return layer.weights
    return [(f"{layer.name}/{n}", v, t) for n, v, t in layer.weights]


def sequential(name, shape, *layers):
    """A sequential model; its input is that of the first layer."""
    model = Model(name, {f"{layers[0].name}_input": shape}, True)
    model.outputs = [model.chain((f"{layers[0].name}_input", 0), *layers)]
    return model
