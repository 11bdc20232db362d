import BigInt
import Indices

/// What may be chosen in runs of some length. Where an open fact leaves more than one alternative, each round
/// is a choice, numbered in the order of the program and then by rounds.
public struct PossibleInputs: Hashable, Sendable {
  /// An open fact, with its alternatives and the choices for them.
  public struct Entry: Hashable, Sendable {
    /// The fact, and what the program leaves open of it.
    public let open: OpenFact
    /// The rounds in which it can be placed, nil for none: absent first, then the earliest round.
    public let alternatives: [Round?]
    /// The number of its first choice.
    fileprivate let start: Int

    /// Whether something is left to be chosen.
    public var isFree: Bool { alternatives.count > 1 }

    /// The choices, each with its round; none where nothing is left to be chosen.
    public var choices: [(choice: ChoiceID, round: Round)] {
      guard isFree else { return [] }
      return alternatives.compactMap(\.self).enumerated().map { (ChoiceID(start + $0), $1) }
    }

    /// The fact in `round`.
    public func placed(in round: Round) -> TimedFact { TimedFact(open.fact, in: round) }
  }

  /// The open facts, in the order of the program.
  public let entries: [Entry]
  /// One more than the largest number of a choice.
  public let end: Int

  /// What `facts` leave open in runs of `eot` rounds. The numbers of the choices begin at `start`.
  public init(_ facts: [OpenFact], upTo eot: Int, from start: Int = 0) {
    var entries: [Entry] = []
    var next = start
    for fact in facts {
      let entry = Entry(open: fact, alternatives: fact.alternatives(upTo: eot), start: next)
      entries.append(entry)
      next += entry.choices.count
    }
    (self.entries, end) = (entries, next)
    assert(entries.allSatisfy { !$0.alternatives.isEmpty }, "of every open fact there is an alternative")
  }

  /// Whether the program leaves nothing open.
  public var isEmpty: Bool { entries.isEmpty }

  /// The first inputs in canonical order.
  public var first: Inputs { inputs(Array(repeating: 0, count: entries.count)) }

  /// In how many ways the inputs can be chosen.
  public var count: BigUInt { entries.reduce(BigUInt(1)) { $0 * BigUInt($1.alternatives.count) } }

  /// All inputs in canonical order: by the alternatives of the first open fact, then of the second, and so
  /// on.
  public var all: some Sequence<Inputs> {
    sequence(state: Array(repeating: 0, count: entries.count) as [Int]?) { state -> Inputs? in
      guard let places = state else { return nil }
      state = next(after: places)
      return inputs(places)
    }
  }

  private func next(after places: [Int]) -> [Int]? {
    var places = places
    for position in places.indices.reversed() {
      places[position] += 1
      if places[position] < entries[position].alternatives.count { return places }
      places[position] = 0
    }
    return nil
  }

  /// The inputs with the alternatives at `places`, one for each open fact.
  public func inputs(_ places: [Int]) -> Inputs {
    assert(places.count == entries.count, "each open fact has one alternative")
    return Inputs(
      zip(entries, places).compactMap { entry, place in entry.alternatives[place].map(entry.placed) })
  }

  /// Under which choice a fact is placed.
  public enum Placement: Hashable, Sendable {
    case never
    case always
    case `where`(ChoiceID)
  }

  /// Under which choice `fact` is placed in its round.
  public func placement(of fact: TimedFact) -> Placement {
    for entry in entries where entry.open.fact == fact.fact && entry.alternatives.contains(fact.round) {
      guard entry.isFree else { return .always }
      if let choice = entry.choices.first(where: { $0.round == fact.round }) { return .where(choice.choice) }
    }
    return .never
  }

  /// Where the alternatives of `inputs` stand, for each open fact; nil where some fact is not in one of its
  /// rounds, is in two, or must be placed and is not.
  public func places(of inputs: Inputs) -> [Int]? {
    var places: [Int] = []
    var used = 0
    for entry in entries {
      let rounds = inputs.facts.filter { chosen in
        chosen.fact == entry.open.fact && entry.alternatives.contains(chosen.round)
      }.map(\.round)
      used += rounds.count
      guard rounds.count <= 1, let place = entry.alternatives.firstIndex(of: rounds.first) else { return nil }
      places.append(place)
    }
    return used == inputs.facts.count ? places : nil
  }

  /// Whether `inputs` are one of the ways to choose.
  public func admits(_ inputs: Inputs) -> Bool { places(of: inputs) != nil }

  /// Whether `inputs` come before `others`; both must be admissible.
  public func precedes(_ inputs: Inputs, _ others: Inputs) -> Bool {
    assert(admits(inputs) && admits(others), "only what can be chosen has a place in the order")
    return (places(of: inputs) ?? []).lexicographicallyPrecedes(places(of: others) ?? [])
  }

  /// Inputs of which each alternative of an open fact has the same probability.
  public func draw(using random: inout SplitMix) -> Inputs {
    inputs(entries.map { $0.isFree ? random.number(below: $0.alternatives.count) : 0 })
  }
}
