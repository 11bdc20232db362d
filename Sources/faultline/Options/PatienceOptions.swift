import ArgumentParser
import Evaluation
import Reports
import Search
import Workbench

/// The limits on the time and the memory of a search.
struct PatienceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Stop after this time; what is known then is the answer.", valueName: "seconds"))
  var timeLimit: String?

  @Option(
    help: ArgumentHelp(
      """
      Stop where about so much memory is used. Default: 200 for tuples, firings and gates, and half of this machine's \
      for the process.
      """, valueName: "MiB"))
  var memoryLimit: String?

  /// The patience that the options describe; `time` is used where none is given. With a `console`, the
  /// progress of the search is shown there.
  func patience(_ console: Console? = nil, time standard: Duration? = nil) throws -> Patience {
    Interruption.listen()
    var patience = Patience(
      time: try timeLimit.map { try Seconds.parse($0, "--time-limit") } ?? standard, budget: try budget(),
      isInterrupted: { Interruption.isRequested })
    patience.memory = try mebibytes().map { MemoryLimit(mebibytes: $0) } ?? .standard
    if let console {
      let line = ProgressLine(console)
      patience.didProgress = { line.tell($0.line) }
    }
    return patience
  }

  private func mebibytes() throws -> Int? {
    try memoryLimit.map { try Count.parse($0, "--memory-limit", 1...1_000_000) }
  }

  /// The standard budget stays below about 200 MB; larger budgets need memory in proportion.
  func budget() throws -> Budget {
    guard let mebibytes = try mebibytes() else { return .standard }
    var budget = Budget.standard
    budget.tuples = max(1000, budget.tuples * mebibytes / 200)
    budget.firings = max(1000, budget.firings * mebibytes / 200)
    budget.gates = max(1000, budget.gates * mebibytes / 200)
    return budget
  }
}

extension Patience {
  /// The patience of a call without options.
  static var standard: Patience {
    var patience = Patience(isInterrupted: { Interruption.isRequested })
    patience.memory = .standard
    return patience
  }
}

/// Reads a length of time from an option.
enum Seconds {
  /// The length of time in `text`.
  static func parse(_ text: String, _ option: String) throws -> Duration {
    let isPlain = text.utf8.allSatisfy { "0123456789.".utf8.contains($0) }
    guard isPlain, let seconds = Double(text), seconds > 0, seconds <= 1_000_000 else {
      throw Refusal.call(
        "bad-limit", "\(option) takes a number of seconds above 0, such as 10 or 0.5, not '\(text)'")
    }
    return .seconds(seconds)
  }
}
