#!/usr/bin/python3
"""Writes the networks of the _infer workloads as ONNX files, by PyTorch's exporter.

usage: onnx_export.py FOLDER
"""
import pathlib
import sys

import torch

import torch_workloads as peers

NETWORKS = {
    "mlp_b1_infer": (peers.mlp, (1, 784)),
    "lenet_b1_infer": (peers.lenet, (1, 1, 28, 28)),
    "lenet_b256_infer": (peers.lenet, (256, 1, 28, 28)),
    "resnet14_b1_infer": (peers.resnet, (1, 3, 32, 32)),
    "mobilenet_b1_infer": (peers.mobilenet, (1, 3, 96, 96)),
    "imagenet_table_b1_infer": (peers.imagenet_table, (1, 3, 224, 224)),
}

if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    for name, (network, shape) in NETWORKS.items():
        torch.onnx.export(network().eval(), torch.rand(shape), str(folder / f"{name}.onnx"), opset_version=17, dynamo=False)
