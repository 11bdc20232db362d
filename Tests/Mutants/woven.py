"""One build that holds many seeded faults, of which the environment chooses one for each run of the tests.

A fault in Swift is woven into its line, `weaving.py` says how. One in a script or style of the page replaces that file
when the tool reads it. What cannot be woven is left to who asks: two faults in one line, or a line in which no way of
weaving compiles.
"""
import re
import tempfile
import pathlib

from package import COPY, reduce_package
from weaving import weavings

SWITCH = '''\
import Foundation

/// The number of the seeded fault that this run has.
public let seededFault = Int(ProcessInfo.processInfo.environment["SEEDED_FAULT"] ?? "") ?? 0

/// The contents of an asset, or what the seeded fault of this run has made of it.
public func seededAsset(_ name: String, _ contents: [UInt8]) -> [UInt8] {
  guard let folder = ProcessInfo.processInfo.environment["SEEDED_ASSETS"] else { return contents }
  return (try? Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))).map { [UInt8]($0) } ?? contents
}
'''

PACKAGE = '''
for target in package.targets { target.dependencies.append("SeededFaults") }
package.targets.append(.target(name: "SeededFaults"))
'''

ERROR = re.compile(r"^(/\S+?):(\d+):\d+: error: ", re.MULTILINE)


class WovenLine:
    """A line of the sources with a fault in it, in the forms that are left to try."""

    def __init__(self, mutant, forms):
        self.mutant, self.forms = mutant, forms


class WovenSources:
    """The copy of the sources with the faults woven in that have a form left to try."""

    def __init__(self, mutants):
        self.left = []
        self.assets = {}
        self.lines = {}
        self.texts = {}
        for mutant in mutants:
            self.add(mutant)

    def add(self, mutant):
        text = self.texts.setdefault(mutant.file, (COPY / mutant.file).read_text())
        if not mutant.file.endswith(".swift"):
            self.assets[mutant] = mutant.mutated(text)
            return
        changed = mutant.changed_lines(text)
        if any((mutant.file, number) in self.lines for number, *_ in changed):
            self.left.append(mutant)
            return
        lines = text.split("\n") + [""]
        for number, old, new in changed:
            self.lines[mutant.file, number] = WovenLine(mutant, weavings(lines[number:number + 2], old, new, mutant.number))
        self.leave_out_formless()

    @property
    def mutants(self):
        return list(self.assets) + list({line.mutant: None for line in self.lines.values()})

    def leave_out_formless(self):
        for mutant in {line.mutant for line in self.lines.values() if not line.forms}:
            self.lines = {place: line for place, line in self.lines.items() if line.mutant is not mutant}
            self.left.append(mutant)

    def write(self, targets):
        folder = COPY / "Sources" / "SeededFaults"
        folder.mkdir(exist_ok=True)
        put(folder / "SeededFaults.swift", SWITCH)
        reduce_package(targets, PACKAGE)
        for file, text in self.texts.items():
            lines = text.split("\n")
            for (place, number), line in self.lines.items():
                if place == file:
                    lines[number] = line.forms[0]
            woven = "\n".join(lines)
            put(COPY / file, woven + ("import SeededFaults\n" if woven != text else ""))
        if self.assets:
            self.write_readers_of_assets()

    def write_readers_of_assets(self):
        for path in (COPY / "lineage-viz" / "Sources").rglob("*.swift"):
            text = path.read_text()
            woven = re.sub(
                r"PackageResources\.(\w+)_(js|css)\b", r'seededAsset("\1.\2", PackageResources.\1_\2)', text)
            if "seededAsset" not in text and woven != text:
                put(path, woven + "import SeededFaults\n")

    def environment(self, mutant):
        """What the environment of the tests must hold for `mutant` to be there."""
        if mutant not in self.assets:
            return {"SEEDED_FAULT": str(mutant.number)}
        path = pathlib.Path(mutant.file)
        folder = pathlib.Path(tempfile.mkdtemp(prefix="seeded-"))
        (folder / path.name.replace("-", "_")).write_text(self.assets[mutant])
        return {"SEEDED_ASSETS": str(folder)}

    def drop_refused(self, output):
        """Takes the next form of each line in which the compiler found an error; whether there was one."""
        refused = set()
        for file, number in ERROR.findall(output):
            place = pathlib.Path(file)
            if place.is_relative_to(COPY):
                refused |= self.nearest(str(place.relative_to(COPY)), int(number) - 1)
        for place in refused:
            self.lines[place].forms.pop(0)
        self.leave_out_formless()
        return bool(refused)

    def nearest(self, file, number):
        """The woven line at `number`, or the nearest one: an error is told where its statement begins or ends."""
        places = [place for place in self.lines if place[0] == file]
        return {min(places, key=lambda place: abs(place[1] - number))} if places else set()


def put(path, text):
    """Writes only what has changed, so that only that is compiled again."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
