#!/usr/bin/env python3
"""The cases of bench/float32_errors.py. 'make FOLDER' writes their inputs; 'compare FOLDER' prints a table of the errors of the results that
the other side wrote and of PyTorch's, both in float32, against PyTorch in float64."""
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(2)


def normal(generator, *shape):
    return generator.standard_normal(shape).astype(np.float32)


# name -> (inputs, function, whether gradients are compared)
def cases():
    g = np.random.default_rng(1)
    n = lambda *shape: normal(g, *shape)
    for k in (64, 512, 4096, 32768):
        yield f"matmul K={k}", [n(48, k), n(k, 48)], torch.matmul, True
    conv = lambda stride: lambda x, w: F.conv2d(x, w, stride=stride, padding=w.shape[2] // 2)
    yield "convolution 5x5 of 64 channels", [n(8, 64, 16, 16), n(32, 64, 5, 5)], conv(1), True
    yield "convolution 1x1 of 512 channels", [n(8, 512, 16, 16), n(64, 512, 1, 1)], conv(1), True
    yield "convolution 3x3 stride 2 of 256 channels", [n(8, 256, 16, 16), n(64, 256, 3, 3)], conv(2), True
    yield "convolution 5x5 of 3 channels", [n(64, 3, 28, 28), n(8, 3, 5, 5)], conv(1), True
    for c in (16, 64, 128, 256):
        yield f"convolution 3x3 of {c} channels (Winograd)", [n(8, c, 16, 16), n(c, c, 3, 3)], conv(1), True
    yield "depthwise 3x3 of 128 channels", [n(8, 128, 24, 24), n(128, 1, 3, 3)], \
        lambda x, w: F.conv2d(x, w, padding=1, groups=x.shape[1]), True
    yield "batchnorm", [n(64, 32, 16, 16) + 1, n(32), n(32)], \
        lambda x, a, b: F.batch_norm(x, None, None, a, b, training=True), True
    yield "layernorm", [n(512, 768) + 1, n(768), n(768)], lambda x, a, b: F.layer_norm(x, (768,), a, b), True
    yield "groupnorm", [n(32, 64, 16, 16) + 1, n(64), n(64)], lambda x, a, b: F.group_norm(x, 8, a, b), True
    for rows, columns in ((4096, 10), (256, 1000), (4, 250000)):
        yield f"softmax {columns}", [3 * n(rows, columns)], lambda x: F.softmax(x, -1), True
        yield f"logsoftmax {columns}", [3 * n(rows, columns)], lambda x: F.log_softmax(x, -1), True
    million = n(1000000) + np.float32(0.5)
    yield "sum", [million], torch.sum, False
    yield "sum of rows", [n(65536, 48) + np.float32(0.5)], lambda x: x.sum(0), False
    yield "mean", [million], torch.mean, False
    yield "variance", [million], lambda x: x.var(correction=0), False
    yield "logsumexp", [million], lambda x: torch.logsumexp(x, 0), False
    for p in (1, 2, 3):
        yield f"norm {p}", [million], lambda x, p=p: torch.linalg.vector_norm(x, p), False
    yield "cumsum", [million], lambda x: torch.cumsum(x, 0), True
    yield "embedding with 1000 of each row", [n(64, 32), g.integers(0, 64, 64000)], lambda x, i: F.embedding(i, x), True
    spread = np.linspace(-12, 12, 500001, dtype=np.float32)
    for name, f in {
        "gelu": F.gelu, "silu": F.silu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "softplus": lambda x: F.softplus(x, threshold=40),
        "logsigmoid": F.logsigmoid, "elu": F.elu, "mish": F.mish, "hardsigmoid": F.hardsigmoid, "hardswish": F.hardswish,
        "softsign": F.softsign, "exp": torch.exp, "erf": torch.erf,
    }.items():
        yield name, [spread], f, False


def true_gelu(x):
    """PyTorch's own loses its tail in double too"""
    return x * torch.special.erfc(-x / 2**0.5) / 2


def run(function, inputs, dy, dtype):
    """the result in double, and the gradients of the floating-point inputs where dy is given"""
    x = [torch.from_numpy(i) for i in inputs]
    x = [i.to(dtype) if i.is_floating_point() else i for i in x]
    if dy is None:
        return [function(*x).double().numpy()]
    sources = [i.requires_grad_() for i in x if i.is_floating_point()]
    y = function(*x)
    gradients = torch.autograd.grad(y, sources, torch.from_numpy(dy).to(dtype))
    return [y.detach().double().numpy()] + [d.double().numpy() for d in gradients]


def upstream(name, inputs, function, wanted):
    if not wanted:
        return None
    shape = function(*[torch.from_numpy(i) for i in inputs]).shape
    return normal(np.random.default_rng(sum(name.encode())), *shape)


def error(y, truth, elementwise):
    """in units of 2^-24: the worst of each number, or the worst of all beside the largest number"""
    off = np.abs(y - truth)
    if not elementwise:
        return off.max() / np.abs(truth).max() * 2**24
    counts = np.abs(truth) > 1e-30
    return (off[counts] / np.abs(truth[counts])).max() * 2**24


def make(folder):
    for name, inputs, function, wanted in cases():
        for i, x in enumerate(inputs):
            np.save(folder / f"{name}.{i}.npy", x)
        dy = upstream(name, inputs, function, wanted)
        if dy is not None:
            np.save(folder / f"{name}.dy.npy", dy)


def compare(folder):
    print("| computed | Hebb | PyTorch | ratio |\n|---|---:|---:|---:|")
    for name, inputs, function, wanted in cases():
        dy = upstream(name, inputs, function, wanted)
        theirs = run(function, inputs, dy, torch.float32)
        truth = run(true_gelu if name == "gelu" else function, inputs, dy, torch.float64)
        for part, (t, y) in enumerate(zip(truth, theirs)):
            ours = np.load(folder / f"{name}.{'y' if part == 0 else f'd{part - 1}'}.npy").astype(np.float64).reshape(t.shape)
            elementwise = inputs[0].ndim == 1 and t.ndim == 1 and name != "cumsum"
            a, b = error(ours, t, elementwise), error(y, t, elementwise)
            what = name if part == 0 else f"{name}, gradient of input {part}"
            print(f"| {what} | {a:.2f} | {b:.2f} | {a / b if b else (1 if a == 0 else float('inf')):.2f} |")


if __name__ == "__main__":
    {"make": make, "compare": compare}[sys.argv[1]](pathlib.Path(sys.argv[2]))
