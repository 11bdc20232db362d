// A kind of fault is one file in the folder Kinds. It defines what its faults strike, when and for how long,
// their effects on the world, which of them exclude each other, and how they are described. All other code
// asks the kind: only the list at the end of this file names the kinds, and nothing switches over them.

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
  /// What is true of the subject meanwhile, as in `is down`; of several subjects, as in `are down`.
  var state: Predicate { get }
  /// What is true of the subject, told as the reason for something that happens, as in `crashed`.
  var reason: Predicate { get }
  /// What the subject does in the first round after the fault, as in `is back`; nil where that is not told.
  var ending: String? { get }
  /// The first word of a fault in a call, as in `omit a b 1`.
  var word: String { get }
  /// What it strikes.
  var subject: Fault.Subject.Form { get }
  /// What the extent of a fault measures; nil for kinds whose faults have none.
  var measure: Measure? { get }
  /// The name of the bound on the number of its faults, as in `crashes`.
  var budget: String { get }
  /// What several of its faults are called, as in `2 crashes`; one is called `noun`.
  var plural: String { get }
  /// What one of its faults is called, as in `1 crash`.
  var noun: String { get }
  /// The bound where none is given; nil for any number.
  var usualBudget: Int? { get }
  /// Whether its effects last to the end of the run.
  var isForGood: Bool { get }
  /// Whether the world states its faults in every round. A run with such a fault shares nothing with a run
  /// without it.
  var isStated: Bool { get }
  /// What its faults do to the messages of their link in their round; nil for kinds that strike no link.
  var transmission: Transmission? { get }

  /// The rounds in which a fault may begin, within `bounds`, without regard to the number of faults.
  func rounds(within bounds: Bounds) -> Range<Int>
  /// The extents that a fault of `round` may have, within `bounds`; for kinds with a measure only.
  func extents(from round: Int, within bounds: Bounds) -> Range<Int>
  /// The smallest EFF that admits `fault`; 0 where EFF does not matter.
  func leastEFF(of fault: Fault) -> Int
  /// The effects of `fault` on the world, apart from its transmission.
  func effects(of fault: Fault, in view: CrashView) -> [Effect]
  /// What `fault` occupies, so that no other fault can; nil where it excludes none.
  func occupation(of fault: Fault) -> Occupation?
  /// Draws random faults for a set within `bounds`, at most as many as the bounds admit; some may exclude
  /// each other.
  func draw(using random: inout SplitMix, from possible: PossibleFaults, within bounds: Bounds) -> [Fault]

  /// `fault` in words.
  func sentence(of fault: Fault, _ nodes: Nodes) -> String
  /// Why `fault` has no effect where it is inert, in words.
  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String
}

/// What is said of one subject, and of several.
public struct Predicate: Sendable {
  /// The words for one subject, as in `is down`.
  public let one: String
  /// The words for several subjects, as in `are down`.
  public let many: String

  /// The words for one subject and for several.
  public init(_ one: String, _ many: String) {
    (self.one, self.many) = (one, many)
  }
}

/// What the extent of a fault measures.
public enum Measure: String, Hashable, Sendable {
  /// The number of rounds that the fault takes. It is written as the round after the last of them.
  case until
  /// The number of rounds by which a message comes late.
  case late
}

/// What a fault does to the messages that are sent on its link in its round.
public enum Transmission: Hashable, Sendable {
  /// They are lost.
  case loses
  /// They arrive later, by the extent of the fault.
  case delays
  /// They arrive, and once more later, by the extent of the fault.
  case repeats
}

extension FaultKind {
  /// The name of the budget.
  public var plural: String { budget }
  /// The name of the kind.
  public var noun: String { name }
  /// The same as the state.
  public var reason: Predicate { state }
  /// None.
  public var ending: String? { nil }
  /// None.
  public var measure: Measure? { nil }
  /// None at all.
  public var usualBudget: Int? { 0 }
  /// It passes.
  public var isForGood: Bool { false }
  /// The world does not state it.
  public var isStated: Bool { false }
  /// It strikes no link.
  public var transmission: Transmission? { nil }
  /// A fault without a measure has the extent 0.
  public func extents(from round: Int, within bounds: Bounds) -> Range<Int> { 0..<1 }
  /// It has none.
  public func effects(of fault: Fault, in view: CrashView) -> [Effect] { [] }
  /// It excludes no other fault.
  public func occupation(of fault: Fault) -> Occupation? { nil }
}

/// A place that a fault occupies for some rounds. Another fault can neither overlap nor touch these rounds.
public struct Occupation: Hashable, Sendable {
  /// What cannot be occupied twice.
  public enum Place: Hashable, Comparable, Sendable {
    /// Whether a node is up.
    case node(NodeID)
    /// How a kind of fault changes the messages of a link.
    case link(Link, KindID)
  }

  /// The place that is occupied.
  public let place: Place
  /// The first round.
  public let first: Round
  /// The round after the last one, which is occupied too, since faults must not touch; nil for good.
  public let end: Round?

  /// `place` is occupied from `first` through `end`.
  public init(_ place: Place, from first: Round, through end: Round?) {
    assert(end.map { first <= $0 } ?? true, "what is occupied has its first round at least")
    self.place = place
    self.first = first
    self.end = end
  }

  /// Whether both occupy the same place at a time.
  public func excludes(_ other: Occupation) -> Bool {
    place == other.place && contains(other.first) || place == other.place && other.contains(first)
  }

  /// Whether the place is occupied in `round`.
  public func contains(_ round: Round) -> Bool { first <= round && end.map { round <= $0 } ?? true }
}

extension KindID {
  /// Every kind, in the order in which faults are listed.
  public static let all: [any FaultKind] = [
    Crash(), Omission(), Delay(), Duplicate(), Pause(), Restart(), Partition(), Wipe(), MissingFact(),
  ]

  /// The IDs of all kinds, in the order in which faults are listed.
  public static var allIDs: some RandomAccessCollection<KindID> { all.indices.lazy.map { KindID($0) } }

  /// The definition of the kind.
  public var meaning: any FaultKind { Self.all[position] }

  /// The kind with this `name` in documents; nil where there is none.
  public init?(named name: String) {
    guard let place = Self.all.firstIndex(where: { $0.name == name }) else { return nil }
    self.init(place)
  }

  /// The kind whose number of faults the bound called `budget` limits; nil where there is none.
  public init?(budget: String) {
    guard let place = Self.all.firstIndex(where: { $0.budget == budget }) else { return nil }
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

  /// The effects of the fault on the world, apart from its transmission.
  public func effects(in view: CrashView) -> [Effect] { meaning.effects(of: self, in: view) }

  /// The fault in words.
  public func sentence(_ nodes: Nodes) -> String { meaning.sentence(of: self, nodes) }

  /// Why the fault has no effect where it is inert, in words.
  public func inertSentence(_ nodes: Nodes) -> String { meaning.inertSentence(of: self, nodes) }

  /// The last round that is the same in two runs if only one of them has this fault; nil where there is none.
  public func lastRoundShared(in view: CrashView) -> Round? {
    if meaning.isStated { return nil }
    var first = meaning.transmission == nil ? nil : round.next
    for effect in effects(in: view) {
      guard let changed = effect.firstRoundChanged else { return nil }
      first = first.map { Swift.min($0, changed) } ?? changed
    }
    guard let first, first > Round(1) else { return nil }
    return Round(rawValue: first.rawValue - 1)
  }
}
