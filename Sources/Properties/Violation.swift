import Dedalus
import Scenarios

/// A row that breaks a property, and the round in which it does.
public struct Violation: Hashable, Sendable {
  /// The name of the property.
  public let property: String
  /// The round in which the row breaks it.
  public let round: Round
  /// The row.
  public let row: [Constant]

  /// `row` breaks the property called `property` in `round`.
  public init(property: String, round: Round, row: [Constant]) {
    self.property = property
    self.round = round
    self.row = row
  }
}

extension Sequence<Violation> {
  /// Their rows, in order.
  public var rows: [[Constant]] { map(\.row) }

  /// Of each row that breaks a property, the first violation.
  package var firsts: [Violation] {
    var seen: Set<Violation> = []
    return filter { seen.insert(Violation(property: $0.property, round: Round(1), row: $0.row)).inserted }
  }

  /// Those of the property called `name`.
  public func of(_ name: String?) -> [Violation] { filter { $0.property == name } }
}
