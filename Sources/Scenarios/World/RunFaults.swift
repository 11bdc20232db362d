import Indices

/// The faults of one run, by what they strike.
public struct RunFaults: FaultSource {
  /// All faults of the run.
  public let set: FaultSet
  /// The faults on links, by link and round.
  @usableFromInline let links: [LinkInRound: [Fault]]

  @usableFromInline
  struct LinkInRound: Hashable, Sendable {
    @usableFromInline let link: Link
    @usableFromInline let round: Round

    @inlinable
    init(link: Link, round: Round) {
      self.link = link
      self.round = round
    }
  }

  /// The faults of `set`.
  public init(_ set: FaultSet) {
    self.set = set
    var links: [LinkInRound: [Fault]] = [:]
    links.reserveCapacity(set.count)
    for fault in set.faults {
      guard case .link(let link) = fault.subject else { continue }
      links[LinkInRound(link: link, round: fault.round), default: []].append(fault)
    }
    self.links = links
  }

  /// Whether a fault of the set strikes a node.
  public var strikesNodes: Bool { self.set.faults.contains { $0.subject.form == .node } }

  /// Calls `body` for every fault that strikes `node`.
  public func eachFault(at node: NodeID, _ body: (Fault, ChoiceID) -> Void) {
    for (number, fault) in set.faults.enumerated() where fault.subject == .node(node) {
      body(fault, ChoiceID(number))
    }
  }

  /// Calls `body` for every fault that strikes `link` in `round`.
  @inlinable
  public func eachFault(on link: Link, in round: Round, _ body: (Fault, ChoiceID) -> Void) {
    if links.isEmpty { return }
    for fault in links[LinkInRound(link: link, round: round)] ?? [] { body(fault, ChoiceID(0)) }
  }
}

/// The world of one run.
public typealias RunWorld = World<OneRun, RunFaults>

extension World where Algebra == OneRun, Faults == RunFaults {
  /// The world in `setting` under `faults`.
  public convenience init(_ setting: Setting, _ faults: FaultSet) {
    var algebra = OneRun()
    self.init(setting, RunFaults(faults), &algebra)
  }
}
