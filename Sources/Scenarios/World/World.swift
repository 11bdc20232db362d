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
    let effects = Effects(of: faults, in: setting.crashView)
    statements = effects.statements
    func outages(_ outages: [Outage]) -> Outages<Algebra> {
      Outages(outages, setting.nodes, &algebra, while: goesOn)
    }
    silences = outages(effects.silences)
    stops = outages(effects.stops)
    isolations = outages(effects.isolations)
    var bars: [Persistence: Outages<Algebra>] = [:]
    var stays: [Persistence: Outages<Algebra>] = [:]
    for persistence in Persistence.allCases where effects.concernRows {
      bars[persistence] = outages(effects.bars[persistence] ?? [])
      stays[persistence] = outages(effects.stays[persistence] ?? [])
    }
    (self.bars, self.stays) = (bars, stays)
    letsRowsStay = stays.values.contains { !$0.isEmpty }
    removals = effects.removals
    var separations = Separations<Algebra>()
    for (side, span, choice) in effects.separations { separations.add(side, span, choice) }
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
    assert(0...mostLate ~= late, "no message comes later than some fault lets it")
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

/// The effects of all faults but those on links, by what they do.
private struct Effects {
  private(set) var silences: [Outage] = []
  private(set) var stops: [Outage] = []
  private(set) var isolations: [Outage] = []
  /// By persistence of the facts that are not placed.
  private(set) var bars: [Persistence: [Outage]] = [:]
  /// By persistence of the rows that stay.
  private(set) var stays: [Persistence: [Outage]] = [:]
  private(set) var separations: [(side: NodeSet, span: Effect.Span, choice: ChoiceID)] = []
  private(set) var removals: [TimedFact: ChoiceID] = [:]
  /// What the world states, in the canonical order of the faults.
  private(set) var statements: [(statement: StatedFact, choice: ChoiceID)] = []

  /// Whether some effect depends on how rows persist.
  var concernRows: Bool { !bars.isEmpty || !stays.isEmpty }

  init(of faults: some FaultSource, in view: CrashView) {
    var stated: [(fault: Fault, statement: StatedFact, choice: ChoiceID)] = []
    for form in [Fault.Subject.Form.node, .side, .fact] {
      faults.eachFault(striking: form) { fault, choice in
        for effect in fault.effects(in: view) {
          if case .states(let statement) = effect { stated.append((fault, statement, choice)) }
          add(effect, choice)
        }
      }
    }
    statements = stated.sorted { $0.fault < $1.fault }.map { ($0.statement, $0.choice) }
  }

  private mutating func add(_ effect: Effect, _ choice: ChoiceID) {
    switch effect {
    case .silences(let node, let span): silences.append(Outage(node: node, span: span, choice: choice))
    case .stops(let node, let span): stops.append(Outage(node: node, span: span, choice: choice))
    case .isolates(let node, let span): isolations.append(Outage(node: node, span: span, choice: choice))
    case .bars(let node, let span, let spared):
      for persistence in Persistence.allCases where !spared.contains(persistence) {
        bars[persistence, default: []].append(Outage(node: node, span: span, choice: choice))
      }
    case .keeps(let node, let span, let kept):
      for persistence in kept {
        stays[persistence, default: []].append(Outage(node: node, span: span, choice: choice))
      }
    case .separates(let side, let span): separations.append((side, span, choice))
    case .removes(let fact, let round):
      let earlier = removals.updateValue(choice, forKey: TimedFact(fact, in: round))
      assert(earlier == nil, "a fact is taken away by one choice")
    case .states: break
    }
  }
}
