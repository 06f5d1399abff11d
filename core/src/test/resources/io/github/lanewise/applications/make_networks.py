"""Writes inception_v3.txt and its like: python3 make_networks.py, in this directory.

Networks of keras.applications without their tops, run in double precision by PyTorch 1.13 and
written after keras/src/applications of Keras 3, not after this project. Every weight and the
picture are functions of a name and an index, so that the test draws the same ones.

A file begins with the gain of the kernels and the picture's height and width. A line for each of
some layers follows: its name, its shape (height x width x channels), its largest absolute value,
and some of its values in the order of NHWC; value k has the index 7919 k modulo their number. The
last line, "average", is of the means over all pixels of the network's output.
"""

import math

import torch
import torch.nn.functional as F
from keras_layers import Layers, correct_pad, picture, same, weight
from more_networks import inception_resnet_v2, mobilenet_v3_large, nasnet_mobile

torch.set_num_threads(1)
torch.set_grad_enabled(False)


def inception_v3(x, gain):
    net = Layers(gain, epsilon=1e-3)
    counted = 0

    def conv(x, filters, height, width, strides=1, padding="same"):
        nonlocal counted
        counted += 1
        x = net.conv(f"conv2d_{counted}", x, filters, (height, width), strides, padding)
        x = net.norm(f"batch_normalization_{counted}", x, scale=False)
        return net.relu(f"activation_{counted}", x)

    def pooled(x, filters):
        x = F.avg_pool2d(x, 3, 1, padding=1, count_include_pad=False)
        return conv(x, filters, 1, 1)

    x = conv(x, 32, 3, 3, 2, "valid")
    x = conv(x, 32, 3, 3, 1, "valid")
    x = conv(x, 64, 3, 3)
    x = F.max_pool2d(x, 3, 2)
    x = conv(x, 80, 1, 1, 1, "valid")
    x = conv(x, 192, 3, 3, 1, "valid")
    x = F.max_pool2d(x, 3, 2)
    for i, filters in enumerate((32, 64, 64)):
        a = conv(x, 64, 1, 1)
        b = conv(conv(x, 48, 1, 1), 64, 5, 5)
        c = conv(conv(conv(x, 64, 1, 1), 96, 3, 3), 96, 3, 3)
        x = net.concatenate(f"mixed{i}", a, b, c, pooled(x, filters))
    a = conv(x, 384, 3, 3, 2, "valid")
    b = conv(conv(conv(x, 64, 1, 1), 96, 3, 3), 96, 3, 3, 2, "valid")
    x = net.concatenate("mixed3", a, b, F.max_pool2d(x, 3, 2))
    for i, filters in enumerate((128, 160, 160, 192)):
        a = conv(x, 192, 1, 1)
        b = conv(conv(conv(x, filters, 1, 1), filters, 1, 7), 192, 7, 1)
        c = conv(conv(conv(x, filters, 1, 1), filters, 7, 1), filters, 1, 7)
        c = conv(conv(c, filters, 7, 1), 192, 1, 7)
        x = net.concatenate(f"mixed{4 + i}", a, b, c, pooled(x, 192))
    a = conv(conv(x, 192, 1, 1), 320, 3, 3, 2, "valid")
    b = conv(conv(conv(x, 192, 1, 1), 192, 1, 7), 192, 7, 1)
    b = conv(b, 192, 3, 3, 2, "valid")
    x = net.concatenate("mixed8", a, b, F.max_pool2d(x, 3, 2))
    for i in range(2):
        a = conv(x, 320, 1, 1)
        b = conv(x, 384, 1, 1)
        b = torch.cat([conv(b, 384, 1, 3), conv(b, 384, 3, 1)], 1)
        c = conv(conv(x, 448, 1, 1), 384, 3, 3)
        c = torch.cat([conv(c, 384, 1, 3), conv(c, 384, 3, 1)], 1)
        x = net.concatenate(f"mixed{9 + i}", a, b, c, pooled(x, 192))
    return net.outputs


def resnet50(x, gain):
    net = Layers(gain, epsilon=1.001e-5)
    x = net.conv("conv1_conv", F.pad(x, (3, 3, 3, 3)), 64, 7, 2, bias=True)
    x = net.relu("conv1_relu", net.norm("conv1_bn", x))
    x = net.keep("pool1_pool", F.max_pool2d(F.pad(x, (1, 1, 1, 1)), 3, 2))
    for stack, filters, blocks in (2, 64, 3), (3, 128, 4), (4, 256, 6), (5, 512, 3):
        for i in range(1, blocks + 1):
            name = f"conv{stack}_block{i}"
            strides = 2 if i == 1 and stack > 2 else 1
            shortcut = x
            if i == 1:
                shortcut = net.conv(f"{name}_0_conv", x, 4 * filters, 1, strides, bias=True)
                shortcut = net.norm(f"{name}_0_bn", shortcut)
            x = net.conv(f"{name}_1_conv", x, filters, 1, strides, bias=True)
            x = net.relu(f"{name}_1_relu", net.norm(f"{name}_1_bn", x))
            x = net.conv(f"{name}_2_conv", x, filters, 3, 1, "same", bias=True)
            x = net.relu(f"{name}_2_relu", net.norm(f"{name}_2_bn", x))
            x = net.conv(f"{name}_3_conv", x, 4 * filters, 1, bias=True)
            x = net.norm(f"{name}_3_bn", x)
            x = net.relu(f"{name}_out", net.keep(f"{name}_add", shortcut + x))
    return net.outputs


def mobilenet_v2(x, gain):
    net = Layers(gain, epsilon=1e-3)
    x = net.conv("Conv1", x, 32, 3, 2, "same")
    x = net.relu6("Conv1_relu", net.norm("bn_Conv1", x))
    block = 0
    for filters, blocks, first in (
            (16, 1, 1), (24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1)):
        for i in range(blocks):
            strides = first if i == 0 else 1
            name = f"block_{block}_" if block else "expanded_conv_"
            y = x
            if block:
                y = net.conv(f"{name}expand", y, 6 * x.shape[1], 1)
                y = net.relu6(f"{name}expand_relu", net.norm(f"{name}expand_BN", y))
            if strides == 2:
                y = net.keep(f"{name}pad", correct_pad(y, 3))
            padding = "valid" if strides == 2 else "same"
            y = net.keep(
                f"{name}depthwise", net.depthwise(f"{name}depthwise", y, 3, strides, padding))
            y = net.relu6(f"{name}depthwise_relu", net.norm(f"{name}depthwise_BN", y))
            y = net.norm(f"{name}project_BN", net.conv(f"{name}project", y, filters, 1))
            added = strides == 1 and filters == x.shape[1]
            x = net.keep(f"{name}add", x + y) if added else y
            block += 1
    x = net.norm("Conv_1_bn", net.conv("Conv_1", x, 1280, 1))
    net.relu6("out_relu", x)
    return net.outputs


def densenet121(x, gain):
    net = Layers(gain, epsilon=1.001e-5)

    def norm_relu(name, x):
        return net.relu(f"{name}_relu", net.norm(f"{name}_bn", x))

    x = net.conv("conv1_conv", F.pad(x, (3, 3, 3, 3)), 64, 7, 2)
    x = F.pad(norm_relu("conv1", x), (1, 1, 1, 1))
    x = net.keep("pool1", F.max_pool2d(x, 3, 2))
    for stage, blocks in (2, 6), (3, 12), (4, 24), (5, 16):
        for i in range(1, blocks + 1):
            name = f"conv{stage}_block{i}"
            y = net.conv(f"{name}_1_conv", norm_relu(f"{name}_0", x), 128, 1)
            y = net.conv(f"{name}_2_conv", norm_relu(f"{name}_1", y), 32, 3, 1, "same")
            x = net.concatenate(f"{name}_concat", x, y)
        if stage < 5:
            x = norm_relu(f"pool{stage}", x)
            x = net.conv(f"pool{stage}_conv", x, x.shape[1] // 2, 1)
            x = net.keep(f"pool{stage}_pool", F.avg_pool2d(x, 2, 2))
    net.relu("relu", net.norm("bn", x))
    return net.outputs


def xception(x, gain):
    net = Layers(gain, epsilon=1e-3)

    def separable(name, x, filters):
        return net.norm(f"{name}_bn", net.separable(name, x, filters))

    def shrink(number, x, first, filters):
        name = f"block{number}"
        suffix = {2: "", 3: "_1", 4: "_2", 13: "_3"}[number]
        residual = net.conv(f"conv2d{suffix}", x, filters, 1, 2, "same")
        residual = net.norm(f"batch_normalization{suffix}", residual)
        y = x if number == 2 else net.relu(f"{name}_sepconv1_act", x)
        y = separable(f"{name}_sepconv1", y, first)
        y = net.relu(f"{name}_sepconv2_act", y)
        y = separable(f"{name}_sepconv2", y, filters)
        y = net.keep(f"{name}_pool", F.max_pool2d(same(y, (3, 3), 2, -math.inf), 3, 2))
        return net.keep(f"add_{number}", y + residual)

    for name, filters, strides in ("block1_conv1", 32, 2), ("block1_conv2", 64, 1):
        x = net.conv(name, x, filters, 3, strides)
        x = net.relu(f"{name}_act", net.norm(f"{name}_bn", x))
    for number, filters in (2, 128), (3, 256), (4, 728):
        x = shrink(number, x, filters, filters)
    for number in range(5, 13):
        y = x
        for i in range(1, 4):
            y = net.relu(f"block{number}_sepconv{i}_act", y)
            y = separable(f"block{number}_sepconv{i}", y, 728)
        x = net.keep(f"add_{number}", y + x)
    x = shrink(13, x, 728, 1024)
    for name, filters in ("block14_sepconv1", 1536), ("block14_sepconv2", 2048):
        x = net.relu(f"{name}_act", separable(name, x, filters))
    return net.outputs


def efficientnetb0(x, gain):
    net = Layers(gain, epsilon=1e-3)

    def norm_swish(name, x):
        return net.swish(f"{name}activation", net.norm(f"{name}bn", x))

    mean, variance = (
        weight("normalization", part, (3,)).view(3, 1, 1) for part in ("mean", "variance"))
    x = net.keep("normalization", (x / 255 - mean) / variance.sqrt())
    # The further Rescaling that Keras adds for weights="imagenet".
    x = x / torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64).sqrt().view(3, 1, 1)
    x = net.conv("stem_conv", correct_pad(x, 3), 32, 3, 2)
    x = norm_swish("stem_", x)
    stages = (
        (3, 1, 16, 1, 1), (3, 2, 24, 6, 2), (5, 2, 40, 6, 2), (3, 3, 80, 6, 2), (5, 3, 112, 6, 1),
        (5, 4, 192, 6, 2), (3, 1, 320, 6, 1))
    for stage, (size, blocks, filters, expansion, first) in enumerate(stages, 1):
        for i in range(blocks):
            name = f"block{stage}{'abcd'[i]}_"
            strides = first if i == 0 else 1
            y = x
            if expansion > 1:
                y = net.conv(f"{name}expand_conv", x, expansion * x.shape[1], 1)
                y = norm_swish(f"{name}expand_", y)
            if strides == 2:
                y = correct_pad(y, size)
            padding = "valid" if strides == 2 else "same"
            y = net.keep(
                f"{name}dwconv", net.depthwise(f"{name}dwconv", y, size, strides, padding))
            y = norm_swish(name, y)
            se = y.mean((2, 3), keepdim=True)
            se = net.conv(f"{name}se_reduce", se, x.shape[1] // 4, 1, bias=True)
            se = net.conv(f"{name}se_expand", se * torch.sigmoid(se), y.shape[1], 1, bias=True)
            y = net.keep(f"{name}se_excite", y * torch.sigmoid(se))
            y = net.norm(f"{name}project_bn", net.conv(f"{name}project_conv", y, filters, 1))
            added = strides == 1 and filters == x.shape[1]
            x = net.keep(f"{name}add", x + y) if added else y
    norm_swish("top_", net.conv("top_conv", x, 1280, 1))
    return net.outputs


# The gain of the kernels, such that values neither die nor explode; the picture's height and width;
# the layers to keep, of which the last is the output.
NETWORKS = {
    inception_v3: (
        1.4, 107, 123,
        "activation_1 activation_5 mixed0 mixed2 mixed3 mixed4 mixed7 mixed8 mixed9 mixed10"),
    resnet50: (
        1.4, 75, 98,
        "conv1_relu pool1_pool conv2_block1_out conv2_block3_out conv3_block1_out conv3_block4_out"
        " conv4_block1_out conv4_block6_out conv5_block1_out conv5_block3_out"),
    mobilenet_v2: (
        1.7, 75, 98,
        "Conv1_relu expanded_conv_project_BN block_1_depthwise_relu block_2_add"
        " block_3_depthwise_relu block_5_add block_6_depthwise_relu block_12_add"
        " block_13_depthwise_relu block_15_add out_relu"),
    densenet121: (
        1.8, 75, 98,
        "conv1_relu pool1 conv2_block1_concat conv2_block6_concat pool2_pool conv3_block12_concat"
        " pool3_pool conv4_block24_concat pool4_pool conv5_block16_concat relu"),
    xception: (
        1.25, 75, 98,
        "block1_conv1_act block1_conv2_act block2_sepconv1_bn block2_pool conv2d_1 block3_pool"
        " block4_pool block8_sepconv1_act block13_sepconv1_act block13_pool block14_sepconv1_act"
        " block14_sepconv2_act"),
    efficientnetb0: (
        1.8, 75, 98,
        "normalization stem_activation block1a_project_bn block2a_dwconv block2a_se_excite"
        " block2b_add block3a_dwconv block4c_add block5c_add block6a_dwconv block6d_add"
        " top_activation"),
    inception_resnet_v2: (
        1.4, 107, 123,
        "mixed_5b block35_1_ac block35_10_ac mixed_6a block17_1_ac block17_20_ac mixed_7a"
        " block8_9_ac block8_10_conv conv_7b_ac"),
    nasnet_mobile: (
        1.3, 75, 98,
        "stem_bn1 reduction_concat_stem_1 adjust_bn_stem_2 reduction_concat_stem_2 normal_concat_0"
        " normal_concat_3 reduction_concat_reduce_4 normal_concat_5 normal_concat_8"
        " reduction_concat_reduce_8 normal_concat_12 activation_187"),
    mobilenet_v3_large: (
        1.7, 75, 98,
        "conv_bn expanded_conv_project_bn expanded_conv_2_add expanded_conv_3_squeeze_excite_mul"
        " expanded_conv_5_add expanded_conv_9_add expanded_conv_11_add expanded_conv_14_add"
        " conv_1_bn activation_19"),
}


def line(name, values, count):
    shape = "x".join(str(length) for length in values.shape)
    values = values.flatten()
    some = values[7919 * torch.arange(min(count, len(values))) % len(values)]
    numbers = " ".join(f"{value:.6g}" for value in some.tolist())
    return f"{name} {shape} {values.abs().max():.6g} {numbers}\n"


def main():
    for network, (gain, height, width, names) in NETWORKS.items():
        x = picture(height, width)
        if network in (efficientnetb0, mobilenet_v3_large):
            x = x * 127.5 + 127.5
        outputs = network(x.double().permute(0, 3, 1, 2), gain)
        with open(f"{network.__name__}.txt", "w") as file:
            file.write(f"{gain} {height} {width}\n")
            for name in names.split():
                file.write(line(name, outputs[name][0].permute(1, 2, 0), 48))
            file.write(line("average", outputs[name][0].mean((1, 2)), 1000))


if __name__ == "__main__":
    main()
