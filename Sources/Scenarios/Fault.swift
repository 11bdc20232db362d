import Indices

/// A connection from one node to another.
public struct Link: Hashable, Comparable, Sendable {
  /// The node that sends.
  public let sender: NodeID
  /// The node that receives.
  public let receiver: NodeID

  /// The link from `sender` to `receiver`.
  @inlinable public init(from sender: NodeID, to receiver: NodeID) {
    self.sender = sender
    self.receiver = receiver
  }

  /// Orders links by sender, then by receiver.
  public static func < (left: Link, right: Link) -> Bool {
    (left.sender, left.receiver) < (right.sender, right.receiver)
  }
}

/// One thing that goes wrong in a run. Its kind defines what it means and how it is described.
public struct Fault: Hashable, Sendable {
  /// What a fault strikes.
  public enum Subject: Hashable, Comparable, Sendable {
    /// A node.
    case node(NodeID)
    /// The messages from one node to another.
    case link(Link)
    /// One side of a partition.
    case side(NodeSet)
    /// A fact of the program.
    case fact(NamedFact)
  }

  /// The kind of fault, which defines its effects.
  public let kind: KindID
  /// What the fault strikes.
  public let subject: Subject
  /// The round in which the fault begins, or the only round in which it strikes.
  public let round: Round
  /// How many rounds the fault takes, or by how many it shifts a message; 0 for kinds without a measure.
  public let extent: Int

  /// A fault of `kind`; `subject` must have the form that the kind requires, and `extent` its measure.
  public init(_ kind: KindID, _ subject: Subject, _ round: Round, extent: Int = 0) {
    assert(kind.meaning.subject == subject.form, "a kind strikes subjects of one form")
    assert((kind.meaning.measure == nil) == (extent == 0), "a fault has an extent if its kind has a measure")
    assert(round >= Round(1) && extent >= 0, "a fault begins in some round, and never ends before")
    self.kind = kind
    self.subject = subject
    self.round = round
    self.extent = extent
  }

  /// The round after the last one of a fault that passes.
  public var until: Round { Round(rawValue: round.rawValue + UInt32(extent)) }
}

extension Fault.Subject {
  /// What a kind strikes.
  public enum Form: Hashable, Sendable, CaseIterable { case node, link, side, fact }

  /// The form of this subject.
  public var form: Form {
    switch self {
    case .node: .node
    case .link: .link
    case .side: .side
    case .fact: .fact
    }
  }

  /// The node that is struck, or whose messages are; nil where it is no single one.
  public var node: NodeID? {
    switch self {
    case .node(let node): node
    case .link(let link): link.sender
    case .side, .fact: nil
    }
  }
}

extension Fault: Comparable {
  /// The order in which faults are listed: by kind, then by round, then by subject, then by extent.
  public static func < (left: Fault, right: Fault) -> Bool {
    (left.kind, left.round, left.subject, left.extent)
      < (right.kind, right.round, right.subject, right.extent)
  }
}

/// The faults of one run, sorted and without duplicates.
public struct FaultSet: Hashable, Sendable {
  /// The faults in ascending order.
  public let faults: [Fault]

  /// The set of the given faults, in any order.
  public init(_ faults: [Fault]) {
    var distinct: [Fault] = []
    for fault in faults.sorted() where distinct.last != fault { distinct.append(fault) }
    assert(zip(distinct, distinct.dropFirst()).allSatisfy { $0 < $1 }, "faults are sorted, each there once")
    self.faults = distinct
  }

  /// The empty fault set.
  public static let none = FaultSet([])

  /// The number of faults in the set.
  public var count: Int { faults.count }
}

extension FaultSet {
  /// Two faults that cannot both occur in one run; nil where there are none.
  public var conflict: (Fault, Fault)? {
    for (place, fault) in faults.enumerated() {
      guard let occupied = fault.meaning.occupation(of: fault) else { continue }
      let other = faults[..<place].first { $0.meaning.occupation(of: $0)?.excludes(occupied) ?? false }
      if let other { return (other, fault) }
    }
    return nil
  }
}
