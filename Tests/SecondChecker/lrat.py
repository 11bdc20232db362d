#!/usr/bin/env python3
"""Checks LRAT proofs: a second opinion, written from the definition of the format alone.

    lrat.py FOLDER

For each NAME.cnf with a NAME.lrat beside it prints NAME and `accepted` or `rejected`. Only steps by reverse unit
propagation are accepted.
"""

import pathlib
import sys


def clauses_of(path):
    tokens = []
    for line in path.read_text().splitlines():
        if not line.startswith(("c", "p")):
            tokens += map(int, line.split())
    clauses, clause = [], []
    for literal in tokens:
        if literal:
            clause.append(literal)
        else:
            clauses.append(frozenset(clause))
            clause = []
    return clauses


def follows(clause, hints, known):
    """Whether assuming `clause` false, the clauses named by `hints` lead to a contradiction, one unit at a time."""
    true = {-literal for literal in clause}
    if any(-literal in true for literal in true):
        return True
    for place, hint in enumerate(hints):
        if hint not in known:
            return False
        left = [literal for literal in known[hint] if -literal not in true]
        if not left:
            return place == len(hints) - 1
        if len(left) > 1 or left[0] in true:
            return False
        true.add(left[0])
    return False


def is_refuted(formula, proof):
    known = dict(enumerate(formula, start=1))
    refuted = frozenset() in known.values()
    last = len(formula)
    for line in proof:
        words = line.split()
        if not words or words[0] == "c":
            continue
        number = int(words[0])
        if words[1:2] == ["d"]:
            for victim in map(int, words[2:-1]):
                if known.pop(victim, None) is None:
                    return False
            continue
        numbers = [int(word) for word in words[1:]]
        end = numbers.index(0)
        clause, hints = frozenset(numbers[:end]), numbers[end + 1:-1]
        if number <= last or not follows(clause, hints, known):
            return False
        known[number] = clause
        last = number
        refuted = refuted or not clause
    return refuted


def main():
    for formula in sorted(pathlib.Path(sys.argv[1]).glob("*.cnf")):
        with formula.with_suffix(".lrat").open() as proof:
            accepted = is_refuted(clauses_of(formula), proof)
        print(formula.stem, "accepted" if accepted else "rejected")


main()
