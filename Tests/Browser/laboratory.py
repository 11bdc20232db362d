#!/usr/bin/env python3
"""laboratory.py PAGE: compares what laboratories show with what the tool says, and plays with one as a person would.

PAGE is the laboratory of kafka.ded (EOT 7, EFF 4, one crash). FAULTLINE and PROGRAMS say where the tool and the programs
are. Ends with exit code 0 where everything agrees, else with what does not.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from browser import Browser
from library import SHOWN, TOOL, difference, expect, scenarios, told_by_the_tool

SEED, PER_PROGRAM = 20261130, 90

# Random admissible scenarios, by the page's own rules, with everything that the page says about their runs.
SAMPLE = """(() => {
  const { circuit, data } = lab;
  let seed = SEED;
  const random = (below) => (seed = seed * 48271 % 2147483647) % below;
  const pool = circuit.touching.length ? circuit.touching : data.faults.map((_, number) => number);
  return Array.from({ length: COUNT }, () => {
    const faults = [];
    for (let tries = random(24); tries > 0 && pool.length; tries--) {
      const fault = random(4) ? pool[random(pool.length)] : random(data.faults.length);
      if (!faults.includes(fault) && circuit.refusal(faults, fault) === null) faults.push(fault);
    }
    return SHOWN(faults, data.inputs.map((input) => random(input.ways.length)));
  });
})()""".replace("SHOWN", SHOWN)


def compare(browser):
    seen, kinds, broken, programs = 0, set(), 0, 0
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(2) as pool:
        for name, path, options in scenarios():
            page_path = os.path.join(place, "lab.html")
            made = subprocess.run([TOOL, "lab", path, *options, "-o", page_path, "--force"], capture_output=True, text=True)
            if made.returncode != 0:
                sys.exit(f"{name}: {made.stderr}")
            page = browser.open(page_path)
            sample = page.evaluate(SAMPLE.replace("SEED", str(SEED + programs)).replace("COUNT", str(PER_PROGRAM)))
            documents = pool.map(lambda scenario: told_by_the_tool(path, options, scenario), sample)
            for scenario, document in zip(sample, documents):
                if found := difference(scenario, document):
                    sys.exit(f"{name} {options}, {scenario['faults']} {scenario['chosen']}, seed {SEED + programs}: {found}")
                kinds.update(scenario["kinds"])
                broken += bool(scenario["broken"])
            if page.complaints:
                sys.exit(f"{name}: {page.complaints}")
            seen += len(sample)
            programs += 1
            if seen >= 2700:
                break
    expect(seen >= 2000 and programs >= 20, f"{seen} scenarios of {programs} programs")
    expect(len(kinds) >= 6, f"only faults of the kinds {sorted(kinds)}")
    print(f"{seen} scenarios of {programs} programs, {broken} broken, {sorted(kinds)}")
    expect(seen // 20 <= broken <= seen // 2, f"{broken} of {seen} are broken")


def play(browser, path):
    page = browser.open(path)
    expect(page.text(".verdict").startswith("KEPT"), "a run without faults")
    for link in ["2 1 1", "3 1 1", "4 1 1"]:
        expect(page.evaluate(f"!!document.querySelector('[data-key=\"arrow {link}\"]')"), f"the arrow {link}")
    page.click('[data-key="arrow 3 1 1"] .hit')
    page.click('[data-key="arrow 4 1 1"] .hit')
    expect("what c sends to Z in round 1 is lost" in page.text(".faults"), "a message, lost with a click")
    page.evaluate("document.querySelector('[data-key=\"cell 2 5\"]').focus()")
    page.press("Enter")
    expect("a crashes in round 5" in page.text(".faults"), "a crash, by a key")
    expect(page.text(".verdict").startswith("BROKEN"), "the verdict")
    expect("Data1" in page.text(".broken-rows"), "what is broken")
    expect(page.evaluate("document.activeElement.dataset.key") == "cell 2 5", "the focus, where it was")
    expect(page.evaluate("document.querySelectorAll('.lab-picture path.ghost').length") > 0, "what is not sent any more")
    page.evaluate("document.querySelector('[data-key=\"cell 3 4\"]').focus()")
    page.press("Enter")
    expect("budget is 1" in page.text(".said"), "a second crash, refused")
    page.evaluate("[...document.querySelectorAll('.do')].find((b) => b.textContent === 'are they minimal?').click()")
    expect(page.text(".said").startswith("minimal"), "that it is minimal")
    address = page.evaluate("location.href")
    page.evaluate("[...document.querySelectorAll('.do')].find((b) => b.textContent === 'take back').click()")
    expect("a crashes" not in page.text(".faults") and page.text(".verdict").startswith("KEPT"), "one step back")
    page.evaluate("[...document.querySelectorAll('.do')].find((b) => b.textContent === 'show me another').click()")
    expect(page.text(".verdict").startswith("BROKEN"), "another set that breaks it")
    line = page.text(".call")
    again = subprocess.run(["sh", "-c", line.replace("faultline", f"'{TOOL}'", 1)], capture_output=True, text=True)
    expect(again.returncode == 1, f"a line that shows the same run: {line} {again.stderr}")
    shared = browser.open(path, "#" + address.split("#", 1)[1])
    expect("a crashes in round 5" in shared.text(".faults"), "the faults of a shared link")
    for width, height in [(1440, 900), (390, 844)]:
        page.resize(width, height)
        seen = page.evaluate("(() => { const r = document.querySelector('.verdict').getBoundingClientRect(); return r.bottom < innerHeight; })()")
        expect(seen, f"the verdict at {width} × {height}")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        expect(wide <= 0, f"a page that is {wide} px too wide at {width}")
    expect(not page.complaints and not page.requests, f"{page.complaints} {page.requests}")


with Browser(1440, 900) as browser:
    play(browser, sys.argv[1])
    compare(browser)
