#!/usr/bin/env python3
"""Runs SAT solvers on the same files, one after the other, and compares their CPU times.

    compare.py FOLDER LIMIT FAULTLINE [PREFIX]

LIMIT is in CPU seconds; a solver that reaches it is counted with it. Only files whose name begins with PREFIX.
Process start and reading are included. Each file's times go to stderr at once; interrupted, it reports on what it has.
"""

import collections
import math
import os
import pathlib
import resource
import shutil
import subprocess
import sys

ANSWERS = {10: "satisfiable", 20: "unsatisfiable"}


def run(command, limit):
    """CPU seconds and the answer; nil in place of the answer where there is none in time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The limit is set from outside: a function to run before the solver would make Python fork itself, at the
    # expense of the solver.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    resource.prlimit(process.pid, resource.RLIMIT_CPU, (limit, limit + 1))
    status = process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    answer = ANSWERS.get(status)
    return (seconds if answer else float(limit)), answer


def main():
    folder, limit, faultline = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    prefix = sys.argv[4] if len(sys.argv) > 4 else ""
    solvers = {"faultline": [faultline, "solve"]}
    for name, options in (("minisat", ["-verb=0"]), ("cadical", ["-q"])):
        if shutil.which(name):
            solvers[name] = [name, *options]
    times = collections.defaultdict(lambda: collections.defaultdict(list))
    differences = 0
    try:
        for path in sorted(folder.glob(f"{prefix}*.cnf")):
            results = {name: run([*command, os.fspath(path)], limit) for name, command in solvers.items()}
            print(path.name, *(f"{seconds:.3f} {answer}" for seconds, answer in results.values()), file=sys.stderr, flush=True)
            for name, (seconds, answer) in results.items():
                times[path.stem.split("-")[0]][name].append((seconds, answer is not None))
            if len({answer for _, answer in results.values()} - {None}) > 1:
                differences += 1
                print(f"{path.name}: the answers differ")
    except KeyboardInterrupt:
        print("interrupted")
    report(times, list(solvers))
    sys.exit(1 if differences else 0)


def report(times, solvers):
    heads = [f"{name + ' s':>12} {'solved':>7}" for name in solvers] + [f"{'/ ' + name:>10}" for name in solvers[1:]]
    print(f"{'family':12} {'files':>5} " + " ".join(heads))
    everything = collections.defaultdict(list)
    for family in sorted(times):
        for name in solvers:
            everything[name] += times[family][name]
        row(family, times[family], solvers)
    row("all", everything, solvers)


def row(label, results, solvers):
    ours = [seconds for seconds, _ in results[solvers[0]]]
    if not ours:
        return
    cells = [f"{sum(s for s, _ in results[n]):12.2f} {sum(done for _, done in results[n]):7}" for n in solvers]
    for name in solvers[1:]:
        # A clock tick is the least that can be told apart.
        logs = [math.log(max(a, 0.001) / max(b, 0.001)) for a, (b, _) in zip(ours, results[name])]
        cells.append(f"{math.exp(sum(logs) / len(logs)):10.2f}")
    print(f"{label:12} {len(ours):5} " + " ".join(cells))


main()
