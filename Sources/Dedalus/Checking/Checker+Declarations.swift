import Indices

/// The relations that a program declares.
struct Declarations {
  /// The relations of `durable …;`.
  var durable: Set<RelationID> = []
  /// The relations of `configuration …;`.
  var configuration: Set<RelationID> = []
}

extension Checker {
  /// Resolves the declarations, and reports those that say nothing. A relation that is declared twice is
  /// looked at once.
  ///
  /// - Parameter isWhole: whether every statement was understood; otherwise an unknown relation may be in one
  ///   that was not.
  mutating func checkDeclarations(isWhole: Bool) -> Declarations {
    guard !tree.declarations.isEmpty else { return Declarations() }
    let uses = RelationUses(of: tree)
    var unknown: Set<Symbol> = []
    var declared = Declarations()
    for declaration in tree.declarations {
      let relation = relations.relation(named: declaration.name)
      if isFilledByRun(declaration.name) {
        diagnostics.report(.declaredWorldRelation(symbols[declaration.name], at: declaration.range))
      } else if let relation {
        guard declared.insert(relation, kind: declaration.kind) else { continue }
        warn(of: declaration, uses)
      } else if isWhole, unknown.insert(declaration.name).inserted {
        reportUnknown(declaration, isEarly: unknown.count <= DiagnosticRenderer.shownCount)
      }
    }
    return declared
  }

  /// Whether the run fills the relation of this name, or would if a rule read it.
  private func isFilledByRun(_ name: Symbol) -> Bool {
    world.names.contains(name)
      || WorldRelations.includes(name) && relations.relation(named: name) == nil
  }

  /// Reports a name that stands nowhere else; what was meant is looked for only if that is shown.
  private mutating func reportUnknown(_ declaration: DeclarationSyntax, isEarly: Bool) {
    let names = isEarly ? relations.entries.map(\.name).filter { !world.names.contains($0) } : []
    reportUnknown(NameSyntax(name: declaration.name, range: declaration.range), among: names)
  }

  /// Reports a name that stands nowhere else, with the nearest of `names`.
  mutating func reportUnknown(_ mention: NameSyntax, among names: [Symbol]) {
    let name = symbols[mention.name]
    let suggestion = nearest(to: name, among: names.map { symbols[$0] })
    diagnostics.report(.unknownRelation(name, at: mention.range, suggestion: suggestion))
  }

  /// Warns of a declaration that changes nothing.
  private mutating func warn(of declaration: DeclarationSyntax, _ uses: RelationUses) {
    let (name, range) = (declaration.name, declaration.range)
    if !uses.read.contains(name) {
      diagnostics.report(.unusedDeclaration(declaration.kind, of: symbols[name], at: range))
    }
    switch declaration.kind {
    case .durable
    where uses.deduced.contains(name) && !uses.given.contains(name) && !uses.sent.contains(name):
      diagnostics.report(.nothingDurable(symbols[name], at: range))
    case .configuration where !uses.certain.contains(name):
      diagnostics.report(.configurationWithoutFacts(symbols[name], at: range))
    case .durable, .configuration: break
    }
  }
}

extension Declarations {
  /// Adds a relation; returns whether it was not declared so before.
  fileprivate mutating func insert(_ relation: RelationID, kind: DeclarationSyntax.Kind) -> Bool {
    switch kind {
    case .durable: durable.insert(relation).inserted
    case .configuration: configuration.insert(relation).inserted
    }
  }
}

/// How the statements of a program use each relation.
private struct RelationUses {
  /// What some body reads or some property names, and the specification.
  var read: Set<Symbol> = [.pre, .post]
  /// What has facts, also such as are chosen.
  var given: Set<Symbol> = []
  /// What has facts that are in every run.
  var certain: Set<Symbol> = []
  /// The heads of rules without annotation.
  var deduced: Set<Symbol> = []
  /// The heads of rules with `@next` or `@async`.
  var sent: Set<Symbol> = []

  init(of tree: SyntaxTree) {
    for property in tree.properties { read.formUnion(property.relations.map(\.name)) }
    for fact in tree.facts {
      given.insert(fact.atom.name)
      if !fact.isChoice { certain.insert(fact.atom.name) }
    }
    for rule in tree.rules {
      switch rule.timing {
      case .deductive: deduced.insert(rule.head.name)
      case .inductive, .async: sent.insert(rule.head.name)
      }
      read.formUnion(tree.atoms(of: rule).map(\.name))
    }
  }
}
