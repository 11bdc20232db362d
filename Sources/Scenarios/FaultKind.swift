// A kind of fault is one file in the folder Kinds. It says what its faults strike and when they may, what they do to the
// world, which of them exclude each other, and how one says them. Everybody else asks: nothing but the list at the end
// of this file knows which kinds there are, and nothing switches over them.

import Indices

/// Names a kind of fault, by its place in the order of kinds.
public struct KindID: DenseIndex {
  /// Its place.
  public let rawValue: UInt32
  /// The kind at that place.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A way in which things go wrong.
public protocol FaultKind: Sendable {
  /// What it is called in documents and in the record, as in `"kind": "crash"`.
  var name: String { get }
  /// What happens to what it strikes, as in `a crashes`.
  var verb: String { get }
  /// With what its text begins in a call, as in `omit a b 1`.
  var word: String { get }
  /// What it strikes.
  var subject: Fault.Subject.Form { get }
  /// How a bound on the number of its faults is called, as in `crashes`; nil where EFF alone bounds it.
  var budget: String? { get }
  /// Whether what it does lasts to the end of the run.
  var isForGood: Bool { get }
  /// Whether the world states its faults, in every round: then a run with such a fault shares nothing with one without.
  var isStated: Bool { get }

  /// The rounds in which it may begin, within `bounds`; how many of its faults there may be is another matter.
  func rounds(within bounds: Bounds) -> Range<Int>
  /// What `fault` does to the world.
  func effects(of fault: Fault, in view: CrashView) -> [Effect]
  /// What `fault` takes up: two faults that take up the same are not in one set.
  func slot(of fault: Fault) -> Fault.Subject?
  /// Faults drawn at random for a set within `bounds`, no more than these admit.
  func draw(using random: inout SplitMix, within bounds: Bounds) -> [Fault]

  /// `fault` as one says it.
  func sentence(of fault: Fault, _ nodes: Nodes) -> String
  /// Why `fault` touches nothing where it is inert, as one says it.
  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String
}

/// Something that a fault does to the world, in the rounds from one on, to the end of the run where none is the last.
public enum Effect: Hashable, Sendable {
  /// Rules at the node do not fire.
  case stops(NodeID, Span)
  /// The node sends nothing to other nodes; a message lost that way has this fate.
  case silences(NodeID, Span, Fate)
  /// No fact is placed at the node.
  case bars(NodeID, Span)
  /// What is sent on the link in this round is lost, with this fate.
  case cuts(Link, Round, Fate)
  /// The world says so, at every node in every round.
  case states(StatedFact)

  /// Rounds one after the other.
  public struct Span: Hashable, Sendable {
    /// The first.
    public let first: Round
    /// The last; nil where there is none.
    public let last: Round?

    /// The rounds from `first` through `last`, or to the end.
    public init(from first: Round, through last: Round? = nil) {
      self.first = first
      self.last = last
    }

    /// Whether `round` is one of them.
    public func contains(_ round: Round) -> Bool { first <= round && last.map { round <= $0 } ?? true }
  }
}

/// What became of a message.
public enum Fate: String, Hashable, Sendable {
  /// It is received in the round after.
  case delivered
  /// An omission lost it.
  case omitted
  /// Its sender had crashed.
  case senderCrashed = "crashed"
}

/// What the world states by itself: a row `crash(observer, node, round)` at every observer.
public struct StatedFact: Hashable, Sendable {
  /// Whom it is about.
  public let node: NodeID
  /// Of which round it speaks.
  public let round: Round

  /// That something happens to `node` in `round`.
  public init(node: NodeID, round: Round) {
    self.node = node
    self.round = round
  }
}

extension KindID {
  /// Every kind, in the order in which faults are listed.
  public static let all: [any FaultKind] = [Crash(), Omission()]

  /// The places of all kinds.
  public static var allIDs: some RandomAccessCollection<KindID> { all.indices.lazy.map { KindID($0) } }

  /// What it means.
  public var meaning: any FaultKind { Self.all[position] }

  /// The kind that documents call `name`.
  public init?(named name: String) {
    guard let place = Self.all.firstIndex(where: { $0.name == name }) else { return nil }
    self.init(place)
  }

  /// The kind of which there is one value of type `Kind`.
  init<Kind: FaultKind>(of kind: Kind.Type) {
    guard let place = Self.all.firstIndex(where: { $0 is Kind }) else {
      preconditionFailure("the kind \(kind) is not in the list of kinds")
    }
    self.init(place)
  }
}

extension Fault {
  /// What its kind says about it.
  public var meaning: any FaultKind { kind.meaning }

  /// What it does to the world.
  public func effects(in view: CrashView) -> [Effect] { meaning.effects(of: self, in: view) }

  /// As one says it.
  public func sentence(_ nodes: Nodes) -> String { meaning.sentence(of: self, nodes) }

  /// Why it is inert where it is, as one says it.
  public func inertSentence(_ nodes: Nodes) -> String { meaning.inertSentence(of: self, nodes) }

  /// The last round that two runs share of which only one has this fault; nil where they share none.
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
