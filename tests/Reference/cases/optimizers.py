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


def cases():
    for name, options in SGD:
        yield trajectory(name, "Sgd", torch.optim.SGD, 0.1, {"momentum": 0.0, "dampening": 0.0, "nesterov": False,
                                                            "weight_decay": 0.0, **options})
    for op, optimizer, decay in ("Adam", torch.optim.Adam, 0.0), ("AdamW", torch.optim.AdamW, 0.01):
        for suffix, options in ADAM:
            yield trajectory(op.lower() + suffix, op, optimizer, 0.05,
                             {"betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": decay, **options})

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
