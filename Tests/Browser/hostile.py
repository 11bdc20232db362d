#!/usr/bin/env python3
"""hostile.py PAGE: opens a report whose strings try to be markup and script, looks at everything, and sees that
nothing of it came to life: no element that the page does not make itself, nothing executed, nothing asked for.
"""

import sys

from browser import Browser

ELEMENTS = set(
    "html head meta title style body header h1 h2 h3 h4 h5 noscript section p span dl div dt dd details summary table"
    " thead tbody tr th td nav input ol ul li button main footer kbd script article aside label output pre select"
    " option svg g path rect text desc code a figure figcaption".split())


def expect(condition, what):
    if not condition:
        sys.exit(what)


def look(page):
    """Visits every round, every tuple and every picture of every run, and checks the elements that are there."""
    foreign = page.evaluate("""(() => {
      const allowed = new Set(%s);
      const found = [];
      const check = () => {
        for (const element of document.querySelectorAll("*")) {
          if (!allowed.has(element.localName)) found.push(element.outerHTML.slice(0, 200));
          for (const name of element.getAttributeNames()) {
            const leads = name === "href" && !element.getAttribute(name).startsWith("#");
            if (/^on/i.test(name) || leads || ["src", "style"].includes(name)) found.push(element.outerHTML.slice(0, 200));
          }
        }
      };
      for (const button of document.querySelectorAll(".runs button")) {
        button.click();
        for (const slider of document.querySelectorAll(".slider")) {
          for (let round = 1; round <= Number(slider.max); round += 1) {
            slider.value = round;
            slider.dispatchEvent(new Event("input"));
            for (let i = 0; ; i += 1) {
              const tuple = document.querySelectorAll(".analysis:not([hidden]) .tuple")[i];
              if (!tuple) break;
              tuple.click();
              for (const item of document.querySelectorAll(".premise")) item.open = true;
              check();
            }
          }
        }
        for (const leave of document.querySelectorAll(".leave")) {
          document.querySelector(`.leave[data-leaves="${leave.dataset.leaves}"]`).click();
          check();
        }
        for (const details of document.querySelectorAll(".run details")) details.open = true;
        for (const tab of document.querySelectorAll(".tab")) {
          tab.click();
          check();
        }
      }
      return found;
    })()""" % sorted(ELEMENTS))
    expect(foreign == [], f"foreign elements: {foreign[:3]}")


def main():
    with Browser() as browser:
        page = browser.open(sys.argv[1])
        look(page)
        expect(page.evaluate("typeof pwned") == "undefined", "a string was executed")
        expect(page.evaluate("document.title") == "hostile.ded: COUNTEREXAMPLE – Faultline report", "the title was changed")
        expect(page.complaints == [], f"complaints: {page.complaints}")
        expect(page.requests == [], f"requests: {page.requests}")
        print(page.evaluate("document.querySelectorAll('.analysis').length"))


main()
