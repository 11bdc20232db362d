// Turns a rule into a plan. Join order is greedy: next comes the atom with the most known columns, among equals the
// one with the fewest unknown, among equals the first in the body. Every set of known columns that a lookup uses
// gets an index, shared by all rules.

import Dedalus
import Indices

/// The indexes that the plans made so far ask for.
struct IndexCatalog {
  private(set) var indexes: IndexedArray<IndexID, TupleIndex> = []
  private(set) var ofRelation: IndexedArray<RelationID, [IndexID]>

  init(relationCount: Int) {
    ofRelation = IndexedArray(repeating: [], count: relationCount)
  }

  mutating func index(on columns: [Int], of relation: RelationID) -> IndexID {
    if let known = ofRelation[relation].first(where: { indexes[$0].columns == columns }) { return known }
    let index = indexes.append(TupleIndex(columns: columns))
    ofRelation[relation].append(index)
    return index
  }
}

/// Plans one rule.
struct RulePlanner {
  private let program: Program
  private let rule: Rule
  private var constants: ConstantPool
  private var catalog: IndexCatalog
  private var registerCount: Int
  private var conditions: [Condition] = []
  /// Positive atoms with their expression columns replaced by registers.
  private var positives: [(atom: Atom, columns: [PlannedColumn])] = []
  private var negatives: [(atom: Atom, columns: [PlannedColumn])] = []

  /// A column of a body atom, after expressions have become registers.
  private enum PlannedColumn {
    case known(KeySource)
    case register(Register)
    case any
  }

  /// The plan of `id`; nil where the rule's constant location is no node, so that it never fires.
  static func plan(
    _ id: RuleID, of program: Program, deriving derived: RelationID, nodes: Nodes,
    constants: inout ConstantPool, catalog: inout IndexCatalog
  ) -> RulePlan? {
    var planner = RulePlanner(
      program: program, rule: program.rules[id], constants: constants, catalog: catalog)
    guard let place = planner.place(nodes) else { return nil }
    planner.readBody(place)
    let plan = planner.finish(id, derived, place)
    (constants, catalog) = (planner.constants, planner.catalog)
    return plan
  }

  private init(program: Program, rule: Rule, constants: ConstantPool, catalog: IndexCatalog) {
    self.program = program
    self.rule = rule
    self.constants = constants
    self.catalog = catalog
    registerCount = rule.variables.count
  }

  private func place(_ nodes: Nodes) -> RulePlan.Place? {
    switch rule.location {
    case .variable(let variable): .register(variable.position)
    case .unconstrained: .nowhere
    case .constant(.integer): nil
    case .constant(.string(let name)): nodes.id(of: name).map { .node($0) }
    }
  }

  // MARK: Reading the body

  private mutating func readBody(_ place: RulePlan.Place) {
    if case .register(let position) = place { conditions.append(.isNode(Register(position))) }
    for term in rule.body {
      switch term {
      case .comparison(let comparison): readComparison(comparison)
      case .atom(let atom):
        let columns = atom.columns.map { readColumn($0, negated: atom.isNegated) }
        if atom.isNegated { negatives.append((atom, columns)) } else { positives.append((atom, columns)) }
      }
    }
    orderConditions()
  }

  private mutating func readComparison(_ comparison: Comparison) {
    let right = Operand(comparison.right, &constants)
    if let variable = comparison.binds {
      conditions.append(.bind(Register(variable), right))
    } else {
      conditions.append(.compare(comparison.comparator, Operand(comparison.left, &constants), right))
    }
  }

  private mutating func readColumn(_ column: AtomColumn, negated: Bool) -> PlannedColumn {
    switch column {
    case .wildcard: return .any
    case .constant(let constant): return .known(.constant(constants.intern(constant)))
    case .variable(let variable): return .register(Register(variable))
    case .expression(let expression):
      let register = Register(registerCount)
      registerCount += 1
      let value = Operand.computed(Computation(expression))
      conditions.append(negated ? .bind(register, value) : .compare(.equal, .register(register), value))
      return .register(register)
    }
  }

  /// What atoms, locations and destinations bind.
  private var registersBoundByMatch: Set<Register> {
    var bound = Set(rule.nodeVariables.map { Register($0) })
    for (_, columns) in positives {
      for case .register(let register) in columns { bound.insert(register) }
    }
    return bound
  }

  /// Evaluation order: again and again the first condition whose registers are bound.
  private mutating func orderConditions() {
    var bound = registersBoundByMatch
    var waiting = conditions
    conditions = []
    while let next = waiting.firstIndex(where: { $0.needs.allSatisfy(bound.contains) }) {
      let condition = waiting.remove(at: next)
      if let register = condition.binds { bound.insert(register) }
      conditions.append(condition)
    }
    precondition(waiting.isEmpty, "a checked rule binds every variable of its comparisons")
  }

  // MARK: Making the plan

  private mutating func finish(_ id: RuleID, _ derived: RelationID, _ place: RulePlan.Place) -> RulePlan {
    let joins = ([nil] + positives.indices.map { $0 }).map { planJoin(startingWith: $0) }
    return RulePlan(
      rule: id, timing: rule.timing, derives: derived, place: place,
      positives: positives.map { ($0.atom.relation, $0.atom.round.map { Round($0) }) },
      negatives: negatives.map { planNegative($0.atom, $0.columns) },
      head: rule.head.map { column in
        switch column {
        case .aggregate(_, let variable): .register(Register(variable))
        case .expression(let expression): Operand(expression, &constants)
        }
      },
      conditions: conditions, joins: joins, registerCount: registerCount)
  }

  private mutating func planNegative(_ atom: Atom, _ columns: [PlannedColumn]) -> NegativeAtom {
    var bound = registersBoundByMatch
    for condition in conditions { if let register = condition.binds { bound.insert(register) } }
    var boundColumns: [Int] = []
    var key: [KeySource] = []
    var firstUse: [Register: Int] = [:]
    var equalColumns: [(first: Int, second: Int)] = []
    for (position, column) in columns.enumerated() {
      switch column {
      case .any: continue
      case .known(let source):
        boundColumns.append(position)
        key.append(source)
      case .register(let register) where bound.contains(register):
        boundColumns.append(position)
        key.append(.register(register))
      case .register(let register):
        if let first = firstUse[register] {
          equalColumns.append((first, position))
        } else {
          firstUse[register] = position
        }
      }
    }
    return NegativeAtom(
      relation: atom.relation, round: atom.round.map { Round($0) }, arity: columns.count,
      boundColumns: boundColumns, key: key, equalColumns: equalColumns,
      access: access(to: atom.relation, columns: boundColumns, arity: columns.count))
  }

  private mutating func access(to relation: RelationID, columns: [Int], arity: Int) -> Access {
    columns.count == arity ? .row : .index(catalog.index(on: columns, of: relation))
  }

  private mutating func planJoin(startingWith start: Int?) -> JoinPlan {
    var bound: Set<Register> = []
    var pending = Array(conditions.indices)
    let firstConditions = takeConditions(from: &pending, bound: &bound)
    var steps: [JoinStep] = []
    var left = Array(positives.indices)
    var next = start
    while !left.isEmpty {
      let position = next ?? bestAtom(among: left, bound: bound)
      next = nil
      left.removeAll { $0 == position }
      steps.append(atomStep(position, bound: &bound, pending: &pending))
    }
    for variable in rule.nodeVariables {
      bound.insert(Register(variable))
      steps.append(
        JoinStep(
          source: .node(Register(variable)),
          conditions: takeConditions(from: &pending, bound: &bound)))
    }
    precondition(pending.isEmpty, "a complete match binds what every condition needs")
    return JoinPlan(firstConditions: firstConditions, steps: steps)
  }

  private func bestAtom(among left: [Int], bound: Set<Register>) -> Int {
    func knownColumns(_ position: Int) -> Int {
      positives[position].columns.count { column in
        switch column {
        case .known: true
        case .register(let register): bound.contains(register)
        case .any: false
        }
      }
    }
    func rank(_ position: Int) -> (Int, Int) {
      let known = knownColumns(position)
      return (-known, positives[position].columns.count - known)
    }
    var best = left[0]
    for position in left.dropFirst() where rank(position) < rank(best) { best = position }
    return best
  }

  private mutating func atomStep(
    _ position: Int, bound: inout Set<Register>, pending: inout [Int]
  ) -> JoinStep {
    let (atom, columns) = positives[position]
    var keyColumns: [Int] = []
    var key: [KeySource] = []
    var captures: [(column: Int, register: Register)] = []
    var repeats: [(column: Int, register: Register)] = []
    var captured: Set<Register> = []
    for (number, column) in columns.enumerated() {
      switch column {
      case .any: continue
      case .known(let source):
        keyColumns.append(number)
        key.append(source)
      case .register(let register) where bound.contains(register):
        keyColumns.append(number)
        key.append(.register(register))
      case .register(let register):
        if captured.insert(register).inserted {
          captures.append((number, register))
        } else {
          repeats.append((number, register))
        }
      }
    }
    bound.formUnion(captured)
    return JoinStep(
      source: .atom(
        AtomAccess(
          position: position, relation: atom.relation, round: atom.round.map { Round($0) },
          access: access(to: atom.relation, columns: keyColumns, arity: columns.count))),
      key: key, captures: captures, repeats: repeats,
      conditions: takeConditions(from: &pending, bound: &bound))
  }

  /// Takes the conditions that can be tested now, none before a fallible one that still waits.
  private func takeConditions(from pending: inout [Int], bound: inout Set<Register>) -> [Int] {
    var taken: [Int] = []
    var waiting: [Int] = []
    var fallibleWaits = false
    for number in pending {
      let condition = conditions[number]
      if !fallibleWaits, condition.needs.allSatisfy(bound.contains) {
        taken.append(number)
        if let register = condition.binds { bound.insert(register) }
      } else {
        waiting.append(number)
        fallibleWaits = fallibleWaits || condition.isFallible
      }
    }
    pending = waiting
    return taken
  }
}
