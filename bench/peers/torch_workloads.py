#!/usr/bin/python3
"""The workloads of `hebb bench` in PyTorch, one JSON object a line with the same keys.

usage: torch_workloads.py [--threads N] [--seconds S] [--how WAY,...] [--list] [workload ...]      (default: all workloads in all ways)

A step of a training workload is zero the gradients, forward, loss, backward and update on the next of 16 fixed batches; of an _infer
workload one forward pass in evaluation mode; of gemm_f32_N and gemm_f64_N one product of two N x N matrices into a third. No result is
read inside a step. The ways in which PyTorch can run them:

  eager           as written
  fused           training: eager, the update by the optimizer's fused kernel
  channels_last   images: so (fused in training), with images and filters channels last
  compiled        torch.compile of model and loss, fused update
  compiled_last   so, channels last
  compiled_step   training: so, the optimizer's step compiled as well
  frozen          inference: torch.compile with constant weights, folded and packed ahead
  frozen_last     so, channels last

TorchScript is none of them: optimized for inference, its programs for the small networks crash or never end in this build.
python.sh runs this script in the tree that setup.sh installs.
"""
import argparse
import itertools
import json
import os
import statistics
import sys
import time
import warnings

# The C library must keep freed blocks, or every step pays for fresh pages (mlp_b1_sgd takes three times as long). OpenBLAS must choose its
# kernels itself: where the variables of UNSET are set, they halve its speed on new processors. Both are read when a process starts.
KEEP_FREED_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 32), "MALLOC_TRIM_THRESHOLD_": str(1 << 32), "MALLOC_TOP_PAD_": str(1 << 28)}
UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def environment(current):
    """The variables under which the peer is at its best."""
    return {**{k: v for k, v in current.items() if k not in UNSET}, **KEEP_FREED_MEMORY}


if __name__ == "__main__" and environment(os.environ) != dict(os.environ):
    os.execve(sys.executable, [sys.executable, *sys.argv], environment(os.environ))

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
            nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU(),
            nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o))
        self.shortcut = nn.Identity() if i == o else nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o))

    def forward(self, x):
        return F.relu(self.body(x) + self.shortcut(x))


def resnet():
    channels = [16, 16, 16, 32, 32, 64, 64]
    blocks = [Residual(i, o) for i, o in zip(channels, channels[1:])]
    return nn.Sequential(nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), *blocks,
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def mobilenet():
    """For 3x96x96: convolutions 3x3 for each channel by itself and 1x1 across channels, each with batch norm and ReLU6."""
    def conv(i, o, kernel, stride, groups):
        return [nn.Conv2d(i, o, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(o), nn.ReLU6()]
    layers, i = conv(3, 16, 3, 2, 1), 16
    for o, stride in ((32, 1), (64, 2), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (256, 1)):
        layers += conv(i, i, 3, stride, i) + conv(i, o, 1, 1, 1)
        i = o
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(i, 10))


class Mixer(nn.Module):
    """Dense layers across 64 patches, then across 128 channels, each pair behind a layer norm and beside a shortcut."""

    def __init__(self):
        super().__init__()
        self.before_patches, self.before_channels = nn.LayerNorm(128), nn.LayerNorm(128)
        self.across_patches = dense(64, 64, 64, activation=nn.GELU)
        self.across_channels = dense(128, 512, 128, activation=nn.GELU)

    def forward(self, x):
        x = x + self.across_patches(self.before_patches(x).transpose(1, 2)).transpose(1, 2)
        return x + self.across_channels(self.before_channels(x))


class MlpMixer(nn.Module):
    """Patches of 4x4 of 3x32x32 as 64 vectors of 128 channels, four mixing blocks, their mean, 10 classes."""

    def __init__(self):
        super().__init__()
        self.patch = nn.Conv2d(3, 128, 4, 4)
        self.blocks = nn.Sequential(*[Mixer() for _ in range(4)])
        self.norm, self.head = nn.LayerNorm(128), nn.Linear(128, 10)

    def forward(self, x):
        return self.head(self.norm(self.blocks(self.patch(x).flatten(2).transpose(1, 2))).mean(1))


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


class CharLm(nn.Module):
    """Vectors of characters, two recurrent layers, and a score of each character for each step."""

    def __init__(self, cell, characters=65, features=64, units=256):
        super().__init__()
        self.embedding, self.recurrent = nn.Embedding(characters, features), cell(features, units, 2, batch_first=True)
        self.last = nn.Linear(units, characters)

    def forward(self, x):
        return self.last(self.recurrent(self.embedding(x))[0])


class Tagger(nn.Module):
    """Vectors of words, an LSTM both ways, and a score of each tag for each word."""

    def __init__(self, words=5000, features=100, units=128, tags=17):
        super().__init__()
        self.embedding = nn.Embedding(words, features)
        self.recurrent, self.last = nn.LSTM(features, units, batch_first=True, bidirectional=True), nn.Linear(2 * units, tags)

    def forward(self, x):
        return self.last(self.recurrent(self.embedding(x))[0])


# Losses and update rules

def step_entropy(output, target):
    """The mean cross-entropy of every step."""
    return F.cross_entropy(output.flatten(0, 1), target.flatten())


def vae_loss(output, x):
    """Negative evidence lower bound, a sample."""
    logits, mean, log_variance = output
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    divergence = -0.5 * torch.sum(1 + log_variance - mean * mean - torch.exp(log_variance))
    return (reconstruction + divergence) / len(x)


def sgd(parameters, **kernel):
    return torch.optim.SGD(parameters, 0.5, **kernel)


def nesterov(parameters, **kernel):
    return torch.optim.SGD(parameters, 0.01, momentum=0.9, nesterov=True, **kernel)


def adam(parameters, **kernel):
    return torch.optim.Adam(parameters, 0.001, **kernel)


# Ways to run

def ways(name):
    """The ways that apply to a workload."""
    if name.startswith("gemm_"):
        return ["eager"]
    has_images = not name.startswith(("xor", "mlp_b", "deep_tanh", "vae", "text"))
    if name.endswith("_infer"):
        return ["eager", "compiled", "frozen", *(["channels_last", "compiled_last", "frozen_last"] if has_images else [])]
    return ["eager", "fused", "compiled", "compiled_step", *(["channels_last", "compiled_last"] if has_images else [])]


def is_compiled(how):
    return how.startswith(("compiled", "frozen"))


def arranged(how, network, inputs):
    """Network and inputs in the memory format of a way."""
    if not how.endswith("_last"):
        return network, inputs
    return network.to(memory_format=torch.channels_last), [x.contiguous(memory_format=torch.channels_last) for x in inputs]


# Workloads: a name gives how -> (step function, items a step, trained numbers)

def training(model, loss, update, make_batches, each_step=False):
    def build(how):
        network, batches = model(), make_batches()
        network, inputs = arranged(how, network, [x for x, _ in batches])
        optimizer = update(network.parameters(), **({} if how == "eager" else {"fused": True}))
        turn = itertools.cycle([(x, target) for x, (_, target) in zip(inputs, batches)])

        def objective(x, target):
            return loss(network(x), target)
        objective = torch.compile(objective) if is_compiled(how) else objective
        advance = torch.compile(optimizer.step) if how == "compiled_step" else optimizer.step

        def step():
            x, target = next(turn)
            optimizer.zero_grad(set_to_none=True)
            objective(x, target).backward()
            advance()
        return step, inputs[0].numel() if each_step else len(inputs[0]), count(network)
    return build


def inference(model, shape, make_batches=None):
    def build(how):
        network, inputs = arranged(how, model().eval(), [x for x, _ in (make_batches or images(*shape))()])
        turn, forward = itertools.cycle(inputs), torch.compile(network) if is_compiled(how) else network

        def step():
            with torch.inference_mode():
                forward(next(turn))
        return step, inputs[0].numel() if make_batches else len(inputs[0]), count(network)
    return build


def gemm(n, dtype):
    def build(how):
        a, b, c = (torch.rand(n, n, dtype=dtype) - 0.5 for _ in range(3))
        return lambda: torch.mm(a, b, out=c), 1, 0
    return build


def count(network):
    return sum(p.numel() for p in network.parameters())


def images(*shape, classes=10):
    """Random inputs and random classes."""
    return lambda: [(torch.rand(shape), torch.randint(0, classes, shape[:1])) for _ in range(BATCHES)]


def reconstructions(*shape):
    """Random inputs that are their own targets."""
    return lambda: [(x, x) for x, _ in images(*shape)()]


def texts():
    """Texts of 5 to 36 random words, filled up with zeros."""
    rows, steps, batches = 64, 47, []
    for i in range(BATCHES):
        lengths = torch.tensor([5 + (k * 11 + i * 3) % 32 for k in range(rows)])
        words = torch.randint(1, WORDS, (rows, steps)) * (torch.arange(steps) < lengths[:, None])
        batches.append((words, torch.arange(rows) % 2))
    return batches


def tokens(rows, steps, inputs, classes):
    """Random tokens and a random class for each."""
    return lambda: [(torch.randint(0, inputs, (rows, steps)), torch.randint(0, classes, (rows, steps))) for _ in range(BATCHES)]


def truth_table():
    return [(torch.tensor([[0., 0], [0, 1], [1, 0], [1, 1]]), torch.tensor([[0.], [1], [1], [0]]))] * BATCHES


WORKLOADS = {
    "xor_sgd": training(xor, F.binary_cross_entropy, sgd, truth_table),
    "mlp_b1_sgd": training(mlp, F.cross_entropy, nesterov, images(1, 784)),
    "mlp_b128_adam": training(mlp, F.cross_entropy, adam, images(128, 784)),
    "deep_tanh_b64_adam": training(deep_tanh, F.cross_entropy, adam, images(64, 64)),
    "lenet_b64_sgdm": training(lenet, F.cross_entropy, nesterov, images(64, 1, 28, 28)),
    "vgg_small_b32_adam": training(vgg_small, F.cross_entropy, adam, images(32, 3, 32, 32)),
    "resnet14_b32_sgdm": training(resnet, F.cross_entropy, nesterov, images(32, 3, 32, 32)),
    "mobilenet_b32_sgdm": training(mobilenet, F.cross_entropy, nesterov, images(32, 3, 96, 96)),
    "mlp_mixer_b32_adam": training(MlpMixer, F.cross_entropy, adam, images(32, 3, 32, 32)),
    "vae_b128_adam": training(Vae, vae_loss, adam, reconstructions(128, 784)),
    "text_cnn_b64_adam": training(TextCnn, F.cross_entropy, adam, texts),
    "lstm_charlm_b32_t64": training(lambda: CharLm(nn.LSTM), step_entropy, adam, tokens(32, 64, 65, 65), each_step=True),
    "gru_charlm_b32_t64": training(lambda: CharLm(nn.GRU), step_entropy, adam, tokens(32, 64, 65, 65), each_step=True),
    "rnn_charlm_b32_t64": training(lambda: CharLm(nn.RNN), step_entropy, adam, tokens(32, 64, 65, 65), each_step=True),
    "bilstm_tagger_b32_t40": training(Tagger, step_entropy, adam, tokens(32, 40, 5000, 17), each_step=True),
    "mlp_b1_infer": inference(mlp, (1, 784)),
    "lenet_b1_infer": inference(lenet, (1, 1, 28, 28)),
    "lenet_b256_infer": inference(lenet, (256, 1, 28, 28)),
    "lstm_charlm_b1_t64_infer": inference(lambda: CharLm(nn.LSTM), (1, 64), tokens(1, 64, 65, 65)),
    "resnet14_b1_infer": inference(resnet, (1, 3, 32, 32)),
    "mobilenet_b1_infer": inference(mobilenet, (1, 3, 96, 96)),
    "imagenet_table_b1_infer": inference(imagenet_table, (1, 3, 224, 224)),
    **{f"gemm_{name}_{n}": gemm(n, dtype) for name, dtype in (("f32", torch.float32), ("f64", torch.float64)) for n in GEMM_SIZES},
}


def measure(step, seconds):
    """Times of single steps in seconds, after a warm-up of at least 5 steps and 0.3 of the time (at most 2000 steps)."""
    clock = time.perf_counter
    step()  # the first one compiles
    start, warm = clock(), 1
    while warm < 5 or (warm < 2000 and clock() - start < 0.3 * seconds):
        step()
        warm += 1
    times, start = [], clock()
    while len(times) < 5 or (len(times) < 20000 and clock() - start < seconds):
        before = clock()
        step()
        times.append(clock() - before)
    return times


def run(name, how, seconds):
    torch.manual_seed(0)
    if is_compiled(how):
        from torch import _dynamo
        from torch._inductor import config
        _dynamo.reset()
        config.freezing = how.startswith("frozen")
    step, items, parameters = WORKLOADS[name](how)
    times = measure(step, seconds)
    result = {"workload": name, "engine": "pytorch " + torch.__version__.split("+")[0], "how": how, "threads": torch.get_num_threads(),
              "unit": "ms/step", "median": round(statistics.median(times) * 1e3, 5), "min": round(min(times) * 1e3, 5),
              "steps": len(times), "items": items}
    if name.startswith("gemm_"):
        n = int(name.rsplit("_", 1)[1])
        result["gflops"] = round(2 * n ** 3 / min(times) / 1e9, 2)
    else:
        result["parameters"] = parameters
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3.0, help="timed part of each workload in each way (default: 3)")
    parser.add_argument("--how", metavar="WAY,...", help="ways to run (default: all that apply)")
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
    warnings.filterwarnings("ignore")
    for name in options.names or WORKLOADS:
        chosen = options.how.split(",") if options.how else ways(name)
        stray = [how for how in chosen if how not in ways(name)]
        if stray:
            parser.error(f"{name} does not run {', '.join(stray)}; it runs {', '.join(ways(name))}")
        for how in chosen:
            print(json.dumps(run(name, how, options.seconds)), flush=True)


if __name__ == "__main__":
    main()
