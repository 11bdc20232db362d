"""The blocks of mutants.txt."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Mutant:
    """A seeded fault: in `file`, each text of `old` is replaced by that of `new`; the suites `tests` must notice."""

    def __init__(self, number, block):
        lines = block.strip("\n").splitlines()
        self.number = number
        self.description = lines[0]
        self.file = re.fullmatch(r"in (.+)", lines[1]).group(1)
        self.tests = re.fullmatch(r"caught by (.+)", lines[2]).group(1)
        self.old = [line[2:] for line in lines[3:] if line.startswith("- ")]
        new = [line[2:] for line in lines[3:] if line.startswith("+ ")]
        self.new = new + [""] * (len(self.old) - len(new))

    def problem(self, root):
        """Why the fault cannot be put into the sources at `root`; None where it can."""
        text = (root / self.file).read_text()
        for old in self.old:
            if text.count(old) != 1:
                return f"stands {text.count(old)} times in {self.file}: {old}"
        return None

    def mutated(self, text):
        for old, new in zip(self.old, self.new):
            text = text.replace(old, new)
        return text

    def changed_lines(self, text):
        """The lines of `text` that the fault changes: the number of each, the text replaced, and that put there."""
        lines = text.split("\n")
        return [
            (number, old, new) for old, new in zip(self.old, self.new)
            for number, line in enumerate(lines) if old in line]


def read_mutants():
    text = (ROOT / "Tests" / "Mutants" / "mutants.txt").read_text()
    blocks = [b for b in re.split(r"\n\s*\n", text) if b.strip() and not b.lstrip().startswith("#")]
    return [Mutant(number, block) for number, block in enumerate(blocks, 1)]
