import Indices

/// A rule whose names are resolved but whose variables do not all have types yet.
struct RuleDraft {
  let headRelation: RelationID
  let head: [HeadColumn]
  let timing: Timing
  let body: [BodyTerm]
  let location: Location
  let variables: IndexedArray<VariableID, Variable>
  let nodeVariables: [VariableID]
  let range: SourceRange
  let headRange: SourceRange
  /// The type of the rule's location; nil for `_`.
  let locationPlace: TypedPlace?
  /// The type of the destination of its message; nil where it sends none.
  let destinationPlace: TypedPlace?

  /// A variable, and the class of places that have its type.
  struct Variable {
    let name: Symbol
    let type: TypeVariable
  }

  /// The positive atoms of the body.
  var premises: some Sequence<Atom> {
    body.lazy.compactMap { if case .atom(let atom) = $0, !atom.isNegated { atom } else { nil } }
  }
}

/// The variables of the rule being checked. They are looked up by symbol, in an array that is reused for all
/// rules.
struct Scope {
  private(set) var variables = IndexedArray<VariableID, RuleDraft.Variable>()
  var nodeVariables: [VariableID] = []
  private var bindings: [(rule: Int, variable: VariableID)]
  private var assumed: Set<Symbol> = []
  private var rule = 0
  /// The names that occur outside the braces of counts, with a place; empty for a rule without a count.
  var outside: [Symbol: SourceRange] = [:]
  /// The variables of the count that is being resolved; nil outside of counts.
  var locals: [Symbol: VariableID]?
  /// The counts that are resolved and not yet part of the body.
  var counts: [Count] = []

  init(symbolCount: Int) { bindings = Array(repeating: (0, VariableID(0)), count: symbolCount) }

  /// Removes the variables of the previous rule.
  mutating func begin() {
    rule += 1
    variables = []
    nodeVariables = []
    assumed = []
    outside = [:]
    locals = nil
    counts = []
  }

  /// The variable called `name`; nil where nothing binds it.
  func variable(named name: Symbol) -> VariableID? {
    bindings[name.position].rule == rule ? bindings[name.position].variable : locals?[name]
  }

  /// Binds `name`, which must not be bound yet.
  @discardableResult
  mutating func bind(_ name: Symbol, types: inout TypeInference) -> VariableID {
    assert(variable(named: name) == nil, "a name is bound once in a rule")
    let variable = addAnonymous(name, types: &types)
    bindings[name.position] = (rule, variable)
    return variable
  }

  /// Binds a variable that should have been bound, so that it is reported only once.
  mutating func assume(_ name: Symbol, types: inout TypeInference) -> VariableID {
    assumed.insert(name)
    return bind(name, types: &types)
  }

  /// Adds a variable that look-ups do not find: one of a single negated atom, or the result of a count.
  mutating func addAnonymous(_ name: Symbol, types: inout TypeInference) -> VariableID {
    variables.append(RuleDraft.Variable(name: name, type: types.makeVariable()))
  }

  /// Whether `name` stands for any value where nothing binds it, under `notin`.
  func mayBeExistential(_ name: Symbol) -> Bool { locals == nil || outside[name] == nil }

  /// The names of the bound variables.
  var boundNames: [Symbol] {
    variables.lazy.map(\.name).filter { variable(named: $0) != nil && !assumed.contains($0) }
  }
}
