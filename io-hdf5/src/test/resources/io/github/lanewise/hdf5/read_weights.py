"""Prints the weights in a file, read as keras/src/legacy/saving/legacy_h5_format.py reads them."""

import sys

import h5py
import numpy as np


def decode(value):
    return value.decode("utf8") if hasattr(value, "decode") else value


def names(group, name):
    if name in group.attrs:
        return [decode(n) for n in group.attrs[name]]
    data = []
    chunk = 0
    while f"{name}{chunk}" in group.attrs:
        data.extend(decode(n) for n in group.attrs[f"{name}{chunk}"])
        chunk += 1
    return data


with h5py.File(sys.argv[1], "r") as file:
    for key in sorted(file.attrs):
        if not key.startswith("layer_names"):
            print(key, decode(file.attrs[key]))
    layers = names(file, "layer_names")
    assert sorted(layers) == sorted(file), "groups are not those that layer_names names"
    for layer in layers:
        print(layer)
        for weight in names(file[layer], "weight_names"):
            value = np.asarray(file[layer][weight])
            print(weight, value.shape, value.dtype, value.tobytes().hex())
