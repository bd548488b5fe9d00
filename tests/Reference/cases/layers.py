"""Layers with parameters, pooling, normalization and flattening."""
import torch
import torch.nn.functional as F

from .common import Draw, case

LINEAR = [("linear", (3, 5), 4, True), ("linear_no_bias", (3, 5), 4, False), ("linear_3d", (2, 3, 4), 6, True),
          ("linear_3d_no_bias", (2, 3, 4), 6, False), ("linear_one_sample", (1, 7), 3, True)]

# name, input, (out channels, kernel), stride, padding, dilation, groups, bias
CONV = [
    ("conv_3x3", (2, 2, 6, 5), (3, 3, 3), (1, 1), (0, 0), (1, 1), 1, True),
    ("conv_3x3_same", (2, 2, 5, 5), (3, 3, 3), (1, 1), (1, 1), (1, 1), 1, True),
    ("conv_no_bias", (1, 3, 5, 4), (2, 3, 3), (1, 1), (1, 1), (1, 1), 1, False),
    ("conv_1x1", (2, 4, 3, 3), (5, 1, 1), (1, 1), (0, 0), (1, 1), 1, True),
    ("conv_5x5_pad2", (2, 1, 7, 7), (4, 5, 5), (1, 1), (2, 2), (1, 1), 1, True),
    ("conv_stride2", (2, 2, 7, 6), (3, 3, 3), (2, 2), (1, 1), (1, 1), 1, True),
    ("conv_stride2_leftover", (1, 2, 8, 8), (3, 3, 3), (2, 2), (0, 0), (1, 1), 1, True),
    ("conv_stride_beyond_kernel", (1, 2, 8, 7), (2, 2, 2), (3, 3), (0, 0), (1, 1), 1, True),
    ("conv_dilated", (2, 2, 8, 7), (3, 3, 3), (1, 1), (2, 2), (2, 2), 1, True),
    ("conv_uneven", (2, 3, 7, 9), (2, 2, 4), (2, 3), (1, 0), (3, 1), 1, True),
    ("conv_groups", (2, 4, 5, 5), (6, 3, 3), (1, 1), (1, 1), (1, 1), 2, True),
    ("conv_depthwise", (2, 3, 6, 6), (6, 3, 3), (2, 2), (1, 1), (1, 1), 3, True),
    ("conv_groups_dilated", (1, 4, 9, 8), (4, 3, 2), (1, 2), (2, 1), (2, 3), 2, False),
    ("conv_kernel_of_image", (3, 2, 4, 4), (3, 4, 4), (1, 1), (0, 0), (1, 1), 1, True),
    ("conv_batch_17", (17, 1, 6, 6), (2, 3, 3), (1, 1), (1, 1), (1, 1), 1, True),
    ("conv_many_channels", (1, 19, 4, 4), (18, 2, 2), (1, 1), (0, 0), (1, 1), 1, True),
    ("conv_wide_row", (1, 2, 3, 37), (3, 3, 3), (1, 1), (1, 1), (1, 1), 1, True),
]

# name, op, input, out channels, attributes
SHAPED_CONV = [
    ("conv_1d", "Conv1d", (2, 3, 9), 4, {"kernel_size": 3}),
    ("conv_1d_options", "Conv1d", (2, 4, 12), 6, {"kernel_size": 4, "stride": 2, "padding": 3, "dilation": 2, "groups": 2}),
    ("conv_1d_no_bias", "Conv1d", (1, 2, 7), 3, {"kernel_size": 5, "padding": 2, "bias": False}),
    ("conv_3d", "Conv3d", (2, 2, 4, 5, 4), 3, {"kernel_size": 3}),
    ("conv_3d_options", "Conv3d", (1, 4, 6, 5, 7), 2, {"kernel_size": 2, "stride": 2, "padding": 1, "dilation": 2, "groups": 2}),
    ("conv_3d_no_bias", "Conv3d", (2, 1, 3, 4, 4), 2, {"kernel_size": 1, "bias": False}),
    ("conv_transpose_1d", "ConvTranspose1d", (2, 3, 5), 4, {"kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1}),
    ("conv_transpose_1d_groups", "ConvTranspose1d", (1, 4, 5), 6, {"kernel_size": 2, "dilation": 2, "groups": 2, "bias": False}),
    ("conv_transpose_2d", "ConvTranspose2d", (2, 3, 4, 3), 2, {"kernel_size": 3}),
    ("conv_transpose_2d_options", "ConvTranspose2d", (1, 4, 4, 5), 2, {"kernel_size": 3, "stride": 3, "padding": 2, "dilation": 2, "output_padding": 2, "groups": 2}),
    ("conv_transpose_2d_batch_17", "ConvTranspose2d", (17, 2, 3, 3), 3, {"kernel_size": 2, "stride": 2}),
    ("conv_transpose_3d", "ConvTranspose3d", (2, 2, 2, 3, 2), 3, {"kernel_size": 2}),
    ("conv_transpose_3d_options", "ConvTranspose3d", (1, 4, 3, 2, 2), 2, {"kernel_size": 3, "stride": 3, "padding": 2, "dilation": 2, "output_padding": 2, "groups": 2}),
    ("conv_transpose_3d_no_bias", "ConvTranspose3d", (1, 3, 2, 2, 3), 2, {"kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1, "bias": False}),
]

# name, input, kernel, mode
PADDED_CONV = [("reflect", (1, 2, 5, 6), 3, "reflect"), ("edge", (2, 1, 4, 5), 3, "replicate"), ("circular", (1, 2, 5, 4), 5, "circular")]

# name, input, kernel, stride, padding
POOL = [
    ("2x2", (2, 3, 6, 4), (2, 2), (2, 2), (0, 0)),
    ("leftover", (2, 2, 5, 7), (2, 2), (2, 2), (0, 0)),
    ("overlapping", (2, 2, 7, 7), (3, 3), (2, 2), (0, 0)),
    ("padded", (1, 2, 6, 5), (3, 3), (2, 2), (1, 1)),
    ("uneven", (2, 2, 6, 9), (2, 3), (1, 2), (1, 0)),
    ("batch_17", (17, 1, 4, 4), (2, 2), (2, 2), (0, 0)),
    ("whole_image", (2, 3, 4, 4), (4, 4), (4, 4), (0, 0)),
]

# name, op, input, momentum, epsilon, with weight and bias
NORM = [
    ("batch_norm_1d", "BatchNorm1d", (5, 4), 0.1, 1e-5, True),
    ("batch_norm_1d_3d", "BatchNorm1d", (3, 4, 5), 0.1, 1e-5, True),
    ("batch_norm_1d_plain", "BatchNorm1d", (6, 3), 0.25, 1e-3, False),
    ("batch_norm_2d", "BatchNorm2d", (3, 2, 4, 5), 0.1, 1e-5, True),
    ("batch_norm_2d_plain", "BatchNorm2d", (2, 3, 4, 4), 0.4, 1e-5, False),
    ("batch_norm_3d", "BatchNorm3d", (2, 3, 2, 3, 2), 0.1, 1e-5, True),
    ("batch_norm_2d_batch_17", "BatchNorm2d", (17, 2, 3, 3), 0.1, 1e-5, True),
]

# name, op, input, attributes
SAMPLE_NORM = [
    ("layer_norm", "LayerNorm", (3, 6), {"shape": [6]}),
    ("layer_norm_two_axes", "LayerNorm", (2, 3, 4, 5), {"shape": [4, 5]}),
    ("layer_norm_plain", "LayerNorm", (4, 3, 37), {"shape": [37], "eps": 1e-2, "affine": False}),
    ("group_norm", "GroupNorm", (2, 6, 3, 4), {"groups": 3}),
    ("group_norm_one_group", "GroupNorm", (3, 4, 5), {"groups": 1, "eps": 1e-3}),
    ("group_norm_plain", "GroupNorm", (5, 6), {"groups": 2, "affine": False}),
    ("instance_norm", "InstanceNorm", (2, 3, 4, 5), {"affine": False}),
    ("instance_norm_affine", "InstanceNorm", (3, 2, 7), {}),
]

# name, op, input, attributes
SHAPED_POOL = [
    ("max_pool_1d", "MaxPool1d", (2, 3, 9), {"kernel_size": 2, "stride": 2, "padding": 0}),
    ("max_pool_1d_padded", "MaxPool1d", (2, 2, 8), {"kernel_size": 3, "stride": 2, "padding": 1}),
    ("avg_pool_1d", "AvgPool1d", (2, 3, 9), {"kernel_size": 3, "stride": 3, "padding": 0, "count_include_pad": True}),
    ("avg_pool_1d_valid_only", "AvgPool1d", (2, 2, 8), {"kernel_size": 3, "stride": 2, "padding": 1, "count_include_pad": False}),
    ("max_pool_3d", "MaxPool3d", (2, 2, 5, 4, 6), {"kernel_size": 2, "stride": 2, "padding": 0}),
    ("max_pool_3d_padded", "MaxPool3d", (1, 2, 5, 4, 6), {"kernel_size": 3, "stride": 2, "padding": 1}),
    ("avg_pool_3d", "AvgPool3d", (2, 2, 4, 4, 6), {"kernel_size": 2, "stride": 2, "padding": 0, "count_include_pad": True}),
    ("avg_pool_3d_valid_only", "AvgPool3d", (1, 2, 5, 4, 6), {"kernel_size": 3, "stride": 2, "padding": 1, "count_include_pad": False}),
    ("adaptive_max_pool", "AdaptiveMaxPool2d", (2, 3, 6, 8), {"output_size": [3, 4]}),
    ("adaptive_max_pool_uneven", "AdaptiveMaxPool2d", (2, 2, 7, 5), {"output_size": [3, 2]}),
    ("adaptive_max_pool_wider", "AdaptiveMaxPool2d", (1, 2, 2, 3), {"output_size": [3, 5]}),
    ("adaptive_avg_pool", "AdaptiveAvgPool2d", (2, 3, 6, 8), {"output_size": [3, 4]}),
    ("adaptive_avg_pool_uneven", "AdaptiveAvgPool2d", (2, 2, 7, 5), {"output_size": [3, 2]}),
    ("adaptive_avg_pool_wider", "AdaptiveAvgPool2d", (1, 2, 2, 3), {"output_size": [3, 5]}),
]


def cases():
    for name, shape, out, with_bias in LINEAR:
        draw = Draw(name)
        inputs = {"input": draw.values(*shape), "weight": draw.values(out, shape[-1])}
        if with_bias:
            inputs["bias"] = draw.values(out)
        yield case(name, "Linear", {"bias": with_bias}, inputs,
                   lambda input, weight, bias=None: F.linear(input, weight, bias))

    for name, shape, (out, *kernel), stride, padding, dilation, groups, with_bias in CONV:
        draw = Draw(name)
        inputs = {"input": draw.values(*shape), "weight": draw.values(out, shape[1] // groups, *kernel)}
        if with_bias:
            inputs["bias"] = draw.values(out)
        attributes = {"kernel_size": kernel, "stride": stride, "padding": padding, "dilation": dilation,
                      "groups": groups, "bias": with_bias}
        yield case(name, "Conv2d", attributes, inputs,
                   lambda input, weight, bias=None: F.conv2d(input, weight, bias, stride, padding, dilation, groups))

    yield from shaped_convolution()
    yield from pooling()
    yield from shaped_pooling()
    yield from normalization()
    yield from sample_normalization()
    yield from lookup()

    name = "flatten"
    yield case(name, "Flatten", {"start_axis": 1}, {"input": Draw(name).values(2, 3, 4)}, lambda input: input.flatten(1))


def shaped_convolution():
    functions = {"Conv1d": F.conv1d, "Conv3d": F.conv3d, "ConvTranspose1d": F.conv_transpose1d, "ConvTranspose2d": F.conv_transpose2d,
                 "ConvTranspose3d": F.conv_transpose3d}
    for name, op, shape, out, options in SHAPED_CONV:
        draw = Draw(name)
        attributes = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, "bias": True, **options}
        settings = {k: attributes[k] for k in attributes if k not in ("kernel_size", "bias")}
        kernel = [attributes["kernel_size"]] * (len(shape) - 2)
        first, second = (shape[1], out // attributes["groups"]) if "Transpose" in op else (out, shape[1] // attributes["groups"])
        inputs = {"input": draw.values(*shape), "weight": draw.values(first, second, *kernel)}
        if attributes["bias"]:
            inputs["bias"] = draw.values(out)
        yield case(name, op, attributes, inputs, lambda input, weight, bias=None: functions[op](input, weight, bias, **settings))

    for name, shape, kernel, mode in PADDED_CONV:
        name = "conv_padded_" + name
        draw = Draw(name)
        pad = kernel // 2
        attributes = {"kernel_size": (kernel, kernel), "stride": (1, 1), "padding": (pad, pad), "dilation": (1, 1), "groups": 1, "bias": True, "mode": mode}
        yield case(name, "Conv2d", attributes, {"input": draw.values(*shape), "weight": draw.values(3, shape[1], kernel, kernel), "bias": draw.values(3)},
                   lambda input, weight, bias: F.conv2d(F.pad(input, [pad] * 4, mode), weight, bias))


def pooling():
    for pool, shape, kernel, stride, padding in POOL:
        attributes = {"kernel_size": kernel, "stride": stride, "padding": padding}
        name = "max_pool_" + pool
        yield case(name, "MaxPool2d", attributes, {"input": Draw(name).distinct(*shape)},
                   lambda input: F.max_pool2d(input, kernel, stride, padding))
        for count in (True, False) if any(padding) else (True,):
            name = f"avg_pool_{pool}" + ("" if count else "_valid_only")
            yield case(name, "AvgPool2d", {**attributes, "count_include_pad": count}, {"input": Draw(name).values(*shape)},
                       lambda input: F.avg_pool2d(input, kernel, stride, padding, count_include_pad=count))

    # Every window holds its maximum more than once: the first, in row-major order, takes the whole gradient.
    name = "max_pool_ties"
    yield case(name, "MaxPool2d", {"kernel_size": (2, 2), "stride": (2, 2), "padding": (0, 0)},
               {"input": torch.tensor([[1., 1, 2, 3], [1, 1, 3, 3], [0, 5, -1, -2], [5, 5, -2, -1]]).reshape(1, 1, 4, 4)},
               lambda input: F.max_pool2d(input, 2))


def shaped_pooling():
    functions = {"MaxPool1d": F.max_pool1d, "AvgPool1d": F.avg_pool1d, "MaxPool3d": F.max_pool3d, "AvgPool3d": F.avg_pool3d,
                 "AdaptiveMaxPool2d": F.adaptive_max_pool2d, "AdaptiveAvgPool2d": F.adaptive_avg_pool2d}
    for name, op, shape, attributes in SHAPED_POOL:
        yield case(name, op, attributes, {"input": Draw(name).distinct(*shape)}, lambda input: functions[op](input, **attributes))
    for name, stride in ("norm_pool", 2), ("norm_pool_overlapping", 1):
        yield case(name, "NormPool2d", {"kernel_size": (2, 2), "stride": (stride, stride), "padding": (0, 0)}, {"input": Draw(name).values(2, 2, 4, 6)},
                   lambda input: F.avg_pool2d(input ** 2, 2, stride).mul(4).sqrt())


def sample_normalization():
    for name, op, shape, options in SAMPLE_NORM:
        draw = Draw(name)
        attributes = {"eps": 1e-5, "affine": True, **options}
        size = attributes["shape"] if op == "LayerNorm" else [shape[1]]
        parameters = {"weight": draw.values(*size), "bias": draw.values(*size)} if attributes["affine"] else {}
        run = {"LayerNorm": lambda x, w, b: F.layer_norm(x, attributes["shape"], w, b, attributes["eps"]),
               "GroupNorm": lambda x, w, b: F.group_norm(x, attributes["groups"], w, b, attributes["eps"]),
               "InstanceNorm": lambda x, w, b: F.instance_norm(x, weight=w, bias=b, eps=attributes["eps"])}[op]
        yield case(name, op, attributes, {"input": draw.values(*shape), **parameters},
                   lambda input, weight=None, bias=None: run(input, weight, bias))


def lookup():
    for name, padding in ("embedding", None), ("embedding_padding", 2):
        draw = Draw(name)
        weight = draw.values(5, 3)
        attributes = {}
        if padding is not None:
            weight[padding] = 0  # PyTorch starts the padding row so, and never moves it
            attributes["padding"] = padding
        yield case(name, "Embedding", attributes, {"input": draw.integers(5, 2, 4), "weight": weight},
                   lambda input, weight: F.embedding(input, weight, padding))


def normalization():
    for name, op, shape, momentum, epsilon, affine in NORM:
        draw = Draw(name)
        channels = shape[1]
        parameters = {"weight": draw.values(channels), "bias": draw.values(channels)} if affine else {}
        attributes = {"momentum": momentum, "eps": epsilon, "affine": affine}

        def train(input_1, input_2, input_3, weight=None, bias=None):
            mean, var = torch.zeros(channels), torch.ones(channels)
            outputs = {f"output_{i}": F.batch_norm(x, mean, var, weight, bias, True, momentum, epsilon)
                       for i, x in enumerate((input_1, input_2, input_3), 1)}
            return {**outputs, "running_mean": mean, "running_var": var}

        inputs = {f"input_{i}": draw.values(*shape) for i in (1, 2, 3)}
        yield case(name + "_train", op, {**attributes, "training": True}, {**inputs, **parameters}, train)

        statistics = {"running_mean": draw.values(channels), "running_var": draw.unit(channels)}
        yield case(name + "_eval", op, {**attributes, "training": False},
                   {"input": draw.values(*shape), **parameters, **statistics},
                   lambda input, running_mean, running_var, weight=None, bias=None:
                   F.batch_norm(input, running_mean, running_var, weight, bias, False, momentum, epsilon),
                   constants=statistics)
