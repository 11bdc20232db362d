import Evaluation
import Texts

/// Reads a number from an option of a call.
package enum Count {
  /// The number in `text`, which must be in `range`; `option` names it in messages.
  package static func parse(
    _ text: String, _ option: String, _ range: ClosedRange<Int>, fix: String? = nil
  ) throws(Refusal) -> Int {
    guard let number = wholeNumber(text), range.contains(number) else {
      throw .call(
        "bad-number",
        "\(option) takes a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'",
        fix: fix)
    }
    return number
  }
}

/// Reads a length of time from an option of a call.
package enum Seconds {
  /// The length of time in `text`.
  package static func parse(_ text: String, _ option: String) throws(Refusal) -> Duration {
    let isPlain = text.utf8.allSatisfy { "0123456789.".utf8.contains($0) }
    guard isPlain, let seconds = Double(text), seconds > 0, seconds <= 1_000_000 else {
      throw .call(
        "bad-limit", "\(option) takes a number of seconds above 0, such as 10 or 0.5, not '\(text)'")
    }
    return .seconds(seconds)
  }
}

extension Budget {
  /// The budget of a call that may use so much memory: in proportion to the standard one, which stays below
  /// about 200 MiB.
  package init(mebibytes: Int) {
    self = .standard
    tuples = max(1000, tuples * mebibytes / 200)
    firings = max(1000, firings * mebibytes / 200)
    gates = max(1000, gates * mebibytes / 200)
  }
}
