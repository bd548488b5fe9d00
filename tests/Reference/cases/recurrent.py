"""Recurrent layers: stacked, both ways, packed sequences of unequal lengths, given first states."""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from .common import Draw, case

# name, op, (N, T, I), H, layers, both ways, biases, lengths, given states, function of the simple cell
LAYERS = [
    ("rnn", "Rnn", (2, 4, 3), 5, 1, False, True, None, False, "tanh"),
    ("rnn_relu", "Rnn", (2, 3, 2), 4, 1, False, True, None, True, "relu"),
    ("rnn_stacked_both_ways", "Rnn", (3, 4, 2), 3, 2, True, False, [4, 1, 3], True, "tanh"),
    ("lstm", "Lstm", (2, 4, 3), 5, 1, False, True, None, False, None),
    ("lstm_states", "Lstm", (3, 3, 2), 4, 2, False, True, None, True, None),
    ("lstm_both_ways", "Lstm", (2, 3, 3), 4, 1, True, True, None, True, None),
    ("lstm_packed", "Lstm", (4, 5, 2), 3, 2, True, True, [2, 5, 1, 4], True, None),
    ("lstm_no_bias", "Lstm", (1, 6, 2), 33, 1, False, False, None, False, None),
    ("gru", "Gru", (2, 4, 3), 5, 1, False, True, None, False, None),
    ("gru_states", "Gru", (3, 3, 2), 4, 2, False, True, None, True, None),
    ("gru_packed", "Gru", (4, 5, 2), 3, 2, True, True, [2, 5, 1, 4], True, None),
    ("gru_no_bias", "Gru", (1, 6, 2), 33, 1, False, False, None, False, None),
]


def cases():
    for name, op, (n, steps, features), units, layers, both, bias, lengths, states, function in LAYERS:
        draw = Draw(name)
        options = {"batch_first": True, "bidirectional": both, "bias": bias}
        if function:
            options["nonlinearity"] = function
        layer = {"Rnn": torch.nn.RNN, "Lstm": torch.nn.LSTM, "Gru": torch.nn.GRU}[op](features, units, layers, **options).double()
        inputs = {"input": draw.values(n, steps, features)}
        inputs |= {key: draw.values(*value.shape, low=-1, high=1) for key, value in layer.named_parameters()}
        if states:
            inputs["h0"] = draw.values(layers * (2 if both else 1), n, units, low=-1, high=1)
            if op == "Lstm":
                inputs["c0"] = draw.values(layers * (2 if both else 1), n, units, low=-1, high=1)

        def run(input, h0=None, c0=None, **weights):
            first = None if h0 is None else (h0, c0) if op == "Lstm" else h0
            x = input if lengths is None else pack_padded_sequence(input, lengths, batch_first=True, enforce_sorted=False)
            layer._flat_weights = [weights[key] for key in layer._flat_weights_names]
            y, last = layer(x, first)
            if lengths is not None:
                y, _ = pad_packed_sequence(y, batch_first=True, total_length=steps)
            return {"output": y, "h": last[0], "c": last[1]} if op == "Lstm" else {"output": y, "h": last}

        attributes = {"units": units, "layers": layers, "bidirectional": both, "bias": bias}
        if lengths is not None:
            attributes["lengths"] = lengths
        if function:
            attributes["function"] = function
        yield case(name, op, attributes, inputs, run)
