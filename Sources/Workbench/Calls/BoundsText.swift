// Bounds as a call writes them: where a sweep begins, and the two kinds that a frontier counts.

import Answers
import Dedalus
import Scenarios
import Search
import Texts

extension Sweep {
  /// EOT and EFF in `text`, the value of `--from`.
  package static func start(_ text: String) throws(Refusal) -> (eot: Int, eff: Int) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { wholeNumber(String($0)) }
    guard parts.count == 2, let eot = parts[0], let eff = parts[1], 1...1_000_000 ~= eot, 0...eot ~= eff
    else {
      throw .call(
        "bad-bounds", "--from takes EOT and EFF, as in 12,11, and EFF not above EOT; not '\(text)'")
    }
    return (eot, eff)
  }
}

extension Frontier.Axes {
  /// The two kinds of faults in `text`, the value of `--axes`.
  package init(_ text: String) throws(Refusal) {
    let kinds = text.split(separator: ",", omittingEmptySubsequences: false).map {
      KindID(budget: String($0))
    }
    guard kinds.count == 2, let rows = kinds[0], let columns = kinds[1], rows != columns else {
      let known = KindID.all.map(\.budget).joined(separator: ", ")
      throw .call(
        "bad-axes", "--axes takes two of \(known), as in pauses,omissions; not '\(text.showingEverything)'")
    }
    self.init(rows: rows, columns: columns)
  }
}
