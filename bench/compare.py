#!/usr/bin/env python3
"""Runs the workloads of `hebb bench` against PyTorch or ONNX Runtime, alternating in one go, and prints the ratios.

usage: bench/compare.py [--rounds 3] [--seconds 2] [--mode eager] [--peer pytorch] [--write] [workload ...]     (default: all)

Every round runs, a workload at a time, ours and theirs after each other, and swaps who begins. Ours is the median over the rounds of the
medians with two threads; theirs the same with one thread or with two, whichever is faster. For gemm the fastest repetition's GFLOP/s are
compared, with equal threads, once with one and once with two. A ratio above 1 means that ours is faster. README.md says more.
"""
import argparse
import datetime
import json
import os
import pathlib
import re
import shlex
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PYTORCH = ROOT / "bench" / "peers" / "torch_workloads.py"
ONNX = ROOT / "bench" / "peers" / "onnx_workloads.cjs"
RESULTS = ROOT / "bench" / "results"
BLAS_LINK = "/etc/alternatives/libblas.so.3-x86_64-linux-gnu"
OURS, THEIRS = "ours", "theirs"


class Unusable(Exception):
    """One sentence: what is missing and how to mend it."""


# The two sides

def run(command, timeout, **options):
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout, **options)
    except FileNotFoundError:
        raise Unusable(f"{command[0]} does not exist.") from None
    except subprocess.TimeoutExpired:
        raise Unusable(f"{shlex.join(command)} did not end within {timeout:.0f} s.") from None


def find_pytorch(python):
    """The command of the peer in an interpreter that has torch, and its list of workloads."""
    interpreters = [python] if python else dict.fromkeys(["/usr/bin/python3", sys.executable])
    return find_peer([[interpreter, str(PYTORCH)] for interpreter in interpreters],
                     "No PyTorch to compare with; install it, or name the interpreter that has it with --python.")


def find_onnx():
    """The command of the peer in Node.js, and its list of workloads."""
    return find_peer([["node", str(ONNX)]], "No ONNX Runtime to compare with; bench/peers/README.md says how to install it.")


def find_peer(candidates, mend):
    reasons = []
    for candidate in candidates:
        try:
            listed = run([*candidate, "--list"], 120)
        except Unusable as e:
            reasons.append(str(e))
            continue
        if listed.returncode == 0:
            return candidate, listed.stdout.split()
        reasons.append(last_line(listed))
    raise Unusable(f"{mend} {' '.join(reasons)}")


def find_ours(command):
    """The tool as a command, after one call that builds it if a source is newer."""
    parts = shlex.split(command) if command else [str(ROOT / "hebb")]
    try:
        version = run([*parts, "--version"], 600)
    except Unusable as e:
        raise Unusable(f"The tool cannot be started: {e} Build it with 'dotnet build -c Release', or name it with --ours.") from None
    if version.returncode != 0:
        raise Unusable(f"The tool does not run: '{shlex.join(parts)} --version' ended with {version.returncode}: {last_line(version)}")
    return parts, version.stdout.strip()


def last_line(result):
    return next((t for t in reversed((result.stderr or result.stdout).splitlines()) if t.strip()), "no output")


def measure(command, workload, threads, seconds):
    """One process, one workload: its JSON line as a dictionary."""
    result = run([*command, workload, "--threads", str(threads), "--seconds", str(seconds)], 300 + 20 * seconds)
    if result.returncode != 0:
        raise Unusable(f"{workload} with {threads} threads failed in {command[0]}: {last_line(result)}")
    try:
        reading = json.loads(result.stdout.strip().splitlines()[-1])
        missing = {"median", "threads", "items", *(["gflops"] if is_gemm(workload) else [])} - reading.keys()
    except (IndexError, ValueError, AttributeError):
        raise Unusable(f"{workload}: the last line of '{shlex.join(command)}' is not a reading in JSON: {last_line(result)}") from None
    if missing:
        raise Unusable(f"{workload}: the reading of '{shlex.join(command)}' lacks {', '.join(sorted(missing))}.")
    if reading["threads"] != threads:
        raise Unusable(f"{workload}: {command[0]} ran with {reading['threads']} threads instead of {threads}.")
    return reading


def is_gemm(workload):
    return workload.startswith("gemm_")


def plan(workload):
    """What a round runs, in turn: (side, threads)."""
    if is_gemm(workload):
        return [(OURS, 1), (THEIRS, 1), (OURS, 2), (THEIRS, 2)]
    return [(OURS, 2), (THEIRS, 1), (THEIRS, 2)]


def collect(workload, rounds, commands, seconds):
    """{(side, threads): [a reading per round]}; every second round runs the other way round."""
    readings = {}
    for i in range(rounds):
        for side, threads in plan(workload)[::-1 if i % 2 else 1]:
            readings.setdefault((side, threads), []).append(measure(commands[side], workload, threads, seconds))
    items = {r["items"] for of_one in readings.values() for r in of_one}
    if len(items) > 1:
        raise Unusable(f"{workload}: the sides disagree on the items a step ({sorted(items)}); they do not run the same workload.")
    return readings


# From readings to rows

def compare(workload, readings):
    """One row, or for gemm one a thread count."""
    if is_gemm(workload):
        return [row(f"{workload}, {threads} thread{'s' if threads > 1 else ''}", "GFLOP/s",
                    [r["gflops"] for r in readings[OURS, threads]], [r["gflops"] for r in readings[THEIRS, threads]], threads)
                for threads in (1, 2)]
    medians = {key: [r["median"] for r in of_one] for key, of_one in readings.items()}
    best = min((threads for side, threads in medians if side == THEIRS), key=lambda t: statistics.median(medians[THEIRS, t]))
    allocated = [r["allocated_bytes_per_step"] for r in readings[OURS, 2] if "allocated_bytes_per_step" in r]
    return [row(workload, "ms/step", medians[OURS, 2], medians[THEIRS, best], best, max(allocated, default=None))]


def row(name, unit, ours, theirs, threads, allocated=None):
    faster = (lambda a, b: a / b) if unit == "GFLOP/s" else (lambda a, b: b / a)
    ratios = [faster(a, b) for a, b in zip(ours, theirs)]
    return {"name": name, "unit": unit, "ours": statistics.median(ours), "theirs": statistics.median(theirs), "threads": threads,
            "ratio": faster(statistics.median(ours), statistics.median(theirs)), "low": min(ratios), "high": max(ratios),
            "ours_spread": spread(ours), "theirs_spread": spread(theirs), "allocated": allocated}


def spread(values):
    """(largest - smallest) / median: what the machine's noise did to this side."""
    return (max(values) - min(values)) / statistics.median(values)


HEADINGS = ["workload", "unit", "ours", "theirs", "their threads", "ratio", "ratio by round", "spread ours", "spread theirs", "bytes/step"]


def cells(r):
    figure = lambda x: f"{x:.4g}" if x < 1000 else f"{x:.0f}"
    return [r["name"], r["unit"], figure(r["ours"]), figure(r["theirs"]), str(r["threads"]), f"{r['ratio']:.2f}",
            f"{r['low']:.2f} to {r['high']:.2f}", f"{r['ours_spread']:.0%}", f"{r['theirs_spread']:.0%}",
            "" if r["allocated"] is None else f"{r['allocated']:.0f}"]


def table(rows):
    """A Markdown table, padded so that it reads well in a terminal too."""
    lines = [HEADINGS, *map(cells, rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADINGS))]
    left = lambda i: i < 2
    pad = lambda line: "| " + " | ".join(t.ljust(w) if left(i) else t.rjust(w) for i, (t, w) in enumerate(zip(line, widths))) + " |"
    rule = "|" + "|".join("-" * (w + 2) if left(i) else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return "\n".join([pad(lines[0]), rule, *map(pad, lines[1:])])


# The machine

def machine():
    """Model, cores and lane width of this machine from lscpu."""
    try:
        listed = subprocess.run(["lscpu"], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, check=False).stdout
    except FileNotFoundError:
        listed = ""
    fields = dict(re.findall(r"^([^:\n]+):\s*(.*)$", listed, re.MULTILINE))
    model = fields.get("Model name") or "unknown processor"
    family = "".join(f", {k.lower()} {fields[k]}" for k in ("CPU family", "Model") if k in fields)  # virtual machines often hide the name
    widest = next((w for w in ("avx512f", "avx2") if w in fields.get("Flags", "").split()), "no AVX2")
    return {"model": model, "cores": os.cpu_count(), "text": f"{model}{family}, {os.cpu_count()} cores, {widest}"}


def describe(computer, version, peer, loads, options):
    blas = os.path.realpath(BLAS_LINK) if os.path.exists(BLAS_LINK) else "unknown"
    load = lambda values: " ".join(f"{v:.2f}" for v in values)
    return "\n".join([
        f"- Machine: {computer['text']}; load average (1, 5, 15 min) {load(loads[0])} before, {load(loads[1])} after",
        f"- Ours: hebb {version}, {options.mode}; theirs: {peer}" + (f", BLAS {blas}" if options.peer == "pytorch" else ""),
        f"- {options.rounds} rounds of {options.seconds:g} s a reading, {datetime.date.today().isoformat()}"])


def result_file(name, computer):
    text = name or f"{computer['model']} {computer['cores']} cores"
    return RESULTS / (re.sub(r"[^a-z0-9]+", "-", re.sub(r"\((r|tm)\)", "", text.lower())).strip("-") + ".md")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="at least 3 (default)")
    parser.add_argument("--seconds", type=float, default=2.0, help="timed part of one reading (default: 2)")
    parser.add_argument("--mode", choices=["eager", "compiled"], default="eager", help="of ours (default: eager)")
    parser.add_argument("--peer", choices=["pytorch", "onnxruntime"], default="pytorch", help="whom to compare with (default: pytorch)")
    parser.add_argument("--write", action="store_true", help="also write the table to bench/results/<machine>.md")
    parser.add_argument("--machine", metavar="NAME", help="what to call this machine there (default: its processor and cores)")
    parser.add_argument("--ours", metavar="COMMAND", help="the tool (default: ./hebb)")
    parser.add_argument("--python", metavar="FILE", help="the interpreter that has torch (default: /usr/bin/python3, else this one)")
    parser.add_argument("names", nargs="*", metavar="workload")
    options = parser.parse_args()
    if options.rounds < 3:
        parser.error(f"--rounds {options.rounds} cannot tell a difference from noise; take at least 3")
    if not options.seconds > 0:
        parser.error(f"--seconds must be above 0, not {options.seconds:g}")
    try:
        sys.exit(compare_all(options))
    except Unusable as e:
        sys.exit(f"compare.py: {e}")


def compare_all(options):
    theirs, known = find_onnx() if options.peer == "onnxruntime" else find_pytorch(options.python)
    unknown = [n for n in options.names if n not in known]
    if unknown:
        raise Unusable(f"No workload is called {', '.join(unknown)}; there are {', '.join(known)}.")
    ours, version = find_ours(options.ours)
    commands = {OURS: [*ours, "bench", "--json", "--mode", options.mode], THEIRS: theirs}
    computer, before = machine(), os.getloadavg()
    if before[0] > 0.5:
        print(f"compare.py: other work is going on (load average {before[0]:.2f}); the figures will be noisy.", file=sys.stderr)

    rows, failures, peer = [], [], "nothing"
    for name in options.names or known:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            readings = collect(name, options.rounds, commands, options.seconds)
        except Unusable as e:  # the other workloads are still worth having
            failures.append(str(e))
            continue
        peer = readings[THEIRS, 1][0]["engine"]
        rows += compare(name, readings)

    if rows:
        report = table(rows) + "\n\n" + describe(computer, version, peer, (before, os.getloadavg()), options)
        print(report)
        if options.write and not failures:
            path = result_file(options.machine, computer)
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"# {computer['text']}\n\n{report}\n", encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}", file=sys.stderr)
    for failure in failures:
        print(f"compare.py: {failure}", file=sys.stderr)
    if failures and options.write:
        print("compare.py: nothing was written, since not every workload ran.", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    main()
