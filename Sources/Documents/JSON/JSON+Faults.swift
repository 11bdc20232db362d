import Dedalus
import Evaluation
import Scenarios
import Texts

// Faults, rows and bounds, in the form that all documents use.

extension JSON {
  /// `{"kind": "crash", "node": "a", "round": 5}` or `{"kind": "omission", "from": "b", "to": "Z", "round":
  /// 1}`.
  public init(_ fault: Fault, nodes: Nodes) {
    var members: [Member] = [.init(key: "kind", value: .string(fault.meaning.name))]
    for (name, node) in zip(fault.subject.form.names, fault.subject.nodes) {
      members.append(.init(key: name, value: .string(nodes[node].string)))
    }
    self = .object(members + [.init(key: "round", value: .integer(fault.round.position))])
  }

  /// The faults in the order of the set.
  public init(_ faults: FaultSet, nodes: Nodes) {
    self = .array(faults.faults.map { JSON($0, nodes: nodes) })
  }

  /// `{"eot": 7, "eff": 4, "crashes": 1, "nodes": ["C", "Z", "a", "b", "c"]}`
  public init(_ bounds: Bounds) {
    self = [
      "eot": .integer(bounds.eot), "eff": .integer(bounds.eff), "crashes": .integer(bounds.crashes),
      "nodes": .array(bounds.nodes.names.map { .string($0.string) }),
    ]
  }

  /// Rows of constants, each an array of strings and integers.
  public init(rows: [[Constant]]) {
    self = .array(rows.map { JSON(row: $0) })
  }

  /// A row of constants: an array of strings and integers.
  public init(row: [Constant]) {
    self = .array(row.map(JSON.init))
  }

  private init(_ constant: Constant) {
    switch constant {
    case .integer(let value): self = .integer(Int(value))
    case .string(let text): self = .string(text.string)
    }
  }
}

extension StrictJSON {
  /// The reverse of `JSON(bounds)`; `Bounds` checks that the parts fit together.
  package func bounds() throws(JSONError) -> Bounds {
    let object = try StrictObject(self, keys: ["eot", "eff", "crashes", "nodes"])
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
    do {
      return try Bounds(
        eot: try object["eot"].integer(in: 1...1_000_000_000),
        eff: try object["eff"].integer(in: 0...1_000_000_000),
        crashes: try object["crashes"].integer(in: 0...Nodes.mostNodes), nodes: Nodes(names))
    } catch let error as InvalidQuestion {
      throw JSONError(message: error.message, offset: offset, wrongness: .meaning)
    } catch let error as JSONError {
      throw error
    } catch {
      preconditionFailure("bounds fail in no other way")
    }
  }

  /// The reverse of `JSON(faults, nodes:)`. The faults need not be sorted, but each occurs once, and the set
  /// must be admissible.
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
      guard bounds.covers(fault) else {
        throw JSONError(
          message: "the fault '\(fault.text(bounds.nodes).showingEverything)' lies outside the bounds",
          offset: element.offset, wrongness: .meaning)
      }
      faults.append(fault)
    }
    let set = FaultSet(faults)
    guard bounds.admits(set) else {
      throw JSONError(message: "more crashes than the bounds allow", offset: offset, wrongness: .meaning)
    }
    return set
  }

  private func fault(_ nodes: Nodes) throws(JSONError) -> Fault {
    guard case .object(let members) = content else {
      throw JSONError(message: "expected an object, found \(kind)", offset: offset)
    }
    let form: Fault.Subject.Form = members.contains { $0.key == "node" } ? .node : .link
    let object = try StrictObject(self, keys: ["kind"] + form.names + ["round"])
    let name = try object["kind"].string()
    guard let kind = KindID(named: name), kind.meaning.subject == form else {
      let known = KindID.all.map { JSON.literal($0.name) }.joined(separator: " or ")
      throw JSONError(
        message: "expected \(known), found \(JSON.literal(name))", offset: object["kind"].offset,
        wrongness: .meaning)
    }
    let round = Round(try object["round"].integer(in: 1...1_000_000_000))
    var named: [NodeID] = []
    for name in form.names { named.append(try object[name].node(nodes)) }
    return Fault(kind, Fault.Subject(form, named), round)
  }

  private func node(_ nodes: Nodes) throws(JSONError) -> NodeID {
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
    for row in try elements(atMost: 1_000_000) {
      var values: [Constant] = []
      for element in try row.elements(atMost: 1000) {
        switch element.content {
        case .integer(let value): values.append(.integer(Int64(value)))
        case .string(let string): values.append(.string(Text(string)))
        default:
          throw JSONError(
            message: "expected a string or an integer, found \(element.kind)", offset: element.offset)
        }
      }
      rows.append(values)
    }
    return rows
  }
}
