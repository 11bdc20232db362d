// What `let` names is replaced by its value once all statements are read: names in rules and facts become
// constants, and a fact with `for` becomes many. From then on nothing knows of names.

import Indices

extension Parser {
  /// Replaces what the statements after `mark` name, by those of their `let` statements.
  mutating func resolveNames(after mark: SyntaxTree.Mark) {
    var named = NamedConstants()
    for statement in tree.lets[mark.lets...] {
      if let first = named.declare(statement) {
        diagnostics.report(.letTwice(name(statement.name), at: statement.name.range, first: first.name.range))
      }
    }
    if !named.isEmpty {
      let rules = tree.rules[mark.rules...].filter { resolve($0, named) }
      tree.rules.replaceSubrange(mark.rules..., with: rules)
    }
    var facts: [FactSyntax] = []
    var steps = 0
    let isCut = isExhausted
    for fact in tree.facts[mark.facts...] where isCut || !isExhausted {
      guard !fact.items.isEmpty || !tree.columns[fact.atom.columns].allSatisfy(tree.isConstant) else {
        facts.append(fact)
        continue
      }
      var expansion = Expansion(of: fact, named, steps: steps)
      expansion.run(in: &self)
      steps = expansion.steps
      facts += expansion.facts
      if mark.facts + facts.count > Limits.facts {
        exhaust(.tooManyFacts(tree.range(of: fact.atom, in: fact.file)))
      }
    }
    tree.facts.replaceSubrange(mark.facts..., with: facts)
  }

  func name(_ mention: NameSyntax) -> String { lexer.symbols[mention.name] }

  /// Puts constants in the place of names in a rule; returns whether that makes sense. A rule in which it
  /// does not is not looked at any further.
  private mutating func resolve(_ rule: RuleSyntax, _ named: NamedConstants) -> Bool {
    let errors = diagnostics.errorCount
    for column in tree.columns[rule.head.columns] { resolve(column, named, of: rule.file) }
    for term in tree.terms[rule.body] { resolve(term, named, of: rule.file) }
    return diagnostics.errorCount == errors
  }

  private mutating func resolve(_ term: TermSyntax, _ named: NamedConstants, of file: FileID) {
    switch term {
    case .atom(let atom):
      for column in tree.columns[atom.columns] { resolve(column, named, of: file) }
    case .comparison(let comparison):
      resolve(comparison.left, named, of: file)
      resolve(comparison.right, named, of: file)
    }
  }

  /// Puts constants in the place of names in an expression or column.
  mutating func resolve(_ node: NodeID, _ named: NamedConstants, of file: FileID) {
    switch tree.nodes[node].kind {
    case .variable(let symbol):
      guard let statement = named[symbol] else { return }
      if statement.values.count > 1 {
        let range = tree.range(of: node, in: file)
        diagnostics.report(.listAsTerm(lexer.symbols[symbol], at: range, list: statement.name.range))
      }
      tree.nodes[node].kind = tree.nodes[statement.values[0]].kind
    case .aggregate(_, let symbol):
      guard let statement = named[symbol] else { return }
      let range = tree.range(of: node, in: file)
      diagnostics.report(.letAsVariable(lexer.symbols[symbol], at: range, first: statement.name.range))
    case .binary(_, let left, let right):
      resolve(left, named, of: file)
      resolve(right, named, of: file)
    case .count(let number):
      for term in tree.counted[tree.counts[number].terms] { resolve(term, named, of: file) }
    case .integer, .string, .wildcard: break
    }
  }
}

/// What the `let` statements of some files name.
struct NamedConstants {
  private(set) var statements: [Symbol: LetSyntax] = [:]

  var isEmpty: Bool { statements.isEmpty }

  subscript(name: Symbol) -> LetSyntax? { statements[name] }

  /// Adds a statement; returns the earlier one of the same name, which then stays.
  mutating func declare(_ statement: LetSyntax) -> LetSyntax? {
    if let first = statements[statement.name.name] { return first }
    statements[statement.name.name] = statement
    return nil
  }
}
