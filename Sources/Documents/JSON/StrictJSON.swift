// A saved counterexample is a test, and a test that is read differently from how it was written tests
// something else. Foundation's decoder accepts duplicate and unknown keys, 1.0 for an integer and a
// byte-order mark, and reports no position. So this reader accepts exactly RFC 8259 in UTF-8, minus what no
// file of Faultline contains, and knows the position of each value.

/// A value read from a JSON document, and the offset at which it begins.
package struct StrictJSON {
  package enum Content {
    case null
    case bool(Bool)
    case integer(Int)
    /// A number with a fraction or an exponent: legal JSON, but never in a file of Faultline.
    case decimal
    case string(String)
    case array([StrictJSON])
    case object([Member])
  }

  package struct Member {
    let key: String
    let keyOffset: Int
    let value: StrictJSON
  }

  package let content: Content
  package let offset: Int

  /// The kind of the value, for messages.
  var kind: String {
    switch content {
    case .null: "null"
    case .bool: "a truth value"
    case .integer: "an integer"
    case .decimal: "a decimal number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// What is wrong with a document, and at which offset.
package struct JSONError: Error {
  package let message: String
  package let offset: Int
  package let wrongness: Wrongness

  /// In what way a document can be wrong.
  package enum Wrongness: Sendable {
    /// The document does not have the shape that its reader expects.
    case form
    /// The document has that shape, but what it says is impossible.
    case meaning
  }

  /// An error at `offset`, described by `message`.
  package init(message: String, offset: Int, wrongness: Wrongness = .form) {
    self.message = message
    self.offset = offset
    self.wrongness = wrongness
  }
}
