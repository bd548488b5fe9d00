"""Where start values come from: the exact bound or standard deviation, and the statistics of one large PyTorch sample."""
import math
import zlib

import torch
from torch import nn

from .common import record

SHAPES = [("dense", (250, 400)), ("conv", (64, 48, 5, 5))]  # fans in 400, out 250; in 1200, out 1600

KAIMING = [("relu_fan_in", "relu", 0.0, "fan_in"), ("relu_fan_out", "relu", 0.0, "fan_out"),
           ("leaky_relu", "leaky_relu", 0.2, "fan_in"), ("tanh", "tanh", 0.0, "fan_in"),
           ("linear_fan_in", "linear", 0.0, "fan_in"), ("linear_fan_out", "linear", 0.0, "fan_out")]
XAVIER = [("", "linear"), ("_tanh", "tanh")]


def cases():
    for shape_name, shape in SHAPES:
        for kind, nonlinearity, slope, mode in KAIMING:
            for law in "uniform", "normal":
                gain = nn.init.calculate_gain(nonlinearity, slope)
                fill = lambda w: getattr(nn.init, f"kaiming_{law}_")(w, slope, mode, nonlinearity)
                yield sample(f"kaiming_{law}_{kind}_{shape_name}", "Kaiming" + law.title(), law,
                             {"shape": shape, "mode": mode, "nonlinearity": nonlinearity, "negative_slope": slope, "gain": gain},
                             lambda fan_in, fan_out: gain / math.sqrt(fan_in if mode == "fan_in" else fan_out), fill)
        for suffix, nonlinearity in XAVIER:
            for law in "uniform", "normal":
                gain = nn.init.calculate_gain(nonlinearity)
                fill = lambda w: getattr(nn.init, f"xavier_{law}_")(w, gain)
                yield sample(f"xavier_{law}{suffix}_{shape_name}", "Xavier" + law.title(), law,
                             {"shape": shape, "nonlinearity": nonlinearity, "gain": gain},
                             lambda fan_in, fan_out: gain * math.sqrt(2 / (fan_in + fan_out)), fill)

    for name, op, build in [("default_linear", "Linear", lambda: nn.Linear(400, 250)),
                            ("default_conv", "Conv2d", lambda: nn.Conv2d(48, 64, 5)),
                            ("default_conv_groups", "Conv2d", lambda: nn.Conv2d(48, 64, 5, groups=4))]:
        torch.manual_seed(zlib.crc32(name.encode()))
        layer = build()
        fan_in, _ = nn.init._calculate_fan_in_and_fan_out(layer.weight)
        std = 1 / math.sqrt(3 * fan_in)  # of U(-1/sqrt(fan_in), 1/sqrt(fan_in)), for weight and bias alike
        for part, values in ("weight", layer.weight), ("bias", layer.bias):
            yield statistics(f"{name}_{part}", op, "uniform", {"shape": list(values.shape), "fan_in": fan_in}, std, values)


def sample(name, op, law, attributes, deviation, fill):
    torch.manual_seed(zlib.crc32(name.encode()))
    values = torch.empty(attributes["shape"])
    fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(values)
    fill(values)
    return statistics(name, op, law, {**attributes, "fan_in": fan_in, "fan_out": fan_out}, deviation(fan_in, fan_out), values)


def statistics(name, op, law, attributes, std, values):
    values = values.detach()
    found = {"std": std, **({"bound": math.sqrt(3) * std} if law == "uniform" else {}),
             "sample_mean": values.mean(), "sample_std": values.std(), "sample_min": values.min(), "sample_max": values.max()}
    # PyTorch's sample must bear out the figures above, or they are not PyTorch's.
    n = values.numel()
    if abs(found["sample_std"] / std - 1) > 4 / math.sqrt(n) or (law == "uniform" and values.abs().max() > found["bound"]):
        raise SystemExit(f"{name}: the sample's deviation {found['sample_std']:.6g} does not fit {std:.6g}; mend the formula.")
    return record(name, op, {**attributes, "distribution": law}, {}, found)
