#!/usr/bin/env bash
# Installs the peers on Debian or Ubuntu, as root; safe to run again. It takes some minutes.
#   PyTorch 2.6 (oneDNN, OpenBLAS, torch.compile with its C++ compiler) in a Debian 13 tree of its own, in which python.sh runs Python;
#   the networks of the _infer workloads as ONNX files in models/. ONNX Runtime is a package of the project in OnnxRuntime/.
# PEERS_TREE names another folder for the tree, PEERS_MIRROR another source of Debian's packages.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=${PEERS_TREE:-$HOME/.cache/peers/debian13}
packages="python3-torch python3-numpy python3-onnx python3-dev python3-setuptools libtorch-dev libopenblas0-openmp g++"
fail() { echo "setup.sh: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail "the tree is installed by root; run it as root."

# Where this system's own packages come from.
mirror=${PEERS_MIRROR:-$({ cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true; } |
  sed -nE 's/^(URIs:|deb)( +\[[^]]*\])? +(https?:\/\/[^ ]+\/debian)\/?( .*)?$/\3/p' | head -n 1)}
[ -n "$mirror" ] || fail "no source of Debian's packages is configured here; name one with PEERS_MIRROR."

if [ ! -e "$tree/.ready" ]; then
  command -v debootstrap >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends debootstrap; }
  mkdir -p "$tree"
  debootstrap --variant=minbase trixie "$tree" "$mirror"
fi
"$here/python.sh" --in-tree bash -c "apt-get update -q &&
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages"
touch "$tree/.ready"
"$here/python.sh" -c 'import torch; print("PyTorch", torch.__version__, torch.backends.cpu.get_cpu_capability())'
"$here/python.sh" onnx_export.py models
