"""Writes resize.gz.base64.txt: /usr/bin/python3 make_resize.py, in this directory.

One drawn picture resized to several sizes: by Pillow 9.4.0 with NEAREST and BILINEAR, and by the
formula of tf.image.resize's bilinear, antialias off, as published with its kernel
(tensorflow/core/kernels/image/resize_bilinear_op.cc and image_resizer_state.h, half_pixel_centers),
in NumPy 1.24.2. Before gzip and Base64, big-endian: height, width, number of cases (int); the picture
(bytes); then for each case height and width (int), Pillow's two pictures (bytes), and that of the
formula, 128ths of a level (short).
"""

import base64
import gzip
import struct

import numpy as np
from PIL import Image, ImageDraw

HEIGHT, WIDTH = 29, 37
SIZES = [(12, 9), (34, 42), (10, 50), (33, 11), (1, 1), (29, 18), (7, 37)]


def drawn():
    """A gradient with a disc, a bar, a line and some noise."""
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            image.putpixel((x, y), (20 + 7 * y, 15 + 6 * x, 240 - 3 * x - 4 * y))
    draw = ImageDraw.Draw(image)
    draw.ellipse((3, 4, 15, 16), fill=(255, 0, 10))
    draw.rectangle((22, 14, 33, 26), fill=(0, 200, 90))
    draw.line((0, 28, 36, 12), fill=(255, 255, 255))
    pixels = np.asarray(image).copy()
    pixels[18:27, 2:20] = np.random.RandomState(7).randint(0, 256, (9, 18, 3))
    return Image.fromarray(pixels)


def weights(size, wanted):
    """Lower and upper neighbour of each new pixel, and the share of the upper."""
    place = (np.arange(wanted, dtype=np.float32) + np.float32(0.5)) * np.float32(size / wanted)
    place = place - np.float32(0.5)
    floor = np.floor(place)
    lower = np.maximum(floor, 0).astype(int)
    upper = np.minimum(np.ceil(place), size - 1).astype(int)
    return lower, upper, place - floor


def by_formula(pixels, height, width):
    top, bottom, down = weights(pixels.shape[0], height)
    left, right, across = weights(pixels.shape[1], width)
    across = across[None, :, None]
    upper = pixels[top][:, left] + (pixels[top][:, right] - pixels[top][:, left]) * across
    lower = pixels[bottom][:, left] + (pixels[bottom][:, right] - pixels[bottom][:, left]) * across
    return upper + (lower - upper) * down[:, None, None]


def main():
    picture = drawn()
    out = struct.pack(">3i", HEIGHT, WIDTH, len(SIZES)) + picture.tobytes()
    for height, width in SIZES:
        out += struct.pack(">2i", height, width)
        for method in (Image.NEAREST, Image.BILINEAR):
            out += picture.resize((width, height), method).tobytes()
        formula = by_formula(np.asarray(picture).astype(np.float32), height, width)
        out += np.rint(formula * 128).astype(">u2").tobytes()
    with open("resize.gz.base64.txt", "wb") as file:
        file.write(base64.encodebytes(gzip.compress(out, 9, mtime=0)))


main()
