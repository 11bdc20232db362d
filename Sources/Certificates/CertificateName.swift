// A certificate's formula says in words what its variables stand for, and these names are compared as bytes:
// the writer names a tuple of the grounding, the checker names a tuple of its run, and the names are equal or
// not. So nothing in a certificate has to be parsed into a tuple.

import Dedalus
import ReferenceEvaluator
import Scenarios
import Texts

/// The names of faults, tuples and rows in a certificate. Each is one line, whatever the constants contain.
public enum CertificateName {
  /// `crash "a" 5`, `omit "a" "b" 1`, `partition "a" "b" 2 4` or `missing quorum("a", 2)@1`.
  public static func of(_ fault: ReferenceFault) -> Text {
    let word = KindID(named: fault.name)?.meaning.word ?? fault.name
    if let fact = fault.fact {
      return Text("\(word) \(fact.relation.string)\(of(row: fact.values))@\(fact.round)")
    }
    let numbers = [fault.round, fault.until, fault.late].compactMap { $0.map { "\($0)" } }
    return Text(([word] + fault.nodes.map(quoted) + numbers).joined(separator: " "))
  }

  /// `log("a", 1)@3`.
  public static func of(_ tuple: GroundTuple, in program: Program) -> Text {
    Text("\(program.relations[tuple.relation].name)\(of(row: tuple.values))@\(tuple.round)")
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
