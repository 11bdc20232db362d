import Answers
import ArgumentParser
import Evaluation
import Reports
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

  /// The budget that the options describe.
  func budget() throws -> Budget { try mebibytes().map { Budget(mebibytes: $0) } ?? .standard }
}

extension Patience {
  /// The patience of a call without options.
  static var standard: Patience {
    var patience = Patience(isInterrupted: { Interruption.isRequested })
    patience.memory = .standard
    return patience
  }
}
