// A kind of fault is one file in the folder Kinds. It defines what its faults strike and when, their effects
// on the world, which of them exclude each other, and how they are described. All other code asks the kind:
// only the list at the end of this file names the kinds, and nothing switches over them.

import Indices

/// Names a kind of fault, by its position in the order of kinds.
public struct KindID: DenseIndex {
  /// The index of the kind in `KindID.all`.
  public let rawValue: UInt32
  /// The kind at this index.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A kind of fault.
public protocol FaultKind: Sendable {
  /// The name in documents and in the record, as in `"kind": "crash"`.
  var name: String { get }
  /// The verb for what happens to the subject, as in `a crashes`.
  var verb: String { get }
  /// The first word of a fault in a call, as in `omit a b 1`.
  var word: String { get }
  /// Whether it strikes nodes or links.
  var subject: Fault.Subject.Form { get }
  /// The name of a bound on the number of its faults, as in `crashes`; nil where only EFF bounds it.
  var budget: String? { get }
  /// Whether its effects last to the end of the run.
  var isForGood: Bool { get }
  /// Whether the world states its faults in every round. A run with such a fault shares nothing with a run
  /// without it.
  var isStated: Bool { get }

  /// The rounds in which a fault may begin, within `bounds`, without regard to the number of faults.
  func rounds(within bounds: Bounds) -> Range<Int>
  /// The effects of `fault` on the world.
  func effects(of fault: Fault, in view: CrashView) -> [Effect]
  /// What `fault` occupies: two faults with equal slots cannot be in one fault set.
  func slot(of fault: Fault) -> Fault.Subject?
  /// Draws random faults for a set within `bounds`, at most as many as the bounds admit.
  func draw(using random: inout SplitMix, within bounds: Bounds) -> [Fault]

  /// `fault` in words.
  func sentence(of fault: Fault, _ nodes: Nodes) -> String
  /// Why `fault` has no effect where it is inert, in words.
  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String
}

/// An effect of a fault on the world, in the rounds of a span or in one round.
public enum Effect: Hashable, Sendable {
  /// Rules at the node do not fire.
  case stops(NodeID, Span)
  /// The node sends nothing to other nodes; messages lost in this way have the given fate.
  case silences(NodeID, Span, Fate)
  /// No facts are placed at the node.
  case bars(NodeID, Span)
  /// Messages on the link in this round are lost, with the given fate.
  case cuts(Link, Round, Fate)
  /// The world states the fact at every node in every round.
  case states(StatedFact)

  /// A range of consecutive rounds.
  public struct Span: Hashable, Sendable {
    /// The first round.
    public let first: Round
    /// The last round; nil where the span lasts to the end of the run.
    public let last: Round?

    /// The rounds from `first` through `last`, or to the end of the run.
    public init(from first: Round, through last: Round? = nil) {
      self.first = first
      self.last = last
    }

    /// Whether `round` is in the span.
    public func contains(_ round: Round) -> Bool { first <= round && last.map { round <= $0 } ?? true }
  }
}

/// What happened to a message.
public enum Fate: String, Hashable, Sendable {
  /// It arrives in the next round.
  case delivered
  /// An omission lost the message.
  case omitted
  /// The sender had crashed.
  case senderCrashed = "crashed"
}

/// A fact that the world states by itself: a row `crash(observer, node, round)` at every observer.
public struct StatedFact: Hashable, Sendable {
  /// The node that the fact is about.
  public let node: NodeID
  /// The round that the fact names.
  public let round: Round

  /// The fact that something happens to `node` in `round`.
  public init(node: NodeID, round: Round) {
    self.node = node
    self.round = round
  }
}

extension KindID {
  /// Every kind, in the order in which faults are listed.
  public static let all: [any FaultKind] = [Crash(), Omission()]

  /// The IDs of all kinds, in the order in which faults are listed.
  public static var allIDs: some RandomAccessCollection<KindID> { all.indices.lazy.map { KindID($0) } }

  /// The definition of the kind.
  public var meaning: any FaultKind { Self.all[position] }

  /// The kind with this `name` in documents; nil where there is none.
  public init?(named name: String) {
    guard let place = Self.all.firstIndex(where: { $0.name == name }) else { return nil }
    self.init(place)
  }

  /// The kind that is defined by the type `Kind`.
  init<Kind: FaultKind>(of kind: Kind.Type) {
    guard let place = Self.all.firstIndex(where: { $0 is Kind }) else {
      preconditionFailure("the kind \(kind) is not in the list of kinds")
    }
    self.init(place)
  }
}

extension Fault {
  /// The definition of the fault's kind.
  public var meaning: any FaultKind { kind.meaning }

  /// The effects of the fault on the world.
  public func effects(in view: CrashView) -> [Effect] { meaning.effects(of: self, in: view) }

  /// The fault in words.
  public func sentence(_ nodes: Nodes) -> String { meaning.sentence(of: self, nodes) }

  /// Why the fault has no effect where it is inert, in words.
  public func inertSentence(_ nodes: Nodes) -> String { meaning.inertSentence(of: self, nodes) }

  /// The last round that is the same in two runs if only one of them has this fault; nil where there is none.
  public func lastRoundShared(in view: CrashView) -> Round? {
    if meaning.isStated { return nil }
    var last: Round?
    for effect in effects(in: view) {
      let round: Round
      switch effect {
      case .states: preconditionFailure("a kind whose faults are stated says so")
      case .cuts(_, let struck, _): round = struck
      case .silences(_, let span, _): round = span.first
      case .stops(_, let span), .bars(_, let span):
        guard span.first > Round(1) else { return nil }
        round = Round(rawValue: span.first.rawValue - 1)
      }
      last = last.map { Swift.min($0, round) } ?? round
    }
    return last
  }
}
