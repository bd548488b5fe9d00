#!/usr/bin/python3
"""Writes the reference files of this folder with PyTorch; the tests read them and need no Python.

usage: make_reference.py [group ...]      (default: every group, one file each; see README.md)
needs: apt-get install -y --no-install-recommends python3-torch python3-numpy
"""
import argparse
import importlib
import json
import pathlib

import torch

GROUPS = ["activations", "initializers", "layers", "losses", "ops", "optimizers", "recurrent", "schedules"]
FOLDER = pathlib.Path(__file__).resolve().parent


def write(path, cases):
    """One line an array: a changed number shows as one changed line."""
    seen = set()
    with open(path, "w", encoding="utf-8") as f:
        f.write('{\n  "framework": %s,\n  "cases": [' % json.dumps("PyTorch " + torch.__version__))
        for i, case in enumerate(cases):
            if case["name"] in seen:
                raise SystemExit(f"{path.name}: two cases are called {case['name']}; give each its own name.")
            seen.add(case["name"])
            f.write(",\n    {" if i else "\n    {")
            f.write(",".join("\n      %s: %s" % (json.dumps(key), section(value)) for key, value in case.items()))
            f.write("\n    }")
        f.write("\n  ]\n}\n")


def section(value):
    is_arrays = isinstance(value, dict) and value and all(isinstance(v, dict) for v in value.values())
    if not is_arrays:
        return plain(value)
    return "{" + ",".join("\n        %s: %s" % (json.dumps(k), plain(v)) for k, v in value.items()) + "\n      }"


def plain(value):
    # repr gives the shortest text that reads back to the same double; NaN and infinities have no JSON and are refused.
    return json.dumps(value, allow_nan=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", metavar="group", choices=[[], *GROUPS], help=", ".join(GROUPS))
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    for group in parser.parse_args().groups or GROUPS:
        cases = list(importlib.import_module("cases." + group).cases())
        path = FOLDER / (group + ".json")
        write(path, cases)
        print(f"{path.name}: {len(cases)} cases, {path.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
