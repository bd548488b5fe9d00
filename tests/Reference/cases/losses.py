"""Losses with their reductions."""
import torch
import torch.nn.functional as F

from .common import Draw, case

REDUCTIONS = ["none", "sum", "mean"]


def cases():
    yield from regression()
    yield from bernoulli()
    yield from classes()
    yield from divergence()


def regression():
    forms = [("mse", "MseLoss", {}, F.mse_loss), ("l1", "L1Loss", {}, F.l1_loss)]
    forms += [(f"huber_{name}", "HuberLoss", {"delta": delta},
               lambda y, t, reduction, delta=delta: F.huber_loss(y, t, reduction=reduction, delta=delta))
              for name, delta in (("delta_1", 1.0), ("delta_half", 0.5))]
    for kind, op, attributes, loss in forms:
        for reduction in REDUCTIONS:
            name = f"{kind}_{reduction}"
            draw = Draw(name)
            yield case(name, op, {**attributes, "reduction": reduction},
                       {"input": draw.values(4, 3), "target": draw.values(4, 3)},
                       lambda input, target: loss(input, target, reduction=reduction))


    for reduction in REDUCTIONS:
        for beta in 1.0, 0.3:
            name = f"smooth_l1_{beta}_{reduction}"
            draw = Draw(name)
            yield case(name, "SmoothL1Loss", {"reduction": reduction, "beta": beta}, {"input": draw.values(4, 3), "target": draw.values(4, 3)},
                       lambda input, target: F.smooth_l1_loss(input, target, reduction=reduction, beta=beta))
        name = "cosine_" + reduction
        draw = Draw(name)
        finish = {"none": lambda x: x, "sum": torch.sum, "mean": torch.mean}[reduction]
        yield case(name, "CosineLoss", {"reduction": reduction}, {"input": draw.values(4, 3), "target": draw.values(4, 3)},
                   lambda input, target: finish(1 - F.cosine_similarity(input, target, 1)))


def bernoulli():
    for reduction in REDUCTIONS:
        name = "bce_" + reduction
        draw = Draw(name)
        yield case(name, "BceLoss", {"reduction": reduction}, {"input": draw.unit(4, 3), "target": draw.unit(4, 3)},
                   lambda input, target: F.binary_cross_entropy(input, target, reduction=reduction), constants=["target"])

        name = "bce_with_logits_" + reduction
        draw = Draw(name)
        yield case(name, "BceWithLogitsLoss", {"reduction": reduction},
                   {"input": draw.values(4, 3, low=-5, high=5), "target": draw.unit(4, 3)},
                   lambda input, target: F.binary_cross_entropy_with_logits(input, target, reduction=reduction),
                   constants=["target"])

    # The logarithms are clamped at -100: the value stays finite at a certainty that is wrong.
    yield case("bce_certain", "BceLoss", {"reduction": "none"},
               {"input": torch.tensor([0., 0, 1, 1]), "target": torch.tensor([0., 1, 0, 1])},
               lambda input, target: F.binary_cross_entropy(input, target, reduction="none"), constants=["input", "target"])
    yield case("bce_with_logits_large", "BceWithLogitsLoss", {"reduction": "none"},
               {"input": torch.tensor([-1000., -1000, 1000, 1000, -40, 40]), "target": torch.tensor([0., 1, 0, 1, 0.25, 0.25])},
               lambda input, target: F.binary_cross_entropy_with_logits(input, target, reduction="none"), constants=["target"])
    name = "bce_with_logits_pos_weight"
    draw = Draw(name)
    yield case(name, "BceWithLogitsLoss", {"reduction": "mean"},
               {"input": draw.values(4, 3), "target": draw.unit(4, 3), "pos_weight": draw.values(3, low=1, high=4)},
               lambda input, target, pos_weight: F.binary_cross_entropy_with_logits(input, target, pos_weight=pos_weight),
               constants=["target", "pos_weight"])


def classes():
    for kind, op, loss in ("cross_entropy", "CrossEntropyLoss", F.cross_entropy), ("nll", "NllLoss", F.nll_loss):
        start = (lambda x: x) if kind == "cross_entropy" else (lambda x: F.log_softmax(torch.as_tensor(x), 1).numpy())
        for reduction in REDUCTIONS:
            name = f"{kind}_{reduction}"
            draw = Draw(name)
            yield case(name, op, {"reduction": reduction},
                       {"input": start(draw.values(5, 4)), "target": draw.integers(4, 5)},
                       lambda input, target: loss(input, target, reduction=reduction))

            name = f"{kind}_weighted_{reduction}"  # the mean divides by the sum of the targets' weights
            draw = Draw(name)
            yield case(name, op, {"reduction": reduction},
                       {"input": start(draw.values(5, 4)), "target": draw.integers(4, 5), "weight": draw.unit(4)},
                       lambda input, target, weight: loss(input, target, weight, reduction=reduction), constants=["weight"])

            name = f"{kind}_ignore_{reduction}"  # the mean divides by the number of targets that count
            yield case(name, op, {"reduction": reduction, "ignore_index": -100},
                       {"input": start(Draw(name).values(5, 4)), "target": torch.tensor([1, -100, 3, 0, -100])},
                       lambda input, target: loss(input, target, reduction=reduction))

        name = kind + "_images"  # N C H W logits, N H W targets
        draw = Draw(name)
        yield case(name, op, {"reduction": "mean"},
                   {"input": start(draw.values(2, 3, 2, 2)), "target": draw.integers(3, 2, 2, 2)},
                   lambda input, target: loss(input, target))

    for reduction in REDUCTIONS:
        for margin in 1.0, 0.4:
            name = f"hinge_{margin}_{reduction}"
            draw = Draw(name)
            yield case(name, "HingeLoss", {"reduction": reduction, "margin": margin}, {"input": draw.values(5, 4), "target": draw.integers(4, 5)},
                       lambda input, target: 4 * F.multi_margin_loss(input, target, margin=margin, reduction=reduction))
        for gamma in 0.5, 2.0:
            name = f"focal_{gamma}_{reduction}"
            draw = Draw(name)

            def focal(input, target):
                entropy = F.cross_entropy(input, target, reduction="none")
                losses = (1 - torch.exp(-entropy)) ** gamma * entropy
                return {"none": losses, "sum": losses.sum(), "mean": losses.mean()}[reduction]

            yield case(name, "FocalLoss", {"reduction": reduction, "gamma": gamma}, {"input": draw.values(5, 4), "target": draw.integers(4, 5)}, focal)

        name = "cross_entropy_probabilities_" + reduction
        draw = Draw(name)
        yield case(name, "CrossEntropyLoss", {"reduction": reduction},
                   {"input": draw.values(5, 4), "target": draw.probabilities(5, 4)},
                   lambda input, target: F.cross_entropy(input, target, reduction=reduction))

        name = "cross_entropy_smoothed_" + reduction
        draw = Draw(name)
        yield case(name, "CrossEntropyLoss", {"reduction": reduction, "label_smoothing": 0.1},
                   {"input": draw.values(5, 4), "target": draw.integers(4, 5)},
                   lambda input, target: F.cross_entropy(input, target, reduction=reduction, label_smoothing=0.1))

    yield case("cross_entropy_large", "CrossEntropyLoss", {"reduction": "none"},
               {"input": torch.tensor([[1000., 0, -1000], [-3000, -3001, -3002], [0, 0, 2000]]), "target": torch.tensor([0, 1, 0])},
               lambda input, target: F.cross_entropy(input, target, reduction="none"))


def divergence():
    for reduction in [*REDUCTIONS, "batchmean"]:
        for log_target in False, True:
            name = f"kl_{'log_target_' if log_target else ''}{reduction}"
            draw = Draw(name)
            logs = F.log_softmax(torch.as_tensor(draw.values(4, 3)), 1)
            target = torch.as_tensor(draw.probabilities(4, 3))
            yield case(name, "KlDivLoss", {"reduction": reduction, "log_target": log_target},
                       {"input": logs.numpy(), "target": (target.log() if log_target else target).numpy()},
                       lambda input, target: F.kl_div(input, target, reduction=reduction, log_target=log_target))
