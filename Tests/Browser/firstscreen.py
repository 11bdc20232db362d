#!/usr/bin/env python3
"""firstscreen.py FAULTLINE PROGRAMS [every]: opens the report on each counterexample of the programs' scenario lines, on
a desk and on a phone, and looks whether a fault and a violated row are seen without scrolling.

Takes the first such line of each program, or every one. Ends with exit code 0 where all show both, else with those that
do not.
"""

import pathlib
import shlex
import subprocess
import sys
import tempfile

from browser import Browser

SIZES = ((1440, 900), (390, 844))

# Whether an element of a selector is seen as a whole without scrolling.
IS_SEEN = """[...document.querySelectorAll(%r)].some((element) => {
  const box = element.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth + 1;
})"""


def calls(programs, every):
    """The calls that find the counterexamples which scenario lines expect."""
    for program in sorted(pathlib.Path(programs).rglob("*.ded")):
        for line in program.read_text(encoding="utf-8", errors="replace").splitlines():
            if not line.startswith("//! scenario ") or "expect=counterexample" not in line:
                continue
            pairs = [word.partition("=") for word in shlex.split(line)[2:]]
            options = [word for key, _, value in pairs if key not in ("expect", "minimum", "because") for word in (f"--{key}", value)]
            yield ["check", str(program), *options]
            if not every:
                break


def misses(browser, faultline, words, page):
    """On which screens something is not seen, for the report that a call makes."""
    subprocess.run([faultline, *words, "--report", page, "--force"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    shown = browser.open(page)
    name = pathlib.Path(words[1]).name
    found = [] if shown.evaluate("document.title").startswith(f"{name}: COUNTEREXAMPLE") else ["the verdict"]
    for width, height in SIZES:
        shown.resize(width, height)
        shown.wait(f"innerWidth === {width}")
        for what, selector in (("a fault", ".heading .fault"), ("a violated row", ".heading .broken")):
            if not shown.evaluate(IS_SEEN % selector):
                found.append(f"{what} at {width} × {height}")
    found += shown.complaints
    shown.close()
    return found


def main():
    faultline, programs, every = sys.argv[1], sys.argv[2], sys.argv[3:] == ["every"]
    count, complaints = 0, []
    with Browser() as browser, tempfile.NamedTemporaryFile(suffix=".html") as page:
        for words in calls(programs, every):
            count += 1
            complaints += [f"{' '.join(words)}: not seen: {miss}" for miss in misses(browser, faultline, words, page.name)]
    if complaints or count == 0:
        sys.exit("\n".join(complaints) or "no scenario line has a counterexample")
    print(count)


main()
