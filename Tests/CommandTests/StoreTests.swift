import Foundation
import RunStore
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
    #expect(try RunStore(reading: here.path + "/runs.sqlite").analyses().map(\.options) == [recorded])
  }

  @Test(
    "what is no store is refused and left as it is",
    arguments: [
      ("text.sqlite", "not-a-store"), (".", "not-a-store"), ("/dev/null", "not-a-store"),
      ("missing/runs.sqlite", "store-failed"),
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
}
