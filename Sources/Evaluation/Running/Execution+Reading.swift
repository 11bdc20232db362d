import Dedalus
import Indices
import Scenarios

extension Execution {
  /// The tuples of `relation` in `round`, sorted by their values.
  public func tuples(of relation: RelationID, in round: Round) -> [TupleID] {
    store.tuples
      .filter { store.round(of: $0) == round && store.relation(of: store.row(of: $0)) == relation }
      .map { (tuple: $0, values: values(of: store.row(of: $0))) }
      .sorted { $0.values.lexicographicallyPrecedes($1.values) }
      .map(\.tuple)
  }

  /// The values of `row`, column by column.
  public func values(of row: RowID) -> [Constant] {
    store.symbols(of: row).map { constants[$0] }
  }

  /// The tuple of `relation` with `values` in `round`; nil where it does not hold.
  public func tuple(_ relation: RelationID, _ values: [Constant], in round: Round) -> TupleID? {
    var words = WordBuffer([relation.rawValue])
    for value in values {
      guard let symbol = constants.symbol(of: value) else { return nil }
      words.append(symbol.rawValue)
    }
    return store.findRow(words).flatMap { store.tuple($0, in: round) }
  }

  /// `row` as it is written in a program, e.g. `log("a", 1)`.
  public func text(of row: RowID) -> String {
    let columns = values(of: row).map(\.description).joined(separator: ", ")
    return "\(schema[store.relation(of: row)].name)(\(columns))"
  }

  /// `absence` as it is written in a program, e.g. `log("a", _)`.
  public func text(of absence: Absence) -> String {
    let columns = absence.pattern.map { $0?.description ?? "_" }.joined(separator: ", ")
    return "\(schema[absence.relation].name)(\(columns))"
  }

  /// Every firing in order, including those whose messages were lost.
  public var firingIDs: some RandomAccessCollection<FiringID> { firings.rules.indices }

  /// The rule that fired; nil where a row stays, because its node does not act.
  public func rule(of firing: FiringID) -> RuleID? {
    firings.rules[firing] == FiringStore.staying ? nil : firings.rules[firing]
  }

  /// The tuple that `firing` derived; nil where its message was lost.
  public func head(of firing: FiringID) -> TupleID? {
    firings.heads[firing] == .none ? nil : firings.heads[firing]
  }

  /// The round in which the body of `firing` held; nil for the firing of a lost message. The rows of an
  /// aggregate are always in that round, whenever its head holds.
  public func bodyRound(of firing: FiringID) -> Round? {
    guard let head = head(of: firing) else { return nil }
    let round = store.round(of: head)
    guard let rule = rule(of: firing) else { return Round(rawValue: round.rawValue - 1) }
    if schema[store.relation(of: store.row(of: head))].aggregateRule != nil { return round }
    return switch program.rules[rule].timing {
    case .deductive: round
    case .inductive: Round(rawValue: round.rawValue - 1)
    case .async: message(of: firing)?.sent ?? Round(rawValue: round.rawValue - 1)
    }
  }

  /// The message that `firing` sends, or whose second copy it is; nil for a firing that sends none.
  public func message(of firing: FiringID) -> Message? {
    var (low, high) = (0, messages.count)
    while low < high {
      let middle = (low + high) / 2
      if messages[middle].firing <= firing { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let message = messages[low - 1]
    let copies = message.arrivals.count { $0 <= setting.eot }
    return firing.position - message.firing.position < max(1, copies) ? message : nil
  }

  /// The premises of `firing`: the tuples of the positive atoms in body order, then the absences of the
  /// negated ones in body order, then for each count the tuples that it counts, or the absence of what its
  /// only atom matches. For an aggregate: the rows of its group in order of derivation.
  public func premises(of firing: FiringID) -> Premises { firings.premises(of: firing) }

  /// The pattern of `absence`.
  public func absence(_ absence: AbsenceID) -> Absence { absences.absence(absence, in: constants) }

  /// The number of patterns that firings rely on.
  public var absenceCount: Int { absences.count }

  /// The relation of `absence`, and the round in which nothing matched.
  public func place(of absence: AbsenceID) -> (relation: RelationID, round: Round) {
    absences.place(of: absence)
  }

  /// Column `column`, counted from 0, of the pattern of `absence`; nil for any value.
  public func symbol(_ absence: AbsenceID, _ column: Int) -> Symbol? { absences.symbol(absence, column) }

  /// For each tuple, the firings that derived it, in order. A tuple without firings is a fact, a `crash` row,
  /// or both.
  public func firingsByHead() -> IndexedArray<TupleID, [FiringID]> {
    var table = IndexedArray<TupleID, [FiringID]>(repeating: [], count: store.tupleCount)
    for firing in firingIDs {
      if let head = head(of: firing) { table[head].append(firing) }
    }
    return table
  }
}
