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
  /// The node or link that a fault strikes.
  public enum Subject: Hashable, Comparable, Sendable {
    case node(NodeID)
    case link(Link)
  }

  /// The kind of fault, which defines its effects.
  public let kind: KindID
  /// The node or link that the fault strikes.
  public let subject: Subject
  /// The round in which the fault begins, or the only round in which it strikes.
  public let round: Round

  /// A fault of `kind`; `subject` must have the form that the kind requires.
  public init(_ kind: KindID, _ subject: Subject, _ round: Round) {
    assert(kind.meaning.subject == subject.form, "a kind strikes subjects of one form")
    self.kind = kind
    self.subject = subject
    self.round = round
  }
}

extension Fault.Subject {
  /// Whether a kind strikes nodes or links.
  public enum Form: Hashable, Sendable { case node, link }

  /// The form of this subject.
  public var form: Form {
    switch self {
    case .node: .node
    case .link: .link
    }
  }

  /// The node that is struck, or whose messages are.
  public var node: NodeID {
    switch self {
    case .node(let node): node
    case .link(let link): link.sender
    }
  }
}

extension Fault: Comparable {
  /// The order in which faults are listed: by kind, then by round, then by subject.
  public static func < (left: Fault, right: Fault) -> Bool {
    (left.kind, left.round, left.subject) < (right.kind, right.round, right.subject)
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
    self.faults = distinct
  }

  /// The empty fault set.
  public static let none = FaultSet([])

  /// The number of faults in the set.
  public var count: Int { faults.count }
}
