/// A program as its author wrote it, in pieces, so that a failing one can be cut down.
public struct SourceProgram: Hashable, Sendable {
  /// In the order in which they are written, before the rules.
  public var facts: [SourceFact]
  /// In the order in which they are written.
  public var rules: [SourceRule]
  /// In the order in which they are written, after the rules.
  public var declarations: [SourceDeclaration]
  /// In the order in which they are written, after the declarations.
  public var properties: [SourceProperty]
  /// In the order in which they are written, after the properties.
  public var choices: [SourceChoice]

  /// The program of these pieces.
  public init(
    facts: [SourceFact], rules: [SourceRule], declarations: [SourceDeclaration] = [],
    properties: [SourceProperty] = [], choices: [SourceChoice] = []
  ) {
    self.facts = facts
    self.rules = rules
    self.declarations = declarations
    self.properties = properties
    self.choices = choices
  }

  /// The text of a `.ded` file.
  public var text: String {
    let statements =
      facts.map(\.text) + rules.map(\.text) + declarations.map(\.text) + properties.map(\.text)
      + choices.map(\.text)
    return statements.map { $0 + "\n" }.joined()
  }
}

/// What a program says about one of its relations.
public struct SourceDeclaration: Hashable, Sendable {
  /// The word that begins the statement.
  public enum Kind: String, Hashable, Sendable { case durable, configuration }

  /// What is declared.
  public var kind: Kind
  /// The name of the relation.
  public var relation: String

  /// The declaration `kind relation`.
  public init(_ kind: Kind, _ relation: String) {
    self.kind = kind
    self.relation = relation
  }

  /// As it is written in a program.
  public var text: String { "\(kind.rawValue) \(relation);" }
}

/// Something that a program demands of its runs.
public struct SourceProperty: Hashable, Sendable {
  /// The word that begins the form.
  public enum Word: String, Hashable, Sendable, CaseIterable { case finally, always, never, within, stable }

  /// The name before the colon; nil where there is none.
  public var name: String?
  /// The word of the form.
  public var word: Word
  /// What stands after `within`; of no meaning after other words.
  public var delay: Int
  /// The relation of which rows are demanded or forbidden.
  public var relation: String
  /// The relation after the arrow, for the words that have one.
  public var demanded: String

  /// The property `name: word delay relation => demanded`.
  public init(name: String? = nil, _ word: Word, delay: Int = 0, _ relation: String, _ demanded: String) {
    self.name = name
    self.word = word
    self.delay = delay
    self.relation = relation
    self.demanded = demanded
  }

  /// What it asks, as it is written in a program.
  public var form: String {
    switch word {
    case .finally, .always: "\(word.rawValue) \(relation) => \(demanded)"
    case .within: "within \(delay) \(relation) => \(demanded)"
    case .never, .stable: "\(word.rawValue) \(relation)"
    }
  }

  /// As it is written in a program.
  public var text: String { (name.map { "property \($0): " } ?? "") + form + ";" }
}

/// A tuple given in one round.
public struct SourceFact: Hashable, Sendable {
  /// The name of the relation.
  public var relation: String
  /// Constants.
  public var values: [SourceExpression]
  /// The round in which it holds.
  public var round: Int

  /// The fact `relation(values)@round`.
  public init(_ relation: String, _ values: [SourceExpression], round: Int) {
    self.relation = relation
    self.values = values
    self.round = round
  }

  /// As it is written in a program.
  public var text: String { "\(relation)\(list(values))@\(round);" }
}

/// A fact of which the round is chosen.
public struct SourceChoice: Hashable, Sendable {
  /// The name of the relation.
  public var relation: String
  /// Constants.
  public var values: [SourceExpression]
  /// The rounds among which it is chosen.
  public var rounds: ClosedRange<Int>
  /// Whether it may be left out.
  public var isOptional: Bool

  /// The statement `relation(values)@{rounds}`, after `maybe` where it is optional.
  public init(
    _ relation: String, _ values: [SourceExpression], in rounds: ClosedRange<Int>, isOptional: Bool
  ) {
    (self.relation, self.values) = (relation, values)
    (self.rounds, self.isOptional) = (rounds, isOptional)
  }

  /// As it is written in a program.
  public var text: String {
    let range =
      rounds.count == 1 && isOptional
      ? "\(rounds.lowerBound)" : "{\(rounds.lowerBound)..\(rounds.upperBound)}"
    return "\(isOptional ? "maybe " : "")\(relation)\(list(values))@\(range);"
  }

  /// With one round less, or not optional.
  var simplifications: [SourceChoice] {
    var simpler: [SourceChoice] = []
    if rounds.count > 1 {
      let (first, last) = (rounds.lowerBound, rounds.upperBound)
      simpler.append(SourceChoice(relation, values, in: first...(last - 1), isOptional: isOptional))
      simpler.append(SourceChoice(relation, values, in: (first + 1)...last, isOptional: isOptional))
    }
    if isOptional { simpler.append(SourceChoice(relation, values, in: rounds, isOptional: false)) }
    return simpler
  }
}

/// A rule.
public struct SourceRule: Hashable, Sendable {
  /// When the head holds.
  public enum Timing: String, Hashable, Sendable {
    case deductive = ""
    case inductive = "@next"
    case async = "@async"
  }

  /// The name of the relation.
  public var relation: String
  /// The columns of the head.
  public var head: [SourceExpression]
  /// The annotation of the head.
  public var timing: Timing
  /// Atoms and comparisons.
  public var body: [SourceTerm]

  /// The rule `relation(head) :- body`, with a time.
  public init(_ relation: String, _ head: [SourceExpression], _ timing: Timing, _ body: [SourceTerm]) {
    self.relation = relation
    self.head = head
    self.timing = timing
    self.body = body
  }

  /// As it is written in a program.
  public var text: String {
    "\(relation)\(list(head))\(timing.rawValue) :- \(body.map(\.text).joined(separator: ", "));"
  }
}

/// A part of a rule's body.
public enum SourceTerm: Hashable, Sendable {
  case atom(SourceAtom)
  case comparison(SourceExpression, String, SourceExpression)

  /// As it is written in a program.
  public var text: String {
    switch self {
    case .atom(let atom): atom.text
    case .comparison(let left, let comparator, let right): "\(left.text) \(comparator) \(right.text)"
    }
  }
}

/// A premise on a relation.
public struct SourceAtom: Hashable, Sendable {
  /// The name of the relation.
  public var relation: String
  /// The columns.
  public var columns: [SourceExpression]
  /// The `k` of `@k`.
  public var round: Int?
  /// Whether it stands under `notin`.
  public var isNegated: Bool

  /// The atom `relation(columns)`.
  public init(
    _ relation: String, _ columns: [SourceExpression], round: Int? = nil, isNegated: Bool = false
  ) {
    self.relation = relation
    self.columns = columns
    self.round = round
    self.isNegated = isNegated
  }

  /// As it is written in a program.
  public var text: String {
    (isNegated ? "notin " : "") + relation + list(columns) + (round.map { "@\($0)" } ?? "")
  }
}

/// A column or a side of a comparison.
public indirect enum SourceExpression: Hashable, Sendable {
  case variable(String)
  case integer(Int64)
  case string(String)
  case wildcard
  case binary(SourceExpression, String, SourceExpression)
  case aggregate(String, String)
  /// `count { … }` over atoms and comparisons.
  case count([SourceTerm])
  /// Any of these, as it stands in a template.
  case written(String)

  /// As it is written in a program.
  public var text: String {
    switch self {
    case .variable(let text), .written(let text): text
    case .integer(let value): String(value)
    case .string(let value): "\"\(value)\""
    case .wildcard: "_"
    case .binary(let left, let operation, let right):
      ["min", "max"].contains(operation)
        ? "(\(operation)(\(left.text), \(right.text)))"
        : "\(left.operandText) \(operation) \(right.operandText)"
    case .count(let terms): "count { \(terms.map(\.text).joined(separator: ", ")) }"
    case .aggregate(let aggregate, let variable): "\(aggregate)<\(variable)>"
    }
  }

  private var operandText: String {
    if case .binary = self { "(\(text))" } else { text }
  }
}

private func list(_ columns: [SourceExpression]) -> String {
  "(" + columns.map(\.text).joined(separator: ", ") + ")"
}
