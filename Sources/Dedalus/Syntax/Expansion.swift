import Indices

/// The facts for which one statement stands: one for each way to choose values for its variables from their
/// lists, from left to right, that its comparisons allow.
struct Expansion {
  private let statement: FactSyntax
  private let named: NamedConstants
  /// The value of each variable that has one at the moment.
  private var values: [Symbol: SyntaxNode.Kind] = [:]
  private(set) var facts: [FactSyntax] = []
  /// The number of values chosen so far, in this statement and those before.
  private(set) var steps: Int
  private var isValid = true

  init(of statement: FactSyntax, _ named: NamedConstants, steps: Int) {
    (self.statement, self.named, self.steps) = (statement, named, steps)
  }

  /// Finds the facts, or reports why there are none. Their columns are added to the tree of `parser`.
  mutating func run(in parser: inout Parser) {
    check(&parser)
    guard isValid else { return }
    choose(from: 0, &parser)
  }

  // MARK: Names

  /// Checks every name of the statement once.
  private mutating func check(_ parser: inout Parser) {
    let errors = parser.diagnostics.errorCount
    var bound: Set<Symbol> = []
    for item in statement.items {
      switch item {
      case .generator(let variable, let list):
        check(variable, list, isNew: bound.insert(variable.name).inserted, &parser)
      case .filter(let comparison):
        for side in [comparison.left, comparison.right] { check(side, bound, &parser) }
      }
    }
    for column in parser.tree.columns[statement.atom.columns] {
      if case .variable(let name) = parser.tree.nodes[column].kind {
        if bound.contains(name) { continue }
        parser.resolve(column, named, of: statement.file)
      }
      if let diagnostic = Diagnostic.factNotConstant(column, of: statement.file, in: parser) {
        parser.diagnostics.report(diagnostic)
      }
    }
    isValid = parser.diagnostics.errorCount == errors
  }

  private func check(_ variable: NameSyntax, _ list: NameSyntax, isNew: Bool, _ parser: inout Parser) {
    if let first = named[variable.name] {
      parser.diagnostics.report(
        .letAsVariable(parser.name(variable), at: variable.range, first: first.name.range))
    } else if !isNew {
      parser.diagnostics.report(.variableTwice(parser.name(variable), at: variable.range))
    }
    guard named[list.name] == nil else { return }
    let symbols = parser.lexer.symbols
    let names = named.statements.keys.sorted { $0.rawValue < $1.rawValue }.map { symbols[$0] }
    parser.diagnostics.report(
      .unknownList(
        parser.name(list), at: list.range, suggestion: nearest(to: parser.name(list), among: names)))
  }

  /// Checks the names of a comparison, and puts constants in the place of those that `let` declares.
  private func check(_ node: NodeID, _ bound: Set<Symbol>, _ parser: inout Parser) {
    let range = parser.tree.range(of: node, in: statement.file)
    switch parser.tree.nodes[node].kind {
    case .variable(let name) where bound.contains(name): break
    case .variable(let name):
      parser.resolve(node, named, of: statement.file)
      if named[name] == nil {
        parser.diagnostics.report(.unboundInFact(parser.lexer.symbols[name], at: range))
      }
    case .binary(_, let left, let right):
      check(left, bound, &parser)
      check(right, bound, &parser)
    case .wildcard, .aggregate: parser.diagnostics.report(.misplacedWildcard(range))
    case .count: parser.diagnostics.report(.misplacedCount(.fact, at: range))
    case .integer, .string: break
    }
  }

  // MARK: Values

  /// Chooses values for what stands after the first `count` items.
  private mutating func choose(from count: Int, _ parser: inout Parser) {
    guard count < statement.items.count else { return addFact(&parser) }
    switch statement.items[count] {
    case .generator(let variable, let list):
      assert(values[variable.name] == nil, "a variable has its values from one list")
      for value in named[list.name]?.values ?? [] where isValid && !parser.isExhausted {
        steps += 1
        let place = parser.tree.range(of: statement.atom, in: statement.file)
        guard steps <= Limits.weight else { return parser.exhaust(.programTooLarge(place)) }
        values[variable.name] = parser.tree.nodes[value].kind
        choose(from: count + 1, &parser)
      }
      values[variable.name] = nil
    case .filter(let comparison):
      if holds(comparison, &parser) { choose(from: count + 1, &parser) }
    }
  }

  private mutating func addFact(_ parser: inout Parser) {
    let first = parser.tree.columns.count
    for column in statement.atom.columns {
      let node = parser.tree.columns[column]
      guard case .variable(let name) = parser.tree.nodes[node].kind, let value = values[name] else {
        parser.tree.columns.append(node)
        continue
      }
      var constant = parser.tree.nodes[node]
      constant.kind = value
      parser.tree.columns.append(parser.tree.nodes.append(constant))
    }
    assert(
      parser.tree.columns[first...].allSatisfy(parser.tree.isConstant),
      "when each variable has a value, each column is a constant")
    let atom = AtomSyntax(
      name: statement.atom.name, columns: first..<parser.tree.columns.count, round: nil, isNegated: false,
      lower: statement.atom.lower, upper: statement.atom.upper)
    facts.append(
      FactSyntax(
        file: statement.file, atom: atom, rounds: statement.rounds, isOptional: statement.isOptional,
        lower: statement.lower, upper: statement.upper))
    let place = parser.tree.range(of: statement.atom, in: statement.file)
    if facts.count > Limits.facts { parser.exhaust(.tooManyFacts(place)) }
    if parser.tree.weight > Limits.weight { parser.exhaust(.programTooLarge(place)) }
  }

  /// Whether a comparison holds for the values that are chosen; where that cannot be said, it is reported,
  /// and there are no facts.
  private mutating func holds(_ comparison: ComparisonSyntax, _ parser: inout Parser) -> Bool {
    let range = parser.tree.range(of: comparison, in: statement.file)
    do throws(Trouble) {
      let (left, right) = (try value(of: comparison.left, parser), try value(of: comparison.right, parser))
      guard left.type == right.type else { throw .type }
      return comparison.comparator.holds(left, right)
    } catch {
      parser.diagnostics.report(.filterFails(error == .type, at: range))
      isValid = false
      facts = []
      return false
    }
  }

  /// Why a comparison has no result.
  private enum Trouble: Error { case type, arithmetic }

  private func value(of node: NodeID, _ parser: Parser) throws(Trouble) -> Constant {
    let kind = parser.tree.nodes[node].kind
    var known = kind
    if case .variable(let name) = kind, let value = values[name] { known = value }
    switch known {
    case .integer(let value): return .integer(value)
    case .string(let text): return .string(parser.lexer.symbols.texts[text])
    case .binary(let operation, let left, let right):
      guard case .integer(let left) = try value(of: left, parser),
        case .integer(let right) = try value(of: right, parser)
      else { throw .type }
      guard let result = operation.result(left, right) else { throw .arithmetic }
      return .integer(result)
    case .variable, .wildcard, .aggregate, .count: preconditionFailure("the names have been checked")
    }
  }
}

extension ArithmeticOperator {
  /// The result; nil where 64 bits do not hold it, or there is none.
  fileprivate func result(_ left: Int64, _ right: Int64) -> Int64? {
    if self == .divide || self == .remainder, right == 0 { return nil }
    let (result, overflow) =
      switch self {
      case .add: left.addingReportingOverflow(right)
      case .subtract: left.subtractingReportingOverflow(right)
      case .multiply: left.multipliedReportingOverflow(by: right)
      case .divide: left.dividedReportingOverflow(by: right)
      case .remainder: (right == -1 ? 0 : left % right, false)
      case .minimum: (min(left, right), false)
      case .maximum: (max(left, right), false)
      }
    return overflow ? nil : result
  }
}
