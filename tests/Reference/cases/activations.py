"""Activation functions, element by element, and softmax along an axis."""
import torch
import torch.nn.functional as F

from .common import Draw, case

ELEMENTWISE = [
    ("sigmoid", "Sigmoid", {}, torch.sigmoid),
    ("tanh", "Tanh", {}, torch.tanh),
    ("atan", "Atan", {}, torch.atan),
    ("relu", "Relu", {}, F.relu),
    ("leaky_relu", "LeakyRelu", {"negative_slope": 0.01}, lambda x: F.leaky_relu(x, 0.01)),
    ("leaky_relu_steep", "LeakyRelu", {"negative_slope": 0.3}, lambda x: F.leaky_relu(x, 0.3)),
    ("elu", "Elu", {"alpha": 1.0}, F.elu),
    ("elu_alpha", "Elu", {"alpha": 0.6}, lambda x: F.elu(x, 0.6)),
    ("gelu", "Gelu", {"approximate": "none"}, F.gelu),
    ("gelu_tanh", "Gelu", {"approximate": "tanh"}, lambda x: F.gelu(x, approximate="tanh")),
    ("silu", "Silu", {}, F.silu),
    ("softplus", "Softplus", {"beta": 1.0}, F.softplus),
    ("selu", "Selu", {}, F.selu),
    ("mish", "Mish", {}, F.mish),
    ("softsign", "Softsign", {}, F.softsign),
    ("log_sigmoid", "LogSigmoid", {}, F.logsigmoid),
    ("hard_sigmoid", "HardSigmoid", {}, lambda x: (x / 6 + 0.5).clamp(0, 1)),  # the gradient of F.hardsigmoid has a sixth in single precision
    ("hard_swish", "HardSwish", {}, F.hardswish),
    ("hard_tanh", "HardTanh", {"low": -1.0, "high": 1.0}, F.hardtanh),
    ("relu6", "HardTanh", {"low": 0.0, "high": 6.0}, F.relu6),
    ("softplus_beta", "Softplus", {"beta": 2.5}, lambda x: F.softplus(x, 2.5)),
]

SOFTMAX = [("last", (3, 5), 1), ("first", (4, 3), 0), ("middle", (2, 4, 3), 1)]


def cases():
    for name, op, attributes, function in ELEMENTWISE:
        yield case(name, op, attributes, {"input": Draw(name).values(3, 8, low=-4, high=4)}, lambda input: function(input))

    for name, count in ("prelu_shared", 1), ("prelu_channel", 3):
        draw = Draw(name)
        yield case(name, "PRelu", {"num_parameters": count},
                   {"input": draw.values(2, 3, 4), "weight": draw.unit(count)}, lambda input, weight: F.prelu(input, weight))

    for kind, op, function in ("softmax", "Softmax", F.softmax), ("log_softmax", "LogSoftmax", F.log_softmax):
        for axis_name, shape, axis in SOFTMAX:
            name = f"{kind}_{axis_name}"
            yield case(name, op, {"axis": axis}, {"input": Draw(name).values(*shape)}, lambda input: function(input, axis))
        name = kind + "_large"  # logits of thousands: only the form shifted by the maximum survives
        yield case(name, op, {"axis": 1}, {"input": Draw(name).values(3, 4) * 1024}, lambda input: function(input, 1))
