"""Writes image_data_generator.gz.base64.txt: python3 make_image_data_generator.py, in this directory.

Keras's own ImageDataGenerator.apply_transform (keras_preprocessing 1.1.0, SciPy 1.10.1, Pillow
9.4.0) on one drawn picture under 50 sets of random parameters, each fill mode in turn. Before gzip
and Base64, big-endian: height, width, channels, number of cases (int); the picture (bytes); then for
each case the fill mode, 0 to 3 in the order below (int), cval, theta, tx, ty, shear, zx, zy, channel
shift and brightness, NaN for none (double), whether flipped horizontally and vertically (bytes), and
the picture that comes out, rounded (bytes).
"""

import base64
import gzip
import math
import random
import struct

import numpy as np
from keras_preprocessing.image import ImageDataGenerator
from PIL import Image, ImageDraw

HEIGHT, WIDTH, CASES = 24, 20, 50
MODES = ["nearest", "constant", "reflect", "wrap"]
NUMBERS = ["theta", "tx", "ty", "shear", "zx", "zy", "channel_shift_intensity", "brightness"]


def drawn():
    """A gradient with a disc, a bar and a line, unlike itself turned or mirrored."""
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            image.putpixel((x, y), (20 + 9 * y, 15 + 11 * x, 240 - 4 * x - 5 * y))
    draw = ImageDraw.Draw(image)
    draw.ellipse((2, 3, 9, 10), fill=(250, 40, 10))
    draw.rectangle((12, 14, 17, 21), fill=(5, 200, 90))
    draw.line((0, 23, 19, 12), fill=(255, 255, 255))
    return np.asarray(image)


def parameters(draws, number):
    """One of the first cases in three is a simple one, whose places fall on pixels and seams."""

    def maybe(value, other, share=0.7):
        return value if draws.random() < share else other

    brightness = draws.uniform(0.3, 1.7)
    shift = draws.uniform(-80, 80)
    simple = number % 3 == 0 and number < 36
    if simple:
        return {
            "theta": 0, "shear": 0, "tx": draws.randint(-30, 30), "ty": draws.randint(-30, 30),
            "zx": draws.choice([0.5, 1, 2, 4]), "zy": draws.choice([0.5, 1, 2, 4]),
            "flip_horizontal": draws.random() < 0.5, "flip_vertical": draws.random() < 0.5,
            "channel_shift_intensity": None, "brightness": None}
    return {
        "theta": maybe(draws.uniform(-180, 180), 0),
        "tx": maybe(draws.uniform(-15, 15), 0), "ty": maybe(draws.uniform(-15, 15), 0),
        "shear": maybe(draws.uniform(-60, 60), 0),
        "zx": maybe(draws.uniform(0.4, 3), 1), "zy": maybe(draws.uniform(0.4, 3), 1),
        "flip_horizontal": draws.random() < 0.5, "flip_vertical": draws.random() < 0.5,
        "channel_shift_intensity": maybe(shift, None, 0.4),
        "brightness": maybe(brightness, None, 0.3)}


def main():
    picture = drawn()
    draws = random.Random(2015)
    out = struct.pack(">4i", HEIGHT, WIDTH, 3, CASES) + picture.tobytes()
    for number in range(CASES):
        mode = MODES[number % 4]
        cval = draws.uniform(0, 255)
        chosen = parameters(draws, number)
        generator = ImageDataGenerator(fill_mode=mode, cval=cval, data_format="channels_last")
        result = generator.apply_transform(picture.astype("float32"), chosen)
        numbers = [math.nan if chosen[name] is None else chosen[name] for name in NUMBERS]
        out += struct.pack(">i9d", number % 4, cval, *numbers)
        out += struct.pack(">2b", chosen["flip_horizontal"], chosen["flip_vertical"])
        out += np.rint(result).astype(np.uint8).tobytes()
    text = base64.encodebytes(gzip.compress(out, 9, mtime=0))
    with open("image_data_generator.gz.base64.txt", "wb") as file:
        file.write(text)


main()
