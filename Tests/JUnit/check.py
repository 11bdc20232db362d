#!/usr/bin/env python3
"""Holds a file of test results against the rules of junit.xsd, and against itself: its numbers must be those of its
elements. With xmllint at hand, the schema itself is asked too.

    check.py FILE      exit code 0, and a line for each test case: its result, its group and its name
"""
import datetime
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

NUMBER = re.compile(r"[0-9]+")
SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")
SUITE = {
    "name": None, "timestamp": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"), "hostname": None, "tests": NUMBER,
    "failures": NUMBER, "errors": NUMBER, "time": SECONDS, "id": NUMBER, "package": None,
}
CASE = {"name": None, "classname": None, "time": SECONDS}


def require(condition, complaint):
    if not condition:
        sys.exit(f"check.py: {complaint}")


def check_attributes(element, rules):
    require(set(element.attrib) == set(rules), f"<{element.tag}> has the attributes {sorted(element.attrib)}")
    for name, pattern in rules.items():
        value = element.get(name)
        require(value.strip() != "", f"{name} of <{element.tag}> is empty")
        require(pattern is None or pattern.fullmatch(value), f"{name} of <{element.tag}> is {value!r}")


def check_text(element):
    between = [element.text] + [child.tail for child in element]
    require(not any(text and text.strip() for text in between), f"text stands in <{element.tag}>")


def check_case(case):
    check_attributes(case, CASE)
    check_text(case)
    require(len(case) <= 1, "a test case has one result")
    for trouble in case:
        require(trouble.tag in ("failure", "error"), f"<{trouble.tag}> in a test case")
        require("type" in trouble.attrib and set(trouble.attrib) <= {"type", "message"}, "attributes of a result")
        require(len(trouble) == 0, f"elements stand in <{trouble.tag}>")
    return case[0].tag if len(case) else "passed"


def check_suite(suite, number):
    require(suite.tag == "testsuite", f"<{suite.tag}> among the suites")
    check_attributes(suite, SUITE)
    check_text(suite)
    datetime.datetime.fromisoformat(suite.get("timestamp"))
    require(suite.get("id") == str(number), "the suites are counted")
    tags = [child.tag for child in suite]
    cases = tags.count("testcase")
    require(tags == ["properties"] + ["testcase"] * cases + ["system-out", "system-err"], f"the parts are {tags}")
    require(len(suite[0]) > 0, "properties without a property")
    for item in suite[0]:
        require(item.tag == "property", f"<{item.tag}> among the properties")
        check_attributes(item, {"name": None, "value": None})
    results = [(check_case(case), case) for case in suite.iter("testcase")]
    for name, count in [
        ("tests", cases), ("failures", sum(r == "failure" for r, _ in results)),
        ("errors", sum(r == "error" for r, _ in results)),
    ]:
        require(suite.get(name) == str(count), f"{name} is {suite.get(name)}, and there are {count}")
    for result, case in results:
        print(f"{result}\t{case.get('classname')}\t{case.get('name')}")


def main():
    path = sys.argv[1]
    root = ElementTree.parse(path).getroot()
    require(root.tag == "testsuites" and not root.attrib, "the root is <testsuites> without attributes")
    check_text(root)
    for number, suite in enumerate(root):
        check_suite(suite, number)
    if shutil.which("xmllint"):
        schema = pathlib.Path(__file__).with_name("junit.xsd")
        verdict = subprocess.run(
            ["xmllint", "--noout", "--nonet", "--schema", schema, path], capture_output=True, text=True)
        require(verdict.returncode == 0, f"xmllint: {verdict.stderr}")


main()
