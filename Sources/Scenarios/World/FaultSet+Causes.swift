// Finds the fault of a run because of which something does not happen. Whether it happens is for the world to
// say; this code only finds the reason.

extension FaultSet {
  /// The fault that loses what is sent on `link` in `round`, and the fate of the message; nil where it is not
  /// lost.
  public func loss(on link: Link, in round: Round, _ view: CrashView) -> (fault: Fault, fate: Fate)? {
    guard link.sender != link.receiver else { return nil }
    for fault in faults {
      for effect in fault.effects(in: view) {
        switch effect {
        case .silences(link.sender, let span, let fate) where span.contains(round): return (fault, fate)
        case .cuts(link, round, let fate): return (fault, fate)
        default: continue
        }
      }
    }
    return nil
  }

  /// The fault that keeps rules at `node` from firing in `round`; nil where none does.
  public func stoppage(of node: NodeID, in round: Round, _ view: CrashView) -> Fault? {
    first(in: view) { effect in
      if case .stops(node, let span) = effect { span.contains(round) } else { false }
    }
  }

  /// The fault that keeps facts of `round` from being placed at `node`; nil where none does.
  public func bar(at node: NodeID, in round: Round, _ view: CrashView) -> Fault? {
    first(in: view) { effect in
      if case .bars(node, let span) = effect { span.contains(round) } else { false }
    }
  }

  /// The fault that silences or stops `node` in `round`; nil where there is none.
  public func outage(of node: NodeID, in round: Round, _ view: CrashView) -> Fault? {
    first(in: view) { effect in
      switch effect {
      case .stops(node, let span), .silences(node, let span, _): span.contains(round)
      default: false
      }
    }
  }

  /// The fault that makes the world state `statement`; nil where none does.
  public func fault(stating statement: StatedFact, _ view: CrashView) -> Fault? {
    first(in: view) { $0 == .states(statement) }
  }

  private func first(in view: CrashView, where applies: (Effect) -> Bool) -> Fault? {
    faults.first { $0.effects(in: view).contains(where: applies) }
  }
}
