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
    ("linear", "PolynomialLR", 0.1, {"total_iters": 40, "power": 1.0}),
    ("polynomial", "PolynomialLR", 0.1, {"total_iters": 30, "power": 2.5}),
    ("milestones", "MultiStepLR", 0.1, {"milestones": [5, 6, 30], "gamma": 0.3}),
    ("restarts", "CosineAnnealingWarmRestarts", 0.1, {"T_0": 12, "T_mult": 1, "eta_min": 0.001}),
    ("restarts_growing", "CosineAnnealingWarmRestarts", 0.1, {"T_0": 5, "T_mult": 2, "eta_min": 0.0}),
    ("warm_up", "LinearLR", 0.1, {"start_factor": 0.25, "end_factor": 1.0, "total_iters": 10}),
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
        # One cycle derives its first rate from max_lr; the optimizer's own is of no account.
        attributes = options if cycle else {"rate": rate, **options}
        yield record(name, op, attributes, {}, {"rates": torch.tensor(rates)})
    yield sequence()


def sequence():
    """A rise over ten steps, then halving every eight."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    parts = [lr_scheduler.LinearLR(optimizer, 0.1, 1.0, 10), lr_scheduler.StepLR(optimizer, 8, 0.5)]
    schedule = lr_scheduler.SequentialLR(optimizer, parts, [10])
    rates = []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return record("warm_up_then_steps", "SequentialLR", {"rate": 0.1, "start_factor": 0.1, "total_iters": 10, "step_size": 8, "gamma": 0.5}, {},
                  {"rates": torch.tensor(rates)})
