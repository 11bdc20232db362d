#!/usr/bin/env python3
"""cut.py PAGE: cuts partitions in a laboratory with a mouse, a finger and keys, and compares the runs with what the tool says.

PAGE is the laboratory of kafka.ded (EOT 7, EFF 4, two partitions).
"""

import os
import shlex
import subprocess
import sys

from browser import Browser
from library import SHOWN, TOOL, difference, expect, told_by_the_tool

PROGRAM = os.environ["PROGRAMS"] + "/kafka/kafka.ded"
OPTIONS = ["--eot", "7", "--nodes", "a,b,c,C,Z"]
SHIFT = 8


def frame(page, nodes, rounds):
    """Two corners, in the window, of a frame around the lines of `nodes`, from the left, in `rounds`."""
    nodes = [page.evaluate("lab.data.nodes").index(node) for node in nodes]
    page.evaluate("lab.stage.scrollIntoView({ block: 'start' })")
    page.evaluate(f"lab.stage.scrollTop = Math.max(0, lab.picture.top[{rounds[0]}] - 40)")
    page.evaluate(f"lab.stage.scrollLeft = Math.max(0, lab.picture.x[{nodes[0]}] - 60)")
    corners = page.evaluate(
        f"""(() => {{ const box = lab.stage.querySelector('svg').getBoundingClientRect(), {{ x, top, bottom }} = lab.picture;
        return [box.x + x[{nodes[0]}] - 20, box.y + top[{rounds[0]}] + 4, box.x + x[{nodes[-1]}] + 20, box.y + bottom[{rounds[-1]}] - 2, innerWidth, innerHeight]; }})()""")
    left, top, right, bottom, width, height = corners
    expect(0 <= left < right <= width and 0 <= top < bottom <= height, f"the frame within the window: {corners}")
    return (left, top), (right, bottom)


def drag(page, start, end):
    def mouse(kind, point, buttons):
        page.call("Input.dispatchMouseEvent", type=kind, x=point[0], y=point[1], button="left", buttons=buttons, clickCount=1)
    mouse("mousePressed", start, 1)
    for part in (0.3, 0.7, 1):
        mouse("mouseMoved", [a + (b - a) * part for a, b in zip(start, end)], 1)
    shown = page.evaluate("!!document.querySelector('.cut-frame')")
    mouse("mouseReleased", end, 0)
    expect(shown, "a frame while it is drawn")


def swipe(page, start, end):
    def touch(kind, *points):
        page.call("Input.dispatchTouchEvent", type=kind, touchPoints=[{"x": x, "y": y} for x, y in points])
    touch("touchStart", start)
    for part in (0.3, 0.7, 1):
        touch("touchMove", [a + (b - a) * part for a, b in zip(start, end)])
    touch("touchEnd")


def key(page, name, modifiers=0):
    for kind in ["keyDown", "keyUp"]:
        page.call("Input.dispatchKeyEvent", type=kind, key=name, modifiers=modifiers)


def faults(page):
    return page.evaluate("lab.faults.map((fault) => lab.data.faults[fault].text)")


def same_run(page, broken):
    """The run that is shown is the one of the tool, by its faults and by the line that the page gives."""
    shown = page.evaluate(f"{SHOWN}(lab.faults, lab.ways)")
    expect(shown["faults"] == faults(page) and bool(shown["broken"]) == broken, f"a run that is {'broken' if broken else 'kept'}: {shown['faults']}")
    found = difference(shown, told_by_the_tool(PROGRAM, OPTIONS, shown))
    expect(found is None, f"{shown['faults']}: {found}")
    line = page.evaluate("lab.command")
    for fault in shown["faults"]:
        expect(f"--fault {shlex.quote(fault)}" in line, f"{fault} in {line}")
    made = subprocess.run(["sh", "-c", line.replace("faultline", f"'{TOOL}'", 1)], capture_output=True, text=True)
    expect(made.returncode == (1 if broken else 0), f"the exit code of {line}: {made.returncode} {made.stderr}")


def cut(browser, path):
    page = browser.open(path)
    page.resize(1440, 900)
    drag(page, *frame(page, "Z", [1]))
    expect(faults(page) == ["partition Z 1 2"], f"Z cut off in round 1 with a mouse, not {faults(page)}")
    expect("Z cannot talk to the other nodes in round 1" in page.text(".faults"), "what is cut")
    expect("partition 1 of 2" in page.text(".budgets"), f"the budget: {page.text('.budgets')}")
    expect(page.evaluate("document.querySelectorAll('.lab-picture .cut').length") == 2, "lines where it is cut")
    same_run(page, broken=False)
    drag(page, *frame(page, "ab", [2, 3]))
    expect(faults(page) == ["partition Z 1 2", "partition a,b 2 4"], f"a second cut, over two rounds: {faults(page)}")
    same_run(page, broken=page.text(".verdict").startswith("BROKEN"))
    address = page.evaluate("location.hash")
    expect("fault=partition+a%2Cb+2+4" in address, f"the cut in the address: {address}")
    drag(page, *frame(page, "c", [3]))
    expect(len(faults(page)) == 2 and "exclude each other" in page.text(".said") or "budget is 2" in page.text(".said"), f"a third, refused: {page.text('.said')}")
    drag(page, *frame(page, "ab", [2, 3]))
    expect(faults(page) == ["partition Z 1 2"], f"the same frame takes it back: {faults(page)}")
    page.evaluate("lab.takeBack()")
    expect(faults(page) == ["partition Z 1 2", "partition a,b 2 4"], "take back")
    page.evaluate("lab.set([])")
    drag(page, *frame(page, "Zabc", [1, 2, 3]))
    expect(faults(page) == ["partition C 1 3"], f"a partition by its smaller side, as long as may be: {faults(page)}")
    expect("within the bounds only: C cannot talk to the other nodes in rounds 1 to 2" in page.text(".said"), page.text(".said"))
    same_run(page, broken=page.text(".verdict").startswith("BROKEN"))
    page.evaluate("lab.set([])")
    drag(page, *frame(page, "CZabc", [1]))
    expect(faults(page) == [] and "both sides" in page.text(".said"), f"no cut around everything: {page.text('.said')}")
    drag(page, *frame(page, "a", [6]))
    expect(faults(page) == [] and "within the bounds" in page.text(".said"), f"no cut beyond EFF: {page.text('.said')}")
    page.evaluate("lab.set([])")
    page.click('[data-key="arrow 3 1 1"] .hit')
    expect(faults(page) == ["omit b Z 1"], f"a click, which is still a click: {faults(page)}")
    shared = browser.open(path, address)
    expect(faults(shared) == ["partition Z 1 2", "partition a,b 2 4"], f"the cuts of a link: {faults(shared)}")
    return page


def with_keys(page):
    page.evaluate("lab.set([])")
    page.evaluate("document.querySelector('[data-key=\"cell 2 2\"]').focus()")
    for name in ["ArrowRight", "ArrowDown"]:
        key(page, name, SHIFT)
    expect(page.text(".said") == "a, b in rounds 2–3: Enter cuts, Escape does not", f"what the frame has: {page.text('.said')}")
    key(page, "Enter")
    expect(faults(page) == ["partition a,b 2 4"], f"a cut with keys: {faults(page)}")
    expect(page.evaluate("document.activeElement.dataset.key") == "cell 2 2", "the focus, where it was")
    same_run(page, broken=page.text(".verdict").startswith("BROKEN"))
    key(page, "ArrowRight", SHIFT)
    key(page, "Escape")
    expect(len(faults(page)) == 1 and not page.evaluate("!!document.querySelector('.cut-frame')"), "no cut after Escape")


def phone(browser, path):
    page = browser.open(path)
    page.call("Emulation.setTouchEmulationEnabled", enabled=True)
    page.resize(390, 844)
    page.wait("innerWidth === 390")
    return page


def with_a_finger(browser, path):
    page = phone(browser, path)
    swipe(page, *frame(page, "b", [1, 2]))
    expect(faults(page) == [], f"a finger scrolls: {faults(page)}")
    page = phone(browser, path)  # where nothing goes on rolling
    page.evaluate("lab.cuts.button.click()")
    swipe(page, *frame(page, "b", [1, 2]))
    expect(faults(page) == ["partition b 1 3"], f"a cut with a finger: {faults(page)}")
    same_run(page, broken=page.text(".verdict").startswith("BROKEN"))
    return page


with Browser(1440, 900) as browser:
    mouse = cut(browser, sys.argv[1])
    with_keys(mouse)
    finger = with_a_finger(browser, sys.argv[1])
    for page in (mouse, finger):
        expect(not page.complaints and not page.requests, f"{page.complaints} {page.requests}")
