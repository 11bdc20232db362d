import Answers
import Documents
import Scenarios
import Search
import Texts

extension Report {
  /// What a reader should know before trusting the verdict.
  package var cautions: [Caution] { (settlementCaution.map { [$0] } ?? []) + answer.cautions }

  /// Whether what holds does so for every larger EOT, in sentences, each with a line of its own.
  var settlementText: String {
    switch settlement {
    case nil: ""
    case .settled(let settled): settled.sentences.map { $0 + "\n" }.joined()
    case .open(let reason): reason + "\n"
    case .inconclusive(let limit):
      "Whether it holds for every larger EOT is not known: \(limit.words).\n"
    case .broken: ""
    }
  }

  /// The caution that it does not hold with a larger EOT; nil where that is not so.
  var settlementCaution: Caution? {
    guard case .broken(let longer) = settlement else { return nil }
    let eot = longer.question.bounds.eot
    guard let counterexample = longer.counterexample else {
      return Caution(
        code: "broken-later", message: "With EOT \(eot) it does not hold.", fix: "try --eot \(eot)")
    }
    let faults = counterexample.faults.faults.map { $0.sentence(nodes) }
    return Caution(
      code: "broken-later",
      message: "With EOT \(eot) it does not hold: \(faults.joined(separator: "; ")).", fix: "try --eot \(eot)"
    )
  }

  /// `{"eot": 13, "period": 1, "from": 9}`; null where that is not known, or was not asked for.
  var settledJSON: JSON {
    guard case .settled(let settled) = settlement else { return .null }
    return [
      "eot": .integer(settled.eot), "period": .integer(settled.period), "from": .integer(settled.from),
    ]
  }
}
