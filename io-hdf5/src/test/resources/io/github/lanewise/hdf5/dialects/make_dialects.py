"""Writes models as each version of Keras does: python3 make_dialects.py, in this directory.

Each fixture is one text file: gzip, then Base64, of an .h5 that holds the files of the model, byte by byte
(`files/<name>`), what it is called on (`inputs/<i>`) and what it then gives (`outputs/<i>`), computed by
layers.py. They come out the same again, but for the versions of the libraries.

The forms follow the sources of Keras 1.2.2 (keras/models.py, keras/engine/topology.py), 2.2.4
(keras/engine/{network,saving}.py), 2.15 (keras/src/engine/functional.py, keras/src/saving/legacy/) and 3
(keras/src/models/functional.py, keras/src/saving/, keras/src/legacy/saving/), and a file of TensorFlow.js
4.22.
"""

import base64
import gzip
import io
import json
import re
import zipfile

import h5py
import numpy as np

import layers as L
from layers import Model

KERAS1_WEIGHTS = {"kernel": "W", "bias": "b", "moving_mean": "running_mean", "moving_variance": "running_std"}
KERAS1_CLASSES = {"Conv2D": "Convolution2D", "SeparableConv2D": "SeparableConvolution2D"}
KERAS1_MERGES = {"Add": "sum", "Multiply": "mul", "Concatenate": "concat", "Average": "ave", "Maximum": "max"}
KERAS1_ARGUMENTS = {"filters": "nb_filter", "units": "output_dim", "strides": "subsample", "rate": "p",
                    "padding": "border_mode", "use_bias": "bias"}


class Form:
    """The form of a version: 1, 2.2, 2.15, 3, 3.9 (with names in the weights' file) or "js"."""

    def __init__(self, version):
        self.version = version
        self.keras1 = version == 1
        self.keras3 = version in (3, 3.9)

    def dtype(self):
        if self.keras3:
            return {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"},
                    "registered_name": None}
        if self.version == 2.15:
            return {"class_name": "Policy", "config": {"name": "float32"}}
        return "float32"

    def initializer(self, cls, **config):
        if self.keras1:
            return "glorot_uniform"
        if self.keras3 or self.version == 2.15:
            return {"module": "keras.initializers", "class_name": cls, "config": config,
                    "registered_name": None}
        return {"class_name": cls, "config": config}

    def arguments(self, layer):
        config = {"name": layer.name, "trainable": True}
        if not self.keras1:
            config["dtype"] = self.dtype()
        config.update(layer.config)
        if layer.cls in ("Conv2D", "Dense", "SeparableConv2D"):
            config["init" if self.keras1 else "kernel_initializer"] = self.initializer(
                "GlorotUniform", seed=None)
        if layer.cls in ("Conv2D", "Dense") and not self.keras1:
            config["bias_initializer"] = self.initializer("Zeros")
            config["kernel_regularizer"] = config["bias_constraint"] = None
        if self.version in (2.2, "js"):
            config.pop("groups", None)
        if self.keras3 and config.get("activation") == "swish":
            config["activation"] = "silu"
        return self.keras1_arguments(layer, config) if self.keras1 else config

    def keras1_arguments(self, layer, config):
        pooling = "Pooling" in layer.cls
        renamed = {}
        for key, value in config.items():
            if key == "kernel_size":
                renamed["nb_row"], renamed["nb_col"] = value
            elif key == "data_format":
                renamed["dim_ordering"] = "tf"
            elif key == "padding" and layer.cls == "ZeroPadding2D":
                renamed["padding"] = [value[0][0], value[1][0]]
            elif key not in ("dilation_rate", "groups"):
                renamed[key if pooling and key == "strides" else KERAS1_ARGUMENTS.get(key, key)] = value
        if layer.cls == "BatchNormalization":
            renamed["mode"] = 0
        if layer.cls in KERAS1_MERGES:
            axis = renamed.pop("axis", -1)
            renamed.update(mode=KERAS1_MERGES[layer.cls], mode_type="raw", concat_axis=axis, dot_axes=-1,
                           output_shape=None, output_shape_type="raw")
        return renamed

    def class_name(self, layer):
        if isinstance(layer, Model):
            functional = "Model" if self.version in (1, 2.2, "js") else "Functional"
            return "Sequential" if layer.sequential else functional
        if self.keras1 and layer.cls in KERAS1_MERGES:
            return "Merge"
        return KERAS1_CLASSES.get(layer.cls, layer.cls) if self.keras1 else layer.cls

    def whole(self, layer):
        """A layer or model as an object."""
        config = self.model(layer) if isinstance(layer, Model) else self.arguments(layer)
        written = {"class_name": self.class_name(layer), "config": config}
        if self.keras3 or self.version == 2.15:
            module = "keras.layers"
            if isinstance(layer, Model):
                module = "keras" if layer.sequential else "keras.src.models.functional"
            written = {"module": module, **written, "registered_name": None}
        return written

    def input(self, name, shape):
        key = "batch_shape" if self.keras3 else "batch_input_shape"
        config = {key: [None, *shape], "dtype": "float32", "sparse": False, "name": name}
        written = {"class_name": "InputLayer", "config": config}
        if self.keras3 or self.version == 2.15:
            written = {"module": "keras.layers", **written, "registered_name": None}
        return written

    def model(self, model):
        if model.sequential:
            return self.sequential(model)
        layers = []
        for name, shape in model.inputs.items():
            layers.append({**self.input(name, shape), "name": name, "inbound_nodes": []})
        for name, layer in model.layers.items():
            nodes = [self.node(model, call) for call in model.calls[name]]
            layers.append({**self.whole(layer), "name": name, "inbound_nodes": nodes})
        inputs = [[name, 0, 0] for name in model.inputs]
        outputs = [self.tensor(model, t) for t in model.outputs]
        if self.keras3:
            inputs, outputs = [v[0] if len(v) == 1 else v for v in (inputs, outputs)]
        config = {"name": model.name}
        if self.keras3:
            config["trainable"] = True
        return {**config, "layers": layers, "input_layers": inputs, "output_layers": outputs}

    def tensor(self, model, tensor):
        """Functional models count their own making as the first call, so do Keras 1's and 2's sequential."""
        name, call = tensor
        inner = model.layers.get(name)
        counts = isinstance(inner, Model) and not (self.keras3 and inner.sequential)
        return [name, call + 1 if counts else call, 0]

    def node(self, model, call):
        tensors = [self.tensor(model, t) for t in call]
        if not self.keras3:
            return [t if self.keras1 else [*t, {}] for t in tensors]
        args = [{"class_name": "__keras_tensor__",
                 "config": {"shape": [None], "dtype": "float32", "keras_history": t}} for t in tensors]
        return {"args": args if len(args) == 1 else [args], "kwargs": {}}

    def sequential(self, model):
        (name, shape), = model.inputs.items()
        layers = [self.whole(layer) for layer in model.layers.values()]
        if self.keras3 or self.version == 2.15:
            layers.insert(0, self.input(name, shape))
        elif not isinstance(next(iter(model.layers.values())), Model):
            layers[0]["config"]["batch_input_shape"] = [None, *shape]
        if self.keras1:
            return layers
        return {"name": model.name, "layers": layers}

    def weight_name(self, name):
        if self.keras1:
            layer, weight = name.rsplit("/", 1)
            return f"{layer}_{KERAS1_WEIGHTS.get(weight, weight)}"
        return name if self.keras3 else name + ":0"

    def put_legacy(self, group, model):
        """The legacy layout of weights."""
        names = [] if model.sequential else list(model.inputs)
        group.attrs["layer_names"] = np.array([n.encode() for n in names + list(model.layers)])
        group.attrs["backend"] = np.bytes_("tensorflow")
        group.attrs["keras_version"] = np.bytes_(self.number())
        for name in names:
            group.create_group(name).attrs["weight_names"] = np.array([])
        for name, layer in model.layers.items():
            weights = L.named(layer)
            weights = [w for w in weights if w[2]] + [w for w in weights if not w[2]]
            node = group.require_group(name)
            weight_names = [self.weight_name(w[0]) for w in weights]
            node.attrs["weight_names"] = np.array([n.encode() for n in weight_names])
            for weight_name, (_, value, _) in zip(weight_names, weights):
                node.create_dataset(weight_name, data=value)
        if self.keras3:
            group.create_group("top_level_model_weights").attrs["weight_names"] = np.array([])

    def put_keras3(self, group, model):
        """Keras 3's layout: layers are numbered by their classes."""
        used = {}
        inputs = [] if model.sequential else ["InputLayer"] * len(model.inputs)
        for layer in inputs + list(model.layers.values()):
            cls = layer if isinstance(layer, str) else self.class_name(layer)
            name = re.sub("([a-z])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", cls)).lower()
            used[name] = used.get(name, -1) + 1
            key = f"layers/{name}_{used[name]}" if used[name] else f"layers/{name}"
            if isinstance(layer, Model):
                self.put_keras3(group.create_group(key), layer)
            elif self.version == 3 or getattr(layer, "weights", None):
                node = group.create_group(f"{key}/vars")
                if self.version == 3.9:
                    node.attrs["name"] = layer.name
                for i, (_, value, _) in enumerate(getattr(layer, "weights", [])):
                    node[str(i)] = value
        if self.version == 3:
            group.create_group("vars")

    def number(self):
        return {1: "1.2.2", 2.2: "2.2.4", 2.15: "2.15.0", 3: "3.3.3", 3.9: "3.9.2",
                "js": "tfjs-layers 4.22.0"}[self.version]

    def json(self, model):
        written = self.whole(model)
        if not self.keras3:
            backend = "tensor_flow.js" if self.version == "js" else "tensorflow"
            written = {**written, "keras_version": self.number(), "backend": backend}
        return json.dumps(written)


def hdf5(fill):
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        fill(file)
    return buffer.getvalue()


def model_h5(form, model):
    def fill(file):
        file.attrs["keras_version"] = np.bytes_(form.number())
        file.attrs["backend"] = np.bytes_("tensorflow")
        file.attrs["model_config"] = np.bytes_(form.json(model))
        file.attrs["training_config"] = np.bytes_('{"loss": "mse", "optimizer_config": {"class_name": "SGD"}}')
        form.put_legacy(file.create_group("model_weights"), model)
        file.create_group("optimizer_weights").attrs["weight_names"] = np.array([])

    return {"model.h5": hdf5(fill)}


def archive(form, model):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zip_file:
        texts = {"metadata.json": json.dumps({"keras_version": form.number(), "date_saved": "2025-01-01@00:00:00"}),
                 "config.json": form.json(model),
                 "model.weights.h5": hdf5(lambda f: form.put_keras3(f, model))}
        for name, content in texts.items():
            zip_file.writestr(zipfile.ZipInfo(name), content)
    return {"model.keras": buffer.getvalue()}


def json_and_legacy(form, model):
    return {"model.json": form.json(model).encode(), "weights.h5": hdf5(lambda f: form.put_legacy(f, model))}


def json_and_keras3(form, model):
    return {"model.json": form.json(model).encode(),
            "model.weights.h5": hdf5(lambda f: form.put_keras3(f, model))}


def fixture(name, version, written, model):
    inputs = [L.drawn(2, *shape, low=-1, high=1) for shape in model.inputs.values()]
    outputs = model(*[x.astype(np.float64) for x in inputs])

    def fill(file):
        for file_name, content in written(Form(version), model).items():
            file[f"files/{file_name}"] = np.frombuffer(content, np.uint8)
        for i, x in enumerate(inputs):
            file[f"inputs/{i}"] = x
        for i, y in enumerate(outputs if isinstance(outputs, list) else [outputs]):
            file[f"outputs/{i}"] = y.astype(np.float32)

    with open(f"{name}.txt", "wb") as text:
        text.write(base64.encodebytes(gzip.compress(hdf5(fill), 9, mtime=0)))


def functional(name, inputs, build):
    model = Model(name, inputs)
    model.outputs = build(model, *[(n, 0) for n in model.inputs])
    return model


def small_sequential(name):
    return L.sequential(
        name, (9, 8, 3), L.conv2d(f"{name}_conv", 3, 4, (3, 2), (2, 1), "same", activation="relu"),
        L.batch_normalization(f"{name}_norm", 4), L.pooling("MaxPooling2D", f"{name}_max", (2, 2), (1, 2), "same"),
        L.dropout(f"{name}_drop"), L.flatten(f"{name}_flat"), L.dense(f"{name}_dense", 5 * 4 * 4, 3, "softmax"))


def merging(m, a, b):
    """Two inputs, two outputs."""
    x = m.add(L.conv2d("conv_a", 2, 4, (1, 1), bias=False), a)
    y = m.add(L.separable_conv2d("separable", 3, 4, (3, 3), 2, "same", "tanh"), b)
    s = m.add(L.merge("Add", "sum"), x, y)
    j = m.add(L.merge("Concatenate", "join"), s, y, x)
    p = m.add(L.pooling("AveragePooling2D", "average", (3, 3), (2, 2), "same"), j)
    p = m.chain(p, L.zero_padding("pad", (1, 1), (2, 2)), L.leaky("leaky", "alpha", 0.2), L.flatten("flat"))
    return [m.add(L.dense("small", 4 * 7 * 12, 2, "sigmoid"), p), m.add(L.up_sampling("up", (2, 3)), s)]


def mobile(name, norm):
    """Keras 2 allows slashes in names."""
    return L.sequential(
        name, (10, 10, 2), L.zero_padding("pad", (0, 1), (0, 1)),
        L.depthwise_conv2d("depthwise", 2, (3, 3), 2, (2, 2), "valid", bias=False),
        L.batch_normalization(norm, 4, 1e-4, scale=False), L.relu("relu6", 6.0),
        L.conv2d("point", 4, 6, (1, 1)), L.global_average("pool"), L.dense("classes", 6, 3, "softmax"))


def shared_layer(m, a, b):
    conv = L.conv2d("shared", 2, 3, (3, 3), activation="elu")
    x, y = m.add(conv, a), m.add(conv, b)
    z = m.add(L.conv2d("only_b", 3, 3, (1, 1)), y)
    j = m.add(L.merge("Concatenate", "join"), x, z)
    j = m.add(L.dense("last", 6, 2), j)
    return [j, m.add(L.merge("Average", "mean"), x, y)]


def backbone(name="backbone", trainable=False):
    """Its layers are listed in another order than that in which the outer graph needs them."""
    def build(m, x):
        a = m.add(L.conv2d(f"{name}_a", 3, 4, (3, 3), bias=False), x)
        b = m.add(L.conv2d(f"{name}_b", 3, 4, (3, 3), bias=False), x)
        b = m.add(L.batch_normalization(f"{name}_norm", 4, trainable=trainable), b)
        b = m.add(L.activation(f"{name}_relu", "relu"), b)
        c = m.add(L.conv2d(f"{name}_c", 4, 4, (1, 1), bias=False), b)
        return [m.add(L.merge("Add", f"{name}_add"), a, c)]

    return functional(name, {f"{name}_in": (6, 6, 3)}, build)


def transfer(m, x):
    x = m.chain(x, backbone(), L.global_average("pool"))
    top = L.sequential("top", (4,), L.dense("hidden", 4, 5, "relu"), L.dense("out", 5, 1, "sigmoid"))
    return [m.add(top, x)]


def tower(name, sequential=False):
    """To be called twice."""
    parts = (L.conv2d(f"{name}_conv", 2, 3, (3, 3), activation="tanh"), L.batch_normalization(f"{name}_norm", 3),
             L.global_average(f"{name}_pool"), L.dense(f"{name}_dense", 3, 4))
    if sequential:
        return L.sequential(name, (5, 5, 2), *parts)
    return functional(name, {f"{name}_in": (5, 5, 2)}, lambda m, x: [m.chain(x, *parts)])


def twins(sequential):
    def build(m, a, b):
        t = tower("tower", sequential)
        x, y = m.add(t, a), m.add(t, b)
        d = m.add(L.merge("Multiply", "product"), x, y)
        return [m.add(L.dense("distance", 4, 1, "sigmoid"), d), y]

    return functional("twins", {"left": (5, 5, 2), "right": (5, 5, 2)}, build)


def squeeze(m, x):
    """A squeeze and excitation block, and branches whose classes have the same names."""
    x = m.add(L.conv2d("stem", 3, 4, (3, 3), (2, 2), "same", bias=False), x)
    x = m.chain(x, L.batch_normalization("norm", 4), L.activation("swish", "swish"))
    g = m.chain(x, L.global_average("squeeze", True), L.conv2d("reduce", 4, 2, (1, 1), activation="swish"),
                L.conv2d("expand", 2, 4, (1, 1), activation="sigmoid"))
    x = m.add(L.merge("Multiply", "excite"), x, g)
    x = m.add(L.depthwise_conv2d("depthwise", 4, (3, 3), padding="same"), x)
    x = m.add(L.conv2d("dilated", 4, 4, (2, 2), padding="same", dilation=(2, 1), groups=2), x)
    return [m.chain(x, L.pooling("AveragePooling2D", "pool", (2, 2)), L.flatten("flat"),
                    L.dense("classes", 16, 3, "softmax"))]


def branches(m, a, b):
    """Convolutions of one shape whose numbers alone tell them apart, on branches of different lengths."""
    x = m.add(L.conv2d("z_first", 3, 3, (1, 1)), a)
    y = m.add(L.conv2d("y_first", 3, 3, (1, 1), activation="relu"), b)
    y = m.add(L.conv2d("y_second", 3, 3, (1, 1), groups=3), y)
    y = m.add(L.conv2d("y_third", 3, 3, (1, 1)), y)
    s = m.add(L.merge("Maximum", "max"), x, y)
    return [m.add(L.leaky("leaky", "negative_slope", 0.1), s), y]


def mixed_towers(m, a, b):
    """Inner models of both kinds and of the same weights' shapes, called twice, between layers."""
    first, second = tower("sequential_tower", True), tower("functional_tower")
    before = L.conv2d("before", 2, 2, (1, 1))
    x = m.add(before, a)
    p, q, r = m.add(second, x), m.add(first, x), m.add(first, b)
    s = m.add(second, b)
    return [m.add(L.merge("Concatenate", "join"), p, q), m.add(L.merge("Subtract", "minus"), r, s)]


TWO = {"left": (4, 5, 2), "right": (4, 5, 3)}
fixture("keras1_sequential", 1, model_h5, small_sequential("first"))
fixture("keras1_merge", 1, model_h5, functional("merging", TWO, merging))
fixture("keras1_twice", 1, model_h5, twins(True))
fixture("keras2_2_sequential", 2.2, model_h5, mobile("mobile", "point/norm"))
fixture("keras2_2_shared", 2.2, model_h5, functional("sharing", {"a": (5, 4, 2), "b": (5, 4, 2)}, shared_layer))
fixture("keras2_2_transfer", 2.2, model_h5, functional("transfer", {"x": (6, 6, 3)}, transfer))
fixture("keras2_2_json", 2.2, json_and_legacy, functional("merging", TWO, merging))
fixture("keras2_15_functional", 2.15, model_h5, functional("squeeze", {"x": (8, 7, 3)}, squeeze))
fixture("keras2_15_sequential", 2.15, model_h5, small_sequential("second"))
fixture("keras2_15_twice", 2.15, model_h5, twins(False))
fixture("keras3_sequential", 3, archive, mobile("mobile3", "point_norm"))
fixture("keras3_branches", 3.9, archive, functional("branches", {"a": (3, 4, 3), "b": (3, 4, 3)}, branches))
fixture("keras3_twice", 3, archive, functional("towers", {"a": (5, 5, 2), "b": (5, 5, 2)}, mixed_towers))
fixture("keras3_transfer", 3.9, archive, functional("transfer3", {"x": (6, 6, 3)}, transfer))
fixture("keras3_legacy", 3, model_h5, functional("squeeze3", {"x": (8, 7, 3)}, squeeze))
fixture("keras3_json", 3, json_and_keras3, functional("sharing3", {"a": (5, 4, 2), "b": (5, 4, 2)}, shared_layer))
fixture("tensorflow_js", "js", json_and_legacy, functional("js", {"x": (6, 6, 3)}, lambda m, x: [
    m.chain(x, L.conv2d("stem", 3, 4, (3, 3), bias=False), L.batch_normalization("norm", 4),
            L.activation("relu", "relu"), L.flatten("flat"), L.dense("out", 64, 1, "sigmoid"))]))
