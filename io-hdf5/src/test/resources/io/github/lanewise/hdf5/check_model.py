"""Checks that a file is one that Keras 3 opens: python3 check_model.py FILE.

Follows keras/src/legacy/saving/legacy_h5_format.py for .h5 and keras/src/saving/saving_lib.py for .keras,
without Keras: the graph is built from the configuration as functional_from_config does, layers are ordered
as map_graph of keras/src/ops/function.py does, weights are looked up under the names and numbers that the
loader makes up from those, and must have the shapes that the layers then have. Prints each layer with its
weights' shapes and sums, so that what goes where can be compared.
"""

import io
import json
import re
import sys
import zipfile

import h5py
import numpy as np


def check(condition, *message):
    if not condition:
        raise SystemExit("not as Keras expects: " + " ".join(map(str, message)))


def text(value):
    return value.decode("utf8") if hasattr(value, "decode") else value


def names(group, name):
    """load_attributes_from_hdf5_group"""
    if name in group.attrs:
        return [text(n) for n in group.attrs[name]]
    found, chunk = [], 0
    while f"{name}{chunk}" in group.attrs:
        found += [text(n) for n in group.attrs[f"{name}{chunk}"]]
        chunk += 1
    return found


def strings(group, name):
    """Keras writes lists of bytes, which NumPy makes strings of fixed length, or of nothing."""
    for key in group.attrs:
        if key.rstrip("0123456789") == name:
            kind = group.attrs.get_id(key).dtype.kind
            check(kind == "S" or group.attrs[key].size == 0, group.name, key, "is of kind", kind)
            check(group.attrs[key].nbytes <= 64512, group.name, key, "is too long")


def snake_case(name):
    """keras/src/utils/naming.py"""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


class Graph:
    """The calls of a functional model's layers."""

    def __init__(self, config, keras3):
        self.layers = {layer["config"]["name"]: layer for layer in config["layers"]}
        check(len(self.layers) == len(config["layers"]), "two layers have one name")
        self.inputs_of = {}
        for layer in config["layers"]:
            name = layer["name"]
            check(name == layer["config"]["name"], "two names:", name, layer["config"]["name"])
            check(name and "/" not in name, "a name that Keras 3 refuses:", name)
            for i, node in enumerate(layer["inbound_nodes"]):
                self.inputs_of[name, i] = list(self.keras3_tensors(node) if keras3 else self.keras2_tensors(node))
                check(self.inputs_of[name, i], name, "is called on nothing")
            if layer["class_name"] == "InputLayer":
                check(not layer["inbound_nodes"], "an input is called")
                self.inputs_of[name, 0] = []
        self.inputs = [self.node(t) for t in self.listed(config["input_layers"])]
        self.outputs = [self.node(t) for t in self.listed(config["output_layers"])]
        self.order = self.ordered()
        for name in self.layers:
            check(name in self.order, name, "is not part of the graph")

    @staticmethod
    def listed(tensors):
        return [tensors] if len(tensors) == 3 and isinstance(tensors[0], str) else tensors

    def node(self, tensor):
        name, call, output = tensor[:3]
        check((name, call) in self.inputs_of, "no such tensor:", tensor)
        check(output == 0, "a layer with several outputs:", tensor)
        return name, call

    def keras2_tensors(self, node):
        check(isinstance(node, list), "a call is", node)
        for tensor in [node] if node and isinstance(node[0], str) else node:
            check(len(tensor) == 4 and isinstance(tensor[3], dict), "a tensor is", tensor)
            if tensor[0] != "_CONSTANT_VALUE":
                yield tuple(tensor[:2])
            for value in tensor[3].values():
                if isinstance(value, list) and value and isinstance(value[0], str):
                    yield tuple(value[:2])

    def keras3_tensors(self, node):
        check(set(node) == {"args", "kwargs"}, "a call has", list(node))
        todo = list(node["args"])
        while todo:
            value = todo.pop(0)
            if isinstance(value, list):
                todo = value + todo
            elif isinstance(value, dict) and value["class_name"] == "__keras_tensor__":
                check(value["config"]["shape"][0] is None, "a tensor without batch")
                check(value["config"]["dtype"] == "float32", "a tensor of", value["config"]["dtype"])
                yield tuple(value["config"]["keras_history"][:2])

    def ordered(self):
        """map_graph: by depth, then by the order in which a walk from the outputs meets layers."""
        finished, index = [], {}

        def walk(node, path):
            check(node not in path, "a cycle at", node)
            check(node in self.inputs_of, "no such call:", node)
            if node in done:
                return
            index.setdefault(node[0], len(index))
            if node not in self.inputs:
                for other in self.inputs_of[node]:
                    walk(other, path | {node})
            done.add(node)
            finished.append(node)

        done = set()
        sys.setrecursionlimit(20000)
        for output in self.outputs:
            walk(output, frozenset())
        depth, of_layer = {}, {}
        for node in reversed(finished):
            own = max(depth.get(node, 0), of_layer.get(node[0], 0))
            of_layer[node[0]] = depth[node] = own
            for other in self.inputs_of[node]:
                depth[other] = max(own + 1, depth.get(other, 0))
        return sorted(index, key=lambda name: (-of_layer[name], index[name]))


def shapes(layer, found):
    """What of the weights' shapes follows from the layer's arguments."""
    config, cls = layer["config"], layer["class_name"]
    bias = [] if cls == "BatchNormalization" or not config.get("use_bias", True) else ["bias"]
    if cls == "Dense":
        return [(None, config["units"])] + [(config["units"],) for _ in bias]
    if cls == "Conv2D":
        kernel = (*config["kernel_size"], None, config["filters"])
        return [kernel] + [(config["filters"],) for _ in bias]
    if cls == "DepthwiseConv2D":
        return [(*config["kernel_size"], None, config["depth_multiplier"])] + [(None,) for _ in bias]
    if cls == "SeparableConv2D":
        depthwise = (*config["kernel_size"], None, config["depth_multiplier"])
        return [depthwise, (1, 1, None, config["filters"])] + [(config["filters"],) for _ in bias]
    if cls == "BatchNormalization":
        return [(None,)] * (2 + config["scale"] + config["center"])
    check(not found, cls, "has no weights")
    return []


def check_layer(layer, found):
    expected = shapes(layer, found)
    fits = len(found) == len(expected) and all(
        len(e) == len(f.shape) and all(a in (None, b) for a, b in zip(e, f.shape)) for e, f in zip(expected, found))
    check(fits, layer["config"]["name"], "expects", expected, "found", [f.shape for f in found])
    for value in found:
        check(value.dtype == np.float32, layer["config"]["name"], "is of", value.dtype)
    print(layer["config"]["name"], *[f"{'x'.join(map(str, v.shape))}:{float(v[()].astype('f8').sum()):.4f}" for v in found])


def check_h5(file):
    """load_model_from_hdf5"""
    check(text(file.attrs["keras_version"])[0] == "2" and text(file.attrs["backend"]) == "tensorflow", "version")
    config = json.loads(text(file.attrs["model_config"]))
    check(config["class_name"] == "Functional" and set(config) == {"class_name", "config"}, list(config))
    graph = Graph(config["config"], False)
    group = file["model_weights"]
    strings(group, "layer_names")
    listed = names(group, "layer_names")
    check(set(listed) == set(group) - {"top_level_model_weights"}, "groups are not what layer_names says")
    saved = []
    for name in listed:
        strings(group[name], "weight_names")
        weights = names(group[name], "weight_names")
        check(all(w.startswith(name + "/") and w.endswith(":0") for w in weights), name, weights)
        if weights:
            saved.append([group[name][w] for w in weights])
    # The loader goes by order alone: the layers with weights, in the order of the graph that it builds.
    with_weights = [n for n in graph.order if n in listed and names(group[n], "weight_names")]
    check(len(saved) == len(with_weights), "layers with weights:", len(saved))
    saved = iter(saved)
    for name in graph.order:
        check_layer(graph.layers[name], next(saved) if name in with_weights else [])
    if "training_config" in file.attrs:
        training = json.loads(text(file.attrs["training_config"]))
        check({"loss", "metrics", "optimizer_config"} <= set(training), "training_config", list(training))
        check({"class_name", "config"} == set(training["optimizer_config"]), training["optimizer_config"])
        optimizer = file["optimizer_weights"]
        strings(optimizer, "weight_names")
        values = [optimizer[w] for w in names(optimizer, "weight_names")]
        check(values[0].shape == () and values[0].dtype.kind == "i", "no iterations first")
        check(all(v.dtype == np.float32 for v in values[1:]), "an optimizer's weight of another type")
        print("optimizer", training["optimizer_config"]["class_name"], len(values))


def check_archive(path):
    """load_model of saving_lib.py"""
    with zipfile.ZipFile(path) as archive:
        check(archive.testzip() is None, "a damaged archive")
        check(archive.namelist() == ["metadata.json", "config.json", "model.weights.h5"], archive.namelist())
        metadata = json.loads(archive.read("metadata.json"))
        check(metadata["keras_version"].startswith("3."), metadata)
        check(re.fullmatch(r"\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d", metadata["date_saved"]), metadata)
        config = json.loads(archive.read("config.json"))
        file = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
    check({"module", "class_name", "config", "registered_name"} <= set(config), list(config))
    graph = Graph(config["config"], True)
    expected, used = set(), {}
    for name in graph.order:
        layer = graph.layers[name]
        check({"module", "class_name", "config", "registered_name"} <= set(layer), list(layer))
        if layer["module"].startswith("keras.src.ops"):
            continue
        cls = snake_case(layer["class_name"])
        used[cls] = used.get(cls, -1) + 1
        path = f"layers/{cls}_{used[cls]}" if used[cls] else f"layers/{cls}"
        expected.add(path.split("/")[1])
        group = file[path]["vars"] if path in file else {}
        check_layer(layer, [group[str(i)] for i in range(len(group))])
    check(set(file["layers"]) <= expected, "left over:", set(file["layers"]) - expected)
    if "compile_config" in config:
        check({"optimizer", "loss", "metrics"} <= set(config["compile_config"]), config["compile_config"])
        values = file["optimizer/vars"]
        check(values["0"].shape == () and values["0"].dtype.kind in "iu", "no iterations first")
        print("optimizer", config["compile_config"]["optimizer"]["class_name"], len(values))


if zipfile.is_zipfile(sys.argv[1]):
    check_archive(sys.argv[1])
else:
    with h5py.File(sys.argv[1], "r") as h5:
        check_h5(h5)
