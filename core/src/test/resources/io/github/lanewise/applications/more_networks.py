"""Those networks of make_networks.py that have not been there from the start."""

import torch
import torch.nn.functional as F
from keras_layers import Layers, correct_pad


def multiple_of_8(filters):
    nearest = max(8, int(filters + 4) // 8 * 8)
    return nearest + 8 if nearest < 0.9 * filters else nearest


def average_pool(x):
    return F.avg_pool2d(x, 3, 1, padding=1, count_include_pad=False)


def inception_resnet_v2(x, gain):
    net = Layers(gain, epsilon=1e-3)
    counted = 0

    def conv(x, filters, size, strides=1, padding="same"):
        nonlocal counted
        counted += 1
        x = net.conv(f"conv2d_{counted}", x, filters, size, strides, padding)
        x = net.norm(f"batch_normalization_{counted}", x, scale=False)
        return net.relu(f"activation_{counted}", x)

    def residual(x, name, scale, *branches):
        mixed = net.concatenate(f"{name}_mixed", *branches)
        return x + scale * net.conv(f"{name}_conv", mixed, x.shape[1], 1, bias=True)

    x = conv(conv(conv(x, 32, 3, 2, "valid"), 32, 3, 1, "valid"), 64, 3)
    x = conv(conv(F.max_pool2d(x, 3, 2), 80, 1), 192, 3, 1, "valid")
    x = F.max_pool2d(x, 3, 2)
    a = conv(x, 96, 1)
    b = conv(conv(x, 48, 1), 64, 5)
    c = conv(conv(conv(x, 64, 1), 96, 3), 96, 3)
    x = net.concatenate("mixed_5b", a, b, c, conv(average_pool(x), 64, 1))
    for i in range(1, 11):
        a = conv(x, 32, 1)
        b = conv(conv(x, 32, 1), 32, 3)
        c = conv(conv(conv(x, 32, 1), 48, 3), 64, 3)
        x = net.relu(f"block35_{i}_ac", residual(x, f"block35_{i}", 0.17, a, b, c))
    a = conv(x, 384, 3, 2, "valid")
    b = conv(conv(conv(x, 256, 1), 256, 3), 384, 3, 2, "valid")
    x = net.concatenate("mixed_6a", a, b, F.max_pool2d(x, 3, 2))
    for i in range(1, 21):
        a = conv(x, 192, 1)
        b = conv(conv(conv(x, 128, 1), 160, (1, 7)), 192, (7, 1))
        x = net.relu(f"block17_{i}_ac", residual(x, f"block17_{i}", 0.1, a, b))
    a = conv(conv(x, 256, 1), 384, 3, 2, "valid")
    b = conv(conv(x, 256, 1), 288, 3, 2, "valid")
    c = conv(conv(conv(x, 256, 1), 288, 3), 320, 3, 2, "valid")
    x = net.concatenate("mixed_7a", a, b, c, F.max_pool2d(x, 3, 2))
    for i in range(1, 11):
        a = conv(x, 192, 1)
        b = conv(conv(conv(x, 192, 1), 224, (1, 3)), 256, (3, 1))
        x = residual(x, f"block8_{i}", 1.0 if i == 10 else 0.2, a, b)
        x = x if i == 10 else net.relu(f"block8_{i}_ac", x)
    x = net.norm("conv_7b_bn", net.conv("conv_7b", x, 1536, 1), scale=False)
    net.relu("conv_7b_ac", x)
    return net.outputs


def nasnet_mobile(x, gain):
    net = Layers(gain, epsilon=1e-3)

    def project(x, filters, conv, norm):
        return net.norm(norm, net.conv(conv, F.relu(x), filters, 1))

    def separable(x, filters, size, block, strides=1):
        x = F.relu(x)
        padding = "same"
        if strides == 2:
            x, padding = correct_pad(x, size), "valid"
        x = net.separable(f"separable_conv_1_{block}", x, filters, size, strides, padding)
        x = F.relu(net.norm(f"separable_conv_1_bn_{block}", x))
        x = net.separable(f"separable_conv_2_{block}", x, filters, size)
        return net.norm(f"separable_conv_2_bn_{block}", x)

    def adjust(p, x, filters, block):
        if p is None:
            return x
        if p.shape[3] != x.shape[3]:
            p = F.relu(p)
            a = net.conv(f"adjust_conv_1_{block}", p[:, :, ::2, ::2], filters // 2, 1)
            shifted = F.pad(p, (0, 1, 0, 1))[:, :, 1:, 1:]
            b = net.conv(f"adjust_conv_2_{block}", shifted[:, :, ::2, ::2], filters // 2, 1)
            return net.norm(f"adjust_bn_{block}", torch.cat([a, b], 1))
        if p.shape[1] != filters:
            return project(p, filters, f"adjust_conv_projection_{block}", f"adjust_bn_{block}")
        return p

    def normal(x, p, filters, block):
        p = adjust(p, x, filters, block)
        h = project(x, filters, f"normal_conv_1_{block}", f"normal_bn_1_{block}")
        x1 = separable(h, filters, 5, f"normal_left1_{block}")
        x1 = x1 + separable(p, filters, 3, f"normal_right1_{block}")
        x2 = separable(p, filters, 5, f"normal_left2_{block}")
        x2 = x2 + separable(p, filters, 3, f"normal_right2_{block}")
        x3 = average_pool(h) + p
        x4 = average_pool(p) + average_pool(p)
        x5 = separable(h, filters, 3, f"normal_left5_{block}") + h
        return net.concatenate(f"normal_concat_{block}", p, x1, x2, x3, x4, x5), x

    def reduction(x, p, filters, block):
        p = adjust(p, x, filters, block)
        h = project(x, filters, f"reduction_conv_1_{block}", f"reduction_bn_1_{block}")
        h3 = correct_pad(h, 3)
        x1 = separable(h, filters, 5, f"reduction_left1_{block}", 2)
        x1 = x1 + separable(p, filters, 7, f"reduction_right1_{block}", 2)
        x2 = F.max_pool2d(h3, 3, 2) + separable(p, filters, 7, f"reduction_right2_{block}", 2)
        x3 = F.avg_pool2d(h3, 3, 2) + separable(p, filters, 5, f"reduction_right3_{block}", 2)
        x4 = x2 + average_pool(x1)
        x5 = separable(x1, filters, 3, f"reduction_left4_{block}") + F.max_pool2d(h3, 3, 2)
        return net.concatenate(f"reduction_concat_{block}", x2, x3, x4, x5), x

    x = net.norm("stem_bn1", net.conv("stem_conv1", x, 32, 3, 2))
    x, p = reduction(x, None, 11, "stem_1")
    x, p = reduction(x, p, 22, "stem_2")
    for stage, filters in enumerate((44, 88, 176)):
        if stage > 0:
            x, p = reduction(x, p, filters, f"reduce_{4 * stage}")
        for i in range(4):
            x, p = normal(x, p, filters, str(4 * stage + (stage > 0) + i))
    net.relu("activation_187", x)
    return net.outputs


def mobilenet_v3_large(x, gain):
    net = Layers(gain, epsilon=1e-3)

    def hard_swish(x):
        return x * F.relu6(x + 3) / 6

    def block(x, number, expansion, filters, size, strides, excites, activation):
        name = f"expanded_conv_{number}_" if number else "expanded_conv_"
        y = x
        if number:
            y = net.conv(f"{name}expand", y, multiple_of_8(x.shape[1] * expansion), 1)
            y = activation(net.norm(f"{name}expand_bn", y))
        if strides == 2:
            y = net.keep(f"{name}depthwise_pad", correct_pad(y, size))
        y = net.depthwise(f"{name}depthwise", y, size, strides, "valid" if strides == 2 else "same")
        y = activation(net.norm(f"{name}depthwise_bn", y))
        if excites:
            se = y.mean((2, 3), keepdim=True)
            filters_se = multiple_of_8(y.shape[1] / 4)
            se = net.conv(f"{name}squeeze_excite_conv", se, filters_se, 1, bias=True)
            se = F.relu(se)
            se = net.conv(f"{name}squeeze_excite_conv_1", se, y.shape[1], 1, bias=True)
            y = net.keep(f"{name}squeeze_excite_mul", y * F.relu6(se + 3) / 6)
        y = net.norm(f"{name}project_bn", net.conv(f"{name}project", y, filters, 1))
        added = strides == 1 and filters == x.shape[1]
        return net.keep(f"{name}add", x + y) if added else y

    x = net.conv("conv", x / 127.5 - 1, 16, 3, 2, "same")
    x = hard_swish(net.norm("conv_bn", x))
    for number, (expansion, filters, size, strides, excites) in enumerate((
            (1, 16, 3, 1, 0), (4, 24, 3, 2, 0), (3, 24, 3, 1, 0), (3, 40, 5, 2, 1),
            (3, 40, 5, 1, 1), (3, 40, 5, 1, 1), (6, 80, 3, 2, 0), (2.5, 80, 3, 1, 0),
            (2.3, 80, 3, 1, 0), (2.3, 80, 3, 1, 0), (6, 112, 3, 1, 1), (6, 112, 3, 1, 1),
            (6, 160, 5, 2, 1), (6, 160, 5, 1, 1), (6, 160, 5, 1, 1))):
        activation = F.relu if number < 6 else hard_swish
        x = block(x, number, expansion, filters, size, strides, excites, activation)
    x = hard_swish(net.norm("conv_1_bn", net.conv("conv_1", x, 960, 1)))
    net.keep("activation_19", x)
    return net.outputs
