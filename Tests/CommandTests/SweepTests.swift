import Foundation
import Support
import Testing

@Suite("sweep")
struct SweepTests {
  private let here: Workplace

  init() throws { here = try Workplace() }

  private static let ack = "sweep $PROGRAMS/delivery/ack-deliv.ded --crashes 1"

  /// At so many bounds the sweep has asked its question, and put that on record.
  private static func recorded(_ count: Int, in file: String) -> Event {
    let query =
      "connect('file:\(file)?mode=ro', uri=True).execute('SELECT count(*) FROM analyses').fetchone()[0]"
    return .succeeds(
      "[ \"$(python3 -c \"import sqlite3; print(sqlite3.\(query))\" 2>/dev/null || echo 0)\" -ge \(count) ]")
  }

  @Test("cut short, it says where to go on, and goes on there", .needs(.python))
  func from() throws {
    let first = try here.interrupted(
      "\(Self.ack) --store first.sqlite", once: Self.recorded(8, in: "first.sqlite"))
    #expect(first.status == 0 && first.output.hasPrefix("HOLDS"))
    let place = #/a limit stopped it at EOT (\d+), EFF (\d+): --from (\d+),(\d+) goes on there/#
    let found = try #require(try place.firstMatch(in: first.output))
    #expect(found.1 == found.3 && found.2 == found.4)
    let second = try here.interrupted(
      "\(Self.ack) --from \(found.3),\(found.4) --store second.sqlite",
      once: Self.recorded(8, in: "second.sqlite"))
    let further = try #require(try place.firstMatch(in: second.output))
    #expect(try #require(Int(further.1)) > #require(Int(found.1)))
  }

  @Test(
    "with a store the same call goes on from the last bounds on record, and ends where a long one does",
    .needs(.python))
  func store() throws {
    let classic = "$FAULTLINE sweep $PROGRAMS/delivery/classic-deliv.ded"
    let whole = try here.shell("\(classic) --store whole.sqlite")
    #expect(whole.status == 1)
    let sql = "SELECT eot, eff, verdict FROM analyses ORDER BY id"
    func bounds(_ file: String) throws -> String {
      try here.shell(
        "python3 -c \"import sqlite3; print(*sqlite3.connect('\(file)').execute('\(sql)'), sep='\\n')\""
      ).output
    }
    let all = try bounds("whole.sqlite")
    #expect(all.hasPrefix("(1, 0, 'holds')\n(2, 0, 'holds')\n(2, 1, 'holds')\n"))
    let again = try here.shell("\(classic) --store whole.sqlite")
    #expect(again.status == 1 && again.errors.contains("whole.sqlite: the sweep goes on from EOT "))
    #expect(again.output.prefix { $0 != "\n" } == whole.output.prefix { $0 != "\n" })
    #expect(try bounds("whole.sqlite").split(separator: "\n").count == all.split(separator: "\n").count + 1)
    for count in [8, 16] {
      _ = try here.interrupted(
        "\(Self.ack) --store part.sqlite", once: Self.recorded(count, in: "part.sqlite"))
    }
    let parts = try bounds("part.sqlite").split(separator: "\n").filter { $0.contains("holds") }
    #expect(
      Set(parts).count >= parts.count - 1, "only the last bounds of the first call are asked about again")
  }

  @Test(
    "a disk that becomes full ends the record and not the sweep",
    .needs(.strace), arguments: [20, 150])
  func fullDisk(write: Int) throws {
    #expect(
      try here.shell("$FAULTLINE sweep $PROGRAMS/delivery/simple-deliv.ded --store runs.sqlite").status == 1)
    let outcome = try here.shell(
      "strace -f -o /dev/null -e inject=pwrite64:error=ENOSPC:when=\(write)+ "
        + "$FAULTLINE sweep $PROGRAMS/delivery/classic-deliv.ded --store runs.sqlite")
    #expect(outcome.status == 1 && outcome.output.hasPrefix("COUNTEREXAMPLE"), "\(outcome.errors)")
    #expect(!outcome.output.contains("\nwritten "))
    #expect(outcome.errors.contains("error: cannot use 'runs.sqlite'"), "\(outcome.errors)")
  }

  @Test(
    "bounds to begin with are two numbers",
    arguments: ["6", "6,7", "six,5", "6,5,4", ",", "0,0", "-1,0", "99999999999999999999,1"])
  func badStart(_ start: String) throws {
    let outcome = try here.shell("$FAULTLINE \(Self.ack) --from=\(start)")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(
      outcome.firstError
        == "error: --from takes EOT and EFF, as in 12,11, and EFF not above EOT; not '\(start)' [bad-bounds]")
  }

  @Test("where not even a first row is found in time, nothing is known")
  func nothing() throws {
    try here.write("empty.ded", Data(#"p("a", 1)@1; post(X) :- p(X, V), V > 5;"#.utf8))
    let outcome = try here.faultline("sweep", "empty.ded", "--time-limit", "0.000001")
    #expect(outcome.status == 3 && outcome.output.hasPrefix("INCONCLUSIVE  time limit"))
    #expect(outcome.output.contains("no bounds were proved; a limit stopped it at EOT 1, EFF 0"))
    #expect(try here.faultline("sweep", "empty.ded").status == 4)
  }
}
