"""Writes the files that the tests read, by h5py: python3 make_fixtures.py, in this directory.

All of them but applications, keras3 and lz4 hold the same weights, those of the model of KerasFixtures.java:
element i of the weight that is number n of the model, counted from 0, is (100 * n + i) / 4 - 16. All of these
are exact in 16 bits. The files are kept as text: gzip, then Base64. All come out the same again but
newest_format, in which HDF5 notes the time.
"""

import base64
import gzip
import io
import struct

import h5py
import numpy as np

LAYERS = {
    "input": {},
    "conv": {"kernel": (3, 3, 1, 2), "bias": (2,)},
    "bn": {"gamma": (2,), "beta": (2,), "moving_mean": (2,), "moving_variance": (2,)},
    "relu": {},
    "flatten": {},
    "dense": {"kernel": (32, 3), "bias": (3,)},
}


def weights():
    number = 0
    for layer, shapes in LAYERS.items():
        values = {}
        for name, shape in shapes.items():
            elements = np.arange(np.prod(shape)) + 100 * number
            values[f"{layer}/{name}:0"] = (elements / 4 - 16).reshape(shape)
            number += 1
        yield layer, values


def strings(names):
    """As Keras 2 passes them; an empty list becomes an array of float64."""
    return np.asarray([n.encode() for n in names])


def put(group, attribute=strings, split=False, dtype="<f4", **options):
    def put_names(node, key, names):
        if split:
            for i in range(0, len(names), 2):
                node.attrs[f"{key}{i // 2}"] = attribute(names[i : i + 2])
        else:
            node.attrs[key] = attribute(names)

    put_names(group, "layer_names", list(LAYERS))
    group.attrs["backend"] = np.bytes_("tensorflow")
    group.attrs["keras_version"] = np.bytes_("2.15.0")
    for layer, values in weights():
        node = group.create_group(layer)
        put_names(node, "weight_names", list(values))
        for name, value in values.items():
            node.create_dataset(name, data=value.astype(dtype), **options)


def fixture(name, fill, **options):
    buffer = io.BytesIO()
    with h5py.File(buffer, "w", **options) as file:
        fill(file)
    with open(f"{name}.h5.gz.base64.txt", "wb") as text:
        text.write(base64.encodebytes(gzip.compress(buffer.getvalue(), 9, mtime=0)))


def whole_model(file):
    file.attrs["model_config"] = '{"class_name": "Functional"}'
    put(file.create_group("model_weights"))
    file.create_group("optimizer_weights").attrs["weight_names"] = strings(["iteration:0"])


def keras3(file):
    file.create_dataset("layers/dense/vars/0", data=np.zeros((32, 3), "<f4"))


def applications(file):
    """What the files of Keras Applications have besides: a whole number, slashes in names."""
    layers = {
        "normalization": {
            "mean": np.array([1, 2, 3], "<f4"),
            "variance": np.array([4, 5, 6], "<f4"),
            "count": np.array(7, "<i8"),
        },
        "Conv": {"kernel": np.arange(6, dtype="<f4").reshape(1, 1, 3, 2)},
        "Conv/BatchNorm": {
            "gamma": np.array([1, 2], "<f4"),
            "beta": np.array([3, 4], "<f4"),
            "moving_mean": np.array([5, 6], "<f4"),
            "moving_variance": np.array([7, 8], "<f4"),
        },
    }
    file.attrs["layer_names"] = strings(layers)
    for layer, values in layers.items():
        node = file.create_group(layer)
        node.attrs["weight_names"] = strings([f"{layer}/{name}:0" for name in values])
        for name, value in values.items():
            node.create_dataset(f"{layer}/{name}:0", data=value)


def lz4(file):
    """A chunk that claims to be compressed by LZ4, which h5py can not do by itself."""
    options = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    options.set_chunk((18,))
    options.set_filter(32004, h5py.h5z.FLAG_OPTIONAL)
    space = h5py.h5s.create_simple((18,))
    dataset = h5py.h5d.create(file.id, b"input", h5py.h5t.IEEE_F32LE, space, options)
    chunk = struct.pack(">QII", 72, 72, 4) + bytes(4)
    dataset.write_direct_chunk((0,), chunk)


def variable_length(names):
    return np.array(names, dtype=h5py.string_dtype())


fixture("plain", put)
fixture("gzip_shuffle", lambda f: put(f, compression="gzip", shuffle=True, chunks=True))
fixture("fletcher32", lambda f: put(f, fletcher32=True, chunks=True))
fixture("float16", lambda f: put(f, dtype="<f2"))
fixture("float16_gzip", lambda f: put(f, dtype=">f2", compression="gzip"))
fixture("float64", lambda f: put(f, dtype="<f8"))
fixture("float64_gzip", lambda f: put(f, dtype="<f8", compression="gzip"))
fixture("big_endian_float32", lambda f: put(f, dtype=">f4"))
fixture("big_endian_float64", lambda f: put(f, dtype=">f8"))
fixture("variable_length_strings", lambda f: put(f, attribute=variable_length))
fixture("newest_format", put, libver="latest")
fixture("split_attributes", lambda f: put(f, split=True))
fixture("model_weights", whole_model)
fixture("user_block", put, userblock_size=1024)
fixture("applications", applications)
fixture("keras3", keras3)
fixture("lz4", lz4)
