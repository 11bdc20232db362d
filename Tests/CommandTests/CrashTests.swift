// An analysis is killed at every write, sync and renaming that it does, and afterwards: the store opens,
// everything that was reported as saved is there and sound, and the same call ends with the bytes that it
// would have left uninterrupted.
//
// strace stops the process before the system call of a given number and kills it there. Besides, the process
// is killed at random times.

import Answers
import Dedalus
import Evaluation
import Foundation
import Properties
import Reports
import RunStore
import Support
import Testing

/// What is at the path of the store before.
private enum Beginning: CaseIterable, CustomTestStringConvertible {
  case nothing, anotherAnalysis

  /// How many analyses there are.
  var analyses: Int { self == .nothing ? 0 : 1 }

  var testDescription: String { self == .nothing ? "a new store" : "a store in use" }

  /// A place where it is so.
  func workplace() throws -> Workplace {
    let here = try Workplace()
    guard self == .anotherAnalysis else { return here }
    let earlier = try here.shell(
      "$FAULTLINE check $PROGRAMS/delivery/simple-deliv.ded -t 4 -f 2 --store runs.sqlite >/dev/null")
    #expect(earlier.status == 1)
    return here
  }
}

/// An analysis of a few dozen milliseconds that is saved in several portions.
private let call = """
  check $PROGRAMS/delivery/redun-deliv.ded -t 4 -f 3 --strategy random --runs 130 --seed 1 --store runs.sqlite --json
  """

@Suite("Killed analyses")
struct CrashTests {
  /// What a call answered, whether or not there was trouble with the store.
  private struct Answer {
    let members: NSDictionary
    let failures: [[String: Any]]

    init(_ outcome: Outcome) throws {
      var document = try json(outcome.output)
      failures = document.removeValue(forKey: "failures") as? [[String: Any]] ?? []
      document["seconds"] = nil
      members = document as NSDictionary
    }

    /// Whether the call was refused: there was no record from the first, so there was no search.
    var isRefusal: Bool { members["verdict"] as? String == "error" }

    /// Whether it is `whole`, and says that the store failed.
    func isWithoutRecord(_ whole: Answer) -> Bool {
      members == whole.members && failures.map { $0["code"] as? String } == ["store-failed"]
    }
  }

  /// What an uninterrupted analysis leaves.
  private struct Whole {
    let beginning: Beginning
    let output: String
    let answer: Answer
    let contents: String

    init(_ beginning: Beginning) throws {
      self.beginning = beginning
      let here = try beginning.workplace()
      let outcome = try here.shell("$FAULTLINE \(call)")
      #expect(outcome.status == 3 && outcome.errors.contains(" runs are saved"))
      output = outcome.untimed
      answer = try Answer(outcome)
      contents = try StoreContents.text(of: here.path + "/runs.sqlite")
    }
  }

  /// Looks at what a killed process left, and lets the same call go on.
  private static func expectRecovery(_ here: Workplace, told errors: String, _ whole: Whole, _ place: String)
    throws
  {
    let path = here.path + "/runs.sqlite"
    let acknowledged =
      errors.split(separator: "\n").compactMap { line -> Int? in
        line.hasSuffix(" runs are saved") || line.hasSuffix(" 1 run is saved")
          ? Int(line.split(separator: " ").dropLast(3).last ?? "") : nil
      }.max() ?? 0
    if FileManager.default.fileExists(atPath: path) {
      let store = try RunStore(reading: path)
      let analysis = try store.analyses().dropFirst(whole.beginning.analyses).first
      let runs = try analysis.map { try store.analysis($0.id) }
      #expect((runs?.runs.count ?? 0) >= acknowledged, "\(place)")
      for run in runs?.runs ?? [] { _ = try runs?.execution(of: run) }
      let isFinished = analysis?.verdict != nil
      try store.close()
      // Killed after its last commit, or not in time: the same call would ask anew.
      if isFinished { return #expect(try StoreContents.text(of: path) == whole.contents, "\(place)") }
    } else {
      #expect(acknowledged == 0 && whole.beginning == .nothing, "\(place)")
    }
    let again = try here.shell("$FAULTLINE \(call)")
    #expect(again.status == 3 && again.untimed == whole.output, "\(place): \(again.errors)")
    #expect(try StoreContents.text(of: path) == whole.contents, "\(place)")
    #expect(here.names == ["runs.sqlite"], "\(place)")
  }

  @Test(
    "by strace, at each write, sync and renaming",
    .needs(.strace), arguments: Beginning.allCases, 0..<4)
  fileprivate func everySystemCall(beginning: Beginning, quarter: Int) throws {
    let whole = try Whole(beginning)
    let points = try Self.killPoints(beginning)
    #expect(points.count >= 80)
    var kills = 0
    for position in stride(from: quarter, to: points.count, by: 4) {
      let (call, number) = points[position]
      let here = try beginning.workplace()
      let killed = try here.trace("trace=\(call)", "inject=\(call):signal=SIGKILL:when=\(number)")
      // What is saved after a second is saved in fewer portions where the machine is less busy than it was.
      try #require([128 + SIGKILL, 3].contains(killed.status), "\(call) \(number): \(killed.errors)")
      if killed.status != 3 { kills += 1 }
      try Self.expectRecovery(here, told: killed.errors, whole, "\(call) \(number)")
    }
    #expect(kills >= 20)
  }

  /// Every system call of the analysis that changes a file or makes a change last, by name and number among
  /// its like.
  private static func killPoints(_ beginning: Beginning) throws -> [(call: String, number: Int)] {
    let here = try beginning.workplace()
    let calls = ["pwrite64", "fdatasync", "fsync", "ftruncate", "link", "linkat", "rename", "unlink"]
    let traced = try here.trace("trace=\(calls.joined(separator: ","))", log: "log")
    #expect(traced.status == 3, "\(traced.errors)")
    let log = try here.read("log")
    return calls.flatMap { call in
      let count = log.split(separator: "\n").count { $0.contains(" \(call)(") }
      return (0..<count).map { (call, $0 + 1) }
    }
  }

  @Test("at random times")
  func randomTimes() throws {
    let whole = try Whole(.nothing)
    var killed = 0
    for seed in Campaign.seeds(10) {
      let here = try Workplace()
      var random = SplitMix64(seed: seed)
      let delay = Double(random.number(in: 0...60)) / 1000
      let outcome = try here.shell("$FAULTLINE \(call) & sleep \(delay); kill -KILL $!; wait $!")
      if outcome.status != 3 { killed += 1 }
      try Self.expectRecovery(here, told: outcome.errors, whole, "seed \(seed), \(delay) s")
    }
    #expect(killed > 0 || Campaign.factor == 1)
  }

  @Test(
    "a disk that is full at any moment: the answer is given, then what was wrong, and the same call goes on",
    .needs(.strace), arguments: Beginning.allCases,
    ["ENOSPC", "EIO"])
  fileprivate func fullDisk(beginning: Beginning, error: String) throws {
    let whole = try Whole(beginning)
    let writes = try Self.killPoints(beginning).count { $0.call == "pwrite64" }
    for number in stride(from: 1, through: writes, by: max(1, writes / 12)) {
      let here = try beginning.workplace()
      let failed = try here.trace("trace=pwrite64", "inject=pwrite64:error=\(error):when=\(number)+")
      let answer = try Answer(failed)
      #expect(failed.status == (answer.isRefusal ? 2 : 3), "\(number): \(failed.errors)")
      #expect(
        failed.errors.contains("error: cannot use '") && failed.errors.hasSuffix("[store-failed]\n"),
        "\(failed.errors)")
      #expect(answer.isRefusal || answer.isWithoutRecord(whole.answer), "\(number): \(failed.output)")
      try Self.expectRecovery(here, told: failed.errors, whole, "\(error) at write \(number)")
    }
  }
}

extension CrashTests {
  @Test(
    "a new store that does not get its name: the answer is given, then what was wrong, and nothing is left",
    .needs(.strace),
    arguments: [("link", "EACCES"), ("fsync", "EIO")])
  func nameless(call: String, error: String) throws {
    let whole = try Whole(.nothing)
    let here = try Workplace()
    let failed = try here.trace("trace=\(call)", "inject=\(call):error=\(error):when=1")
    #expect(try failed.status == 3 && Answer(failed).isWithoutRecord(whole.answer), "\(failed.errors)")
    #expect(failed.errors.hasPrefix("error: cannot use 'runs.sqlite': "), "\(failed.errors)")
    #expect(here.names.isEmpty)
  }

  @Test(
    "a folder that cannot be flushed ends the record, and the same call goes on",
    .needs(.strace))
  func folder() throws {
    let whole = try Whole(.nothing)
    let here = try Workplace()
    let failed = try here.trace("trace=fsync", "inject=fsync:error=EIO:when=2")
    #expect(try failed.status == 3 && Answer(failed).isWithoutRecord(whole.answer), "\(failed.errors)")
    #expect(failed.errors == "error: cannot use 'runs.sqlite': Input/output error [store-failed]\n")
    try Self.expectRecovery(here, told: failed.errors, whole, "fsync of the folder")
  }

  @Test(
    "a new store whose name is taken for a moment gets it at the next try",
    .needs(.strace))
  func taken() throws {
    let whole = try Whole(.nothing)
    let here = try Workplace()
    let outcome = try here.trace("trace=link", "inject=link:error=EEXIST:when=1")
    #expect(outcome.status == 3 && outcome.untimed == whole.output, "\(outcome.errors)")
    #expect(here.names == ["runs.sqlite"])
    #expect(try StoreContents.text(of: here.path + "/runs.sqlite") == whole.contents)
  }
}

extension Workplace {
  /// The analysis under strace with these expressions; its system calls go to the file `log`.
  fileprivate func trace(_ expressions: String..., log: String = "/dev/null") throws -> Outcome {
    try shell(
      "strace -f -o \(log) \(expressions.map { "-e \($0)" }.joined(separator: " ")) $FAULTLINE \(call)")
  }
}

extension Outcome {
  /// Standard output without its times.
  fileprivate var untimed: String {
    output.replacingOccurrences(of: #"("seconds": )\{[^}]*\}"#, with: "$1{}", options: .regularExpression)
  }
}
