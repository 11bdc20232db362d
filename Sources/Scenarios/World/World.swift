import Indices

/// The world of one run, or of all runs, as the effects of its faults make it. It never changes; it is a class because it
/// is asked for every firing, and a structure of many tables would be copied for each question.
public final class World<Algebra: TruthAlgebra, Faults: FaultSource>: Environment, Sendable {
  @usableFromInline let faults: Faults
  @usableFromInline let view: CrashView
  @usableFromInline let stops: Outages<Algebra>
  @usableFromInline let silences: Outages<Algebra>
  @usableFromInline let bars: Outages<Algebra>
  /// What is stated, in the canonical order of the faults behind it.
  public let statements: [(statement: StatedFact, choice: ChoiceID)]

  /// The world in `setting` under `faults`. Without the rest of its conditions where `goesOn` says so of the gates made.
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

  /// Whether every node acts in every round, whatever is chosen.
  @inlinable public var allAct: Bool { stops.isEmpty }

  /// The conditions of acting: that nothing stops the node.
  @inlinable
  public func addConditions(
    ofActing node: NodeID, in round: Round, to conditions: inout [Algebra.Truth], _ algebra: inout Algebra
  ) {
    if !stops.isEmpty { stops.addConditions(at: node, in: round, to: &conditions, &algebra) }
  }

  /// The conditions of arrival: that nothing silences the sender, then that nothing cuts the link.
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

  /// The conditions of placing a fact: that nothing bars it.
  @inlinable
  public func addConditions(
    ofPlacingAt node: NodeID, in round: Round, to conditions: inout [Algebra.Truth],
    _ algebra: inout Algebra
  ) {
    if !bars.isEmpty { bars.addConditions(at: node, in: round, to: &conditions, &algebra) }
  }
}
