// Finds the fault of a run because of which something does not happen. Whether it happens is for the world to
// say; this code only finds the reason.

extension FaultSet {
  /// The fault that loses on its way what is sent on `link` in `round`, and the fate of the message; nil
  /// where it is not lost on its way.
  public func loss(on link: Link, in round: Round, _ view: CrashView) -> (fault: Fault, fate: Fate)? {
    guard link.sender != link.receiver else { return nil }
    let silencing = first(in: view) { effect in
      if case .silences(link.sender, let span) = effect { span.contains(round) } else { false }
    }
    if let silencing { return (silencing, .senderCrashed) }
    let losing = faults.first {
      $0.subject == .link(link) && $0.round == round && $0.meaning.transmission == .loses
    }
    if let losing { return (losing, .omitted) }
    let separating = first(in: view) { effect in
      if case .separates(let side, let span) = effect {
        side.separates(link) && span.contains(round)
      } else {
        false
      }
    }
    return separating.map { ($0, .partitioned) }
  }

  /// The fault because of which what arrives at `node` in `round` is lost; nil where it is not.
  public func isolation(of node: NodeID, in round: Round, _ view: CrashView) -> Fault? {
    first(in: view) { effect in
      if case .isolates(node, let span) = effect { span.contains(round) } else { false }
    }
  }

  /// The faults that let what is sent on `link` in `round` come late or twice.
  public func shifts(on link: Link, in round: Round) -> [Fault] {
    faults.filter { fault in
      guard fault.subject == .link(link), fault.round == round else { return false }
      return fault.meaning.transmission == .delays || fault.meaning.transmission == .repeats
    }
  }

  /// The fault that keeps rows at `node` in `round`, which persist as `persistence` says; nil where none
  /// does.
  public func keeping(
    _ persistence: Persistence, at node: NodeID, in round: Round, _ view: CrashView
  ) -> Fault? {
    first(in: view) { effect in
      if case .keeps(node, let span, let kept) = effect {
        span.contains(round) && kept.contains(persistence)
      } else {
        false
      }
    }
  }

  /// The fault that keeps rules at `node` from firing in `round`; nil where none does.
  public func stoppage(of node: NodeID, in round: Round, _ view: CrashView) -> Fault? {
    first(in: view) { effect in
      if case .stops(node, let span) = effect { span.contains(round) } else { false }
    }
  }

  /// The fault that keeps facts of `round` from being placed at `node`, where their relation persists as
  /// `persistence` says; nil where none does.
  public func bar(
    at node: NodeID, _ persistence: Persistence, in round: Round, _ view: CrashView
  ) -> Fault? {
    first(in: view) { effect in
      if case .bars(node, let span, let spared) = effect {
        span.contains(round) && !spared.contains(persistence)
      } else {
        false
      }
    }
  }

  /// The fault that takes `fact` away; nil where none does.
  public func removal(of fact: TimedFact, _ view: CrashView) -> Fault? {
    first(in: view) { $0 == .removes(fact.fact, fact.round) }
  }

  /// The fault that silences or stops `node` in `round`; nil where there is none.
  public func outage(of node: NodeID, in round: Round, _ view: CrashView) -> Fault? {
    first(in: view) { effect in
      switch effect {
      case .stops(node, let span), .silences(node, let span): span.contains(round)
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
