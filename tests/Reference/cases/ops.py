"""Tensor operations whose values or gradients are easy to get subtly wrong."""
import torch
import torch.nn.functional as F

from .common import Draw, case

EINSUM = [
    ("matmul", "ij,jk->ik", (2, 3), (3, 4)), ("implicit_output", "ij,kj", (2, 3), (4, 3)), ("transpose", "ij->ji", (2, 3)),
    ("diagonal", "ii->i", (3, 3)), ("trace", "ii->", (3, 3)), ("column_sums", "ij->j", (2, 3)), ("total", "ij->", (2, 3)),
    ("outer", "i,j->ij", (2,), (3,)), ("dot", "i,i->", (4,), (4,)), ("hadamard", "ij,ij->ij", (2, 3), (2, 3)),
    ("batched", "bij,bjk->bik", (2, 2, 3), (2, 3, 2)), ("bilinear", "bi,ij,bj->b", (2, 3), (3, 4), (2, 4)),
    ("ellipsis", "...ij,jk->...ik", (2, 2, 3), (3, 2)), ("attention", "bhid,bhjd->bhij", (2, 2, 3, 2), (2, 2, 3, 2)),
    ("sum_of_one_operand", "ij,k->k", (2, 3), (4,)), ("permuted_output", "abc,cd->dba", (2, 3, 2), (2, 2)),
]

MATMUL = [("vector_vector", (4,), (4,)), ("matrix_vector", (3, 4), (4,)), ("vector_matrix", (4,), (4, 2)),
          ("matrix_matrix", (2, 3), (3, 4)), ("batched", (2, 2, 3), (2, 3, 2)), ("batch_by_matrix", (3, 2, 3), (3, 2)),
          ("batch_by_vector", (2, 2, 3), (3,)), ("broadcast_batches", (2, 1, 2, 3), (3, 3, 2))]

NORMS = [("1", 1.0), ("2", 2.0), ("3", 3.0), ("infinity", float("inf"))]


def single(name, op, attributes, shape, function):
    return case(name, op, attributes, {"input": Draw(name).values(*shape)}, lambda input: function(input))


def cases():
    for kind, equation, *operands in EINSUM:
        name = "einsum_" + kind
        draw = Draw(name)
        yield case(name, "Einsum", {"equation": equation}, {f"input_{i}": draw.values(*s) for i, s in enumerate(operands, 1)},
                   lambda **inputs: torch.einsum(equation, *inputs.values()))
    for kind, left, right in MATMUL:
        name = "matmul_" + kind
        draw = Draw(name)
        yield case(name, "MatMul", {}, {"input_1": draw.values(*left), "input_2": draw.values(*right)},
                   lambda input_1, input_2: input_1 @ input_2)
    yield from reductions()
    yield from extremes()
    yield from orders()
    yield from indexing()
    yield from shapes()


def reductions():
    for kind, p in NORMS:
        order = str(p)
        yield single(f"norm_{kind}", "Norm", {"p": order}, (2, 3), lambda x: torch.linalg.vector_norm(x, p))
        yield single(f"norm_{kind}_axis", "Norm", {"p": order, "axis": 1, "keep": True}, (3, 4),
                     lambda x: torch.linalg.vector_norm(x, p, dim=1, keepdim=True))
    yield case("norm_2_of_zeros", "Norm", {"p": "2.0"}, {"input": torch.zeros(3)}, lambda input: torch.linalg.vector_norm(input))

    rows = [[1.5, -2, 0.5, 3], [2, 0, -1.5, 4], [0, 3, 0, -2.5], [0, 0, 0, 0]]  # none, one, two and only zeros
    yield case("prod_axis", "Prod", {"axis": 1, "keep": False}, {"input": torch.tensor(rows)}, lambda input: input.prod(1))
    for kind, row in zip(("no_zero", "one_zero", "two_zeros"), rows):
        yield case("prod_" + kind, "Prod", {}, {"input": torch.tensor(row)}, lambda input: input.prod())

    for axis in 0, 1, 2:
        yield single(f"cumsum_axis_{axis}", "CumSum", {"axis": axis}, (2, 3, 4), lambda x: x.cumsum(axis))
    for unbiased in True, False:
        suffix = "" if unbiased else "_biased"
        yield single("var" + suffix, "Var", {"axis": 1, "unbiased": unbiased}, (3, 5), lambda x: x.var(1, unbiased))
        yield single("std" + suffix, "Std", {"axis": 1, "unbiased": unbiased}, (3, 5), lambda x: x.std(1, unbiased))
    yield single("log_sum_exp", "LogSumExp", {"axis": 1}, (3, 5), lambda x: x.logsumexp(1))
    yield case("log_sum_exp_large", "LogSumExp", {"axis": 1}, {"input": torch.tensor([[1000., 1000, -1000], [-2000, -2000, -2001]])},
               lambda input: input.logsumexp(1))


def extremes():
    ties = torch.tensor([[2., 5, 5, 1], [3, 3, 3, 3], [-1, -4, -1, -4]])
    for kind, op in ("max", "Max"), ("min", "Min"):
        along = lambda x: dict(zip(("output", "indices"), getattr(x, kind)(1)))
        yield single(kind + "_axis", op, {"axis": 1}, (3, 4), along)
        yield single(kind + "_all", op, {}, (3, 4), lambda x: getattr(x, kind)())
        # With an index the first of equals takes the gradient; without one they share it evenly.
        yield case(kind + "_ties_first", op, {"axis": 1, "ties": "first"}, {"input": ties}, lambda input: along(input))
        yield case(kind + "_ties_shared", op, {"axis": 1, "ties": "shared"}, {"input": ties},
                   lambda input: getattr(input, "a" + kind)(1))
        yield case(kind + "_all_ties_shared", op, {"ties": "shared"}, {"input": ties}, lambda input: getattr(input, kind)())
        yield case(f"arg_{kind}_ties", "Arg" + op, {"axis": 1}, {"input": ties}, lambda input: getattr(input, "arg" + kind)(1))


def orders():
    for axis, descending in (1, False), (1, True), (0, False):
        name = f"sort_axis_{axis}" + ("_descending" if descending else "")
        yield case(name, "Sort", {"axis": axis, "descending": descending}, {"input": Draw(name).distinct(3, 5)},
                   lambda input: dict(zip(("output", "indices"), input.sort(axis, descending))))
    for descending in False, True:  # equals keep their order
        name = "sort_ties" + ("_descending" if descending else "")
        yield case(name, "Sort", {"axis": 0, "descending": descending}, {"input": torch.tensor([2., 1, 2, 1, 3, 1, 2])},
                   lambda input: dict(zip(("output", "indices"), input.sort(stable=True, dim=0, descending=descending))))
    for largest in True, False:
        for axis, k in (1, 3), (0, 2):
            name = f"topk_{'largest' if largest else 'smallest'}_axis_{axis}"
            yield case(name, "TopK", {"k": k, "axis": axis, "largest": largest}, {"input": Draw(name).distinct(4, 6)},
                       lambda input: dict(zip(("output", "indices"), input.topk(k, axis, largest))))


def indexing():
    for axis, shape in (0, (2, 3)), (1, (3, 5)):
        name = f"gather_axis_{axis}"
        draw = Draw(name)
        index = draw.integers((3, 4)[axis], *shape)
        yield case(name, "Gather", {"axis": axis}, {"input": draw.values(3, 4), "index": index},
                   lambda input, index: input.gather(axis, index))
    name = "gather_rows"
    draw = Draw(name)
    yield case(name, "IndexSelect", {"axis": 0}, {"input": draw.values(4, 3), "index": torch.tensor([2, 0, 2, 3, 2])},
               lambda input, index: input.index_select(0, index))

    for axis, index in (0, [[2, 0, 1, 2], [0, 1, 2, 0]]), (1, [[3, 0], [1, 2], [2, 3]]):
        name = f"scatter_axis_{axis}"
        draw = Draw(name)
        index = torch.tensor(index)
        yield case(name, "Scatter", {"axis": axis}, {"input": draw.values(3, 4), "index": index, "source": draw.values(*index.shape)},
                   lambda input, index, source: input.scatter(axis, index, source))
    name = "scatter_add"  # equal indices add up
    draw = Draw(name)
    yield case(name, "ScatterAdd", {"axis": 1},
               {"input": draw.values(2, 3), "index": torch.tensor([[0, 2, 0, 0], [1, 1, 2, 1]]), "source": draw.values(2, 4)},
               lambda input, index, source: input.scatter_add(1, index, source))
    yield case("one_hot", "OneHot", {"classes": 4}, {"input": torch.tensor([3, 0, 2])}, lambda input: F.one_hot(input, 4))

    name = "where"
    draw = Draw(name)
    yield case(name, "Where", {}, {"condition": torch.tensor([[True, False, True], [False, False, True]]),
                                   "input_1": draw.values(2, 3), "input_2": draw.values(1, 3)},
               lambda condition, input_1, input_2: torch.where(condition, input_1, input_2))
    yield single("clip", "Clip", {"low": -0.75, "high": 1.0}, (3, 6), lambda x: x.clamp(-0.75, 1.0))


def shapes():
    # PyTorch names the last axis first; here `before` and `after` go axis by axis.
    for kind, shape, before, after, value in (("matrix", (2, 3), (1, 0), (0, 2), 0.0), ("value", (2, 3), (0, 2), (1, 1), -1.5),
                                              ("images", (1, 2, 2, 3), (0, 0, 1, 2), (0, 0, 1, 0), 0.0)):
        widths = [w for pair in reversed(list(zip(before, after))) for w in pair]
        yield single("pad_" + kind, "Pad", {"before": before, "after": after, "value": value}, shape,
                     lambda x: F.pad(x, widths, value=value))
    yield single("pad_crop", "Pad", {"before": (-1, 0), "after": (0, 1), "value": 0.0}, (3, 3),
                 lambda x: F.pad(x, [0, 1, -1, 0]))  # a negative width takes away
    for axes in (0,), (1,), (0, 2):
        yield single("flip_axes_" + "_".join(map(str, axes)), "Flip", {"axes": axes}, (2, 3, 2), lambda x: x.flip(axes))
    yield single("repeat", "Repeat", {"repeats": (2, 1, 3)}, (2, 2), lambda x: x.repeat(2, 1, 3))
    yield single("expand", "BroadcastTo", {"shape": (2, 3, 4)}, (3, 1), lambda x: x.expand(2, 3, 4))
