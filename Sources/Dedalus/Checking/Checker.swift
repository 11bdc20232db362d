// From syntax tree to program: declare the relations, type the facts, resolve each rule, then check the
// whole: locations, rules that can never fire, strata. Each step reports all errors that it finds and
// continues; only at the end is a program with errors rejected.

import Indices

/// Checks the statements of a program.
struct Checker {
  let tree: SyntaxTree
  let symbols: SymbolTable
  let world: WorldRelations
  var diagnostics: DiagnosticList
  var types = TypeInference()
  var relations: RelationTable
  var scope: Scope
  var hasTypeClash = false

  init(_ tree: SyntaxTree, symbols: SymbolTable, diagnostics: DiagnosticList) {
    self.tree = tree
    self.symbols = symbols
    self.diagnostics = diagnostics
    world = WorldRelations(of: tree)
    relations = RelationTable(symbolCount: symbols.count, world: world)
    scope = Scope(symbolCount: symbols.count)
  }

  /// Checks the program and returns it.
  mutating func check(sources: IndexedArray<FileID, SourceFile>) throws(InvalidProgram) -> Program {
    let isWhole = diagnostics.errorCount == 0
    declareRelations()
    let crash = relations.declare(.crash, arity: 3, range: nil, types: &types)
    let declared = checkDeclarations(isWhole: isWhole)
    let properties = checkProperties(isWhole: isWhole)
    checkSpecification()
    checkReserved()
    let facts = tree.facts.map { checkFact($0) }
    checkChoices(facts)
    checkNodes()
    var drafts = tree.rules.map { checkRule($0) }
    if tree.rules.isEmpty, tree.properties.isEmpty, isWhole {
      let start = sources.isEmpty ? nil : SourceRange(file: FileID(0), lower: 0, upper: 0)
      diagnostics.report(.noRules(hasFacts: !facts.isEmpty, at: start))
    }
    removeMisplaced(&drafts)
    removeDead(&drafts, facts: facts)
    let rules = IndexedArray<RuleID, Rule>(drafts.map { finish($0) })
    reportWorldInProtocol(rules)
    let finished = finishRelations()
    let stratification = Stratification(of: rules, relations: finished, diagnostics: &diagnostics)
    guard diagnostics.errorCount == 0 else {
      let shown = isWhole ? diagnostics.sorted : diagnostics.sorted.filter { $0.severity == .error }
      throw InvalidProgram(diagnostics: shown, sources: sources)
    }
    checkColumns(of: rules, in: finished)
    assert(
      facts.allSatisfy { $0.values.count == finished[$0.relation].arity },
      "a fact has a value for each column of its relation")
    assert(
      finished[crash].columnTypes == [.string, .string, .integer],
      "the run states observer, crashed node and round of a crash")
    assert(
      Set(properties.map(\.name)).count == properties.count, "each property has a name of its own")
    let filled = [crash, worldRelation(.outage), worldRelation(.pause), worldRelation(.time)]
    let staticRelations = Program.staticRelations(
      below: finished.count, rules: rules, excluding: declared.durable.union(filled.compactMap { $0 }))
    return Program(
      sources: sources, relations: finished, rules: rules, facts: certain(facts),
      choices: choices(among: facts),
      properties: properties, declaredNodes: declaredNodes, warnings: diagnostics.sorted,
      crash: crash, outage: worldRelation(.outage), pause: worldRelation(.pause), time: worldRelation(.time),
      durable: declared.durable, configuration: declared.configuration,
      staticRelations: staticRelations, unread: unreadRelations, undefined: undefinedRelations(facts),
      stratification: stratification)
  }

  /// Asserts what everything that reads rules relies on.
  private func checkColumns(
    of rules: IndexedArray<RuleID, Rule>, in relations: IndexedArray<RelationID, Relation>
  ) {
    assert(
      rules.allSatisfy { $0.head.count == relations[$0.headRelation].arity },
      "a head has the columns of its relation")
    assert(
      rules.allSatisfy { $0.atoms.allSatisfy { $0.columns.count == relations[$0.relation].arity } },
      "an atom has the columns of its relation")
  }

  /// The relation called `name`, if the run fills it.
  func worldRelation(_ name: Symbol) -> RelationID? {
    world.names.contains(name) ? relations.relation(named: name) : nil
  }

  /// Declares the relations in the order of the text, and compares the numbers of columns.
  private mutating func declareRelations() {
    var rules = tree.rules[...]
    for fact in tree.facts {
      while let rule = rules.first, (rule.file, rule.head.lower) < (fact.file, fact.atom.lower) {
        declareRelations(of: rule)
        rules.removeFirst()
      }
      declareRelation(of: fact.atom, in: fact.file)
    }
    for rule in rules { declareRelations(of: rule) }
    for optional in tree.optionals { declareRelation(of: optional.atom, in: optional.file) }
    for mention in tree.properties.lazy.flatMap(\.relations) where world.names.contains(mention.name) {
      _ = relations.declare(mention.name, arity: 0, range: mention.range, types: &types)
    }
  }

  private mutating func declareRelations(of rule: RuleSyntax) {
    declareRelation(of: rule.head, in: rule.file)
    for atom in tree.atoms(of: rule) { declareRelation(of: atom, in: rule.file) }
  }

  private mutating func declareRelation(of atom: AtomSyntax, in file: FileID) {
    let range = tree.range(of: atom, in: file)
    let relation = relations.declare(atom.name, arity: atom.columns.count, range: range, types: &types)
    guard relations[relation].arity != atom.columns.count else { return }
    diagnostics.report(
      .arityMismatch(symbols[atom.name], atom.columns.count, at: range, declared: relations[relation]))
  }

  /// Checks that `pre` and `post` can be compared row by row.
  private mutating func checkSpecification() {
    guard let pre = relations.relation(named: .pre), let post = relations.relation(named: .post),
      relations[pre].arity != relations[post].arity
    else { return }
    diagnostics.report(.specificationArity(pre: relations[pre], post: relations[post]))
  }

  /// Warns where a program first defines a relation that the original Molly fills itself.
  private mutating func checkReserved() {
    let rule = tree.rules.first { $0.head.name == .clock }.map { tree.range(of: $0.head, in: $0.file) }
    let fact = tree.facts.first { $0.atom.name == .clock }.map { tree.range(of: $0.atom, in: $0.file) }
    if let first = [rule, fact].compactMap({ $0 }).min(by: { ($0.file, $0.lower) < ($1.file, $1.lower) }) {
      diagnostics.report(.reservedRelation(symbols[.clock], at: first))
    }
  }

  /// Types the constants of a fact, which are the first evidence for the types of its columns.
  private mutating func checkFact(_ fact: FactSyntax) -> Fact {
    let range = SourceRange(file: fact.file, lower: Int(fact.lower), upper: Int(fact.upper))
    if fact.atom.name == .crash { diagnostics.report(.crashDerived(range)) }
    let relation = declaredRelation(of: fact.atom)
    let values = fact.atom.columns.enumerated().map { position, column in
      let node = tree.columns[column]
      let value = constant(tree.nodes[node].kind)
      let place = TypedPlace(
        term: .known(value.type), subject: .constant, range: tree.range(of: node, in: fact.file))
      unify(columnPlace(position, of: fact.atom, at: place.range), place)
      return value
    }
    assert(!values.isEmpty, "the parser lets no atom through that has no column")
    assert(fact.rounds.lowerBound >= 1, "rounds are counted from 1")
    return Fact(relation: relation, values: values, round: fact.rounds.lowerBound, range: range)
  }

  /// The constant in a node of a fact.
  private func constant(_ kind: SyntaxNode.Kind) -> Constant {
    switch kind {
    case .integer(let value): return .integer(value)
    case .string(let text): return .string(symbols.texts[text])
    default: preconditionFailure("the parser lets only constants into facts")
    }
  }

  /// The relation of an atom; all relations are declared before anything is resolved.
  func declaredRelation(of atom: AtomSyntax) -> RelationID {
    guard let relation = relations.relation(named: atom.name) else {
      preconditionFailure("every relation is declared first")
    }
    return relation
  }

  /// The place of a column; nil where the atom and its relation have different numbers of columns.
  func columnPlace(_ column: Int, of atom: AtomSyntax, at range: SourceRange) -> TypedPlace? {
    let relation = declaredRelation(of: atom)
    guard relations[relation].arity == atom.columns.count else { return nil }
    return TypedPlace(
      term: .variable(relations.column(column, of: relation)), subject: .column(column, of: atom.name),
      range: range)
  }

  /// Makes the types of two places equal, or reports that they cannot be.
  mutating func unify(_ first: TypedPlace?, _ second: TypedPlace?) {
    guard let first, let second, let clash = types.unify(first, second) else { return }
    hasTypeClash = true
    diagnostics.report(.typeClash(clash, symbols: symbols))
  }

  /// The rule, now that the types of all variables are known.
  private mutating func finish(_ draft: RuleDraft) -> Rule {
    assert(draft.nodeVariables.count <= 2, "only location and destination range over nodes")
    let variables = draft.variables.map {
      RuleVariable(name: symbols[$0.name], type: types.type(of: $0.type))
    }
    return Rule(
      headRelation: draft.headRelation, head: draft.head, timing: draft.timing, body: draft.body,
      location: draft.location, variables: IndexedArray(variables), nodeVariables: draft.nodeVariables,
      range: draft.range, headRange: draft.headRange)
  }

  private mutating func finishRelations() -> IndexedArray<RelationID, Relation> {
    var finished = IndexedArray<RelationID, Relation>()
    for id in relations.entries.indices {
      let entry = relations[id]
      let columns = (0..<entry.arity).map { types.type(of: relations.column($0, of: id)) }
      finished.append(Relation(name: symbols[entry.name], columnTypes: columns, range: entry.range))
    }
    return finished
  }
}
