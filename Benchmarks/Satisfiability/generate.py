#!/usr/bin/env python3
"""Writes the benchmark formulas, by family, into a folder: always the same ones.

    generate.py [--seed N] FOLDER [FAULTLINE PROGRAMS]

With the command and the folder of programs, formulas of our own protocols at large bounds are among them. Another seed
makes other formulas of the same families.
"""

import argparse
import itertools
import pathlib
import random
import subprocess
import tempfile


class Formula:
    def __init__(self):
        self.count = 0
        self.clauses = []

    def variable(self):
        self.count += 1
        return self.count

    def variables(self, count):
        return [self.variable() for _ in range(count)]

    def add(self, *clause):
        self.clauses.append(clause)

    def write(self, path):
        lines = [f"p cnf {self.count} {len(self.clauses)}\n"]
        lines += [" ".join(map(str, clause)) + " 0\n" for clause in self.clauses]
        path.write_text("".join(lines))


def threshold(size, rng):
    """Uniform 3-SAT where half of the formulas have a model (Mitchell, Selman & Levesque, AAAI 1992)."""
    formula = Formula()
    variables = formula.variables(size)
    for _ in range(round(4.26 * size)):
        formula.add(*(variable * rng.choice((1, -1)) for variable in rng.sample(variables, 3)))
    return formula


def pigeons(size, rng):
    """`size` pigeons in one hole fewer; variables shuffled."""
    formula = Formula()
    names = formula.variables(size * (size - 1))
    rng.shuffle(names)
    sits = [[names[p * (size - 1) + h] for h in range(size - 1)] for p in range(size)]
    for row in sits:
        formula.add(*row)
    for column in zip(*sits):
        for one, other in itertools.combinations(column, 2):
            formula.add(-one, -other)
    return formula


def parity(size, rng):
    """The same variables are even along one chain and odd along another."""
    formula = Formula()
    variables = formula.variables(size)
    for is_odd in (False, True):
        order = variables[:]
        rng.shuffle(order)
        total = order[0]
        for variable in order[1:]:
            following = formula.variable()
            for a, b, c in itertools.product((1, -1), repeat=3):
                if a * b * c == 1:
                    formula.add(a * total, b * variable, -c * following)
            total = following
        formula.add(total if is_odd else -total)
    return formula


def colouring(size, rng, count=3, density=2.32):
    """A random graph in so many colours, about as many edges for each node as leave the answer open."""
    formula = Formula()
    colours = [formula.variables(count) for _ in range(size)]
    for node in colours:
        formula.add(*node)
        for one, other in itertools.combinations(node, 2):
            formula.add(-one, -other)
    edges = set()
    while len(edges) < round(density * size):
        edges.add(tuple(sorted(rng.sample(range(size), 2))))
    for one, other in sorted(edges):
        for a, b in zip(colours[one], colours[other]):
            formula.add(-a, -b)
    return formula


def colouring4(size, rng):
    """The same in four colours."""
    return colouring(size, rng, 4, 4.38)


def at_most(formula, bound, literals):
    """Sinz's sequential counter (CP 2005)."""
    before = []
    for literal in literals:
        counts = formula.variables(bound)
        formula.add(-literal, counts[0])
        if before:
            for position in range(bound):
                formula.add(-before[position], counts[position])
                if position:
                    formula.add(-literal, -before[position - 1], counts[position])
            formula.add(-literal, -before[-1])
        before = counts


def hitting(size, rng):
    """At most k elements hit all of some random sets of four."""
    formula = Formula()
    elements = formula.variables(size)
    for _ in range(3 * size):
        formula.add(*rng.sample(elements, 4))
    at_most(formula, round(size * rng.uniform(0.39, 0.43)), elements)
    return formula


FAMILIES = {
    "threshold": (threshold, [200, 225, 250, 250, 250, 275, 275, 275, 275, 300, 300, 300], 3),
    "pigeons": (pigeons, [8, 9, 9, 10, 10, 10, 11], 1),
    "parity": (parity, [26, 28, 32, 34, 36, 38, 40], 2),
    "colouring": (colouring, [350, 400, 450, 450, 500, 500], 2),
    "colouring4": (colouring4, [110, 120, 130, 140, 150, 160], 2),
    "hitting": (hitting, [60, 75, 75, 90, 105, 120, 135, 150], 3),
}

# The program, how many crash, and the bounds.
PROTOCOLS = [
    ("kafka/kafka.ded", 0, [(20, 18), (40, 38)]),
    ("kafka/kafka.ded", 1, [(50, 48), (80, 78)]),
    ("kafka/kafka.ded", 2, [(30, 28), (50, 48), (80, 78)]),
    ("kafka/kafka.ded", 3, [(50, 48), (80, 78)]),
    ("commit/3pc.ded", 0, [(100, 98)]),
    ("commit/3pc.ded", 2, [(60, 0), (100, 0)]),
    ("commit/2pc.ded", 0, [(32, 16)]),
    ("commit/2pc-timeout-optimist.ded", 0, [(100, 98)]),
    ("delivery/ack-deliv.ded", 1, [(40, 38), (80, 78)]),
    ("delivery/redun-deliv.ded", 1, [(60, 58)]),
]


def protocols(folder, command, programs):
    for name, crashes, bounds in PROTOCOLS:
        nodes = ["-N", "a,b,c,C,Z"] if name.startswith("kafka") else []
        for eot, eff in bounds:
            with tempfile.TemporaryDirectory() as certificate:
                call = [command, "check", f"{programs}/{name}", "-t", str(eot), "-f", str(eff), "-c", str(crashes)]
                subprocess.run([*call, *nodes, "--certificate", certificate, "--time-limit", "60"], capture_output=True)
                made = pathlib.Path(certificate) / "formula.cnf"
                if made.exists():
                    stem = pathlib.Path(name).stem
                    (folder / f"protocol-{stem}-{eot}-{eff}-{crashes}.cnf").write_bytes(made.read_bytes())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("command", nargs="?")
    parser.add_argument("programs", nargs="?")
    options = parser.parse_args()
    folder = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    suffix = f" {options.seed}" if options.seed else ""
    for family, (make, sizes, copies) in FAMILIES.items():
        for place, (size, copy) in enumerate(itertools.product(sizes, range(copies))):
            make(size, random.Random(f"{family} {place}{suffix}")).write(folder / f"{family}-{size:03}-{place:02}.cnf")
    if options.programs:
        protocols(folder, options.command, options.programs)


main()
