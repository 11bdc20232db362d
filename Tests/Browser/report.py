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

# The elements of a selector that are seen without scrolling, as their texts.
SEEN = """[...document.querySelectorAll(%s)].filter((element) => {
  const box = element.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.left < innerWidth;
}).map((element) => element.innerText)"""


def expect(condition, what):
    if not condition:
        sys.exit(f"not found: {what}")


def read_why(page):
    """The verdict, the sentence, the faults and what they break, on the first screen."""
    expect(page.evaluate("document.title").startswith("kafka.ded: COUNTEREXAMPLE"), "the title")
    expect("COUNTEREXAMPLE" in page.text(".badge"), "the verdict")
    expect("EOT 7, EFF 4, 1 crash" in page.text(".verdict-line"), "the bounds")
    expect("C has been told that Data1 is safe" in page.text(".run h2"), "the sentence")
    expect("a crashes in round 5" in page.text(".run .faults"), "the faults")
    expect('pre("Data1") holds and post("Data1") does not' in page.text(".heading .broken"), "what is broken")
    expect("sha256" in page.text(".ground"), "the digest of the program, below")


def read_pair(page):
    """The two diagrams, the scrubber, and what happens without one of the faults."""
    texts = page.evaluate("[...document.querySelectorAll('.pair svg')].map((svg) => svg.textContent)")
    expect(len(texts) == 2 and all("heartbeat" in text for text in texts), "two space-time diagrams")
    expect(page.evaluate("document.querySelectorAll('.bad-side path.ghost').length") > 0, "ghosts")
    expect(page.evaluate("document.querySelectorAll('.bad-side .gone').length") > 2, "what is lost")
    expect(page.evaluate("document.querySelectorAll('.bad-side .arrow.new').length") > 0, "what is new")
    tops = page.evaluate("[...document.querySelectorAll('.pair svg')].map((svg) => [...svg.querySelectorAll('.number')]"
                         ".map((number) => number.getAttribute('y')).join())")
    expect(tops[0] == tops[1], "rounds at the same heights")
    expect(page.evaluate("document.querySelectorAll('.bad-side .mark-broken').length") == 1, "the round that is broken")

    expect(page.text(".where") == "round 7 of 7", "the last round")
    for _ in range(3):
        page.click(".scrubber .step")
    expect(page.text(".where") == "round 4 of 7", "three rounds back")
    page.press("ArrowRight")
    expect(page.text(".where") == "round 5 of 7", "one round on")
    page.evaluate("document.querySelector('.slider').focus()")
    page.press("ArrowLeft")
    expect(page.text(".where") == "round 4 of 7", "the slider, moved by a key")
    expect(page.evaluate("document.querySelectorAll('.pair .number').length") == 14, "all rounds of both")
    expect(page.evaluate("document.querySelectorAll('.pair .here').length") == 2, "the round in both diagrams")

    for place in range(3):
        page.click(f".leave[data-leaves='{place}']")
        expect("it holds: that fault is needed" in page.text(".heading .holds"), "a fault that is needed")
        expect("kept" in page.text(".bad-side figcaption"), "a run that keeps it")
        expect(page.evaluate("document.activeElement.dataset.leaves") == str(place), "the focus, kept")
        page.click(f".leave[data-leaves='{place}']")
    expect("broken" in page.text(".bad-side figcaption"), "all faults again")


def read_state(page):
    """The story, the table with the asked relations on top, and the panel of a tuple."""
    expect("Z does not count b or c into the in-sync set" in page.text(".story ol"), "the story")
    heads = page.evaluate("[...document.querySelectorAll('.state tbody th')].map((head) => head.textContent)")
    expect(heads[:2] == ["pre", "post"] or "log" in heads, "the relations")
    page.evaluate("show({ round: 4 })")
    expect(page.evaluate("document.querySelectorAll('.tuple.missing').length") > 0, "what is missing")
    expect(page.evaluate("document.querySelectorAll('.tuple.new').length") > 0, "what is new")
    expect(page.evaluate("document.querySelectorAll('.table [tabindex=\"0\"]').length") == 1, "one stop of the Tab key")
    expect(page.text(".why") == "", "no panel yet")

    # A tuple: log("a", "Data1") in round 4.
    page.evaluate("[...document.querySelectorAll('.tuple')].find((b) => b.title.startsWith('log(\"a\"')).id = 'target'")
    expect(page.evaluate("document.querySelector('#target').ariaLabel") == 'log Data1 at a, new in round 4', "its name")
    page.click("#target")
    why = page.text(".why")
    expect('log("a", "Data1")' in why and "in round 4" in why, "the tuple that was clicked")
    expect(".ded:" in why and "log(L, D) :- request(L, _, D);" in why, "the rule and its line")
    expect('request("a", "C", "Data1")' in why, "the premise")
    page.click(".why .premise summary")
    page.wait("document.querySelector('.why').innerText.includes('write(\"a\", \"C\", \"Data1\")')")
    page.press("Escape")
    expect(page.text(".why") == "", "the panel, closed")
    page.evaluate("document.querySelector('.table [tabindex=\"0\"]').focus()")
    page.press("ArrowDown")
    expect(page.evaluate("document.activeElement.matches('.table .tuple')"), "a tuple further down, by key")


def read_lineage(page):
    """The outline, and the pictures behind it."""
    expect('post("Data1") round 7 missing here' in page.text(".outline"), "the violated row, unfolded")
    expect('log("b", "Data1") round 7 missing here' in page.text(".outline"), "what it rests on")
    page.evaluate("document.querySelector('.picture').open = true")
    page.wait("document.querySelector('.lineage-picture') !== null")
    expect(page.evaluate("document.querySelectorAll('.lineage .tab').length") == 3, "three pictures")
    for name in ["Difference", "Without faults", "Under the faults"]:
        page.evaluate(
            f"[...document.querySelectorAll('.tab')].find((tab) => tab.textContent === '{name}').click()")
        expect(page.evaluate("document.querySelectorAll('.lineage-picture .box').length") > 5, name)
        expect(page.evaluate(OVERLAPS) == 0, f"boxes that keep apart: {name}")
    fits = ("(() => { const stage = document.querySelector('.stage').getBoundingClientRect(); return "
            "[...document.querySelectorAll('.lineage-picture .box')].every((box) => { const b = box.getBoundingClientRect();"
            " return b.left >= stage.left - 1 && b.right <= stage.right + 1 && b.bottom <= stage.bottom + 1; }); })()")
    expect(page.evaluate(fits), "a picture that fits its stage")
    page.click(".zoom .step")
    expect(not page.evaluate(fits), "a picture that came nearer")
    page.evaluate("document.querySelector('.zoom').lastElementChild.click()")
    page.click(".lineage-picture .box[data-tuple]")
    expect(page.text(".why h4") != "", "the tuple of a box")


def read(browser, path):
    page = browser.open(path)
    for width, height in ((1440, 900), (390, 844)):
        page.resize(width, height)
        page.wait(f"innerWidth === {width}")
        page.evaluate("scrollTo(0, 0)")
        expect(page.evaluate(SEEN % "'.heading .fault'"), f"a fault on a screen {width} pixels wide")
        expect(page.evaluate(SEEN % "'.heading .broken'"), f"what is broken on a screen {width} pixels wide")
    page.resize(1280, 900)
    page.wait("innerWidth === 1280")
    for part in (read_why, read_pair, read_state, read_lineage):
        part(page)

    # What was seen has an address.
    page.evaluate("show({ round: 3, leftOut: 1 })")
    page.wait("location.hash.includes('run=2&round=3&without=1')")
    again = browser.open(path, page.evaluate("location.hash"))
    expect(again.text(".where") == "round 3 of 7", "the same round by its address")
    expect("it holds" in again.text(".heading"), "the same run by its address")

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


if __name__ == "__main__":
    main()
