import Dedalus
import Indices
import Texts

/// A fact by the name of its relation, without its round: one that may be missing, or may be chosen.
public struct NamedFact: Hashable, Sendable {
  /// The name of the relation.
  public let relation: Text
  /// The values, column by column.
  public let values: [Constant]

  /// The fact that `relation` has a row with `values`.
  public init(_ relation: Text, _ values: [Constant]) {
    self.relation = relation
    self.values = values
  }
}

extension NamedFact {
  /// The fact as it is written in a program, without a round.
  public var text: String { "\(relation.string)(\(values.map(\.description).joined(separator: ", ")))" }

  /// The fact as it is written in a program, in `round`: `p("a", 1)@3`.
  public func text(in round: Round) -> String { "\(text)@\(round.rawValue)" }
}

extension NamedFact: Comparable {
  /// Orders facts by the names of their relations, then by their values.
  public static func < (left: NamedFact, right: NamedFact) -> Bool {
    if left.relation != right.relation { return left.relation < right.relation }
    return left.values.lexicographicallyPrecedes(right.values)
  }
}

/// A fact with the round in which it is placed.
public struct TimedFact: Hashable, Comparable, Sendable {
  /// The fact.
  public let fact: NamedFact
  /// The round in which it is placed.
  public let round: Round

  /// `fact`, placed in `round`.
  public init(_ fact: NamedFact, in round: Round) {
    self.fact = fact
    self.round = round
  }

  /// `fact` of `program`.
  public init(_ fact: Fact, of program: Program) {
    self.init(
      NamedFact(Text(program.relations[fact.relation].name), fact.values), in: Round(named: fact.round))
  }

  /// Orders facts by round, then by relation and values.
  public static func < (left: TimedFact, right: TimedFact) -> Bool {
    left.round == right.round ? left.fact < right.fact : left.round < right.round
  }
}

extension TimedFact {
  /// The fact that `text` writes as `p("a", 1)@3`.
  public init(_ text: String) throws(InvalidQuestion) {
    let scalars = Array(text.unicodeScalars)
    guard let open = scalars.firstIndex(of: "("), let at = scalars.lastIndex(of: "@"), open > 0, at > open,
      let close = scalars[..<at].lastIndex(of: ")"), scalars[(close + 1)..<at].allSatisfy(Self.isBlank),
      let round = wholeNumber(Self.string(scalars[(at + 1)...].filter { !Self.isBlank($0) })),
      1...1_000_000_000 ~= round, let values = Self.values(scalars[(open + 1)..<close])
    else {
      throw InvalidQuestion(
        code: "bad-fact", message: "'\(text.showingEverything)' is no fact",
        fix: "write it as in a program, in quotes, with a backslash before each quote inside: "
          + "missing \"p(\\\"a\\\", 1)@3\"")
    }
    let name = Text(Self.string(scalars[..<open].filter { !Self.isBlank($0) }))
    self.init(NamedFact(name, values), in: Round(round))
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// The constants between commas outside quotes; nil where one is none.
  private static func values(_ scalars: ArraySlice<Unicode.Scalar>) -> [Constant]? {
    var values: [Constant] = []
    var rest = scalars.drop(while: isBlank)
    while true {
      if rest.first == "\"" {
        guard let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
        values.append(.string(Text(string(rest[(rest.startIndex + 1)..<end]))))
        rest = rest[(end + 1)...].drop(while: isBlank)
      } else {
        let number = rest.prefix { $0 != "," }
        guard let value = Int64(string(number.filter { !isBlank($0) })) else { return nil }
        values.append(.integer(value))
        rest = rest[number.endIndex...]
      }
      if rest.isEmpty { return values }
      guard rest.first == "," else { return nil }
      rest = rest.dropFirst().drop(while: isBlank)
    }
  }
}

extension Program {
  /// The facts of all relations that are declared as `configuration`, ascending.
  public var configuredFacts: [TimedFact] {
    let configured = facts.lazy.filter { self.configuration.contains($0.relation) }
    return Set(configured.map { TimedFact($0, of: self) }).sorted()
  }
}
