// Typed access to the values of a document: each accessor returns the typed value, or reports what the
// document has instead.

/// An object with the keys that its reader expects and no others.
package struct StrictObject {
  private let members: [StrictJSON.Member]

  /// `value` as an object with each of `keys`, some of those that are `optional`, and no others.
  package init(_ value: StrictJSON, keys: [String], optional: [String] = []) throws(JSONError) {
    guard case .object(let members) = value.content else {
      throw JSONError(message: "expected an object, found \(value.kind)", offset: value.offset)
    }
    for member in members where !keys.contains(member.key) && !optional.contains(member.key) {
      throw JSONError(message: "there is no key \(JSON.literal(member.key)) here", offset: member.keyOffset)
    }
    for key in keys where !members.contains(where: { $0.key == key }) {
      throw JSONError(message: "the key \"\(key)\" is missing", offset: value.offset)
    }
    self.members = members
  }

  /// The value of an optional `key`; nil where it is not there.
  package func value(of key: String) -> StrictJSON? { members.first { $0.key == key }?.value }

  /// The value of `key`, which must be one of those that have to be there.
  package subscript(key: String) -> StrictJSON {
    guard let member = members.first(where: { $0.key == key }) else {
      preconditionFailure("only keys that the object was checked for are read")
    }
    return member.value
  }
}

extension StrictJSON {
  package func string() throws(JSONError) -> String {
    guard case .string(let value) = content else { throw unexpected("a string") }
    return value
  }

  package func bool() throws(JSONError) -> Bool {
    guard case .bool(let value) = content else { throw unexpected("true or false") }
    return value
  }

  package func integer(in range: ClosedRange<Int>) throws(JSONError) -> Int {
    guard case .integer(let value) = content else { throw unexpected("an integer") }
    guard range.contains(value) else {
      throw JSONError(
        message: "expected an integer from \(range.lowerBound) to \(range.upperBound), found \(value)",
        offset: offset, wrongness: .meaning)
    }
    return value
  }

  package func elements(atMost limit: Int) throws(JSONError) -> [StrictJSON] {
    guard case .array(let elements) = content else { throw unexpected("an array") }
    guard elements.count <= limit else {
      throw JSONError(message: "\(elements.count) elements; at most \(limit) are possible", offset: offset)
    }
    return elements
  }

  package func choice<Choice: CaseIterable & RawRepresentable<String>>() throws(JSONError) -> Choice {
    let value = try string()
    guard let choice = Choice(rawValue: value) else {
      let choices = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
      throw JSONError(
        message: "expected \(choices), found \(JSON.literal(value))", offset: offset, wrongness: .meaning)
    }
    return choice
  }

  /// The digest of a file: `sha256:` and 64 hexadecimal digits.
  package func digest() throws(JSONError) -> String {
    let text = try string()
    let digits = text.dropFirst("sha256:".count)
    guard text.hasPrefix("sha256:"), digits.utf8.count == 64,
      digits.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) })
    else {
      throw JSONError(
        message: "a digest is 'sha256:' and 64 hexadecimal digits", offset: offset, wrongness: .meaning)
    }
    return text
  }

  private func unexpected(_ expected: String) -> JSONError {
    JSONError(message: "expected \(expected), found \(kind)", offset: offset)
  }
}
