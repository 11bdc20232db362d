// A constant in a premise that no row has in that column: a slip of the pen, mostly. A positive premise of
// that kind is never met, one under `notin` always holds, and a count finds nothing. A comparison of a
// variable with a constant that it never has is never true.

import Indices
import Texts

/// A premise with a constant that is never there.
struct UnmatchedConstant {
  /// What comes of it.
  enum Consequence { case neverMet, alwaysAbsent, nothingCounted, neverEqual }
  let consequence: Consequence
  let constant: Constant
  /// The column of a relation, or the variable, that never has it.
  let place: String
  /// What it may have instead.
  let possible: [Constant]
  let range: SourceRange

  /// The string that is probably meant; nil where none is near.
  var meant: String? {
    guard case .string(let name) = constant else { return nil }
    let strings = possible.compactMap { if case .string(let text) = $0 { text.string } else { nil } }
    return nearest(to: name.string, among: strings)
  }
}

extension Program {
  /// Every such premise, in source order.
  func unmatchedConstants(_ domains: ColumnDomains) -> [UnmatchedConstant] {
    rules.flatMap { rule in
      rule.body.flatMap { term -> [UnmatchedConstant] in
        switch term {
        case .atom(let atom): [unmatched(atom, domains, isCounted: false)].compactMap { $0 }
        case .count(let count): count.atoms.compactMap { unmatched($0, domains, isCounted: true) }
        case .comparison(let comparison): [unmatched(comparison, of: rule, domains)].compactMap { $0 }
        }
      }
    }
  }

  private func unmatched(_ atom: Atom, _ domains: ColumnDomains, isCounted: Bool) -> UnmatchedConstant? {
    for (position, column) in atom.columns.enumerated() {
      guard case .constant(let constant) = column,
        let possible = domains[atom.relation, position].list, !possible.isEmpty, !possible.contains(constant)
      else { continue }
      return UnmatchedConstant(
        consequence: atom.isNegated ? .alwaysAbsent : isCounted ? .nothingCounted : .neverMet,
        constant: constant, place: "column \(position + 1) of '\(relations[atom.relation].name)'",
        possible: possible, range: atom.range)
    }
    return nil
  }

  private func unmatched(
    _ comparison: Comparison, of rule: Rule, _ domains: ColumnDomains
  ) -> UnmatchedConstant? {
    guard comparison.comparator == .equal, comparison.binds == nil else { return nil }
    let (variable, constant): (VariableID, Constant)
    switch (comparison.left, comparison.right) {
    case (.variable(let left), .constant(let right)): (variable, constant) = (left, right)
    case (.constant(let left), .variable(let right)): (variable, constant) = (right, left)
    default: return nil
    }
    guard let possible = domains.domain(of: variable, in: rule).list, !possible.isEmpty,
      !possible.contains(constant)
    else { return nil }
    return UnmatchedConstant(
      consequence: .neverEqual, constant: constant, place: "'\(rule.variables[variable].name)'",
      possible: possible, range: comparison.range)
  }
}
