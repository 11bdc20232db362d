#!/usr/bin/env python3
"""elements.py FILE: the elements of an HTML page as a browser would build them, and what must not be there.

Parses with html5lib, which follows the parsing rules of the HTML standard, and stops at the first deviation from the
syntax. Prints one line for each kind of element with its number; anything foreign is an error and exit code 1.
"""

import base64
import collections
import hashlib
import sys

import html5lib

ELEMENTS = set(
    "html head meta title style body header h1 h2 h3 label select option noscript section p span dl div dt dd details"
    " summary table thead tbody tr th td nav input ol li button main footer kbd script a pre ul".split())
ATTRIBUTES = set(
    "lang charset http-equiv content name class id data-id data-role data-run type placeholder aria-label value scope"
    " hidden href tabindex open".split())


def fail(message):
    print(message, file=sys.stderr)
    sys.exit(1)


def allowed(text):
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def main():
    with open(sys.argv[1], "rb") as file:
        text = file.read().decode("utf-8", "strict")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document = parser.parse(text, scripting=True)
    counts = collections.Counter()
    styles, scripts, policy = [], [], ""
    for element in document.iter():
        if not isinstance(element.tag, str):
            fail(f"a comment: {element}")
        counts[element.tag] += 1
        if element.tag not in ELEMENTS:
            fail(f"a foreign element: {element.tag} {element.attrib}")
        for name in element.attrib:
            if name not in ATTRIBUTES:
                fail(f"a foreign attribute: {element.tag} {name}")
            if name == "href" and not element.attrib[name].startswith("#"):
                fail(f"a link that leads elsewhere: {element.attrib[name]}")
        if element.tag == "style":
            styles.append("".join(element.itertext()))
        if element.tag == "script":
            kind = element.attrib.get("type")
            if kind is None:
                scripts.append("".join(element.itertext()))
            elif kind != "application/json":
                fail(f"a foreign script: {kind}")
        if element.attrib.get("http-equiv") == "Content-Security-Policy":
            policy = element.attrib["content"]
    if len(styles) != 1 or len(scripts) != 1:
        fail(f"{len(styles)} styles and {len(scripts)} scripts")
    wanted = (f"default-src 'none'; style-src {allowed(styles[0])}; script-src {allowed(scripts[0])}; "
              "base-uri 'none'; form-action 'none'")
    if policy != wanted:
        fail(f"the policy is {policy}, not {wanted}")
    for name, count in sorted(counts.items()):
        print(name, count)


main()
