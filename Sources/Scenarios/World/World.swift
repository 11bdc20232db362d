import Indices

/// The world of one run, or of all runs, as the effects of its faults make it. It is a class because it is
/// asked at every firing, and a structure with many tables would be copied each time.
public final class World<Algebra: TruthAlgebra, Faults: FaultSource>: Environment {
  @usableFromInline let faults: Faults
  @usableFromInline let stops: Outages<Algebra>
  @usableFromInline let silences: Outages<Algebra>
  @usableFromInline let isolations: Outages<Algebra>
  /// By persistence: when facts are not placed.
  @usableFromInline let bars: [Persistence: Outages<Algebra>]
  /// By persistence: when nothing keeps rows, as outages of what does not happen.
  private let stays: [Persistence: Outages<Algebra>]
  /// Whether some fault makes rows stay.
  public let letsRowsStay: Bool
  /// The facts that may be missing.
  private let removals: [TimedFact: ChoiceID]
  private var separations = Separations<Algebra>()
  /// Whether some fault separates nodes.
  @usableFromInline let separates: Bool
  /// The largest number of rounds by which a message may come late.
  public let mostLate: Int
  /// The stated facts, in the canonical order of their faults.
  public let statements: [(statement: StatedFact, choice: ChoiceID)]

  /// The world in `setting` under `faults`. Where `goesOn` returns false, the rest of its conditions is
  /// missing.
  public init(
    _ setting: Setting, _ faults: Faults, _ algebra: inout Algebra,
    while goesOn: (Algebra) -> Bool = { _ in true }
  ) {
    self.faults = faults
    mostLate = faults.mostLate
    let effects = EffectsByNode(of: faults, in: setting)
    statements = effects.statements
    func outages(_ span: @escaping (Effect) -> Effect.Span?) -> Outages<Algebra> {
      if effects.ofNodes.isEmpty { return Outages() }
      return Outages(setting.nodes, &algebra, while: goesOn) { node in
        effects.ofNodes[node].compactMap { effect, choice in span(effect).map { ($0, choice) } }
      }
    }
    silences = outages { if case .silences(_, let span) = $0 { span } else { nil } }
    stops = outages { if case .stops(_, let span) = $0 { span } else { nil } }
    isolations = outages { if case .isolates(_, let span) = $0 { span } else { nil } }
    var bars: [Persistence: Outages<Algebra>] = [:]
    var stays: [Persistence: Outages<Algebra>] = [:]
    for persistence in Persistence.allCases where effects.concernRows {
      bars[persistence] = outages {
        if case .bars(_, let span, let spared) = $0, !spared.contains(persistence) { span } else { nil }
      }
      stays[persistence] = outages {
        if case .keeps(_, let span, let kept) = $0, kept.contains(persistence) { span } else { nil }
      }
    }
    (self.bars, self.stays) = (bars, stays)
    letsRowsStay = stays.values.contains { !$0.isEmpty }
    var removals: [TimedFact: ChoiceID] = [:]
    var separations = Separations<Algebra>()
    for (effect, choice) in effects.ofOthers {
      switch effect {
      case .separates(let side, let span): separations.add(side, span, choice)
      case .removes(let fact, let round): removals[TimedFact(fact, in: round)] = choice
      default: preconditionFailure("an effect on a node belongs to a fault of the node")
      }
    }
    self.removals = removals
    separates = !separations.isEmpty
    self.separations = separations
  }

  /// Whether every node acts in every round under every choice.
  @inlinable public var allAct: Bool { stops.isEmpty }

  /// Adds the condition that nothing stops the node.
  @inlinable
  public func addConditions(
    ofActing node: NodeID, in round: Round, to conditions: inout [Algebra.Truth], _ algebra: inout Algebra
  ) {
    if !stops.isEmpty { stops.addConditions(at: node, in: round, to: &conditions, &algebra) }
  }

  /// Adds the conditions that nothing silences the sender, that no partition separates the ends of the link,
  /// and that no fault of the link loses what is sent, in this order.
  @inlinable
  public func addConditions(
    ofSendingOn link: Link, in round: Round, to conditions: inout [Algebra.Truth], _ algebra: inout Algebra
  ) {
    guard link.sender != link.receiver else { return }
    if !silences.isEmpty { silences.addConditions(at: link.sender, in: round, to: &conditions, &algebra) }
    if separates { conditions.append(connects(link, in: round, &algebra)) }
    faults.eachFault(on: link, in: round) { fault in
      if fault.transmission == .loses { conditions.append(Algebra.not(algebra.truth(of: fault.choice))) }
    }
  }

  @usableFromInline
  func connects(_ link: Link, in round: Round, _ algebra: inout Algebra) -> Algebra.Truth {
    separations.connects(link, in: round, &algebra)
  }

  /// Adds the condition that no fault delays the message, or where it shall be late, that one delays or
  /// repeats it by as many rounds.
  @inlinable
  public func addConditions(
    ofArrivalOn link: Link, sentIn round: Round, late: Int, to conditions: inout [Algebra.Truth],
    _ algebra: inout Algebra
  ) -> Bool {
    if link.sender == link.receiver || mostLate == 0 { return late == 0 }
    var absent: [Algebra.Truth] = []
    faults.eachFault(on: link, in: round) { fault in
      let matters =
        switch fault.transmission {
        case .loses: false
        case .delays: late == 0 || fault.late == late
        case .repeats: fault.late == late
        }
      if matters { absent.append(Algebra.not(algebra.truth(of: fault.choice))) }
    }
    if late == 0 {
      conditions += absent
    } else {
      if absent.isEmpty { return false }
      conditions.append(Algebra.not(algebra.all(absent)))
    }
    return true
  }

  /// Adds the condition that nothing isolates the node.
  @inlinable
  public func addConditions(
    ofReaching node: NodeID, in round: Round, to conditions: inout [Algebra.Truth], _ algebra: inout Algebra
  ) {
    if !isolations.isEmpty { isolations.addConditions(at: node, in: round, to: &conditions, &algebra) }
  }

  /// Adds the condition that nothing bars the fact.
  public func addConditions(
    ofPlacingAt node: NodeID, _ persistence: Persistence, in round: Round,
    to conditions: inout [Algebra.Truth], _ algebra: inout Algebra
  ) {
    guard let bars = bars[persistence], !bars.isEmpty else { return }
    bars.addConditions(at: node, in: round, to: &conditions, &algebra)
  }

  /// The choice under which `fact` is missing; nil where it never is.
  public func removal(of fact: TimedFact) -> ChoiceID? { removals[fact] }

  /// Whether one of the faults that keep rows is on.
  public func staying(
    _ persistence: Persistence, at node: NodeID, in round: Round, _ algebra: inout Algebra
  ) -> Algebra.Truth? {
    guard let stays = stays[persistence], !stays.isEmpty else { return nil }
    var absent: [Algebra.Truth] = []
    stays.addConditions(at: node, in: round, to: &absent, &algebra)
    let none = algebra.all(absent)
    return none == Algebra.always ? nil : Algebra.not(none)
  }
}

/// The effects of all faults but those on links, by what they strike.
private struct EffectsByNode {
  /// The effects on each node; empty where there are none at all.
  private(set) var ofNodes: IndexedArray<NodeID, [(effect: Effect, choice: ChoiceID)]> = []
  /// Whether some effect on a node depends on how rows persist.
  private(set) var concernRows = false
  /// The effects of faults on sides and facts.
  private(set) var ofOthers: [(effect: Effect, choice: ChoiceID)] = []
  /// What the world states, in the canonical order of the faults.
  private(set) var statements: [(statement: StatedFact, choice: ChoiceID)] = []

  init(of faults: some FaultSource, in setting: Setting) {
    var stated: [(fault: Fault, statement: StatedFact, choice: ChoiceID)] = []
    var ofNodes = ofNodes
    faults.eachFault(striking: .node) { fault, choice in
      guard case .node(let node) = fault.subject else { return }
      if ofNodes.isEmpty { ofNodes = IndexedArray(repeating: [], count: setting.nodes.count) }
      for effect in fault.effects(in: setting.crashView) {
        switch effect {
        case .states(let statement): stated.append((fault, statement, choice))
        case .bars, .keeps:
          concernRows = true
          ofNodes[node].append((effect, choice))
        default: ofNodes[node].append((effect, choice))
        }
      }
    }
    var ofOthers = ofOthers
    for form in [Fault.Subject.Form.side, .fact] {
      faults.eachFault(striking: form) { fault, choice in
        for effect in fault.effects(in: setting.crashView) { ofOthers.append((effect, choice)) }
      }
    }
    (self.ofNodes, self.ofOthers) = (ofNodes, ofOthers)
    statements = stated.sorted { $0.fault < $1.fault }.map { ($0.statement, $0.choice) }
  }
}
