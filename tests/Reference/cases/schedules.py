"""The rate of each of fifty steps."""
import torch
from torch.optim import lr_scheduler

from .common import record

STEPS = 50
SCHEDULES = [
    ("step", "StepLR", 0.1, {"step_size": 10, "gamma": 0.5}),
    ("step_7", "StepLR", 0.4, {"step_size": 7, "gamma": 0.1}),
    ("exponential", "ExponentialLR", 0.1, {"gamma": 0.9}),
    ("cosine", "CosineAnnealingLR", 0.1, {"T_max": 50, "eta_min": 0.0}),
    ("cosine_floor", "CosineAnnealingLR", 0.1, {"T_max": 50, "eta_min": 0.004}),
    ("cosine_beyond_end", "CosineAnnealingLR", 0.1, {"T_max": 20, "eta_min": 0.01}),
    ("one_cycle", "OneCycleLR", 1.0, {"max_lr": 0.2, "total_steps": STEPS, "pct_start": 0.3, "div_factor": 25.0,
                                      "final_div_factor": 1e4}),
    ("one_cycle_short_rise", "OneCycleLR", 1.0, {"max_lr": 0.05, "total_steps": STEPS, "pct_start": 0.2, "div_factor": 10.0,
                                                 "final_div_factor": 100.0}),
]


def cases():
    for name, op, rate, options in SCHEDULES:
        cycle = op == "OneCycleLR"
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
        extra = {"anneal_strategy": "cos", "cycle_momentum": False} if cycle else {}
        schedule = getattr(lr_scheduler, op)(optimizer, **options, **extra)
        rates = []
        for step in range(STEPS):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if step + 1 < STEPS:
                schedule.step()
        # One cycle derives its first rate from max_lr; the optimiser's own is of no account.
        attributes = options if cycle else {"rate": rate, **options}
        yield record(name, op, attributes, {}, {"rates": torch.tensor(rates)})
