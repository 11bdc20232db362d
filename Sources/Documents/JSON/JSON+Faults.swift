import Dedalus
import Evaluation
import Scenarios
import Texts

// Faults, rows and bounds, in the form that all documents use.

extension JSON {
  /// `{"kind": "crash", "node": "a", "round": 5}`, `{"kind": "delay", "from": "b", "to": "Z", "round": 1,
  /// "late": 2}`, `{"kind": "partition", "side": ["a", "b"], "round": 1, "until": 3}` or `{"kind": "missing",
  /// "fact": "p(\"a\")@1"}`.
  public init(_ fault: Fault, nodes: Nodes) {
    let values: [JSON]
    switch fault.subject {
    case .node, .link: values = fault.subject.nodes.map { .string(nodes[$0].string) }
    case .side(let side): values = [.array(side.nodes.map { .string(nodes[$0].string) })]
    case .fact(let fact): values = [.string(fact.text(in: fault.round))]
    }
    var members = [Member(key: "kind", value: .string(fault.meaning.name))]
    members += zip(fault.subject.form.names, values).map { Member(key: $0, value: $1) }
    if fault.subject.form != .fact {
      members.append(.init(key: "round", value: .integer(fault.round.position)))
    }
    switch fault.meaning.measure {
    case .until: members.append(.init(key: "until", value: .integer(fault.until.position)))
    case .late: members.append(.init(key: "late", value: .integer(fault.extent)))
    case nil: break
    }
    self = .object(members)
  }

  /// The faults in the order of the set.
  public init(_ faults: FaultSet, nodes: Nodes) {
    self = .array(faults.faults.map { JSON($0, nodes: nodes) })
  }

  /// `{"eot": 7, "eff": 4, "crashes": 1, "nodes": ["C", "Z", "a", "b", "c"]}`; before the nodes, whatever
  /// else is not as usual.
  public init(_ bounds: Bounds) {
    let budgets = bounds.budgets
    var members: [Member] = [
      .init(key: "eot", value: .integer(bounds.eot)), .init(key: "eff", value: .integer(bounds.eff)),
      .init(key: "crashes", value: .integer(bounds.crashes)),
    ]
    for (kind, count) in budgets.given where kind != .crash {
      members.append(.init(key: kind.meaning.budget, value: .integer(count)))
    }
    if budgets.window != Budgets.usualWindow {
      members.append(.init(key: "window", value: .integer(budgets.window)))
    }
    if budgets.late != Budgets.usualLate { members.append(.init(key: "late", value: .integer(budgets.late))) }
    if budgets.split != .any { members.append(.init(key: "split", value: .string(budgets.split.rawValue))) }
    if let last = budgets.lastCrash { members.append(.init(key: "last-crash", value: .integer(last))) }
    if !budgets.spared.isEmpty {
      members.append(.init(key: "spare", value: .string(budgets.spared.list(bounds.nodes))))
    }
    let names = bounds.nodes.names.map { JSON.string($0.string) }
    self = .object(members + [.init(key: "nodes", value: .array(names))])
  }

  /// Rows of constants, each an array of strings and integers.
  public init(rows: [[Constant]]) {
    self = .array(rows.map { JSON(row: $0) })
  }

  /// A row of constants: an array of strings and integers.
  public init(row: [Constant]) {
    self = .array(row.map(JSON.init(constant:)))
  }

  /// A constant: a string or an integer.
  public init(constant: Constant) {
    switch constant {
    case .integer(let value): self = .integer(Int(value))
    case .string(let text): self = .string(text.string)
    }
  }
}

extension StrictJSON {
  /// The reverse of `JSON(bounds)`; `Bounds` checks that the parts fit together. The facts that may be
  /// missing are those of the program.
  package func bounds() throws(JSONError) -> Bounds {
    let object = try StrictObject(
      self, keys: ["eot", "eff", "crashes", "nodes"], optional: Self.optionalKeys)
    var names: [Text] = []
    for element in try object["nodes"].elements(atMost: Nodes.mostNodes) {
      let name = Text(try element.string())
      guard !names.contains(name) else {
        throw JSONError(
          message: "the node '\(name.string.showingEverything)' is named twice", offset: element.offset,
          wrongness: .meaning)
      }
      names.append(name)
    }
    let nodes = Nodes(names)
    let budgets = try budgets(object, nodes)
    let eot = try object["eot"].integer(in: 1...1_000_000_000)
    let eff = try object["eff"].integer(in: 0...1_000_000_000)
    return try meaning { () throws(InvalidQuestion) in
      try Bounds(eot: eot, eff: eff, budgets: budgets, nodes: nodes)
    }
  }

  private static var optionalKeys: [String] {
    KindID.all.map(\.budget).filter { $0 != "crashes" } + ["window", "late", "split", "last-crash", "spare"]
  }

  private func budgets(_ object: StrictObject, _ nodes: Nodes) throws(JSONError) -> Budgets {
    var budgets = Budgets()
    for kind in KindID.allIDs {
      guard let value = object.value(of: kind.meaning.budget) else { continue }
      budgets[kind] = try value.integer(in: 0...Budgets.greatest)
    }
    if let window = object.value(of: "window") {
      budgets.window = try window.integer(in: 1...Budgets.greatest)
    }
    if let late = object.value(of: "late") { budgets.late = try late.integer(in: 1...Budgets.greatest) }
    if let last = object.value(of: "last-crash") {
      budgets.lastCrash = try last.integer(in: 1...Budgets.greatest)
    }
    if let split = object.value(of: "split") { budgets.split = try split.choice() }
    if let spare = object.value(of: "spare") {
      let list = try spare.string()
      budgets.spared = try spare.meaning { () throws(InvalidQuestion) in
        try Budgets.Spared(list: list, nodes: nodes)
      }
    }
    return budgets
  }

  /// What `body` makes of the value, which may object to what the value means.
  private func meaning<Result>(
    _ body: () throws(InvalidQuestion) -> Result
  ) throws(JSONError) -> Result {
    do throws(InvalidQuestion) {
      return try body()
    } catch {
      throw JSONError(message: error.message, offset: offset, wrongness: .meaning)
    }
  }

  /// The reverse of `JSON(faults, nodes:)`. The faults need not be sorted, but each occurs once, and the set
  /// must be admissible. Whether the program has the facts that are missing, is for its reader to see.
  package func faults(within bounds: Bounds) throws(JSONError) -> FaultSet {
    var faults: [Fault] = []
    var seen = Set<Fault>()
    for element in try elements(atMost: CounterexampleFile.mostFaults) {
      let fault = try element.fault(bounds.nodes)
      guard seen.insert(fault).inserted else {
        throw JSONError(
          message: "the fault '\(fault.text(bounds.nodes).showingEverything)' stands here twice",
          offset: element.offset, wrongness: .meaning)
      }
      if let objection = bounds.knowingFacts(of: [fault]).objection(to: fault) {
        throw JSONError(message: objection.showingEverything, offset: element.offset, wrongness: .meaning)
      }
      faults.append(fault)
    }
    let set = FaultSet(faults)
    if let objection = bounds.knowingFacts(of: faults).objection(to: set) {
      throw JSONError(message: objection.showingEverything, offset: offset, wrongness: .meaning)
    }
    return set
  }

  private func fault(_ nodes: Nodes) throws(JSONError) -> Fault {
    guard case .object(let members) = content else {
      throw JSONError(message: "expected an object, found \(self.kind)", offset: offset)
    }
    guard let member = members.first(where: { $0.key == "kind" }) else {
      throw JSONError(message: "the key \"kind\" is missing", offset: offset)
    }
    let name = try member.value.string()
    guard let kind = KindID(named: name) else {
      let known = KindID.all.map { JSON.literal($0.name) }.joined(separator: " or ")
      throw JSONError(
        message: "expected \(known), found \(JSON.literal(name))", offset: member.value.offset,
        wrongness: .meaning)
    }
    let meaning = kind.meaning
    let timing = meaning.subject == .fact ? [] : ["round"] + (meaning.measure.map { [$0.rawValue] } ?? [])
    let object = try StrictObject(self, keys: ["kind"] + meaning.subject.names + timing)
    if meaning.subject == .fact {
      let text = try object["fact"].string()
      let fact = try object["fact"].meaning { () throws(InvalidQuestion) in try TimedFact(text) }
      return Fault(kind, .fact(fact.fact), fact.round)
    }
    let round = try object["round"].integer(in: 1...1_000_000_000)
    var extent = 0
    switch meaning.measure {
    case .until: extent = try object["until"].integer(in: (round + 1)...1_000_000_001) - round
    case .late: extent = try object["late"].integer(in: 1...Budgets.greatest)
    case nil: break
    }
    let subject = try object.subject(meaning.subject, nodes)
    return Fault(kind, subject, Round(round), extent: extent)
  }

  fileprivate func node(_ nodes: Nodes) throws(JSONError) -> NodeID {
    let name = try string()
    guard let node = nodes.id(of: Text(name)) else {
      throw JSONError(
        message: "there is no node '\(name.showingEverything)' in the bounds", offset: offset,
        wrongness: .meaning
      )
    }
    return node
  }

  /// The reverse of `JSON(rows:)`.
  package func rows() throws(JSONError) -> [[Constant]] {
    var rows: [[Constant]] = []
    for row in try elements(atMost: 1_000_000) { rows.append(try row.row()) }
    return rows
  }

  /// The reverse of `JSON(row:)`.
  package func row() throws(JSONError) -> [Constant] {
    var values: [Constant] = []
    for element in try elements(atMost: 1000) { values.append(try element.constant()) }
    return values
  }

  /// A string or an integer.
  func constant() throws(JSONError) -> Constant {
    switch content {
    case .integer(let value): return .integer(Int64(value))
    case .string(let string): return .string(Text(string))
    default:
      throw JSONError(message: "expected a string or an integer, found \(kind)", offset: offset)
    }
  }
}

extension StrictObject {
  /// The subject of a fault.
  fileprivate func subject(
    _ form: Fault.Subject.Form, _ nodes: Nodes
  ) throws(JSONError) -> Fault.Subject {
    switch form {
    case .node: return .node(try self["node"].node(nodes))
    case .link: return .link(Link(from: try self["from"].node(nodes), to: try self["to"].node(nodes)))
    case .side:
      var side: [NodeID] = []
      for element in try self["side"].elements(atMost: Nodes.mostNodes) {
        side.append(try element.node(nodes))
      }
      guard 1..<nodes.count ~= Set(side).count else {
        throw JSONError(
          message: "a side holds some of the nodes, and not all of them", offset: self["side"].offset,
          wrongness: .meaning)
      }
      return .side(NodeSet(side).side(ofNodes: nodes.count))
    case .fact: preconditionFailure("facts are read as a whole")
    }
  }
}
