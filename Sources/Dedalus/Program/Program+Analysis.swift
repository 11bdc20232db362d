import Indices
import Texts

extension Program {
  /// The nodes of an analysis without given nodes: those that the program declares, or else every string in
  /// the location column of a fact, sorted by bytes.
  public var defaultNodes: [Text] {
    if let declaredNodes { return declaredNodes }
    let names = possibleFacts.compactMap { fact in
      if case .string(let name) = fact.values[0] { name } else { nil }
    }
    return Set(names).sorted()
  }

  /// The facts, and those that may be chosen, each in the first of its rounds.
  var possibleFacts: [Fact] {
    facts
      + choices.map {
        Fact(relation: $0.relation, values: $0.values, round: $0.rounds.lowerBound, range: $0.range)
      }
  }

  /// Warnings that depend on the nodes and the last round, in source order: rules located at a string that is
  /// not a node, messages to such a string, whether a rule names it or facts introduce it, facts after the
  /// last round, and what probably means less than it seems to. `outcomes` are relations that are asked for
  /// by name; nil where no specification is looked at.
  public func warnings(nodes: [Text], eot: Int, outcomes: Set<Text>? = []) -> [Diagnostic] {
    let known = Set(nodes)
    var list = DiagnosticList()
    var told: Set<Text> = []
    for rule in rules {
      for stray in rule.fixedNodes where !known.contains(stray.name) {
        list.report(.locationNotNode(stray, in: rule, nodes: nodes))
        told.insert(stray.name)
      }
    }
    var strays = StrayNodes(self, nodes: nodes)
    for stray in strays.all() where list.hasRoomForWarnings && !told.contains(stray.name) {
      list.report(.strayNode(stray, of: rules[stray.rule], nodes: nodes))
      told.insert(stray.name)
    }
    reportSuspicions(nodes: nodes, outcomes: outcomes, told: told, to: &list)
    for fact in facts where list.hasRoomForWarnings && fact.round > eot {
      list.report(.factAfterEnd("it holds in round \(fact.round)", at: fact.range, eot: eot))
    }
    for choice in choices where list.hasRoomForWarnings && choice.rounds.lowerBound > eot {
      list.report(.factAfterEnd("its first round is \(choice.rounds.lowerBound)", at: choice.range, eot: eot))
    }
    return list.sorted
  }
}

/// A constant where a node is needed.
struct FixedNode {
  let name: Text
  let isDestination: Bool
}

extension Rule {
  /// The constants of this rule that must be nodes for it to fire.
  fileprivate var fixedNodes: [FixedNode] {
    var result: [FixedNode] = []
    if case .constant(.string(let name)) = location {
      result.append(FixedNode(name: name, isDestination: false))
    }
    if timing == .async, case .expression(.constant(.string(let name))) = head[0] {
      result.append(FixedNode(name: name, isDestination: true))
    }
    return result
  }
}

extension Diagnostic {
  /// A fact that the run never reaches.
  fileprivate static func factAfterEnd(
    _ phrase: String, at range: SourceRange, eot: Int
  ) -> Diagnostic {
    Diagnostic(
      code: .factAfterEnd, severity: .warning,
      message: "this fact is never reached: \(phrase), and the last round is \(eot)",
      range: range)
  }

  /// A rule whose constant location is not a node of the analysis.
  fileprivate static func locationNotNode(_ stray: FixedNode, in rule: Rule, nodes: [Text]) -> Diagnostic {
    let place = stray.isDestination ? "the destination of its message" : "its location"
    let near = nearest(to: stray.name.string, among: nodes.lazy.map(\.string))
    return Diagnostic(
      code: .locationNotNode, severity: .warning,
      message: "this rule can never fire: \(place), \(Constant.string(stray.name)), is no node",
      range: rule.range,
      fix: near.map { "did you mean \"\($0)\"?" } ?? "name it in \(option(naming: nodes, and: stray.name))")
  }

  /// A string from facts that is used where a node is needed.
  fileprivate static func strayNode(_ stray: StrayNode, of rule: Rule, nodes: [Text]) -> Diagnostic {
    let name = Constant.string(stray.name)
    let near = nearest(to: stray.name.string, among: nodes.lazy.map(\.string))
    let naming = "name it in \(option(naming: nodes, and: stray.name))"
    return Diagnostic(
      code: stray.isDestination ? .destinationNotNode : .locationNotNode, severity: .warning,
      message: stray.isDestination
        ? "\(name) is no node, so no message is ever sent to it"
        : "\(name) is no node, so no rule fires there",
      range: stray.origin,
      notes: [
        Note(
          message: "this rule would \(stray.isDestination ? "send to it" : "fire there")", range: rule.range)
      ],
      fix: near.map { "did you mean \"\($0)\"? if not, \(naming)" } ?? naming)
  }

  /// `--nodes` with `name` added, for a shell; only the end of the list where it is long.
  private static func option(naming nodes: [Text], and name: Text) -> String {
    let list = (nodes + [name]).nodeList
    guard list.unicodeScalars.count > 80 else { return shellOption("--nodes", list) }
    return "--nodes" + (list.hasPrefix("-") ? "=" : " ") + "…," + shellWord([name].nodeList)
  }
}

extension Sequence<Text> {
  /// The names as a call lists them: separated by commas, and in double quotes where they contain a comma or
  /// a blank.
  public var nodeList: String {
    map { name in
      name.string.unicodeScalars.contains { $0 == "," || $0.properties.isWhitespace }
        ? "\"\(name)\"" : name.string
    }.joined(separator: ",")
  }
}
