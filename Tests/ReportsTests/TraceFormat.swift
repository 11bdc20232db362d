// What a document in the Informal Trace Format must be, in sentences of our own (after Apalache's ADR-015):
//
// - It is an object with `vars` and `states`; it may have `#meta`, `params` and `loop`, and nothing else.
// - `vars` are names of variables, at least one, none twice, none that begins with `#`. So are `params`.
// - `states` are objects, at least one. Each has a value for every variable, perhaps `#meta`, and no more.
// - Each `#meta` is an object. A state that gives its `index` there gives its place, counted from 0.
// - `loop` is the place of the state that comes again after the last one.
// - A value is a string, a truth value or a number; a list of values; `{"#bigint": "-12"}`, with the digits
//   of a number; `{"#tup": […]}`, `{"#set": […]}` and `{"#map": [[key, value], …]}`, in which no element and
//   no key stands twice; `{"#unserializable": "…"}`; or an object of values, no name of which begins with
//   `#`.

import Foundation

enum TraceFormat {
  /// What is wrong with `text` as a trace; nil where nothing is.
  static func flaw(of text: String) -> String? {
    guard let whole = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
      return "it is no JSON object"
    }
    let known: Set = ["#meta", "params", "vars", "states", "loop"]
    if let other = whole.keys.first(where: { !known.contains($0) }) { return "there is a '\(other)'" }
    if let meta = whole["#meta"], !(meta is [String: Any]) { return "'#meta' is no object" }
    guard let names = whole["vars"] as? [String], !names.isEmpty else { return "there are no 'vars'" }
    let parameters = whole["params"] == nil ? [] : whole["params"] as? [String]
    guard let parameters else { return "'params' are no names" }
    let all = names + parameters
    if Set(all).count < all.count { return "a variable is named twice" }
    if all.contains(where: { $0.isEmpty || $0.hasPrefix("#") }) { return "a variable has no good name" }
    guard let states = whole["states"] as? [[String: Any]], !states.isEmpty else {
      return "there are no states"
    }
    for (place, state) in states.enumerated() {
      if let flaw = flaw(of: state, names, at: place) { return "state \(place): \(flaw)" }
    }
    if let loop = whole["loop"] {
      guard let place = integer(loop), states.indices.contains(place) else { return "'loop' is no state" }
    }
    return nil
  }

  private static func flaw(of state: [String: Any], _ names: [String], at place: Int) -> String? {
    let present = Set(state.keys).subtracting(["#meta"])
    if present != Set(names) { return "its variables are \(present.sorted())" }
    if let meta = state["#meta"] {
      guard let meta = meta as? [String: Any] else { return "'#meta' is no object" }
      if let index = meta["index"], integer(index) != place { return "its index is \(index)" }
    }
    for name in names {
      if let value = state[name], let flaw = flaw(ofValue: value) { return "\(name): \(flaw)" }
    }
    return nil
  }

  private static func flaw(ofValue value: Any) -> String? {
    switch value {
    case is String, is NSNumber: return nil
    case let list as [Any]: return firstFlaw(in: list)
    case let object as [String: Any]:
      let special = object.keys.filter { $0.hasPrefix("#") }
      guard let key = special.first else { return firstFlaw(in: Array(object.values)) }
      return object.count == 1 ? flaw(of: key, object[key] ?? 0) : "'\(key)' does not stand alone"
    default: return "\(value) is no value"
    }
  }

  private static func flaw(of key: String, _ value: Any) -> String? {
    switch key {
    case "#bigint":
      guard let digits = value as? String, digits.wholeMatch(of: /-?(0|[1-9][0-9]*)/) != nil, digits != "-0"
      else {
        return "\(value) is no number"
      }
      return nil
    case "#tup": return (value as? [Any]).map(firstFlaw) ?? "a tuple is no list"
    case "#set":
      guard let elements = value as? [Any] else { return "a set is no list" }
      return firstFlaw(in: elements) ?? (areDistinct(elements) ? nil : "an element stands twice")
    case "#map":
      guard let pairs = value as? [[Any]], pairs.allSatisfy({ $0.count == 2 }) else {
        return "a map has no pairs"
      }
      return firstFlaw(in: pairs.flatMap { $0 })
        ?? (areDistinct(pairs.map { $0[0] }) ? nil : "a key stands twice")
    case "#unserializable": return value is String ? nil : "there is no text"
    default: return "'\(key)' is unknown"
    }
  }

  private static func firstFlaw(in values: [Any]) -> String? { values.lazy.compactMap(flaw(ofValue:)).first }

  private static func areDistinct(_ values: [Any]) -> Bool {
    Set(values.map { ($0 as? NSObject) ?? NSNull() }).count == values.count
  }

  private static func integer(_ value: Any) -> Int? {
    guard let number = value as? Double, number == number.rounded() else { return nil }
    return Int(number)
  }
}
