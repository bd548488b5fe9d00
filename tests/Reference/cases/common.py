"""What every group needs: numbers to start from, and one case from a function."""
import zlib

import numpy as np
import torch


class Draw:
    """Inputs of one case. Seeded by its name, so that adding a case leaves the others alone.

    Every value is an odd multiple of 1/2048: exact in float32, so that one file serves both precisions, and never zero,
    so that no value sits on the kink of a ReLU.
    """

    def __init__(self, name):
        self.random = np.random.RandomState(zlib.crc32(name.encode()))  # its stream is frozen across NumPy versions

    def values(self, *shape, low=-2, high=2):
        return (self.random.randint(low * 1024, high * 1024, shape) + 0.5) / 1024

    def distinct(self, *shape):
        """No two values alike: maxima and orders are unique."""
        n = int(np.prod(shape))
        return (self.random.permutation(n).reshape(shape) - n // 2 + 0.5) / 1024 * max(1, 2048 // n)

    def unit(self, *shape):
        """Inside (0, 1)."""
        return self.values(*shape, low=0, high=1)

    def probabilities(self, *shape):
        """Positive, summing to 1 (within rounding) along axis 1."""
        p = self.unit(*shape)
        return p / p.sum(axis=1, keepdims=True)

    def integers(self, n, *shape):
        return self.random.randint(0, n, shape)


def array(tensor):
    tensor = tensor.detach()
    return {"dtype": {torch.float64: "float64", torch.int64: "int64", torch.bool: "bool"}[tensor.dtype],
            "shape": list(tensor.shape), "data": tensor.reshape(-1).tolist()}


def case(name, op, attributes, inputs, function, constants=()):
    """Runs `function` on the inputs (by name) and differentiates sum over outputs of sum(upstream * output).

    `function` returns a tensor or a dictionary of tensors. Outputs that carry no gradient get no upstream; inputs named
    in `constants`, and those that are not floating point, get no gradient.
    """
    tensors = {k: torch.as_tensor(v) for k, v in inputs.items()}
    wanted = [k for k, t in tensors.items() if t.is_floating_point() and k not in constants]
    for k in wanted:
        tensors[k].requires_grad_()
    outputs = function(**tensors)
    if torch.is_tensor(outputs):
        outputs = {"output": outputs}
    draw = Draw(name + " upstream")
    upstream = {k: torch.as_tensor(np.asarray(draw.values(*o.shape))) for k, o in outputs.items() if o.requires_grad}
    gradients = {}
    if upstream:
        total = sum((u * outputs[k]).sum() for k, u in upstream.items())
        found = torch.autograd.grad(total, [tensors[k] for k in wanted])
        gradients = dict(zip(wanted, found))
    return record(name, op, attributes, tensors, outputs, upstream, gradients)


def record(name, op, attributes, inputs, outputs, upstream=None, gradients=None):
    """A case as it stands in the file; `case` fills it by differentiation."""
    arrays = lambda d: {k: array(torch.as_tensor(v)) for k, v in (d or {}).items()}
    return {"name": name, "op": op, "attributes": attributes, "inputs": arrays(inputs), "outputs": arrays(outputs),
            "upstream": arrays(upstream), "gradients": arrays(gradients)}
