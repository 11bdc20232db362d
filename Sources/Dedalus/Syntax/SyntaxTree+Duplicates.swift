// Facts and rules are a set: a repeated statement changes nothing. Two statements are equal when their trees
// are, including the names of variables; blanks, comments and redundant parentheses do not matter.

import Indices

extension SyntaxTree {
  /// Removes every statement that repeats an earlier one.
  mutating func removeDuplicates() {
    var seen = WordSet()
    var words: [UInt64] = []
    facts = facts.filter { fact in
      words.removeAll(keepingCapacity: true)
      encode(fact.atom, into: &words)
      words.append(UInt64(fact.rounds.lowerBound))
      words.append(UInt64(fact.rounds.upperBound))
      words.append(fact.isOptional ? 1 : 0)
      return seen.insert(words)
    }
    seen = WordSet()
    rules = rules.filter { rule in
      words.removeAll(keepingCapacity: true)
      encode(rule, into: &words)
      return seen.insert(words)
    }
  }

  /// Encodes a rule as words; two rules have equal words exactly when they are equal.
  private func encode(_ rule: RuleSyntax, into words: inout [UInt64]) {
    switch rule.timing {
    case .deductive: words.append(0)
    case .inductive: words.append(1)
    case .async: words.append(2)
    }
    encode(rule.head, into: &words)
    for term in terms[rule.body] { encode(term, into: &words) }
  }

  private func encode(_ term: TermSyntax, into words: inout [UInt64]) {
    switch term {
    case .atom(let atom):
      words.append(atom.isNegated ? 1 : 0)
      words.append(UInt64(atom.round ?? 0))
      encode(atom, into: &words)
    case .comparison(let comparison):
      words.append(2)
      words.append(UInt64(comparison.comparator.rawValue.utf8.reduce(0) { $0 << 8 | UInt64($1) }))
      encode(comparison.left, into: &words)
      encode(comparison.right, into: &words)
    }
  }

  private func encode(_ atom: AtomSyntax, into words: inout [UInt64]) {
    words.append(UInt64(atom.name.rawValue) << 32 | UInt64(atom.columns.count))
    for column in columns[atom.columns] { encode(column, into: &words) }
  }

  /// Encodes in prefix order, so that the words can be read in only one way.
  private func encode(_ node: NodeID, into words: inout [UInt64]) {
    switch nodes[node].kind {
    case .integer(let value):
      words.append(1)
      words.append(UInt64(bitPattern: value))
    case .string(let text): words.append(2 | UInt64(text.rawValue) << 8)
    case .variable(let name): words.append(3 | UInt64(name.rawValue) << 8)
    case .wildcard: words.append(4)
    case .aggregate(let aggregate, let name):
      words.append(5 | UInt64(name.rawValue) << 8)
      words.append(aggregate.rawValue.utf8.reduce(0) { $0 << 8 | UInt64($1) })
    case .binary(let operation, let left, let right):
      words.append(6 | operation.rawValue.utf8.reduce(0) { $0 << 8 | UInt64($1) } << 8)
      encode(left, into: &words)
      encode(right, into: &words)
    case .count(let number):
      words.append(7 | UInt64(counts[number].terms.count) << 8)
      for term in counted[counts[number].terms] { encode(term, into: &words) }
    }
  }
}
