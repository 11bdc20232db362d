import Answers
import Dedalus
import Properties
import RunStore
import Scenarios
import Search

extension Sweep {
  /// Skips the bounds that the store at `path` has already decided, except the last of them. That question is
  /// asked again, so that there is an answer to show. `report` gets a line where any are skipped.
  package mutating func advance(over path: String, report: (String) -> Void) throws {
    let store = try RunStore(creatingOrOpening: path)
    var skipped = 0
    while let question, let verdict = try store.verdict(on: question) {
      var further = self
      guard verdict == .holds || verdict == .badBaseline && proved.isEmpty else { break }
      try further.skip(verdict)
      guard let next = further.question, try store.verdict(on: next) != nil else { break }
      self = further
      skipped += 1
    }
    try store.close()
    guard skipped > 0, let bounds = question?.bounds else { return }
    report(
      "\(path): the sweep goes on from EOT \(bounds.eot), EFF \(bounds.eff), the last bounds on record\n")
  }
}
