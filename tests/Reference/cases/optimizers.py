"""Twenty steps of an update rule from given gradients: the weights after every step and the state after the last."""
import torch

from .common import Draw, record

STEPS = 20
SGD = [
    ("sgd", {}),
    ("sgd_weight_decay", {"weight_decay": 0.1}),
    ("sgd_momentum", {"momentum": 0.9}),
    ("sgd_dampening", {"momentum": 0.9, "dampening": 0.4}),
    ("sgd_nesterov", {"momentum": 0.9, "nesterov": True}),
    ("sgd_momentum_weight_decay", {"momentum": 0.8, "weight_decay": 0.1}),
    ("sgd_dampening_weight_decay", {"momentum": 0.5, "dampening": 0.5, "weight_decay": 0.02}),
    ("sgd_nesterov_weight_decay", {"momentum": 0.95, "nesterov": True, "weight_decay": 0.05}),
]
ADAM = [
    ("", {}),
    ("_betas", {"betas": (0.8, 0.95), "eps": 1e-3}),
    ("_weight_decay", {"weight_decay": 0.1}),
]
ADAPTIVE = [
    ("rms_prop", "RmsProp", torch.optim.RMSprop, 0.02, {}),
    ("rms_prop_weight_decay", "RmsProp", torch.optim.RMSprop, 0.02, {"alpha": 0.8, "eps": 1e-4, "weight_decay": 0.1}),
    ("rms_prop_momentum", "RmsProp", torch.optim.RMSprop, 0.02, {"alpha": 0.9, "momentum": 0.8}),
    ("rms_prop_centered", "RmsProp", torch.optim.RMSprop, 0.02, {"alpha": 0.9, "centered": True, "eps": 1e-3}),
    ("rms_prop_centered_momentum", "RmsProp", torch.optim.RMSprop, 0.02,
     {"alpha": 0.9, "centered": True, "momentum": 0.7, "eps": 1e-3, "weight_decay": 0.05}),
    ("adagrad", "Adagrad", torch.optim.Adagrad, 0.1, {}),
    ("adagrad_decay", "Adagrad", torch.optim.Adagrad, 0.1,
     {"lr_decay": 0.05, "weight_decay": 0.1, "initial_accumulator_value": 0.5, "eps": 1e-6}),
    ("adadelta", "Adadelta", torch.optim.Adadelta, 1.0, {}),
    ("adadelta_options", "Adadelta", torch.optim.Adadelta, 0.5, {"rho": 0.8, "eps": 1e-3, "weight_decay": 0.05}),
    ("adamax", "Adamax", torch.optim.Adamax, 0.02, {}),
    ("adamax_betas", "Adamax", torch.optim.Adamax, 0.02, {"betas": (0.8, 0.95), "eps": 1e-3, "weight_decay": 0.1}),
    ("rprop", "Rprop", torch.optim.Rprop, 0.01, {}),
    ("rprop_options", "Rprop", torch.optim.Rprop, 0.05, {"etas": (0.3, 1.5), "step_sizes": (0.01, 0.1)}),
]
DEFAULTS = {
    "RmsProp": {"alpha": 0.99, "eps": 1e-8, "momentum": 0.0, "centered": False, "weight_decay": 0.0},
    "Adagrad": {"lr_decay": 0.0, "initial_accumulator_value": 0.0, "eps": 1e-10, "weight_decay": 0.0},
    "Adadelta": {"rho": 0.9, "eps": 1e-6, "weight_decay": 0.0},
    "Adamax": {"betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.0},
    "Rprop": {"etas": (0.5, 1.2), "step_sizes": (1e-6, 50.0)},
}


class Lion(torch.optim.Optimizer):
    """Chen et al., 2023, algorithm 2; PyTorch has none."""

    def __init__(self, parameters, lr, betas, weight_decay):
        super().__init__(parameters, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        group = self.param_groups[0]
        rate, (beta1, beta2) = group["lr"], group["betas"]
        for w in group["params"]:
            m = self.state[w].setdefault("exp_avg", torch.zeros_like(w))
            w -= rate * ((beta1 * m + (1 - beta1) * w.grad).sign() + group["weight_decay"] * w)
            m.copy_(beta2 * m + (1 - beta2) * w.grad)


def cases():
    for name, options in SGD:
        yield trajectory(name, "Sgd", torch.optim.SGD, 0.1, {"momentum": 0.0, "dampening": 0.0, "nesterov": False,
                                                            "weight_decay": 0.0, **options})
    for op, optimizer, decay in ("Adam", torch.optim.Adam, 0.0), ("AdamW", torch.optim.AdamW, 0.01):
        for suffix, options in ADAM:
            yield trajectory(op.lower() + suffix, op, optimizer, 0.05,
                             {"betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": decay, **options})

    for name, op, optimizer, rate, options in ADAPTIVE:
        yield trajectory(name, op, optimizer, rate, {**DEFAULTS[op], **options})
    for name, options in ("lion", {}), ("lion_betas", {"betas": (0.8, 0.9), "weight_decay": 0.3}):
        yield trajectory(name, "Lion", Lion, 0.01, {"betas": (0.9, 0.99), "weight_decay": 0.0, **options})

    falling = [0.1 * 0.8 ** i for i in range(STEPS)]  # a momentum that carries the rate inside would part here
    yield trajectory("sgd_momentum_falling_rate", "Sgd", torch.optim.SGD, falling,
                     {"momentum": 0.9, "dampening": 0.0, "nesterov": False, "weight_decay": 0.0})
    yield trajectory("adamw_falling_rate", "AdamW", torch.optim.AdamW, falling,
                     {"betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.1})


def trajectory(name, op, optimizer, rates, options):
    draw = Draw(name)
    start = torch.as_tensor(draw.values(2, 3))
    gradients = torch.as_tensor(draw.values(STEPS, 2, 3))
    gradients[:, 0, 2] = 0        # a weight that is never pushed
    gradients[:, 1, 2] *= 2.**-30  # and one pushed as little as Adam's epsilon
    rates = torch.full((STEPS,), rates) if isinstance(rates, float) else torch.tensor(rates)

    weight = start.clone().requires_grad_()
    rule = optimizer([weight], lr=1.0, **options)
    path = []
    for rate, gradient in zip(rates.tolist(), gradients):
        rule.param_groups[0]["lr"] = rate
        weight.grad = gradient.clone()
        rule.step()
        path.append(weight.detach().clone())
    state = {k: v for k, v in rule.state[weight].items() if torch.is_tensor(v) and v.shape == weight.shape}
    return record(name, op, options, {"weight": start, "gradients": gradients, "rates": rates}, {"weights": torch.stack(path), **state})
