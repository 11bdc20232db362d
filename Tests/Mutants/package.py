"""A copy of the sources, of which only what some tests need is built."""
import functools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess

from mutants import ROOT

COPY = ROOT / ".build" / "mutants"
BUILD = ROOT / ".build" / "mutants-build"

# Some mutants make the tests run for ever, which is noticed too.
LONGEST = 20 * 60


def copy_sources():
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    shutil.rmtree(COPY, ignore_errors=True)
    for name in filter(None, files.decode().split("\0")):
        source, target = ROOT / name, COPY / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


@functools.cache
def dependencies():
    """Of each target of the package: the targets it needs directly, and whether it needs other packages."""
    dump = subprocess.run(["swift", "package", "dump-package"], cwd=ROOT, check=True, capture_output=True).stdout
    return {
        target["name"]: (
            [d["byName"][0] for d in target["dependencies"] if "byName" in d],
            any("product" in d for d in target["dependencies"]))
        for target in json.loads(dump)["targets"]}


@functools.cache
def test_targets(tests):
    """The test targets in which the suites stand that `tests` names: A|B, or Target.A where two targets have an A."""
    targets = set()
    for suite in tests.split("|"):
        *target, name = suite.split(".")
        for path in (COPY / "Tests" / "".join(target)).rglob("*.swift"):
            if re.search(rf"\b(struct|class) {name}\b", path.read_text()):
                targets.add(path.relative_to(COPY / "Tests").parts[0])
    return sorted(targets)


def closure(targets):
    needed, waiting = set(), list(targets)
    while waiting:
        target = waiting.pop()
        if target not in needed:
            needed.add(target)
            waiting += dependencies()[target][0]
    return sorted(needed)


def reduce_package(targets, more=""):
    """Leaves in the package of the copy what `targets` need, and adds the lines `more`."""
    needed = closure(targets)
    text = (ROOT / "Package.swift").read_text() + "\npackage.products = []\n"
    text += f"package.targets.removeAll {{ !{json.dumps(needed)}.contains($0.name) }}\n"
    if not any(dependencies()[target][1] for target in needed):
        text += "package.dependencies = []\n"
    (COPY / "Package.swift").write_text(text + more)


def build(folder):
    """What the compiler says, and whether it has made the tests of the copy, in `folder`."""
    command = ["swift", "build", "--build-tests", "--scratch-path", str(folder), "-c", "release"]
    process = subprocess.run(
        command + ["-Xswiftc", "-enable-testing"], cwd=COPY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace")
    return process.stdout, process.returncode == 0


def run_tests(folder, tests, environment={}):
    """'passed', 'failed', or what kept the tests from running that were built in `folder`."""
    bundle, = (folder / "release").glob("*.xctest")
    command = [str(bundle), "--testing-library", "swift-testing", "--filter", tests.replace(".", "\\.")]
    # A test that traps need not tell where.
    process = subprocess.Popen(
        command, cwd=COPY, env=os.environ | {"SWIFT_BACKTRACE": "enable=no"} | environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True)
    try:
        output, _ = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return "failed"
    if "Test run with 0 tests" in output or "Test run started" not in output:
        return "did not run: no such test"
    return "passed" if process.returncode == 0 else "failed"
