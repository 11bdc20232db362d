// Round by round. A round begins with the rows that come into it; then its strata are encoded in their order,
// so that what a `notin` or an aggregate reads is complete; then the rules with `@next` and `@async` give the
// next rounds their rows.
//
// Where a relation depends on itself in one round, a row must not support itself. So its rows are encoded in
// layers: in the first no row of the component holds, and in each further one a row holds if one of its ways
// does by the layer before. A derivation without repetition is no deeper than there are rows, so as many
// layers are enough. A row keeps its condition in a layer that changes none of its premises.

import Dedalus
import ReferenceEvaluator
import Texts

/// A formula under construction.
struct Encoder {
  let question: ReferenceQuestion
  var clauses = Clauses()
  /// The faults that may occur, in canonical order, each with its variable.
  let faults: [(fault: ReferenceFault, condition: Condition)]
  /// For each of them, its condition.
  let conditions: [ReferenceFault: Condition]
  /// The faults by their nodes, in the same order; partitions, which may cut any link, under no node.
  let faultsByNodes: [[Text]: [(fault: ReferenceFault, condition: Condition)]]
  /// The rounds that a chosen fact may have, each with its variable.
  let placings: [(statement: Int, round: Int, condition: Condition)]
  /// The possible rows, by round, then by relation; nothing holds in round 0.
  var tables: [[Table]]
  /// The conditions under which some arithmetic has no result.
  private(set) var failures: [Condition] = []
  /// The same for the component that is being encoded.
  private var openFailures: [Table.Way] = []
  var world = WorldAnswers()
  private(set) var constants: [Constant] = []
  private var symbols: [Constant: Symbol] = [:]
  let nodes: [Symbol]
  private var rules: [EncodedRule] = []
  private let shouldStop: (ReferenceProgress) -> Bool
  private var steps = 0

  /// More variables, or literals, than this are not written.
  private static let mostVariables = 1 << 24, mostLiterals = 1 << 27

  init(_ question: ReferenceQuestion, _ shouldStop: @escaping (ReferenceProgress) -> Bool) {
    self.question = question
    self.shouldStop = shouldStop
    let (program, eot) = (question.program, question.space.eot)
    var clauses = Clauses()
    faults = question.space.faults.map { ($0, clauses.newVariable()) }
    conditions = Dictionary(uniqueKeysWithValues: faults.map { ($0.fault, $0.condition) })
    faultsByNodes = Dictionary(grouping: faults) { $0.fault.kind == .partition ? [] : $0.fault.nodes }
    var placings: [(statement: Int, round: Int, condition: Condition)] = []
    for (number, choice) in program.choices.enumerated() {
      for round in choice.rounds where round <= eot {
        placings.append((number, round, clauses.newVariable()))
      }
    }
    self.placings = placings
    self.clauses = clauses
    assert(
      zip(faults, faults.dropFirst()).allSatisfy { $0.fault < $1.fault },
      "faults have their variables in canonical order, so that equal questions have equal formulas")
    tables = Array(repeating: Array(repeating: Table(), count: program.relations.count), count: eot + 1)
    var nodes: [Symbol] = []
    for node in question.space.nodes {
      nodes.append(Symbol(constants.count))
      symbols[.string(node)] = Symbol(constants.count)
      constants.append(.string(node))
    }
    self.nodes = nodes
    for rule in program.rules.indices { rules.append(EncodedRule(program.rules[rule], &self)) }
  }

  /// The number of `constant`.
  mutating func symbol(of constant: Constant) -> Symbol {
    if let known = symbols[constant] { return known }
    let symbol = Symbol(constants.count)
    symbols[constant] = symbol
    constants.append(constant)
    return symbol
  }

  /// The name of the node with the number `symbol`; nil where that is no node. Nodes have the first numbers.
  func node(_ symbol: Symbol) -> Text? {
    assert(constants.indices.contains(Int(symbol)), "a symbol is the number of a value")
    return Int(symbol) < nodes.count ? question.space.nodes[Int(symbol)] : nil
  }

  mutating func symbols(of row: [Constant]) -> [Symbol] {
    var numbers: [Symbol] = []
    for value in row { numbers.append(symbol(of: value)) }
    return numbers
  }

  /// Counts a step, and asks now and then whether to go on.
  mutating func step(in round: Int) throws(UnfinishedFormula) {
    steps += 1
    guard steps % 256 == 1 else { return }
    if shouldStop(ReferenceProgress(round: round, variables: Int(clauses.variableCount))) { throw .stopped }
    if clauses.variableCount > Self.mostVariables { throw .tooLarge(Self.mostVariables, round: round) }
    if clauses.numbers.count > Self.mostLiterals { throw .tooLarge(Self.mostLiterals, round: round) }
  }
}

// MARK: A round

extension Encoder {
  mutating func encodeRounds() throws(UnfinishedFormula) {
    for round in 1...question.space.eot { try encode(round) }
  }

  private mutating func encode(_ round: Int) throws(UnfinishedFormula) {
    placeFacts(in: round)
    if round < question.space.eot { try letRowsStay(in: round) }
    placeStatements(in: round)
    for stratum in question.program.strata(in: round) { try encode(stratum, in: round) }
    guard round < question.space.eot else { return }
    for rule in rules where rule.timing != .deductive { try derive(rule, in: round) }
  }

  private mutating func placeFacts(in round: Int) {
    let program = question.program
    for fact in program.facts where fact.round == round {
      let isThere = !isMissing(ReferenceFact(fact, of: program))
      place(fact.values, of: fact.relation, in: round, where: isThere)
    }
    for placing in placings where placing.round == round {
      let choice = program.choices[placing.statement]
      place(choice.values, of: choice.relation, in: round, where: placing.condition)
    }
  }

  private mutating func place(
    _ values: [Constant], of relation: RelationID, in round: Int, where isThere: Condition
  ) {
    let row = symbols(of: values)
    let isPlaced = clauses.all([isThere, getsFact(row, of: relation, in: round)])
    tables[round][relation.position].add(row, Table.Way(condition: isPlaced, open: []))
  }

  /// Lets the rows that have come into `round` hold in the next one where they stay. What rules will derive
  /// in this round, and what the world states, has not come into it.
  private mutating func letRowsStay(in round: Int) throws(UnfinishedFormula) {
    for relation in question.program.relations.indices {
      let table = tables[round][relation.position]
      for (row, ways) in zip(table.rows, table.ways) {
        try step(in: round)
        let staying = stays(row, of: relation, in: round)
        if staying == .never { continue }
        let hasCome = clauses.any(ways.map(\.condition))
        tables[round + 1][relation.position]
          .add(row, Table.Way(condition: clauses.all([hasCome, staying]), open: []))
      }
    }
  }

  private mutating func placeStatements(in round: Int) {
    for (relation, values, condition) in statements(in: round) {
      tables[round][relation.position]
        .add(symbols(of: values), Table.Way(condition: condition, open: []))
    }
  }

  /// Derives what `rule` derives from rows whose conditions are known.
  private mutating func derive(_ rule: EncodedRule, in round: Int) throws(UnfinishedFormula) {
    if rule.isAggregate { return try aggregate(rule, in: round) }
    for match in try matches(of: rule, in: round) {
      guard let (row, condition) = try instance(match, of: rule, in: round) else { continue }
      derive(row, of: rule, from: location(of: match, rule), in: round, where: condition)
    }
  }

  /// Derives `row` under `condition`, in whatever rounds it then holds.
  mutating func derive(
    _ row: [Symbol], of rule: EncodedRule, from sender: Symbol?, in round: Int, where condition: Condition
  ) {
    assert(rule.timing == .deductive || round < question.space.eot, "nothing is derived for after the end")
    func way(_ condition: Condition) -> Table.Way { Table.Way(condition: condition, open: []) }
    switch rule.timing {
    case .deductive: tables[round][rule.head].add(row, way(condition))
    case .inductive: tables[round + 1][rule.head].add(row, way(condition))
    case .async:
      guard let receiver = node(row[0]) else { return }
      for (arrival, arrives) in arrivals(from: sender.flatMap { node($0) }, to: receiver, sentIn: round)
      where arrival <= question.space.eot {
        tables[arrival][rule.head].add(row, way(clauses.all([condition, arrives])))
      }
    }
  }
}

// MARK: A stratum

extension Encoder {
  private mutating func encode(_ stratum: Stratum, in round: Int) throws(UnfinishedFormula) {
    let component = stratum.relations.map(\.position)
    let rules = stratum.rules.map { self.rules[$0.position] }
    assert(rules.allSatisfy { $0.timing == .deductive }, "what is derived in strata holds in the same round")
    for rule in rules where rule.isAggregate || !stratum.isRecursive { try derive(rule, in: round) }
    if stratum.isRecursive {
      try deriveTogether(rules.filter { !$0.isAggregate }, component, in: round)
    } else {
      for relation in component {
        let ways = tables[round][relation].ways
        tables[round][relation].close(ways.map { clauses.any($0.map(\.condition)) })
      }
    }
  }

  /// Encodes a component whose rows may depend on each other.
  private mutating func deriveTogether(
    _ rules: [EncodedRule], _ component: [Int], in round: Int
  ) throws(UnfinishedFormula) {
    assert(openFailures.isEmpty, "the failures of one component are settled before the next one begins")
    func rowCount() -> Int { component.reduce(0) { $0 + tables[round][$1].rows.count } }
    var known: Int
    repeat {
      known = rowCount()
      for rule in rules {
        for match in try matches(of: rule, in: round) {
          guard case .row(let row) = head(of: match, rule), !isExcluded(match, of: rule, in: round) else {
            continue
          }
          _ = tables[round][rule.head].add(row)
        }
      }
    } while rowCount() > known
    for rule in rules {
      for match in try matches(of: rule, in: round) {
        let open = match.premises.filter { $0.round == round && component.contains($0.relation) }
        guard let (row, condition) = try instance(match, of: rule, in: round, except: open) else { continue }
        tables[round][rule.head].add(row, Table.Way(condition: condition, open: open))
      }
    }
    try encodeLayers(of: component, in: round)
  }

  private mutating func encodeLayers(of component: [Int], in round: Int) throws(UnfinishedFormula) {
    var places: [Place] = []
    for relation in component {
      for position in tables[round][relation].rows.indices {
        places.append(Place(relation: relation, round: round, position: position))
      }
    }
    var layer: [Place: Condition] = [:]
    var changed: Set<Place> = []
    for depth in 0..<places.count {
      var next = layer
      for place in places {
        try step(in: round)
        let ways = tables[round][place.relation].ways[place.position]
        guard depth == 0 || ways.contains(where: { $0.open.contains(where: changed.contains) }) else {
          continue
        }
        next[place] = clauses.any(
          ways.map { way in
            clauses.all([way.condition] + way.open.map { layer[$0] ?? .never })
          })
      }
      changed = Set(places.filter { next[$0] != layer[$0] ?? .never })
      layer = next
      if changed.isEmpty { break }
    }
    for failure in openFailures {
      failures.append(clauses.all([failure.condition] + failure.open.map { layer[$0] ?? .never }))
    }
    openFailures = []
    for relation in component {
      tables[round][relation].close(
        tables[round][relation].rows.indices.map {
          layer[Place(relation: relation, round: round, position: $0)] ?? .never
        })
    }
  }

  /// Notes that arithmetic has no result where `condition` is true and so are the `open` premises.
  mutating func fail(where condition: Condition, _ open: [Place] = []) {
    if open.isEmpty {
      failures.append(condition)
    } else {
      openFailures.append(Table.Way(condition: condition, open: open))
    }
  }
}
