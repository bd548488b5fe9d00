#!/usr/bin/python3
"""The workloads of `hebb bench` in PyTorch, one JSON object a line with the same keys.

usage: torch_workloads.py [--threads N] [--seconds S] [--list] [workload ...]      (default: all)

A step of a training workload is zero the gradients, forward, loss, backward and update on the next of 16 fixed batches; of an _infer
workload one forward pass in evaluation mode; of gemm_f32_N and gemm_f64_N one product of two N x N matrices into a third. No result is
read inside a step. README.md says how to install PyTorch and the BLAS it should run on.
"""
import argparse
import itertools
import json
import os
import statistics
import sys
import time

# The C library must keep freed blocks, or every step pays for fresh pages (mlp_b1_sgd takes three times as long).
# It reads this at its start.
KEEP_FREED_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 32), "MALLOC_TRIM_THRESHOLD_": str(1 << 32), "MALLOC_TOP_PAD_": str(1 << 28)}
if __name__ == "__main__" and any(os.environ.get(k) != v for k, v in KEEP_FREED_MEMORY.items()):
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **KEEP_FREED_MEMORY})

try:
    import torch
    import torch.nn.functional as F
    from torch import nn
except ImportError as e:
    sys.exit(f"PyTorch is missing from {sys.executable} ({e}); install it as bench/peers/README.md says.")

BATCHES = 16
WORDS = 18000
GEMM_SIZES = [256, 512, 1024, 2048]


# Models

def dense(*sizes, activation):
    """Linear layers with an activation between them."""
    layers = []
    for i, o in zip(sizes, sizes[1:]):
        layers += [nn.Linear(i, o), activation()]
    return nn.Sequential(*layers[:-1])


def xor():
    return nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1), nn.Sigmoid())


def mlp():
    return dense(784, 256, 128, 10, activation=nn.ReLU)


def deep_tanh():
    return dense(*[64] * 21, 10, activation=nn.Tanh)


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        *dense(400, 120, 84, 10, activation=nn.ReLU))


def conv_blocks(*channels, norm):
    """3x3 convolutions, each followed by ReLU and halving, with batch normalisation between if asked for."""
    layers = []
    for i, o in zip(channels, channels[1:]):
        layers += [nn.Conv2d(i, o, 3, padding=1), *([nn.BatchNorm2d(o)] if norm else []), nn.ReLU(), nn.MaxPool2d(2)]
    return layers


def vgg_small():
    return nn.Sequential(*conv_blocks(3, 64, 128, 256, norm=True), nn.Flatten(), nn.Dropout(0.5), nn.Linear(256 * 4 * 4, 10))


class Residual(nn.Module):
    """Two 3x3 convolutions beside a shortcut, 1x1 where the size changes."""

    def __init__(self, i, o):
        super().__init__()
        stride = 1 if i == o else 2
        self.body = nn.Sequential(
            nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU(), nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o))
        self.shortcut = nn.Identity() if i == o else nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o))

    def forward(self, x):
        return F.relu(self.body(x) + self.shortcut(x))


def resnet():
    channels = [16, 16, 16, 32, 32, 64, 64]
    blocks = [Residual(i, o) for i, o in zip(channels, channels[1:])]
    return nn.Sequential(nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), *blocks,
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def imagenet_table():
    return nn.Sequential(*conv_blocks(3, 64, 128, 256, 512, 1024, norm=False), nn.Flatten(), nn.Linear(1024 * 7 * 7, 1000))


class Vae(nn.Module):
    """784 -> 400 -> mean and log-variance of 20 -> 400 -> 784 logits."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(784, 400)
        self.mean = nn.Linear(400, 20)
        self.log_variance = nn.Linear(400, 20)
        self.decoder = dense(20, 400, 784, activation=nn.ReLU)

    def forward(self, x):
        h = F.relu(self.encoder(x))
        mean, log_variance = self.mean(h), self.log_variance(h)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        return self.decoder(z), mean, log_variance


# Losses and update rules

class TextCnn(nn.Module):
    """Vectors of words, filters over 3, 4 and 5 of them, the best match of each filter in a text."""

    def __init__(self, features=128, filters=100, widths=(3, 4, 5)):
        super().__init__()
        self.embedding = nn.Embedding(WORDS, features, padding_idx=0)
        self.convolutions = nn.ModuleList(nn.Conv1d(features, filters, width) for width in widths)
        self.dropout, self.units, self.last = nn.Dropout(0.8), nn.Dropout(0.3), nn.Linear(filters * len(widths), 2)

    def forward(self, x):
        padding = (x == 0)[:, None]
        words = self.dropout(self.embedding(x)).transpose(1, 2)
        found = []
        for convolution in self.convolutions:
            width = convolution.kernel_size[0]
            matches = convolution(F.pad(words, ((width - 1) // 2, width // 2)))
            found.append(matches.masked_fill(padding, float("-inf")).max(2).values)
        return self.last(self.units(F.relu(torch.cat(found, 1))))


def vae_loss(output, x):
    """Negative evidence lower bound, a sample."""
    logits, mean, log_variance = output
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    divergence = -0.5 * torch.sum(1 + log_variance - mean * mean - torch.exp(log_variance))
    return (reconstruction + divergence) / len(x)


def sgd(parameters):
    return torch.optim.SGD(parameters, 0.5)


def nesterov(parameters):
    return torch.optim.SGD(parameters, 0.01, momentum=0.9, nesterov=True)


def adam(parameters):
    return torch.optim.Adam(parameters, 0.001)


# Workloads: a name gives (step function, items a step)

def training(model, loss, update, shape, classes=10):
    """Random inputs; random classes as targets, or the inputs themselves if there are none."""
    def build():
        network, batches = model(), random_inputs(shape)
        targets = [torch.randint(0, classes, shape[:1]) for _ in range(BATCHES)] if classes else batches
        return training_step(network, loss, update(network.parameters()), list(zip(batches, targets))), shape[0]
    return build


def text_training():
    """Texts of 5 to 36 random words, filled up with zeros."""
    rows, steps = 64, 47
    network, batches = TextCnn(), []
    for i in range(BATCHES):
        lengths = torch.tensor([5 + (k * 11 + i * 3) % 32 for k in range(rows)])
        words = torch.randint(1, WORDS, (rows, steps)) * (torch.arange(steps) < lengths[:, None])
        batches.append((words, torch.arange(rows) % 2))
    return training_step(network, F.cross_entropy, adam(network.parameters()), batches), rows


def xor_training():
    inputs, targets = torch.tensor([[0., 0], [0, 1], [1, 0], [1, 1]]), torch.tensor([[0.], [1], [1], [0]])
    network = xor()
    return training_step(network, F.binary_cross_entropy, sgd(network.parameters()), [(inputs, targets)] * BATCHES), 4


def training_step(network, loss, optimizer, batches):
    turn = itertools.cycle(batches)

    def step():
        x, target = next(turn)
        optimizer.zero_grad(set_to_none=True)
        loss(network(x), target).backward()
        optimizer.step()
    return step


def inference(model, shape):
    def build():
        network, turn = model().eval(), itertools.cycle(random_inputs(shape))

        def step():
            with torch.no_grad():
                network(next(turn))
        return step, shape[0]
    return build


def gemm(n, dtype):
    def build():
        a, b, c = (torch.rand(n, n, dtype=dtype) - 0.5 for _ in range(3))
        return lambda: torch.mm(a, b, out=c), 1
    return build


def random_inputs(shape):
    return [torch.rand(shape) for _ in range(BATCHES)]


WORKLOADS = {
    "xor_sgd": xor_training,
    "mlp_b1_sgd": training(mlp, F.cross_entropy, nesterov, (1, 784)),
    "mlp_b128_adam": training(mlp, F.cross_entropy, adam, (128, 784)),
    "deep_tanh_b64_adam": training(deep_tanh, F.cross_entropy, adam, (64, 64)),
    "lenet_b64_sgdm": training(lenet, F.cross_entropy, nesterov, (64, 1, 28, 28)),
    "vgg_small_b32_adam": training(vgg_small, F.cross_entropy, adam, (32, 3, 32, 32)),
    "resnet14_b32_sgdm": training(resnet, F.cross_entropy, nesterov, (32, 3, 32, 32)),
    "vae_b128_adam": training(Vae, vae_loss, adam, (128, 784), classes=None),
    "text_cnn_b64_adam": text_training,
    "mlp_b1_infer": inference(mlp, (1, 784)),
    "lenet_b1_infer": inference(lenet, (1, 1, 28, 28)),
    "lenet_b256_infer": inference(lenet, (256, 1, 28, 28)),
    "resnet14_b1_infer": inference(resnet, (1, 3, 32, 32)),
    "imagenet_table_b1_infer": inference(imagenet_table, (1, 3, 224, 224)),
    **{f"gemm_{name}_{n}": gemm(n, dtype) for name, dtype in (("f32", torch.float32), ("f64", torch.float64)) for n in GEMM_SIZES},
}


def measure(step, seconds):
    """Times of single steps in seconds, after a warm-up of at least 5 steps and 0.3 of the time (at most 2000 steps)."""
    clock = time.perf_counter
    start, warm = clock(), 0
    while warm < 5 or (warm < 2000 and clock() - start < 0.3 * seconds):
        step()
        warm += 1
    times, start = [], clock()
    while len(times) < 5 or (len(times) < 20000 and clock() - start < seconds):
        before = clock()
        step()
        times.append(clock() - before)
    return times


def run(name, seconds):
    torch.manual_seed(0)
    step, items = WORKLOADS[name]()
    times = measure(step, seconds)
    result = {"workload": name, "engine": "pytorch " + torch.__version__, "threads": torch.get_num_threads(), "unit": "ms/step",
              "median": round(statistics.median(times) * 1e3, 5), "min": round(min(times) * 1e3, 5), "steps": len(times), "items": items}
    if name.startswith("gemm_"):
        n = int(name.rsplit("_", 1)[1])
        result["gflops"] = round(2 * n ** 3 / min(times) / 1e9, 2)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3.0, help="timed part of each workload (default: 3)")
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    parser.add_argument("names", nargs="*", metavar="workload")
    options = parser.parse_args()
    if options.list:
        print("\n".join(WORKLOADS))
        return
    unknown = [n for n in options.names if n not in WORKLOADS]
    if unknown:
        parser.error(f"no workload is called {', '.join(unknown)}; --list names them all")
    torch.set_num_threads(options.threads)
    torch.set_num_interop_threads(1)
    torch.set_flush_denormal(True)
    for name in options.names or WORKLOADS:
        print(json.dumps(run(name, options.seconds)), flush=True)


if __name__ == "__main__":
    main()
