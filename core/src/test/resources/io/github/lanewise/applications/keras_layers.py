"""Layers of Keras on PyTorch's tensors of NCHW, and the numbers that make_networks.py draws."""

import math

import numpy as np
import torch
import torch.nn.functional as F


def draws(name, shape):
    """Numbers in [-1, 1) of 24 bits: a hash of the index, which starts at a hash of the name."""
    start = 2166136261
    for byte in name.encode():
        start = (start ^ byte) * 16777619 % 2**32
    h = np.arange(math.prod(shape), dtype=np.uint32) * np.uint32(0x9E3779B9) + np.uint32(start)
    h = (h ^ (h >> 16)) * np.uint32(0x21F0AAAD)
    h = (h ^ (h >> 15)) * np.uint32(0xD35A2D97)
    h ^= h >> 15
    return ((h >> 8) / 2**23 - 1).reshape(shape)


def picture(height, width):
    """Squares of 16 pixels and noise, in [-1, 1)."""
    fine = draws("picture", (1, height, width, 3))
    coarse = draws("squares", (1, (height + 15) // 16, (width + 15) // 16, 3))
    coarse = coarse.repeat(16, 1).repeat(16, 2)[:, :height, :width]
    return torch.from_numpy((coarse * 0.75 + fine * 0.25).astype(np.float32))


def weight(layer, name, shape, gain=0.0):
    """Single precision; kernels are divided by the root of the number of inputs of an output."""
    u = draws(f"{layer}/{name}", shape)
    if "kernel" in name:
        inputs = math.prod(shape[:2] if name == "depthwise_kernel" else shape[:3])
        values = gain * math.sqrt(3 / inputs) * u
    elif name == "gamma":
        values = 0.75 + 0.25 * u
    elif name in ("moving_variance", "variance"):
        values = 1 + 0.5 * u
    else:  # bias, beta, mean, moving_mean
        values = 0.1 * u
    return torch.from_numpy(values.astype(np.float32)).double()


class Layers:
    """Layers of Keras on tensors of NCHW; keeps what comes out of them, by name."""

    def __init__(self, gain, epsilon):
        self.gain = gain
        self.epsilon = epsilon
        self.outputs = {}

    def keep(self, name, x):
        assert name not in self.outputs, name
        self.outputs[name] = x
        return x

    def conv(self, name, x, filters, size, strides=1, padding="valid", bias=False):
        height, width = size if isinstance(size, tuple) else (size, size)
        kernel = weight(name, "kernel", (height, width, x.shape[1], filters), self.gain)
        b = weight(name, "bias", (filters,)) if bias else None
        x = same(x, (height, width), strides) if padding == "same" else x
        return self.keep(name, F.conv2d(x, kernel.permute(3, 2, 0, 1), b, strides))

    def depthwise(self, name, x, size, strides=1, padding="same"):
        channels = x.shape[1]
        kernel = weight(name, "depthwise_kernel", (size, size, channels, 1), self.gain)
        x = same(x, (size, size), strides) if padding == "same" else x
        return F.conv2d(x, kernel.permute(2, 3, 0, 1), None, strides, groups=channels)

    def separable(self, name, x, filters, size=3, strides=1, padding="same"):
        x = self.depthwise(name, x, size, strides, padding)
        kernel = weight(name, "pointwise_kernel", (1, 1, x.shape[1], filters), self.gain)
        return self.keep(name, F.conv2d(x, kernel.permute(3, 2, 0, 1)))

    def norm(self, name, x, scale=True):
        shape = x.shape[1:2]
        gamma = weight(name, "gamma", shape) if scale else None
        beta, mean, variance = (
            weight(name, part, shape) for part in ("beta", "moving_mean", "moving_variance"))
        x = F.batch_norm(x, mean, variance, gamma, beta, training=False, eps=self.epsilon)
        return self.keep(name, x)

    def relu(self, name, x):
        return self.keep(name, F.relu(x))

    def relu6(self, name, x):
        return self.keep(name, F.hardtanh(x, 0, 6))

    def swish(self, name, x):
        return self.keep(name, x * torch.sigmoid(x))

    def concatenate(self, name, *inputs):
        return self.keep(name, torch.cat(inputs, 1))


def same(x, size, strides, value=0.0):
    """TensorFlow's padding, whose odd pixel is at the bottom and at the right."""
    bounds = []
    for length, taps in reversed(list(zip(x.shape[2:], size))):
        total = max((-(-length // strides) - 1) * strides + taps - length, 0)
        bounds += [total // 2, total - total // 2]
    return F.pad(x, bounds, value=value)


def correct_pad(x, size):
    """imagenet_utils.correct_pad: before a convolution with strides of 2."""
    half = size // 2
    height, width = x.shape[2:]
    return F.pad(x, (half - 1 + width % 2, half, half - 1 + height % 2, half))
