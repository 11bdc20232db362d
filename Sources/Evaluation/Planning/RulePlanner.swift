// Turns a rule into a plan. The join order is greedy: the next atom is the one with the most known columns,
// then the fewest unknown ones, then the first in the body. Every set of known columns that a lookup uses
// gets an index, shared by all rules.

import Dedalus
import Indices
import Scenarios

struct RulePlanner {
  private let program: Program
  private let rule: Rule
  private var constants: ConstantPool
  private var catalog: IndexCatalog
  private var registerCount: Int
  var tables = PlanTables()
  /// Positive atoms with their expression columns replaced by registers.
  var positives: [(atom: Atom, columns: [PlannedColumn])] = []
  private var negatives: [(atom: Atom, columns: [PlannedColumn])] = []
  var counts: [Count] = []
  /// The number of conditions of the rule itself; those within the braces of counts follow.
  private var conditionCount = 0

  /// A column of a body atom, after expressions have become registers.
  enum PlannedColumn {
    case known(KeySource)
    case register(Register)
    case any
  }

  /// The plan of `id`; nil where the rule's constant location is not a node, so that it never fires.
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
    case .variable(let variable): .variable(variable.position)
    case .unconstrained: .nowhere
    case .constant(.integer): nil
    case .constant(.string(let name)): nodes.id(of: name).map { .node($0) }
    }
  }

  // MARK: Reading the body

  private mutating func readBody(_ place: RulePlan.Place) {
    if case .variable(let position) = place { tables.conditions.append(.isNode(Register(position))) }
    for term in rule.body {
      switch term {
      case .comparison(let comparison): readComparison(comparison)
      case .count(let count): readCount(count)
      case .atom(let atom):
        let columns = atom.columns.map { readColumn($0, negated: atom.isNegated) }
        if atom.isNegated { negatives.append((atom, columns)) } else { positives.append((atom, columns)) }
      }
    }
    orderConditions()
  }

  mutating func readComparison(_ comparison: Comparison) {
    let right = operand(comparison.right)
    if let variable = comparison.binds {
      tables.conditions.append(.bind(Register(variable), right))
    } else {
      tables.conditions.append(.compare(comparison.comparator, operand(comparison.left), right))
    }
  }

  private mutating func operand(_ expression: Expression) -> Operand {
    switch expression {
    case .constant(let constant): return .constant(constants.intern(constant))
    case .variable(let variable): return .register(Register(variable))
    case .binary:
      tables.computations.append(Computation(expression))
      return .computed(tables.computations.count - 1)
    }
  }

  mutating func readColumn(_ column: AtomColumn, negated: Bool) -> PlannedColumn {
    switch column {
    case .wildcard: return .any
    case .constant(let constant): return .known(.constant(constants.intern(constant)))
    case .variable(let variable): return .register(Register(variable))
    case .expression(let expression):
      let register = Register(registerCount)
      registerCount += 1
      let value = operand(expression)
      tables.conditions.append(
        negated ? .bind(register, value) : .compare(.equal, .register(register), value))
      return .register(register)
    }
  }

  /// The registers that atoms, locations and destinations bind.
  private var registersBoundByMatch: Set<Register> {
    var bound = Set(rule.nodeVariables.map { Register($0) })
    for (_, columns) in positives {
      for case .register(let register) in columns { bound.insert(register) }
    }
    return bound
  }

  /// Puts the conditions into evaluation order: the next is always the first whose registers are bound.
  private mutating func orderConditions() {
    var bound = registersBoundByMatch
    var waiting = tables.conditions
    tables.conditions = []
    while let next = waiting.firstIndex(where: { tables.needs(of: $0).allSatisfy(bound.contains) }) {
      let condition = waiting.remove(at: next)
      if let register = condition.binds { bound.insert(register) }
      tables.conditions.append(condition)
    }
    precondition(waiting.isEmpty, "a checked rule binds every variable of its comparisons")
    conditionCount = tables.conditions.count
  }

  // MARK: Making the plan

  private mutating func finish(_ id: RuleID, _ derived: RelationID, _ place: RulePlan.Place) -> RulePlan {
    for number in counts.indices { planCount(number) }
    let joins = ([nil] + positives.indices.map { $0 }).map { planJoin(startingWith: $0) }
    let bound = registersBoundByRule
    let negatives = negatives.map { planNegative($0.atom, $0.columns, bound) }
    for column in rule.head {
      switch column {
      case .aggregate(_, let variable): tables.head.append(.register(Register(variable)))
      case .expression(let expression): tables.head.append(operand(expression))
      }
    }
    if rule.groupsBySender, case .variable(let sender) = place {
      tables.head.append(.register(Register(sender)))
    }
    let body = PlannedBody(
      positives: positives.map {
        PositiveAtom(relation: $0.atom.relation, round: $0.atom.round.map { Round(named: $0) })
      },
      negatives: negatives, joins: joins, tables: tables)
    return RulePlan(
      id, rule.timing, deriving: derived, collectsRows: rule.isAggregate, at: place, body,
      registerCount: registerCount)
  }

  /// The registers that are bound when a match is complete.
  private var registersBoundByRule: Set<Register> {
    registersBoundByMatch.union(tables.conditions.compactMap(\.binds))
  }

  mutating func planNegative(
    _ atom: Atom, _ columns: [PlannedColumn], _ bound: Set<Register>
  ) -> NegativeAtom {
    let pattern: [KeySource?] = columns.map { column in
      switch column {
      case .known(let source): source
      case .register(let register) where bound.contains(register): .register(register)
      case .register, .any: nil
      }
    }
    let knownColumns = pattern.indices.filter { pattern[$0] != nil }
    let access = access(to: atom.relation, columns: knownColumns, arity: columns.count)
    return NegativeAtom(
      relation: atom.relation, round: atom.round.map { Round(named: $0) }, access: access,
      key: tables.add(keys: pattern.compactMap { $0 }), pattern: tables.add(pattern: pattern),
      equalColumns: tables.add(equalColumns: equalColumns(columns, bound)))
  }

  /// Each column whose variable is not in `bound` and also occurs further left, paired with the first column
  /// of that variable.
  private func equalColumns(_ columns: [PlannedColumn], _ bound: Set<Register>) -> [EqualColumns] {
    var firstUse: [Register: Int] = [:]
    var equal: [EqualColumns] = []
    for (position, column) in columns.enumerated() {
      guard case .register(let register) = column, !bound.contains(register) else { continue }
      if let first = firstUse[register] {
        equal.append(EqualColumns(first: first, second: position))
      } else {
        firstUse[register] = position
      }
    }
    return equal
  }

  private mutating func access(to relation: RelationID, columns: [Int], arity: Int) -> Access {
    columns.count == arity ? .row : .index(catalog.index(on: columns, of: relation))
  }

  private mutating func planJoin(startingWith start: Int?) -> JoinPlan {
    var bound: Set<Register> = []
    var pending = Array(0..<conditionCount)
    let firstConditions = takeConditions(from: &pending, bound: &bound)
    var steps: [JoinStep] = []
    var left = Array(positives.indices)
    var next = start
    while !left.isEmpty {
      let position = next ?? bestAtom(among: left, of: positives, bound: bound)
      next = nil
      left.removeAll { $0 == position }
      let (atom, columns) = positives[position]
      steps.append(atomStep(position, atom, columns, bound: &bound, pending: &pending))
    }
    for variable in rule.nodeVariables {
      bound.insert(Register(variable))
      steps.append(
        JoinStep(
          source: .node(Register(variable)),
          conditions: takeConditions(from: &pending, bound: &bound)))
    }
    while let first = pending.first, case .count(let number, let register) = tables.conditions[first] {
      pending.removeFirst()
      bound.insert(register)
      steps.append(
        JoinStep(source: .count(number), conditions: takeConditions(from: &pending, bound: &bound)))
    }
    precondition(pending.isEmpty, "a complete match binds what every condition needs")
    return JoinPlan(firstConditions: firstConditions, steps: tables.add(steps: steps))
  }

  func bestAtom(
    among left: [Int], of atoms: [(atom: Atom, columns: [PlannedColumn])], bound: Set<Register>
  ) -> Int {
    func knownColumns(_ position: Int) -> Int {
      atoms[position].columns.count { column in
        switch column {
        case .known: true
        case .register(let register): bound.contains(register)
        case .any: false
        }
      }
    }
    func rank(_ position: Int) -> (Int, Int) {
      let known = knownColumns(position)
      return (-known, atoms[position].columns.count - known)
    }
    var best = left[0]
    for position in left.dropFirst() where rank(position) < rank(best) { best = position }
    return best
  }

  mutating func atomStep(
    _ position: Int, _ atom: Atom, _ columns: [PlannedColumn], bound: inout Set<Register>,
    pending: inout [Int]
  ) -> JoinStep {
    var keyColumns: [Int] = []
    var key: [KeySource] = []
    var captures: [ColumnUse] = []
    var repeats: [ColumnUse] = []
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
          captures.append(ColumnUse(column: number, register: register))
        } else {
          repeats.append(ColumnUse(column: number, register: register))
        }
      }
    }
    bound.formUnion(captured)
    return JoinStep(
      source: .atom(
        AtomAccess(
          position: position, relation: atom.relation, round: atom.round.map { Round(named: $0) },
          access: access(to: atom.relation, columns: keyColumns, arity: columns.count))),
      key: tables.add(keys: key), captures: tables.add(columns: captures),
      repeats: tables.add(columns: repeats),
      conditions: takeConditions(from: &pending, bound: &bound))
  }

  /// Takes the conditions that can be tested now, but none before a fallible one that must still wait.
  mutating func takeConditions(from pending: inout [Int], bound: inout Set<Register>) -> Range<Int> {
    var taken: [Int] = []
    var waiting: [Int] = []
    var fallibleWaits = false
    for number in pending {
      let condition = tables.conditions[number]
      if case .count = condition {
        waiting.append(number)  // it is a step
      } else if !fallibleWaits, tables.needs(of: condition).allSatisfy(bound.contains) {
        taken.append(number)
        if let register = condition.binds { bound.insert(register) }
      } else {
        waiting.append(number)
        fallibleWaits = fallibleWaits || condition.isFallible
      }
    }
    pending = waiting
    return tables.add(conditionNumbers: taken)
  }
}
