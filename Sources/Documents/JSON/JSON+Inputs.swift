import Scenarios
import Texts

// What is chosen, in the form that all documents use.

extension JSON {
  /// `"inputs": ["p(\"a\", 1)@3"]`; nothing where nothing is chosen.
  public static func members(_ inputs: Inputs) -> [Member] {
    inputs.facts.isEmpty
      ? [] : [Member(key: "inputs", value: .array(inputs.facts.map { .string($0.text) }))]
  }
}

extension StrictObject {
  /// The reverse of `JSON.members(inputs)`. Each fact occurs once, in a round of `bounds`; whether the
  /// program lets choose it, is for its reader to see.
  package func inputs(within bounds: Bounds) throws(JSONError) -> Inputs {
    guard let value = value(of: "inputs") else { return .none }
    var facts: [TimedFact] = []
    for element in try value.elements(atMost: CounterexampleFile.mostFaults) {
      let fact = try element.chosenFact(upTo: bounds.eot)
      guard !facts.contains(fact) else {
        throw JSONError(
          message: "the input '\(fact.text.showingEverything)' stands here twice", offset: element.offset,
          wrongness: .meaning)
      }
      facts.append(fact)
    }
    return Inputs(facts)
  }
}

extension StrictJSON {
  fileprivate func chosenFact(upTo eot: Int) throws(JSONError) -> TimedFact {
    let text = try string()
    do throws(InvalidQuestion) {
      let fact = try TimedFact(text)
      if fact.round.position <= eot { return fact }
    } catch {
      throw JSONError(message: error.message, offset: offset, wrongness: .meaning)
    }
    throw JSONError(
      message: "'\(text.showingEverything)' is placed after the last round, \(eot)", offset: offset,
      wrongness: .meaning)
  }
}
