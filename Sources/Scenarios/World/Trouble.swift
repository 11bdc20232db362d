// What the effects of faults make of a node, as a picture or a sentence shows it.

/// What is wrong with a node in a round.
public enum Trouble: Hashable, Sendable, CaseIterable {
  /// It computes, but nobody hears it.
  case silent
  /// It does nothing, and what comes waits for it.
  case paused
  /// It does nothing, and what comes is lost.
  case down
}

extension FaultSet {
  /// What is wrong with `node` in `round`, and the fault that is behind it; nil where nothing is wrong.
  public func trouble(
    of node: NodeID, in round: Round, _ view: CrashView
  ) -> (fault: Fault, trouble: Trouble)? {
    guard let fault = outage(of: node, in: round, view) else { return nil }
    if isolation(of: node, in: round, view) != nil { return (fault, .down) }
    return (fault, stoppage(of: node, in: round, view) == nil ? .silent : .paused)
  }

  /// The sides that are cut off from the other nodes, each with its fault and its rounds.
  public func separations(in view: CrashView) -> [(fault: Fault, side: NodeSet, span: Effect.Span)] {
    faults.flatMap { fault in
      fault.effects(in: view).compactMap { effect in
        if case .separates(let side, let span) = effect { (fault, side, span) } else { nil }
      }
    }
  }
}
