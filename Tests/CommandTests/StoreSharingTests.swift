// One file, several processes; media that cannot be written.

import Foundation
import GRDB
import Properties
import Reports
import RunStore
import Support
import Testing

@Suite("Stores that are shared or cannot be written")
struct StoreSharingTests {
  private let here: Workplace
  private let call =
    "$FAULTLINE check $PROGRAMS/delivery/redun-deliv.ded -t 5 -f 4 --strategy random --runs 300 --store runs.sqlite"

  init() throws { here = try Workplace() }

  private var path: String { here.path + "/runs.sqlite" }

  @Test("processes that ask the same at the same time record an analysis each")
  func writers() throws {
    let outcome = try here.shell(
      "for i in 1 2 3 4; do (\(call) >out$i 2>err$i; echo $? >status$i) & done; wait; cat status*")
    #expect(outcome.output == "3\n3\n3\n3\n")
    let store = try RunStore(reading: path)
    let analyses = try store.analyses()
    #expect(
      analyses.count == 4
        && analyses.allSatisfy { $0.verdict == .inconclusive && $0.runCount == analyses[0].runCount })
    for analysis in analyses {
      let recorded = try store.analysis(analysis.id)
      for run in recorded.runs { _ = try recorded.execution(of: run) }
    }
  }

  @Test("readers see whole runs while somebody writes")
  func readers() throws {
    #expect(try here.shell(call).status == 3)
    let endless = call.replacingOccurrences(of: "--runs 300", with: "--runs 2000000000 --seed 2")
    let outcome = try here.faultline(
      String(endless.dropFirst("$FAULTLINE ".count)), once: .hasTold("saved"),
      """
      for i in 1 2 3 4 5; do
        $FAULTLINE graph --store runs.sqlite --analysis 1 --run 1 >/dev/null || echo failed
      done
      kill -INT $CHILD
      """)
    #expect(outcome.status == 3 && !outcome.output.contains("failed"), "\(outcome.output)\(outcome.errors)")
  }

  @Test(
    "a second writer that does not let go within five seconds ends the record, with an error that says so")
  func secondWriter() throws {
    #expect(try here.shell(call).status == 3)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: path, configuration: configuration)
    try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let outcome = try here.shell(call)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(
      outcome.firstError == "error: cannot use 'runs.sqlite': another process is writing [store-failed]")
    try other.inDatabase { try $0.execute(sql: "COMMIT") }
    #expect(try here.shell(call).status == 3)
  }

  /// What makes `medium` one that can only be read, for a line that is run there. Only few may mount.
  static let readOnlyMedia: [String] = {
    let modes = "chmod 444 medium/runs.sqlite && chmod 555 medium && cd medium && \(Permissions.hold)"
    let mount = "mount --bind medium medium && mount -o remount,bind,ro medium"
    let mayMount = (try? Workplace().shell("mkdir medium && unshare -m bash -c '\(mount)'"))?.status == 0
    return [modes] + (mayMount ? ["unshare -m bash -c '\(mount) && cd medium && exec \"$@\"' mounted"] : [])
  }()

  @Test(
    "a read-only medium can be drawn from; recording there is refused before the search",
    .needs(.permissions), arguments: readOnlyMedia)
  func readOnly(medium: String) throws {
    #expect(try here.shell("mkdir medium; cd medium; \(call)").status == 3)
    func onMedium(_ line: String) throws -> Outcome { try here.shell("\(medium) \(line)") }
    let drawn = try onMedium("$FAULTLINE graph --store runs.sqlite --run 1")
    #expect(drawn.status == 0 && drawn.output.hasPrefix("digraph"), "\(drawn.errors)")
    let recorded = try onMedium(call)
    #expect(
      recorded.status == 2 && recorded.output.isEmpty && recorded.errors.hasSuffix("[store-failed]\n"),
      "\(recorded)")
    let elsewhere = try onMedium(call.replacingOccurrences(of: "runs.sqlite", with: "new.sqlite"))
    #expect(elsewhere.status == 2 && elsewhere.errors.hasSuffix("[store-failed]\n"), "\(elsewhere)")
    _ = try here.shell("chmod 755 medium")
  }

  @Test(
    "in odd surroundings the record is the same",
    arguments: [
      "umask 077", "ulimit -n 16", "unset HOME", "export LANG=tr_TR.UTF-8 TZ=Asia/Tokyo", "exec 0<&-",
      "exec 2>&-",
      "ulimit -s 512",
    ])
  func surroundings(change: String) throws {
    let small = call.replacingOccurrences(of: "--runs 300", with: "--runs 30")
    let usual = try here.shell(small)
    let odd = try here.shell("mkdir odd; cd odd; \(change); \(small)")
    #expect(usual.status == 3 && odd.status == 3, "\(odd.errors)")
    #expect(try StoreContents.text(of: path) == StoreContents.text(of: here.path + "/odd/runs.sqlite"))
  }

  @Test(
    "a recording whose reader has gone, or whose output is full, is saved all the same",
    arguments: ["| head -c 1", "> /dev/full"])
  func outputGone(redirection: String) throws {
    let outcome = try here.shell("set -o pipefail; \(call) \(redirection)")
    #expect([2, 3].contains(outcome.status))
    #expect(try RunStore(reading: path).analyses().map(\.verdict) == [.inconclusive])
  }
}
