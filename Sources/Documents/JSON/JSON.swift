/// A JSON document to be written. Objects keep the order of their members, so the same answer gives the same
/// bytes.
public indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A measured quantity, written with at most six decimals.
  case decimal(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A key and its value.
  public struct Member: Hashable, Sendable {
    /// The key of the member.
    public let key: String
    /// The value of the member.
    public let value: JSON

    /// The member `key: value`.
    public init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }
  }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  /// An object with `members` in this order.
  public init(dictionaryLiteral members: (String, JSON)...) {
    self = .object(members.map { Member(key: $0.0, value: $0.1) })
  }

  /// An array of `elements`.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
  /// A JSON string.
  public init(stringLiteral value: String) { self = .string(value) }

  /// A JSON truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  /// A JSON integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
}
