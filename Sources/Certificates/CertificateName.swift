// What the variables of a formula stand for is said in its header, for people; `verify` says it again in the
// same words, since it makes the formula again.

import Dedalus
import ReferenceEvaluator
import Scenarios
import Texts

/// The names of faults, chosen facts and rows in a certificate. Each is one line, whatever the constants
/// contain.
public enum CertificateName {
  /// `crash "a" 5`, `omit "a" "b" 1`, `partition "a" "b" 2 4` or `missing quorum("a", 2)@1`.
  public static func of(_ fault: ReferenceFault) -> Text {
    let word = KindID(named: fault.name)?.meaning.word ?? fault.name
    if let fact = fault.fact { return Text("\(word) \(of(fact).string)") }
    let numbers = [fault.round, fault.until, fault.late].compactMap { $0.map { "\($0)" } }
    return Text(([word] + fault.nodes.map(quoted) + numbers).joined(separator: " "))
  }

  /// `log("a", 1)@3`.
  static func of(_ fact: ReferenceFact) -> Text {
    Text("\(fact.relation.string)\(of(row: fact.values))@\(fact.round)")
  }

  /// The same for what the statement `choice` may place.
  static func of(_ choice: ChoiceStatement, in round: Int, of program: Program) -> Text {
    Text("\(program.relations[choice.relation].name)\(of(row: choice.values))@\(round)")
  }

  /// `("a", 1)`, or where properties have names `mutex ("a", 1)@5`.
  static func of(_ breach: Claim.Breach, isNamed: Bool) -> Text {
    let row = of(row: breach.row)
    return isNamed ? Text("\(quoted(Text(breach.property))) \(row.string)@\(breach.round)") : row
  }

  /// `("a", 1)`.
  public static func of(row values: [Constant]) -> Text {
    let columns = values.map { value in
      switch value {
      case .integer(let number): String(number)
      case .string(let text): quoted(text)
      }
    }
    return Text("(" + columns.joined(separator: ", ") + ")")
  }

  private static func quoted(_ text: Text) -> String {
    var result = "\""
    for scalar in text.string.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        result.unicodeScalars.append("\\")
        result.unicodeScalars.append(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}":
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
