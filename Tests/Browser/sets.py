#!/usr/bin/env python3
"""sets.py PAGE: reads the report on all minimal sets of 3pc.ded (EOT 9, EFF 7, one crash) in a browser.

Ends with exit code 0 where everything was found, else with what was not.
"""

import sys

from browser import Browser


def expect(condition, what):
    if not condition:
        sys.exit(f"not found: {what}")


def read(page):
    expect(page.text(".runs .count") == "37 runs", "all runs")
    shown = "[...document.querySelectorAll('.runs li > button')].length"
    expect(page.evaluate(shown) < 15, "sets that mean the same, together")
    expect("renamings of the same" in page.text(".runs"), "why they are together")

    # The map counts every message, also those that are sent under faults only.
    cell = "[...document.querySelectorAll('.heat .cell')].find((cell) => cell.title.startsWith('C → b, round 6'))"
    expect(page.evaluate(f"{cell}.title") == "C → b, round 6: lost in 18 of 36", "a message of round 6")
    rows = page.evaluate("[...document.querySelectorAll('.heat .cell')].map((cell) => cell.title).filter((title) => title.startsWith('C → b'))")
    expect(rows[0] == "C → b, round 3: lost in 5 of 36", f"only the sets that lose it are counted: {rows}")
    expect(page.evaluate("document.querySelectorAll('.heat [tabindex=\"0\"]').length") == 1, "one stop of the Tab key")
    page.evaluate(f"{cell}.click()")
    expect(page.text(".runs .count") == "18 runs", "the runs of a cell")
    page.evaluate(f"{cell}.click()")
    expect(page.text(".runs .count") == "37 runs", "all runs again")
    page.evaluate("document.querySelector('.heat [tabindex=\"0\"]').focus()")
    page.press("ArrowDown")
    expect(page.evaluate("document.activeElement.matches('.heat .cell')"), "a cell further down, by key")

    # The list, by keys and by its filter.
    page.evaluate("document.querySelector('.runs button[aria-current=true]').focus()")
    page.press("j")
    page.wait("location.hash.includes('run=') && !location.hash.includes('run=2&')")
    expect(page.evaluate("document.activeElement.getAttribute('aria-current')") == "true", "the focus, in the list")
    page.press("ArrowUp")
    page.wait("location.hash.includes('run=2&')")
    page.press("/")
    page.type("omit a→C omit C→a")
    expect(page.text(".runs .count") == "1 run", "the filter")

    # Rounds in which nothing differs are folded.
    numbers = "[...document.querySelectorAll('.bad-side .number')].map((number) => number.textContent)"
    expect(page.evaluate(numbers)[0] == "1–2", "two rounds, folded")
    page.click(".fold-all")
    expect(page.evaluate(numbers)[:2] == ["1", "2"], "all rounds")
    expect(page.complaints == [] and page.requests == [], f"no complaints, but {page.complaints}")


def main():
    with Browser() as browser:
        read(browser.open(sys.argv[1]))


main()
