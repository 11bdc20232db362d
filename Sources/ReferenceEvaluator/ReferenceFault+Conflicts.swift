import Texts

/// Why two faults cannot be in one set.
public enum ReferenceConflict: Hashable, Sendable {
  /// The windows of two faults at one node overlap or touch.
  case overlap(ReferenceFault, ReferenceFault)
  /// Two delays, or two duplicates, strike the same messages.
  case sameMessages(ReferenceFault, ReferenceFault)
}

extension ReferenceFault {
  /// The first conflict among `faults`, in canonical order; nil where they can be in one set.
  public static func conflict(in faults: [ReferenceFault]) -> ReferenceConflict? {
    let sorted = Set(faults).sorted()
    for (position, fault) in sorted.enumerated() {
      for later in sorted.dropFirst(position + 1) {
        if let conflict = fault.conflict(with: later) { return conflict }
      }
    }
    return nil
  }

  /// Why this fault and `other`, a different one, cannot be in one set; nil where they can.
  public func conflict(with other: ReferenceFault) -> ReferenceConflict? {
    assert(self != other, "a fault is in a set once, and excludes others only")
    if kind == .delay || kind == .duplicate {
      let strikesSame = (kind, nodes, round) == (other.kind, other.nodes, other.round)
      return strikesSame ? .sameMessages(self, other) : nil
    }
    guard let own = window, let others = other.window, own.node == others.node else { return nil }
    return own.isOver(before: others) || others.isOver(before: own) ? nil : .overlap(self, other)
  }

  /// The rounds in which one node does not do all that it should.
  private struct Window {
    let node: Text
    let first: Int
    /// The round after the last; nil where there is no last.
    let until: Int?

    /// Whether a whole round is between this window and `other`, which is later.
    func isOver(before other: Window) -> Bool {
      guard let until else { return false }
      return until < other.first
    }
  }

  private var window: Window? {
    switch self {
    case .crash(let node, let round): Window(node: node, first: round, until: nil)
    case .pause(let node, let round, let until), .restart(let node, let round, let until),
      .wipe(let node, let round, let until):
      Window(node: node, first: round, until: until)
    case .omission, .delay, .duplicate, .partition, .missing: nil
    }
  }
}
