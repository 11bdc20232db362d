// The output of the parser: flat arrays that point into each other, so that a program of a million statements
// costs a few large allocations instead of millions of small ones.

import Indices

/// Names a node of an expression.
struct NodeID: DenseIndex {
  let rawValue: UInt32
}

/// A node of an expression or of a head column.
struct SyntaxNode {
  enum Kind {
    case integer(Int64)
    case string(Symbol)
    case variable(Symbol)
    case wildcard
    case binary(ArithmeticOperator, NodeID, NodeID)
    case aggregate(Aggregate, Symbol)
    /// `count { … }`, by its number in `SyntaxTree.counts`.
    case count(Int)
  }
  var kind: Kind
  /// The bytes of the node, including parentheses around it.
  var lower: UInt32
  var upper: UInt32
}

/// `name(column, …)`; `columns` is a range of `SyntaxTree.columns`.
struct AtomSyntax {
  var name: Symbol
  let columns: Range<Int>
  var round: Int?
  let isNegated: Bool
  let lower: UInt32
  var upper: UInt32
}

/// `left comparator right`.
struct ComparisonSyntax {
  let comparator: Comparator
  let left: NodeID
  let right: NodeID
}

/// A part of a body.
enum TermSyntax {
  case atom(AtomSyntax)
  case comparison(ComparisonSyntax)

  var atom: AtomSyntax? { if case .atom(let atom) = self { atom } else { nil } }
}

/// `count { … }` as it was parsed: a range of `SyntaxTree.counted`, which is never empty.
struct CountSyntax {
  let terms: Range<Int>
}

/// A rule as it was parsed.
struct RuleSyntax {
  let file: FileID
  var head: AtomSyntax
  let timing: Timing
  /// A range of `SyntaxTree.terms`; never empty.
  let body: Range<Int>
  /// The counts in head and body, a range of `SyntaxTree.counts`.
  let counts: Range<Int>
  /// The offset just past the last byte; the rule starts where its head does.
  let upper: UInt32
}

/// A fact as it was parsed.
struct FactSyntax {
  let file: FileID
  var atom: AtomSyntax
  /// The rounds after `@`: one, or those in braces.
  let rounds: ClosedRange<Int>
  /// Whether `maybe` stands before it.
  let isOptional: Bool
  /// What stands after `for`; empty where nothing does.
  var items: [ItemSyntax] = []
  let lower: UInt32
  let upper: UInt32

  /// Whether something about it is chosen.
  var isChoice: Bool { isOptional || rounds.lowerBound < rounds.upperBound }
}

/// `optional stop(N, K);`: a relation that need not be given.
struct OptionalSyntax {
  let file: FileID
  var atom: AtomSyntax
}

/// `as push with owes = writes`, behind the file of a part.
struct InstanceSyntax {
  /// A relation of the part, and what it is outside.
  struct Given {
    let inner: NameSyntax
    let outer: NameSyntax
  }
  let name: NameSyntax
  let given: [Given]
}

/// A part of what stands after `for`.
enum ItemSyntax {
  /// `X in members`
  case generator(NameSyntax, list: NameSyntax)
  /// `X != Y`
  case filter(ComparisonSyntax)
}

/// `let quorum = 2;` or `let members = "a", "b";`
struct LetSyntax {
  let name: NameSyntax
  /// At least one constant.
  let values: [NodeID]
}

/// A relation in a declaration, such as `log` in `durable log, term;`.
struct DeclarationSyntax {
  /// What is declared of the relation; the raw value is the word that begins the statement.
  enum Kind: String {
    /// Its rows survive a restart of their node.
    case durable
    /// Its facts may be missing.
    case configuration
  }
  let kind: Kind
  var name: Symbol
  /// The name in the list.
  let range: SourceRange
}

/// A name, or the characters of a string, where it stands by itself.
struct NameSyntax {
  var name: Symbol
  let range: SourceRange
}

/// A property as it was parsed.
struct PropertySyntax {
  enum Form {
    case finally(NameSyntax, NameSyntax)
    case always(NameSyntax, NameSyntax)
    case never(NameSyntax)
    case within(Int, NameSyntax, NameSyntax)
    case stable(NameSyntax)
  }
  /// The name before the colon; nil where there is none.
  var name: NameSyntax?
  var form: Form
  let range: SourceRange
}

extension PropertySyntax {
  /// The relations of the form, from left to right.
  var relations: [NameSyntax] {
    switch form {
    case .finally(let first, let second), .always(let first, let second), .within(_, let first, let second):
      [first, second]
    case .never(let only), .stable(let only): [only]
    }
  }
}

/// All statements of the files read so far.
struct SyntaxTree {
  var nodes = IndexedArray<NodeID, SyntaxNode>()
  var columns: [NodeID] = []
  var terms: [TermSyntax] = []
  var counts: [CountSyntax] = []
  /// What stands within the braces of counts.
  var counted: [TermSyntax] = []
  var rules: [RuleSyntax] = []
  var facts: [FactSyntax] = []
  var declarations: [DeclarationSyntax] = []
  var properties: [PropertySyntax] = []
  var lets: [LetSyntax] = []
  /// The strings of `nodes` statements.
  var declaredNodes: [NameSyntax] = []
  var optionals: [OptionalSyntax] = []

  /// A size of the tree, to which it can be cut back where a file turns out not to be a program.
  struct Mark {
    let rules: Int
    let facts: Int
    let declarations: Int
    let properties: Int
    let lets: Int
    let declaredNodes: Int
    let optionals: Int
  }

  var mark: Mark {
    Mark(
      rules: rules.count, facts: facts.count, declarations: declarations.count, properties: properties.count,
      lets: lets.count, declaredNodes: declaredNodes.count, optionals: optionals.count)
  }

  /// What the tree takes of `Limits.weight`.
  var weight: Int {
    nodes.count + 3 * (terms.count + counted.count) + declarations.count + 2 * properties.count
      + declaredNodes.count
      + optionals.count
  }

  mutating func removeStatements(after mark: Mark) {
    rules.removeSubrange(mark.rules...)
    facts.removeSubrange(mark.facts...)
    declarations.removeSubrange(mark.declarations...)
    properties.removeSubrange(mark.properties...)
    lets.removeSubrange(mark.lets...)
    declaredNodes.removeSubrange(mark.declaredNodes...)
    optionals.removeSubrange(mark.optionals...)
  }

  /// Whether a node is a string or an integer.
  func isConstant(_ node: NodeID) -> Bool {
    switch nodes[node].kind {
    case .string, .integer: true
    case .variable, .wildcard, .binary, .aggregate, .count: false
    }
  }

  /// The atoms of a body, those within the braces of counts included, in source order.
  func atoms(of rule: RuleSyntax) -> [AtomSyntax] {
    let plain = terms[rule.body].compactMap(\.atom)
    guard !rule.counts.isEmpty else { return plain }
    return (plain + rule.counts.flatMap { atoms(within: $0) }).sorted { $0.lower < $1.lower }
  }

  /// The atoms within the braces of count `number`.
  func atoms(within number: Int) -> [AtomSyntax] { counted[counts[number].terms].compactMap(\.atom) }

  func range(of node: NodeID, in file: FileID) -> SourceRange {
    SourceRange(file: file, lower: Int(nodes[node].lower), upper: Int(nodes[node].upper))
  }

  func range(of atom: AtomSyntax, in file: FileID) -> SourceRange {
    SourceRange(file: file, lower: Int(atom.lower), upper: Int(atom.upper))
  }

  func range(of comparison: ComparisonSyntax, in file: FileID) -> SourceRange {
    range(of: comparison.left, in: file).joined(with: range(of: comparison.right, in: file))
  }
}
