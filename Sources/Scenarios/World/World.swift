import Indices

/// The world of one run, or of all runs, as the effects of its faults make it. It never changes. It is a
/// class because it is asked at every firing, and a structure with many tables would be copied each time.
public final class World<Algebra: TruthAlgebra, Faults: FaultSource>: Environment, Sendable {
  @usableFromInline let faults: Faults
  @usableFromInline let view: CrashView
  @usableFromInline let stops: Outages<Algebra>
  @usableFromInline let silences: Outages<Algebra>
  @usableFromInline let bars: Outages<Algebra>
  /// The stated facts, in the canonical order of their faults.
  public let statements: [(statement: StatedFact, choice: ChoiceID)]

  /// The world in `setting` under `faults`. Where `goesOn` returns false, the rest of its conditions is
  /// missing.
  public init(
    _ setting: Setting, _ faults: Faults, _ algebra: inout Algebra,
    while goesOn: (Algebra) -> Bool = { _ in true }
  ) {
    self.faults = faults
    view = setting.crashView
    guard faults.strikesNodes else {
      (stops, silences, bars, statements) = (.init(), .init(), .init(), [])
      return
    }
    var effects = IndexedArray<NodeID, [(effect: Effect, choice: ChoiceID)]>(
      repeating: [], count: setting.nodes.count)
    var statements: [(fault: Fault, statement: StatedFact, choice: ChoiceID)] = []
    for node in setting.nodes.ids {
      faults.eachFault(at: node) { fault, choice in
        for effect in fault.effects(in: setting.crashView) {
          if case .states(let statement) = effect {
            statements.append((fault, statement, choice))
          } else {
            effects[node].append((effect, choice))
          }
        }
      }
    }
    assert(Set(statements.map(\.statement)).count == statements.count, "each thing is stated by one fault")
    self.statements = statements.sorted { $0.fault < $1.fault }.map { ($0.statement, $0.choice) }
    func spans(_ span: @escaping (Effect) -> Effect.Span?) -> (NodeID) -> [(Effect.Span, ChoiceID)] {
      { node in effects[node].compactMap { effect, choice in span(effect).map { ($0, choice) } } }
    }
    silences = Outages(
      setting.nodes, &algebra, while: goesOn,
      spans: spans { if case .silences(_, let span, _) = $0 { span } else { nil } })
    stops = Outages(
      setting.nodes, &algebra, while: goesOn,
      spans: spans { if case .stops(_, let span) = $0 { span } else { nil } })
    bars = Outages(
      setting.nodes, &algebra, while: goesOn,
      spans: spans { if case .bars(_, let span) = $0 { span } else { nil } })
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

  /// Adds the conditions that nothing silences the sender and that nothing cuts the link, in this order.
  @inlinable
  public func addConditions(
    ofArrivalOn link: Link, sentIn round: Round, to conditions: inout [Algebra.Truth],
    _ algebra: inout Algebra
  ) {
    guard link.sender != link.receiver else { return }
    if !silences.isEmpty { silences.addConditions(at: link.sender, in: round, to: &conditions, &algebra) }
    faults.eachFault(on: link, in: round) { _, choice in
      conditions.append(Algebra.not(algebra.truth(of: choice)))
    }
  }

  /// Adds the condition that nothing bars the fact.
  @inlinable
  public func addConditions(
    ofPlacingAt node: NodeID, in round: Round, to conditions: inout [Algebra.Truth],
    _ algebra: inout Algebra
  ) {
    if !bars.isEmpty { bars.addConditions(at: node, in: round, to: &conditions, &algebra) }
  }
}
