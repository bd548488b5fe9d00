#!/usr/bin/env bash
# python.sh ARGUMENTS...: Python of the tree that setup.sh installs, started in this folder.
# python.sh --in-tree COMMAND...: another program there.
# The mounts belong to the process alone and end with it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=${PEERS_TREE:-$HOME/.cache/peers/debian13}
[ -d "$tree/usr" ] || { echo "There is no PyTorch in $tree; install it with bench/peers/setup.sh." >&2; exit 1; }
if [ "${1:-}" = --in-tree ]; then shift; else set -- python3 "$@"; fi
mkdir -p "$tree/opt/peers"
export tree here
# Where these are set, OpenBLAS takes kernels that run at half the speed on new processors.
exec env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE unshare --mount bash -c '
  for d in proc dev dev/pts; do mountpoint -q "$tree/$d" || mount --bind "/$d" "$tree/$d"; done
  mount --bind "$here" "$tree/opt/peers"
  exec chroot "$tree" env HOME=/opt bash -c "cd /opt/peers && exec \"\$@\"" bash "$@"' bash "$@"
