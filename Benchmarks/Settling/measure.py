#!/usr/bin/env python3
"""Which scenario lines that hold do so for every larger EOT, and what it costs to find out.

    measure.py PRODUCT [FOLDER]

For each line of `programs` (or of FOLDER in it) that is expected to hold: whether `check --settle` settles it, with which
period, and up to which round it looked; or why not. Then its CPU time as a multiple of that of a plain `check` with as
many rounds. Short calls are made three times, and the least time counts.
"""
import collections
import json
import math
import os
import pathlib
import re
import resource
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIO = re.compile(r"^\s*//! scenario (.*)$", re.MULTILINE)
NO_OPTIONS = {"expect", "minimum", "because"}
# The sentence of `check --settle`, without names and numbers.
REASON = re.compile(r"^(Not settled.*|Whether it holds for every larger EOT.*)$", re.MULTILINE)


def scenarios(folder):
    """For each scenario line that is expected to hold: its name, and the options of `check` that ask what it asks."""
    for path in sorted((ROOT / "programs" / folder).rglob("*.ded")):
        name = path.relative_to(ROOT / "programs").as_posix()
        if name.startswith(("invalid/", "guide/")):
            continue
        for number, line in enumerate(SCENARIO.findall(path.read_text(errors="replace")), 1):
            words = dict(word.split("=", 1) for word in shlex.split(line))
            if words["expect"] == "holds":
                options = {key: value for key, value in words.items() if key not in NO_OPTIONS}
                yield f"{name} {number}", str(path), options


def call(product, path, options, *more):
    """What a `check` prints, and its CPU time."""
    words = [part for key, value in options.items() for part in (f"--{key}", value)]
    # The times of `os.times` count hundredths of a second, and most answers take less.
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([product, "check", path, *words, *more], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def least(product, *arguments):
    output, time = call(product, *arguments)
    if time < 0.2:
        time = min(time, call(product, *arguments)[1], call(product, *arguments)[1])
    return output, max(time, 0.001)


def plain(reason):
    """A reason without names and numbers."""
    return re.sub(r"'[^']*'(, '[^']*')*( and '[^']*')?", "'…'", re.sub(r"\d+", "N", reason))


def main(product, folder):
    settled, ratios, reasons = [], [], collections.Counter()
    count = 0
    print("| scenario line | EOT | settled at | period | cost |\n|---|---|---|---|---|")
    for name, path, options in scenarios(folder):
        count += 1
        text, time = least(product, path, options, "--settle", "--time-limit", "60")
        document, _ = call(product, path, options, "--settle", "--json", "--time-limit", "60")
        found = json.loads(document).get("settled")
        row = f"| {name} | {options['eot']} |"
        if not found:
            reason = REASON.search(text)
            reason = reason.group(1) if reason else text.splitlines()[1]
            reasons[plain(reason)] += 1
            print(f"{row} {reason} | | {time:.2f} s |", flush=True)
            continue
        _, longer = least(product, path, options | {"eot": str(found["eot"])})
        settled.append(found["period"])
        ratios.append((time / longer, name, time, longer))
        print(f"{row} {found['eot']} | {found['period']} | {time / longer:.1f} |", flush=True)
    print(f"\n{len(settled)} of {count} lines are settled: {100 * len(settled) / count:.1f} %")
    periods = collections.Counter(settled)
    print("by period:", ", ".join(f"{period}: {number}" for period, number in sorted(periods.items())))
    for reason, number in reasons.most_common():
        print(f"  {number} × {reason}")
    mean = math.exp(sum(math.log(ratio[0]) for ratio in ratios) / len(ratios))
    most = sum(ratio[0] <= 3 for ratio in ratios)
    print(f"cost: geometric mean {mean:.2f} times the plain check at the settled EOT, at most 3 for {most} of {len(ratios)}, "
          f"{sum(ratio[2] for ratio in ratios):.1f} s against {sum(ratio[3] for ratio in ratios):.1f} s in all")
    for ratio, name, time, longer in sorted(ratios, reverse=True)[:12]:
        print(f"  {name}: {ratio:.2f} times, {time:.3f} s against {longer:.3f} s")


if not 2 <= len(sys.argv) <= 3:
    sys.exit(__doc__)
main(os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) == 3 else "")
