#!/usr/bin/env python3
"""Runs the workloads of `hebb bench` against PyTorch or ONNX Runtime, alternating in one go, and prints the ratios.

usage: bench/compare.py [--rounds 3] [--seconds 2] [--mode compiled] [--peer torch] [--write] [workload ...]     (default: all)

Every round runs, a workload at a time, ours and theirs after each other, and swaps who begins. Ours is the median over the rounds of the
medians with two threads; theirs the same in the fastest of its ways, with one thread or with two. For gemm the fastest repetition's GFLOP/s
are compared, with equal threads, once with one and once with two. A ratio above 1 means that ours is faster. README.md says more.
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
PEERS = ROOT / "bench" / "peers"
RESULTS = ROOT / "bench" / "results"
OURS, THEIRS = "ours", "theirs"
NAMES = {"torch": "PyTorch", "onnxruntime": "ONNX Runtime"}
IN_THE_RUNNING = 1.3  # a way of theirs that needed more than this times the fastest's time in the first round is not run again
SLOWS_OPENBLAS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")  # where set, they choose kernels that run at half the speed on new processors


class Unusable(Exception):
    """One sentence: what is missing and how to mend it."""


# The two sides

def run(command, timeout):
    environment = {k: v for k, v in os.environ.items() if k not in SLOWS_OPENBLAS}
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout, env=environment)
    except FileNotFoundError:
        raise Unusable(f"{command[0]} does not exist.") from None
    except subprocess.TimeoutExpired:
        raise Unusable(f"{shlex.join(command)} did not end within {timeout:.0f} s.") from None


def find_torch(python=None):
    """The command of the peer in an interpreter that has torch, and its list of workloads."""
    command = [python, str(PEERS / "torch_workloads.py")] if python else [str(PEERS / "python.sh"), "torch_workloads.py"]
    return find_peer(command, "No PyTorch to compare with; install it with bench/peers/setup.sh, or name one with --python.")


def find_onnxruntime():
    """The command of the peer's project, which is built first, and its list of workloads."""
    project = PEERS / "OnnxRuntime"
    built = run(["dotnet", "build", str(project), "-c", "Release", "-v", "q", "-nologo"], 600)
    if built.returncode != 0:
        raise Unusable(f"{project.relative_to(ROOT)} could not be built: {last_line(built)}")
    command = ["dotnet", str(project / "bin" / "Release" / "net10.0" / "OnnxRuntimePeer.dll"), str(PEERS / "models")]
    return find_peer(command, "No networks for ONNX Runtime; bench/peers/setup.sh writes them.")


def find_peer(command, mend):
    try:
        listed = run([*command, "--list"], 120)
    except Unusable as e:
        raise Unusable(f"{mend} {e}") from None
    if listed.returncode != 0:
        raise Unusable(f"{mend} {last_line(listed)}")
    return command, listed.stdout.split()


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


def measure(command, workload, threads, seconds, ways=()):
    """One process, one workload: its JSON lines as dictionaries, one for each way in which it ran."""
    chosen = ["--how", ",".join(ways)] if any(ways) else []
    result = run([*command, workload, "--threads", str(threads), "--seconds", str(seconds), *chosen], 900 + 40 * seconds)
    if result.returncode != 0:
        raise Unusable(f"{workload} with {threads} threads failed in {command[0]}: {last_line(result)}")
    try:
        readings = [json.loads(t) for t in result.stdout.splitlines() if t.startswith("{")]
        missing = {"median", "threads", "items", *(["gflops"] if is_gemm(workload) else [])} - set(readings[0])
    except (IndexError, ValueError):
        raise Unusable(f"{workload}: '{shlex.join(command)}' printed no reading in JSON: {last_line(result)}") from None
    if missing:
        raise Unusable(f"{workload}: the reading of '{shlex.join(command)}' lacks {', '.join(sorted(missing))}.")
    if stray := next((r["threads"] for r in readings if r["threads"] != threads), None):
        raise Unusable(f"{workload}: {command[0]} ran with {stray} threads instead of {threads}.")
    return readings


def is_gemm(workload):
    return workload.startswith("gemm_")


def plan(workload):
    """What a round runs, in turn: (side, threads)."""
    if is_gemm(workload):
        return [(OURS, 1), (THEIRS, 1), (OURS, 2), (THEIRS, 2)]
    return [(OURS, 2), (THEIRS, 1), (THEIRS, 2)]


def collect(workload, rounds, commands, seconds):
    """{(side, threads, way): [a reading per round]}; every second round runs the other way round."""
    readings = {}
    turns = [(side, threads, ()) for side, threads in plan(workload)]  # no ways: all
    for i in range(rounds):
        for side, threads, ways in turns[::-1 if i % 2 else 1]:
            for reading in measure(commands[side], workload, threads, seconds, ways):
                readings.setdefault((side, threads, reading.get("how", "")), []).append(reading)
        if i == 0:
            left = in_the_running(workload, readings)
            turns = [(*turn, left[turn]) for turn in plan(workload) if turn in left]
    for what in ("items", "parameters"):
        counts = {r[what] for of_one in readings.values() for r in of_one if what in r}
        if len(counts) > 1:
            raise Unusable(f"{workload}: the sides disagree on their {what} ({sorted(counts)}); they do not run the same workload.")
    return readings


def in_the_running(workload, readings):
    """{(side, threads): ways}: ours, and those of theirs that may yet turn out to be the fastest."""
    fastest, left = min(of_one[0]["median"] for (side, _, _), of_one in readings.items() if side == THEIRS), {}
    for (side, threads, how), of_one in readings.items():
        if side == OURS or is_gemm(workload) or of_one[0]["median"] <= IN_THE_RUNNING * fastest:
            left.setdefault((side, threads), []).append(how)
    return left


# From readings to rows

def compare(workload, readings):
    """One row, or for gemm one a thread count."""
    if is_gemm(workload):
        rates = {(side, threads): [r["gflops"] for r in of_one] for (side, threads, _), of_one in readings.items()}
        return [row(workload, "GFLOP/s", rates[OURS, threads], rates[THEIRS, threads], describe_way("", threads)) for threads in (1, 2)]
    medians = {key: [r["median"] for r in of_one] for key, of_one in readings.items()}
    [ours] = [key for key in readings if key[0] == OURS]
    rounds = len(readings[ours])
    finalists = [key for key in medians if key[0] == THEIRS and len(medians[key]) == rounds]
    best = min(finalists, key=lambda key: statistics.median(medians[key]))
    allocated = [r["allocated_bytes_per_step"] for r in readings[ours] if "allocated_bytes_per_step" in r]
    return [row(workload, "ms/step", medians[ours], medians[best], describe_way(best[2], best[1]), max(allocated, default=None))]


def describe_way(how, threads):
    return f"{how}{', ' if how else ''}{threads} thread{'s' if threads > 1 else ''}"


def row(name, unit, ours, theirs, way, allocated=None):
    faster = (lambda a, b: a / b) if unit == "GFLOP/s" else (lambda a, b: b / a)
    ratios = [faster(a, b) for a, b in zip(ours, theirs)]
    return {"name": name, "unit": unit, "ours": statistics.median(ours), "theirs": statistics.median(theirs), "way": way,
            "ratio": faster(statistics.median(ours), statistics.median(theirs)), "low": min(ratios), "high": max(ratios),
            "ours_spread": spread(ours), "theirs_spread": spread(theirs), "allocated": allocated}


def spread(values):
    """(largest - smallest) / median: what the machine's noise did to this side."""
    return (max(values) - min(values)) / statistics.median(values)


HEADINGS = ["workload", "unit", "their best way", "ours", "theirs", "ratio", "ratio by round", "spread ours", "spread theirs", "bytes/step"]


def cells(r):
    figure = lambda x: f"{x:.4g}" if x < 1000 else f"{x:.0f}"
    return [r["name"], r["unit"], r["way"], figure(r["ours"]), figure(r["theirs"]), f"{r['ratio']:.2f}",
            f"{r['low']:.2f} to {r['high']:.2f}", f"{r['ours_spread']:.0%}", f"{r['theirs_spread']:.0%}",
            "" if r["allocated"] is None else f"{r['allocated']:.0f}"]


def table(rows):
    """A Markdown table, padded so that it reads well in a terminal too."""
    lines = [HEADINGS, *map(cells, rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADINGS))]
    left = lambda i: i < 3
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
    load = lambda values: " ".join(f"{v:.2f}" for v in values)
    return "\n".join([
        f"- Machine: {computer['text']}; load average (1, 5, 15 min) {load(loads[0])} before, {load(loads[1])} after",
        f"- Ours: hebb {version}, {options.mode}; theirs: {peer}",
        f"- {options.rounds} rounds of {options.seconds:g} s a reading, {datetime.date.today().isoformat()}"])


def result_file(name, computer):
    text = name or f"{computer['model']} {computer['cores']} cores"
    return RESULTS / (re.sub(r"[^a-z0-9]+", "-", re.sub(r"\((r|tm)\)", "", text.lower())).strip("-") + ".md")


def with_section(page, title, text):
    """The page with a section of that title in place of the one it had, or at its end."""
    sections = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    mine = f"## {title}\n\n{text}\n"
    kept = [mine if t.startswith(f"## {title}\n") else t for t in sections]
    return "\n\n".join(t.strip() for t in [*kept, *([] if mine in kept else [mine])]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="at least 3 (default)")
    parser.add_argument("--seconds", type=float, default=2.0, help="timed part of one reading (default: 2)")
    parser.add_argument("--mode", choices=["eager", "compiled"], default="compiled", help="of ours (default: compiled)")
    parser.add_argument("--peer", choices=list(NAMES), default="torch", help="whom to compare with (default: torch)")
    parser.add_argument("--write", action="store_true", help="also write the table to bench/results/<machine>.md")
    parser.add_argument("--machine", metavar="NAME", help="what to call this machine there (default: its processor and cores)")
    parser.add_argument("--ours", metavar="COMMAND", help="the tool (default: ./hebb)")
    parser.add_argument("--python", metavar="FILE", help="the interpreter that has torch (default: that of bench/peers/setup.sh)")
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
    theirs, known = find_onnxruntime() if options.peer == "onnxruntime" else find_torch(options.python)
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
        try:
            readings = collect(name, options.rounds, commands, options.seconds)
        except Unusable as e:  # the other workloads are still worth having
            failures.append(str(e))
            print(f"{name}: failed", file=sys.stderr, flush=True)
            continue
        peer = next(of_one[0]["engine"] for key, of_one in readings.items() if key[0] == THEIRS)
        found = compare(name, readings)
        for r in found:
            print("  ".join(t for t in cells(r) if t), file=sys.stderr, flush=True)
        rows += found

    if rows:
        report = table(rows) + "\n\n" + describe(computer, version, peer, (before, os.getloadavg()), options)
        print(report)
        if options.write and not failures:
            path = result_file(options.machine, computer)
            path.parent.mkdir(exist_ok=True)
            page = path.read_text(encoding="utf-8") if path.exists() else f"# {computer['text']}\n"
            title = f"{options.mode.capitalize()} steps against {NAMES[options.peer]}"
            path.write_text(with_section(page, title, report), encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}", file=sys.stderr)
    for failure in failures:
        print(f"compare.py: {failure}", file=sys.stderr)
    if failures and options.write:
        print("compare.py: nothing was written, since not every workload ran.", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    main()
