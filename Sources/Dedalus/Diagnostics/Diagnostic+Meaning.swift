import Indices
import Texts

// The errors and warnings about the meaning of a program, by name.

extension Diagnostic {
  /// A relation with two different numbers of columns.
  static func arityMismatch(
    _ name: String, _ arity: Int, at range: SourceRange, declared: RelationTable.Entry
  ) -> Diagnostic {
    assert(arity != declared.arity, "only different numbers of columns do not match")
    let isCrash = declared.name == .crash
    return Diagnostic(
      code: .arityMismatch, severity: .error,
      message: "'\(name)' has \(counted(declared.arity, "column")), but \(arity) here", range: range,
      notes: isCrash
        ? [Note(message: "'crash' tells observer, crashed node and round", range: nil)]
        : [Note(message: "\(counted(declared.arity, "column")) here", range: declared.range)])
  }

  /// A rule or fact that derives the relation `crash`, which only faults fill.
  static func crashDerived(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .crashDerived, severity: .error, message: "only faults derive 'crash'; a program may read it",
      range: range,
      fix: "choose another name")
  }

  /// A cycle through negation or aggregation, which cannot be stratified.
  static func cycle(
    _ cycle: [Dependency], relations: IndexedArray<RelationID, Relation>, round: Int?
  ) -> Diagnostic {
    let first = cycle[0]
    assert(
      zip(cycle, cycle.dropFirst() + [first]).allSatisfy { $0.body == $1.head },
      "each step leads to the next, and the last one back to the first")
    let name = relations[first.body].name
    let when = round.map { "in round \($0)" } ?? "in the same round"
    let verb =
      switch first.kind {
      case .negated: "negated"
      case .counted: "counted"
      case .aggregated, .positive: "aggregated"
      }
    let names = cycle.prefix(10).map { relations[$0.head].name } + (cycle.count > 10 ? ["…"] : [])
    let way = (names + [relations[first.head].name]).joined(separator: " <- ")
    let notes = cycle.dropFirst().map {
      Note(
        message: "'\(relations[$0.head].name)' is derived from '\(relations[$0.body].name)' here",
        range: $0.range)
    }
    return Diagnostic(
      code: first.kind == .negated ? .negationInCycle : .aggregateInCycle, severity: .error,
      message:
        "'\(name)' cannot be \(verb) here, because \(when) it depends on '\(relations[first.head].name)': \(way)",
      range: first.range, notes: notes, fix: "derive one of them '@next' or '@async'")
  }

  /// A location or destination that holds integers.
  static func locationIsInteger(_ range: SourceRange, isDestination: Bool) -> Diagnostic {
    let place =
      isDestination ? "the destination of its message" : "its location, the first column of its first atom,"
    return Diagnostic(
      code: .locationNotNode, severity: .warning,
      message: "this rule can never fire: \(place) is an integer, and nodes are strings", range: range)
  }

  /// `_` where a value is needed.
  static func misplacedWildcard(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .misplacedWildcard, severity: .error, message: "'_' stands only as a column of an atom in a body",
      range: range, fix: "name a variable that an atom binds")
  }

  /// A program without rules.
  static func noRules(hasFacts: Bool, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      code: .noRules, severity: .error, message: hasFacts ? "no rules: there are only facts" : "no rules",
      range: range)
  }

  /// A premise on a relation that is derived only by rules that can never fire.
  static func ruleNeverFires(_ range: SourceRange, premise: String) -> Diagnostic {
    Diagnostic(
      code: .ruleNeverFires, severity: .warning,
      message: "this rule can never fire: '\(premise)' has no fact and no rule that can fire", range: range)
  }

  /// A relation that Molly fills itself; in Faultline it is like any other.
  static func reservedRelation(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .reservedRelation, severity: .warning,
      message: "'\(name)' is reserved in Molly, which fills \(name)(From, To, Sent, Received) itself",
      range: range, fix: "choose another name, and the program means the same there")
  }

  /// `pre` and `post` with different numbers of columns.
  static func specificationArity(pre: RelationTable.Entry, post: RelationTable.Entry) -> Diagnostic {
    Diagnostic(
      code: .specificationArity, severity: .error,
      message:
        "'pre' and 'post' are compared row by row, but have \(pre.arity) and \(counted(post.arity, "column"))",
      range: post.range,
      notes: [Note(message: "'pre' has \(counted(pre.arity, "column")) here", range: pre.range)])
  }

  /// More strata for single rounds than the limit.
  static func tooManyRounds(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooManyRounds, severity: .error, message: "too many rounds are named by '@' in bodies",
      range: range)
  }

  /// Strings and integers in one column or variable.
  static func typeClash(_ clash: TypeClash, symbols: SymbolTable) -> Diagnostic {
    let (first, second) = (clash.first, clash.second)
    assert(first.type != second.type, "only different types clash")
    let notes = [first, second].compactMap { side in
      side.evidence.flatMap {
        $0 == second.place.range ? nil : Note(message: "\(noun(side.type)) here", range: $0)
      }
    }
    return Diagnostic(
      code: .typeClash, severity: .error,
      message: "\(describe(first.place.subject, symbols)) is \(noun(first.type)), "
        + "but \(describe(second.place.subject, symbols)) is \(noun(second.type))",
      range: second.place.range, notes: notes)
  }

  /// How a program uses a relation that it reads.
  enum RelationUse { case premise, negated, counted }

  /// A relation that is read but never derived.
  static func undefinedRelation(
    _ name: String, at range: SourceRange, use: RelationUse, suggestion: String?
  ) -> Diagnostic {
    let consequence =
      switch use {
      case .premise: "rules that need it can never fire"
      case .negated: "'notin' always holds"
      case .counted: "'count' finds nothing"
      }
    return Diagnostic(
      code: .undefinedRelation, severity: .warning,
      message: "'\(name)' is used but never derived: \(consequence)",
      range: range,
      fix: suggestion.map { "did you mean '\($0)'?" })
  }

  /// A variable without a value.
  static func unsafeVariable(
    _ name: String, at range: SourceRange, negated: SourceRange?, counted: SourceRange?, suggestion: String?
  ) -> Diagnostic {
    let notes = [
      negated.map { Note(message: "under 'notin' it is not bound", range: $0) },
      counted.map { Note(message: "within the braces of 'count' it is not bound for the rule", range: $0) },
    ]
    return Diagnostic(
      code: .unsafeVariable, severity: .error, message: "'\(name)' is bound by no positive atom",
      range: range, notes: notes.compactMap { $0 }.filter { $0.range != range },
      fix: suggestion.map { "did you mean '\($0)'?" })
  }

  private static func noun(_ type: ColumnType) -> String { type == .string ? "a string" : "an integer" }

  private static func describe(_ subject: TypedPlace.Subject, _ symbols: SymbolTable) -> String {
    switch subject {
    case .column(let column, let relation): "column \(column + 1) of '\(symbols[relation])'"
    case .variable(let name): "'\(symbols[name])'"
    case .constant: "this constant"
    case .operand: "an operand of arithmetic"
    case .result: "the result of arithmetic"
    case .aggregate(let aggregate): "'\(aggregate.rawValue)'"
    case .aggregated(let aggregate): "what '\(aggregate.rawValue)' adds up"
    }
  }
}
