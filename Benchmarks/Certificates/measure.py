#!/usr/bin/env python3
"""What certificates cost: CPU times of `check`, `check --certificate` and `verify` for every scenario line of the programs.

    measure.py PRODUCT

Short calls are made three times, and the least time counts. The geometric means are over the lines that have a
certificate; the largest times and ratios are listed by name.
"""
import math
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIO = re.compile(r"^\s*//! scenario (.*)$", re.MULTILINE)
NO_OPTIONS = {"expect", "minimum", "because"}


def scenarios():
    """For each scenario line of the library: its name, and the arguments of `check` that ask what it asks."""
    for path in sorted((ROOT / "programs").rglob("*.ded")):
        name = path.relative_to(ROOT / "programs").as_posix()
        if name.startswith(("invalid/", "guide/")):
            continue
        for number, line in enumerate(SCENARIO.findall(path.read_text(errors="replace")), 1):
            words = dict(word.split("=", 1) for word in shlex.split(line))
            options = [part for key, value in words.items() if key not in NO_OPTIONS for part in (f"--{key}", value)]
            yield f"{name} {number}", [str(path), *options]


def seconds(*call):
    """The CPU time of a call, user and system, and its exit code."""
    before = os.times()
    status = subprocess.run(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system), status


def least(*call):
    time, status = seconds(*call)
    if time < 0.2:
        time = min(time, seconds(*call)[0], seconds(*call)[0])
    return max(time, 0.001), status


def main(product):
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = os.path.join(place, "certificate")
        for name, arguments in scenarios():
            plain, _ = least(product, "check", *arguments)
            made, _ = least(product, "check", *arguments, "--force", "--certificate", folder)
            if os.path.exists(os.path.join(folder, "claim.json")):
                verified, status = least(product, "verify", folder)
                rows.append((name, plain, made, verified))
                if status != 0:
                    print(f"{name}: verify ends with {status}")
                for file in os.listdir(folder):
                    os.remove(os.path.join(folder, file))
    for place, what in ((2, "check --certificate"), (3, "verify")):
        ratios = [row[place] / row[1] for row in rows]
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"{what}: {len(rows)} lines, geometric mean {mean:.2f} times the plain check, "
              f"{sum(row[place] for row in rows):.1f} s against {sum(row[1] for row in rows):.1f} s in all")
        for row in sorted(rows, key=lambda row: -row[place])[:8]:
            print(f"  {row[0]}: {row[place]:.2f} s, plain {row[1]:.2f} s")
        for row in sorted(rows, key=lambda row: -row[place] / row[1])[:4]:
            print(f"  {row[0]}: {row[place] / row[1]:.1f} times, {row[place]:.2f} s against {row[1]:.2f} s")


if len(sys.argv) != 2:
    sys.exit(__doc__)
main(os.path.abspath(sys.argv[1]))
