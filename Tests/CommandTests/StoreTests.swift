import Foundation
import Reports
import RunStore
import Support
import Testing

@Suite("check --store")
struct StoreTests {
  private let here: Workplace
  private let call = "$FAULTLINE check $PROGRAMS/delivery/simple-deliv.ded -t 4 -f 2"

  init() throws { here = try Workplace(["text.sqlite": "This is no database.\n"]) }

  @Test("analyses are recorded one beside the other, and the answer is the same")
  func recording() throws {
    let plain = try here.shell("\(call) --json | grep -v seconds")
    let recorded = try here.shell("\(call) --store runs.sqlite --json | grep -v seconds")
    #expect(plain == recorded)
    let size = try Data(contentsOf: URL(fileURLWithPath: here.path + "/runs.sqlite")).count
    let again = try here.shell("\(call) --store runs.sqlite")
    #expect(again.status == 1 && again.output.contains("\nwritten      runs.sqlite\n"))
    let data = try Data(contentsOf: URL(fileURLWithPath: here.path + "/runs.sqlite"))
    #expect(data.starts(with: Data("SQLite format 3\0".utf8)) && data.count >= size)
    #expect(here.names == ["runs.sqlite", "text.sqlite"])
  }

  @Test("a sweep is recorded with the bounds that it ends at")
  func sweep() throws {
    let outcome = try here.shell("$FAULTLINE sweep $PROGRAMS/delivery/simple-deliv.ded --store runs.sqlite")
    #expect(outcome.status == 1 && here.names.contains("runs.sqlite"))
  }

  @Test(
    "a record says on which options its runs depend, however they were given",
    arguments: [
      ("", ""),
      ("--all", "all"),
      ("--all --limit 1 --symmetry", "all limit=1 symmetry"),
      ("--strategy exhaustive", ""),
      ("--strategy exhaustive --symmetry", "symmetry"),
      ("--strategy random", "seed=1 runs=1000"),
      ("--strategy random --symmetry --runs 7 --seed 3", "seed=3 runs=7 symmetry"),
      ("--strategy loop", "negation=reach"),
      ("--strategy loop --negation reach", "negation=reach"),
      ("--strategy loop --negation ignore --symmetry", "negation=ignore symmetry"),
      ("--time-limit 60 --memory-limit 100", ""),
    ])
  func options(given: String, recorded: String) throws {
    let outcome = try here.shell("\(call) \(given) --store runs.sqlite")
    #expect([1, 3].contains(outcome.status), "\(outcome.errors)")
    #expect(try RunStore(reading: here.path + "/runs.sqlite").analyses().map(\.plan.options) == [recorded])
  }

  @Test(
    "an analysis that a limit ends says so, and the same call continues it",
    arguments: [
      ("$FAULTLINE CALL --time-limit 0.000001", "time limit"),
      ("$FAULTLINE CALL --memory-limit 1", "tuple budget"),
    ])
  func cutOff(line: String, limit: String) throws {
    try expectContinuation(of: line, endedBy: limit)
  }

  @Test(
    "an analysis that Ctrl-C ends when some of its runs are saved says so, and the same call continues it",
    .needs(.strace))
  func interrupted() throws {
    try expectContinuation(
      of: "strace -f -o /dev/null -e trace=pwrite64 -e inject=pwrite64:signal=SIGINT:when=60 $FAULTLINE CALL",
      endedBy: "interrupted")
  }

  private func expectContinuation(of line: String, endedBy limit: String) throws {
    let search =
      limit == "tuple budget"
      ? "check grow.ded -t 3"
      : "check $PROGRAMS/delivery/redun-deliv.ded -t 5 -f 4 -c 1 --strategy random --runs 3000"
    try here.write("grow.ded", Data(Self.growing.utf8))
    let call = "\(search) --store runs.sqlite"
    let outcome = try here.shell(line.replacingOccurrences(of: "CALL", with: call))
    #expect(outcome.status == 3, "\(outcome.errors)")
    let how = limit == "tuple budget" ? "the same call with a higher limit" : "the same call"
    #expect(
      outcome.errors.contains("analysis 1 ended early (\(limit)); \(how) continues it\n"), "\(outcome.errors)"
    )
    #expect(try RunStore(reading: here.path + "/runs.sqlite").analyses().map(\.cutOffBy?.rawValue) == [limit])
    for verb in ["report", "graph --run 1 --space-time --store"] {
      #expect(try here.shell("$FAULTLINE \(verb) runs.sqlite").status == 0)
    }
    let whole = try here.shell(
      "mkdir whole; $FAULTLINE \(call.replacingOccurrences(of: "runs.sqlite", with: "whole/runs.sqlite"))")
    let continued = try here.shell("$FAULTLINE \(call)")
    #expect(continued.errors.contains("analysis 1 is continued"))
    #expect(continued.status == whole.status)
    #expect(
      try StoreContents.text(of: here.path + "/runs.sqlite")
        == StoreContents.text(of: here.path + "/whole/runs.sqlite"))
  }

  @Test(
    "a process that is killed in the middle of a long search without runs has left an unfinished analysis")
  func killed() throws {
    let search =
      "check $PROGRAMS/consensus/paxos-synod.ded -t 20 -f 12 -c 1 --memory-limit 2000 --store runs.sqlite"
    // It takes its name when it is whole, and the one that it had goes.
    let isThere = "[ -e runs.sqlite ] && ! ls | grep -Eq '[.]new$|journal'"
    let outcome = try here.faultline(search, once: .succeeds(isThere), "kill -KILL $CHILD")
    #expect(outcome.status == 128 + SIGKILL)
    #expect(try RunStore(reading: here.path + "/runs.sqlite").analyses().map(\.verdict) == [nil])
    #expect(here.names == ["runs.sqlite", "text.sqlite"])
  }

  /// Some 4,000 tuples.
  private static let growing = """
    at("a", 0)@1;
    at(N, X + 1) :- at(N, X), X < 60;
    pair(N, X, Y) :- at(N, X), at(N, Y);
    pre(N) :- at(N, 60);
    post(N) :- at(N, 60);
    """

  @Test(
    "what is no store is refused and left as it is",
    arguments: [
      ("text.sqlite", "not-a-store"), (".", "not-a-store"), ("/dev/null", "not-a-store"),
      ("text.sqlite/runs.sqlite", "output"),
    ])
  func refused(path: String, code: String) throws {
    let outcome = try here.shell("\(call) --store \(path)")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.firstError.hasPrefix("error: ") && outcome.firstError.hasSuffix("[\(code)]"))
    #expect(try here.read("text.sqlite") == "This is no database.\n")
    #expect(here.names == ["text.sqlite"])
  }

  @Test("a link in the place of a store is refused")
  func link() throws {
    let outcome = try here.shell("ln -s elsewhere.sqlite link.sqlite; \(call) --store link.sqlite")
    #expect(outcome.status == 2)
    #expect(!here.names.contains("elsewhere.sqlite"))
  }

  @Test(
    "the name of a store is a name, whatever SQLite would make of it",
    arguments: [
      "file:x.sqlite", "file:x?mode=memory", ":memory:", "a?b#c%41 d", "l\u{E4}ufe\u{1F600}.sqlite", "-x'y",
    ])
  func plainName(name: String) throws {
    let here = try Workplace()
    for runs in 1...2 {
      let outcome = try here.faultline(
        "check", Binary.program("delivery/simple-deliv.ded"), "-t", "4", "-f", "\(runs)", "--store=\(name)")
      #expect(outcome.output.contains("\nwritten      \(name)\n"), "\(outcome)")
      #expect(here.names == [name])
      #expect(try StoreContents.number("SELECT count(*) FROM analyses", in: here.path + "/" + name) == runs)
    }
  }
}
