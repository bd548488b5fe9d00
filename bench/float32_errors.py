#!/usr/bin/env python3
"""Prints the errors of Hebb and of PyTorch in float32, both against float64, over the same random inputs.

usage: bench/float32_errors.py [--write]

--write keeps the table in results/float32-errors.md. It needs the peers, as compare.py does.
"""
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / "peers"
ARRAYS = PEERS / "arrays"
RESULT = ROOT / "bench" / "results" / "float32-errors.md"
BEGIN = "<!-- The table is written by bench/float32_errors.py --write. -->\n"


def run(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def main(arguments):
    if arguments not in ([], ["--write"]):
        sys.exit(__doc__)
    project = ROOT / "bench" / "float32-errors"
    run("dotnet", "build", str(project), "-c", "Release", "-v", "q", "-nologo")
    shutil.rmtree(ARRAYS, ignore_errors=True)
    ARRAYS.mkdir()
    try:
        run(str(PEERS / "python.sh"), "torch_float32_errors.py", "make", "arrays")
        run("dotnet", str(project / "bin" / "Release" / "net10.0" / "Float32Errors.dll"), str(ARRAYS))
        table = run(str(PEERS / "python.sh"), "torch_float32_errors.py", "compare", "arrays")
    finally:
        shutil.rmtree(ARRAYS, ignore_errors=True)
    print(table, end="")
    if arguments:
        before = RESULT.read_text(encoding="utf-8").split(BEGIN)[0] if RESULT.exists() else "# Errors in float32\n\n"
        RESULT.write_text(before + BEGIN + "\n" + table, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
