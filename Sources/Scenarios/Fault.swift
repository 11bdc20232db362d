import Indices

/// From one node to another.
public struct Link: Hashable, Comparable, Sendable {
  /// Who sends.
  public let sender: NodeID
  /// Who is sent to.
  public let receiver: NodeID

  /// What `sender` sends to `receiver`.
  @inlinable public init(from sender: NodeID, to receiver: NodeID) {
    self.sender = sender
    self.receiver = receiver
  }

  /// By sender, then by receiver.
  public static func < (left: Link, right: Link) -> Bool {
    (left.sender, left.receiver) < (right.sender, right.receiver)
  }
}

/// One thing that goes wrong in an execution. What it means, and how one says it, stands with its kind.
public struct Fault: Hashable, Sendable {
  /// What a fault strikes.
  public enum Subject: Hashable, Comparable, Sendable {
    case node(NodeID)
    case link(Link)
  }

  /// In what way something goes wrong.
  public let kind: KindID
  /// What it strikes.
  public let subject: Subject
  /// The round in which it begins, or strikes.
  public let round: Round

  /// A fault of `kind`, whose subjects are of the form of `subject`.
  public init(_ kind: KindID, _ subject: Subject, _ round: Round) {
    assert(kind.meaning.subject == subject.form, "a kind strikes subjects of one form")
    self.kind = kind
    self.subject = subject
    self.round = round
  }
}

extension Fault.Subject {
  /// What the subjects of a kind are.
  public enum Form: Hashable, Sendable { case node, link }

  /// What it is.
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
  /// The order in which faults are listed: by kind, then by round, then by what is struck.
  public static func < (left: Fault, right: Fault) -> Bool {
    (left.kind, left.round, left.subject) < (right.kind, right.round, right.subject)
  }
}

/// The faults of one execution, sorted and without duplicates.
public struct FaultSet: Hashable, Sendable {
  /// Ascending in the order of `Fault`.
  public let faults: [Fault]

  /// The set of the given faults, in any order.
  public init(_ faults: [Fault]) {
    var distinct: [Fault] = []
    for fault in faults.sorted() where distinct.last != fault { distinct.append(fault) }
    self.faults = distinct
  }

  /// No faults.
  public static let none = FaultSet([])

  /// The number of faults.
  public var count: Int { faults.count }
}
