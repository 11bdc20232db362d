#!/usr/bin/env python3
"""report.py PAGE: reads the report on kafka.ded (EOT 7, three faults) in a browser as a person would.

Ends with exit code 0 where everything was found, else with what was not.
"""

import sys

from browser import Browser


# How many pairs of boxes of the picture of lineage cover each other.
OVERLAPS = """(() => {
  const boxes = [...document.querySelectorAll(".lineage-picture .outline")].map((box) => box.getBoundingClientRect());
  const cover = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return boxes.reduce((sum, box, i) => sum + boxes.slice(i + 1).filter((other) => cover(box, other)).length, 0);
})()"""


def expect(condition, what):
    if not condition:
        sys.exit(f"not found: {what}")


def read(browser, path):
    page = browser.open(path)
    expect("COUNTEREXAMPLE" in page.text(".badge"), "the verdict")
    expect("EOT 7, EFF 4, 1 crash" in page.text(".facts"), "the bounds")
    expect("Run 2: 3 faults" in page.text(".run h2"), "the counterexample, shown first")
    expect("a crashes in round 5" in page.text(".run .faults"), "the faults")
    expect('pre("Data1") holds and post("Data1") does not' in page.text(".heading .broken"), "what is broken")
    expect("heartbeat" in page.evaluate("document.querySelector('.time svg').textContent"), "the space-time diagram")

    # The scrubber, by mouse and by key.
    expect(page.text(".where") == "round 7 of 7", "the last round")
    for _ in range(3):
        page.click(".scrubber .step")
    expect(page.text(".where") == "round 4 of 7", "three rounds back")
    page.press("ArrowRight")
    expect(page.text(".where") == "round 5 of 7", "one round on")
    page.evaluate("document.querySelector('.slider').focus()")
    page.press("ArrowLeft")
    expect(page.text(".where") == "round 4 of 7", "the slider, moved by a key")
    expect(page.evaluate("document.querySelectorAll('.time .here').length") == 1, "the round in the diagram")
    expect("log" in page.text(".state table"), "the relations")
    expect(page.evaluate("document.querySelectorAll('.tuple.missing').length") > 0, "what is missing")
    expect(page.evaluate("document.querySelectorAll('.tuple.new').length") > 0, "what is new")

    # A tuple: log("a", "Data1") in round 4.
    page.evaluate("[...document.querySelectorAll('.tuple')].find((b) => b.title.startsWith('log(\"a\"')).id = 'target'")
    page.click("#target")
    why = page.text(".why")
    expect('log("a", "Data1")' in why and "in round 4" in why, "the tuple that was clicked")
    expect(".ded:" in why and "log(L, D) :- request(L, _, D);" in why, "the rule and its line")
    expect('request("a", "C", "Data1")' in why, "the premise")
    page.click(".why .premise summary")
    page.wait("document.querySelector('.why').innerText.includes('write(\"a\", \"C\", \"Data1\")')")
    page.press("Escape")
    expect("Choose a tuple" in page.text(".why"), "the panel, closed")

    # The lineage, in its pictures.
    expect(page.evaluate("document.querySelectorAll('.lineage .tab').length") == 3, "three pictures")
    for name in ["Difference", "Without faults", "Under the faults"]:
        page.evaluate(
            f"[...document.querySelectorAll('.tab')].find((tab) => tab.textContent === '{name}').click()")
        expect(page.evaluate("document.querySelectorAll('.lineage-picture .box').length") > 5, name)
        expect(page.evaluate(OVERLAPS) == 0, f"boxes that keep apart: {name}")
    page.click(".lineage-picture .box[data-tuple]")
    expect(page.text(".why h4") != "", "the tuple of a box")

    # The list.
    page.press("k")
    expect("Without faults" in page.text(".run h2"), "the run before")
    page.press("/")
    page.type("omit b")
    expect(page.text(".count") == "1 run", "the filter")
    expect("Run 2" in page.text(".runs li:not([hidden])"), "the run that fits")

    # What was seen has an address.
    page.wait("location.hash.includes('run=1&')")
    fragment = page.evaluate("location.hash")
    again = browser.open(path, fragment)
    expect(again.text(".run h2") == page.text(".run h2"), "the same run by its address")

    for width in (1280, 390):
        page.resize(width, 800)
        page.wait(f"innerWidth === {width}")
        expect(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"a page {width} pixels wide")
    expect(page.complaints == [], f"no complaints, but {page.complaints}")
    expect(page.requests == [], f"no requests, but {page.requests}")


def main():
    with Browser() as browser:
        read(browser, sys.argv[1])
        dark = browser.open(sys.argv[1], dark=True)
        colour = "getComputedStyle(document.body).backgroundColor"
        expect(dark.evaluate(colour) == "rgb(20, 24, 29)", "a dark page")
        expect(dark.complaints == [], "no complaints in the dark")


main()
