// Compares two runs of one program in one setting: a good one (without faults, or with fewer) and a faulty
// one. Along the good run's lineage of a tuple, each tuple either still holds or is missing. Between the two
// lie firings whose premises all hold but that do not happen: their message is lost, their node has crashed,
// or something now matches what they need absent. These firings are where the faults cut.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// What prevents a firing in the faulty run, where the good run has it and all its premises hold.
public enum Hindrance: Hashable, Sendable {
  /// Its message, which is one of the faulty run, is lost or late.
  case loss(Message)
  /// This fault keeps its node from acting.
  case stoppage(Fault)
  /// A tuple of the faulty run matches a pattern that must be absent, or adds a row to an aggregate or count.
  case contradiction(TupleID)
}

/// What a faulty run lacks of the good run, and what it has in addition.
public struct Difference: Sendable {
  /// The run without the faults whose effect is to be explained.
  public let good: Execution
  /// The run with faults.
  public let bad: Execution

  let goodSide: ComparedRun
  let badSide: ComparedRun
  let gaps: NearestGaps
  /// The messages of the bad run of which no copy arrives on time.
  private let losses: [SentRow: Message]

  private struct SentRow: Hashable {
    let row: RowID
    let sender: NodeID?
    let sent: Round
  }

  /// Compares two runs of the same program in the same setting.
  public init(from good: Execution, to bad: Execution) {
    precondition(good.setting == bad.setting, "only runs in the same setting can be compared")
    assert(good.program.digest == bad.program.digest, "only runs of the same program can be compared")
    self.good = good
    self.bad = bad
    goodSide = ComparedRun(good, with: bad)
    badSide = ComparedRun(bad, with: good)
    gaps = NearestGaps(goodSide)
    losses = Dictionary(
      bad.messages.filter { !$0.isOnTime }
        .map { (SentRow(row: $0.row, sender: $0.sender, sent: $0.sent), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether `tuple` of the good run holds in the bad one too.
  public func holds(_ tuple: TupleID) -> Bool { goodSide.counterparts[tuple] != nil }

  /// What prevents `firing` of the good run in the bad one. Nil where it happens, and where it lacks a
  /// premise, because then the cause lies deeper.
  public func hindrance(of firing: FiringID) -> Hindrance? {
    var contradiction: TupleID?
    for (premise, atom) in good.premisesWithNegatedAtoms(of: firing) {
      switch premise {
      case .tuple(let tuple):
        if !holds(tuple) { return nil }
      case .absence(let absence):
        let matches = badSide.matches(of: Pattern(good.absence(absence)), as: atom)
        contradiction = contradiction ?? matches.first
      }
    }
    contradiction = contradiction ?? goodSide.otherRows(of: firing, in: badSide).first
    contradiction = contradiction ?? goodSide.otherCounted(of: firing, in: badSide).first
    return contradiction.map { .contradiction($0) } ?? silence(of: firing)
  }

  /// The loss or crash because of which `firing` has no effect although it matches.
  private func silence(of firing: FiringID) -> Hindrance? {
    if bad.faults.count > 0, let (node, round) = good.placeAndRound(of: firing),
      let fault = bad.faults.stoppage(of: node, in: round, bad.setting.crashView)
    {
      return .stoppage(fault)
    }
    guard let message = good.message(of: firing), let row = good.counterpart(of: message.row, in: bad),
      let lost = losses[SentRow(row: row, sender: message.sender, sent: message.sent)]
    else { return nil }
    let arrival = good.head(of: firing).map { good.store.round(of: $0) }
    return arrival.map { lost.arrivals.contains($0) } ?? false ? nil : .loss(lost)
  }

  /// The tuples of the good run that are missing in the bad one according to `absence`, which has the pattern
  /// of `atom`.
  func expected(at absence: AbsenceID, of atom: Atom?) -> [TupleID] {
    goodSide.matches(of: Pattern(bad.absence(absence)), as: atom)
  }
}

/// A run, prepared for the comparison with another.
struct ComparedRun: Sendable {
  let execution: Execution
  /// For each tuple: the equal tuple of the other run; nil where there is none.
  let counterparts: IndexedArray<TupleID, TupleID?>
  let firings: IndexedArray<TupleID, [FiringID]>
  private let tuples: [RelationInRound: [TupleID]]

  init(_ execution: Execution, with other: Execution) {
    self.execution = execution
    let store = execution.store
    counterparts = IndexedArray(store.tuples.map { execution.counterpart(of: $0, in: other) })
    firings = execution.firingsByHead()
    tuples = Dictionary(grouping: store.tuples) {
      RelationInRound(relation: store.relation(of: store.row(of: $0)), round: store.round(of: $0))
    }
  }

  /// The tuples that match `pattern`, in order of derivation.
  func matches(of pattern: Pattern, as atom: Atom?) -> [TupleID] {
    (tuples[pattern.place] ?? []).filter {
      pattern.columns.matches(execution.values(of: execution.store.row(of: $0)), as: atom)
    }
  }

  /// The firing that explains `tuple` where one is enough: one that copies the tuple from the round before if
  /// possible, otherwise the first, whose premises were all derived earlier. Nil for a given tuple.
  func chosenFiring(of tuple: TupleID) -> FiringID? {
    firings[tuple].first { execution.copiedTuple(of: $0) != nil } ?? firings[tuple].first
  }

  /// For an aggregate's `firing` in this run: the rows of its group that only `other` has.
  func otherRows(of firing: FiringID, in other: ComparedRun) -> [TupleID] {
    guard let rule = execution.rule(of: firing),
      let rowRelation = execution.schema.rowRelation(of: rule),
      case .tuple(let row)? = execution.premises(of: firing).first,
      execution.store.relation(of: execution.store.row(of: row)) == rowRelation
    else { return [] }
    let head = execution.program.rules[rule].head
    let group = execution.values(of: execution.store.row(of: row)).enumerated().map { column, value in
      if column < head.count, case .aggregate = head[column] { nil as Constant? } else { value }
    }
    let place = RelationInRound(relation: rowRelation, round: execution.store.round(of: row))
    return other.matches(of: Pattern(place: place, columns: group), as: nil)
      .filter { other.counterparts[$0] == nil }
  }
}

/// A relation in a round.
struct RelationInRound: Hashable {
  let relation: RelationID
  let round: Round
}

/// What a negated atom must not find, or what an aggregate collects.
struct Pattern {
  let place: RelationInRound
  let columns: [Constant?]

  init(place: RelationInRound, columns: [Constant?]) {
    self.place = place
    self.columns = columns
  }

  init(_ absence: Absence) {
    self.init(
      place: RelationInRound(relation: absence.relation, round: absence.round), columns: absence.pattern)
  }
}
