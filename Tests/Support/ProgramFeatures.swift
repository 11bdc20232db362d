public import Dedalus

/// What of the language a program uses, for asserting that generated programs cover it.
public struct ProgramFeatures: Hashable, Sendable {
  /// Some `notin`.
  public var negates = false
  /// A wildcard under `notin`.
  public var negatesWildcard = false
  /// A variable that stands only in one negated atom, twice.
  public var negatesRepeatedVariable = false
  /// The aggregates used.
  public var aggregates: Set<Aggregate> = []
  /// An aggregate in a head with `@next`.
  public var aggregatesForNext = false
  /// An aggregate in a head with `@async`.
  public var aggregatesMessage = false
  /// Two aggregates in one head.
  public var aggregatesJointly = false
  /// An operator in a head.
  public var computesInHead = false
  /// An operator in a comparison.
  public var computesInComparison = false
  /// An operator in a column of a positive atom.
  public var computesInPremise = false
  /// An operator in a column of a negated atom.
  public var computesUnderNegation = false
  /// A division.
  public var divides = false
  /// A remainder.
  public var takesRemainder = false
  /// The smaller or larger of two terms.
  public var takesExtremum = false
  /// A count.
  public var counts = false
  /// A count of several atoms, of which none is negated.
  public var countsJoin = false
  /// A count with a negated atom.
  public var countsAbsent = false
  /// A count with a comparison within its braces.
  public var countsWhere = false
  /// A count of rows that share a variable with the rest of the rule.
  public var countsShared = false
  /// A count in a deductive rule that reads what it derives.
  public var countsInRecursion = false
  /// A comparison that binds a variable.
  public var bindsByComparison = false
  /// Recursion within a round.
  public var recurses = false
  /// An atom with `@k`.
  public var readsFixedRound = false
  /// A positive atom on `crash`.
  public var readsCrash = false
  /// A negated atom on `crash`.
  public var negatesCrash = false
  /// A positive atom on `outage`, `pause` or `time`.
  public var readsWorld = false
  /// A negated atom on `outage`, `pause` or `time`.
  public var negatesWorld = false
  /// A relation declared `durable` that comes into a round.
  public var keepsDurably = false
  /// A relation declared `configuration`.
  public var isConfigured = false
  /// A property.
  public var demands = false
  /// An `@async` rule.
  public var sends = false
  /// A location or destination that ranges over all nodes.
  public var rangesOverNodes = false
  /// A rule located at `_`.
  public var hasFreeLocation = false
  /// A rule located at a constant.
  public var hasConstantLocation = false
  /// An `@next` rule that reads what it derives.
  public var keepsState = false

  /// Whether it computes anywhere.
  public var computes: Bool {
    computesInHead || computesInComparison || computesInPremise || computesUnderNegation
  }

  /// What `program` uses in rounds 1…`eot`.
  public init(of program: Program, eot: Int) {
    for rule in program.rules {
      inspect(rule)
      for term in rule.body {
        switch term {
        case .atom(let atom): inspect(atom, of: rule, in: program)
        case .comparison(let comparison): inspect(comparison)
        case .count(let count): inspect(count, of: rule)
        }
      }
    }
    let came =
      program.facts.map(\.relation) + program.rules.filter { $0.timing != .deductive }.map(\.headRelation)
    keepsDurably = !program.durable.isDisjoint(with: came)
    isConfigured = !program.configuration.isEmpty
    demands = !program.properties.isEmpty
    recurses = (1...eot).contains { program.strata(in: $0).contains(where: \.isRecursive) }
  }

  private mutating func inspect(_ rule: Rule) {
    let used = rule.head.compactMap { if case .aggregate(let aggregate, _) = $0 { aggregate } else { nil } }
    aggregates.formUnion(used)
    if used.count > 1 { aggregatesJointly = true }
    if !used.isEmpty, rule.timing == .inductive { aggregatesForNext = true }
    if !used.isEmpty, rule.timing == .async { aggregatesMessage = true }
    for case .expression(let expression) in rule.head { note(expression, \.computesInHead) }
    if rule.timing == .async { sends = true }
    if !rule.nodeVariables.isEmpty { rangesOverNodes = true }
    switch rule.location {
    case .unconstrained: hasFreeLocation = true
    case .constant: hasConstantLocation = true
    case .variable: break
    }
    if rule.timing == .inductive, rule.body.contains(where: { $0.relation == rule.headRelation }) {
      keepsState = true
    }
  }

  private mutating func inspect(_ atom: Atom, of rule: Rule, in program: Program) {
    if atom.round != nil { readsFixedRound = true }
    if atom.isNegated { negates = true }
    if atom.relation == program.crash {
      atom.isNegated ? (negatesCrash = true) : (readsCrash = true)
    } else if program.worldRelations.contains(atom.relation) {
      atom.isNegated ? (negatesWorld = true) : (readsWorld = true)
    }
    var seen: Set<VariableID> = []
    for column in atom.columns {
      switch column {
      case .constant: break
      case .wildcard: if atom.isNegated { negatesWildcard = true }
      case .expression(let expression):
        note(expression, atom.isNegated ? \.computesUnderNegation : \.computesInPremise)
      case .variable(let variable):
        let isRepeated = !seen.insert(variable).inserted
        if atom.isNegated, isRepeated, !rule.positiveVariables.contains(variable) {
          negatesRepeatedVariable = true
        }
      }
    }
  }

  private mutating func inspect(_ count: Count, of rule: Rule) {
    counts = true
    if count.atoms.contains(where: \.isNegated) {
      countsAbsent = true
    } else if count.atoms.count > 1 {
      countsJoin = true
    }
    if !count.comparisons.isEmpty { countsWhere = true }
    if !count.shared.isEmpty { countsShared = true }
    if rule.timing == .deductive, rule.body.contains(where: { $0.relation == rule.headRelation }) {
      countsInRecursion = true
    }
  }

  private mutating func inspect(_ comparison: Comparison) {
    note(comparison.left, \.computesInComparison)
    note(comparison.right, \.computesInComparison)
    if comparison.binds != nil { bindsByComparison = true }
  }

  private mutating func note(_ expression: Expression, _ place: WritableKeyPath<ProgramFeatures, Bool>) {
    guard case .binary(let operation, let left, let right) = expression else { return }
    self[keyPath: place] = true
    if operation == .divide { divides = true }
    if operation == .remainder { takesRemainder = true }
    if operation == .minimum || operation == .maximum { takesExtremum = true }
    note(left, place)
    note(right, place)
  }
}

extension BodyTerm {
  fileprivate var relation: RelationID? {
    if case .atom(let atom) = self { atom.relation } else { nil }
  }
}

extension Rule {
  fileprivate var positiveVariables: Set<VariableID> {
    var variables = Set(nodeVariables)
    for case .atom(let atom) in body where !atom.isNegated {
      for case .variable(let variable) in atom.columns { variables.insert(variable) }
    }
    return variables
  }
}
