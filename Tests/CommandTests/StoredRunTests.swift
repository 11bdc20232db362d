// `graph --store`: a run of a store is drawn from the record, and is the picture that the program itself
// gives.

import Foundation
import RunStore
import Testing

@Suite("graph --store")
struct StoredRunTests {
  private let here: Workplace

  /// Two analyses of copies of two programs, which are gone afterwards.
  init() throws {
    here = try Workplace()
    let made = try here.shell(
      """
      cp -r $PROGRAMS/kafka $PROGRAMS/delivery . && cp delivery/retry-deliv.ded . && cp delivery/*broadcast.ded . && mkdir cex &&
      $FAULTLINE check retry-deliv.ded -t 4 -f 2 -c 1 --store runs.sqlite >/dev/null
      $FAULTLINE check kafka/kafka.ded -t 7 -f 4 -c 1 --nodes a,b,c,C,Z --store runs.sqlite --save cex >/dev/null
      """)
    #expect(made.status == 1, "\(made.errors)")
  }

  private static let kafka = "kafka/kafka.ded -t 7 --nodes a,b,c,C,Z"
  private static let faults = "--fault 'crash a 5' --fault 'omit b Z 1' --fault 'omit c Z 1'"

  @Test(
    "the same picture as from the program",
    arguments: [
      ("--run 1 --row 'post(\"Data1\")'", "\(kafka) --row 'post(\"Data1\")'"),
      ("--run 2 --row 'pre(\"Data1\")'", "\(kafka) \(faults) --row 'pre(\"Data1\")'"),
      ("--run 2 --row 'pre(_)@7'", "\(kafka) \(faults) --row 'pre(_)@7'"),
      ("--run 2 --space-time", "\(kafka) \(faults) --space-time"),
      ("--run 2 --space-time --svg", "\(kafka) \(faults) --space-time --svg"),
      ("--run 2", "cex/*.cex.json"),
      ("--analysis 1 --run 1", "retry-deliv.ded -t 4"),
      ("--analysis 1 --run 1 --row 'log(_, _)@3'", "retry-deliv.ded -t 4 --row 'log(_, _)@3'"),
    ])
  func samePicture(record: String, program: String) throws {
    let expected = try here.shell("$FAULTLINE graph \(program)")
    #expect(expected.status == 0 && expected.output.count > 500, "\(expected.errors)")
    let gone = try here.shell("rm -r *.ded kafka delivery; $FAULTLINE graph --store runs.sqlite \(record)")
    #expect(gone.status == 0, "\(gone.errors)")
    #expect(gone.output == expected.output)
  }

  @Test("where nobody says which, it is the last analysis, and that is said")
  func lastAnalysis() throws {
    let last = try here.shell("$FAULTLINE graph --store runs.sqlite --run 2")
    let named = try here.shell("$FAULTLINE graph --store runs.sqlite --analysis 2 --run 2")
    #expect(last.output == named.output && named.errors.isEmpty)
    #expect(last.errors == "note: 'runs.sqlite' holds 2 analyses; this is the last, of kafka/kafka.ded\n")
  }

  @Test(
    "what is not there is refused",
    arguments: [
      ("--store runs.sqlite", "a run is missing [no-such-run]"),
      ("--store runs.sqlite --analysis 3 --run 1", "'runs.sqlite' has no analysis 3 [not-in-store]"),
      ("--store runs.sqlite --analysis 1 --run 2 --row 'post(\"c\", \"Data2\")'", "[no-such-row]"),
      (
        "--store runs.sqlite --run 1 --row 'nothing(_)'",
        "the program has no relation 'nothing' [unknown-relation]"
      ),
      (
        "--store runs.sqlite --run 1 --eot 6",
        "a store says itself what was asked and which faults strike [bad-call]"
      ),
      (
        "--store runs.sqlite --run 1 --crash-view fail-stop",
        "a store says itself what was asked and which faults strike [bad-call]"
      ),
      ("--store runs.sqlite --run 1 retry-deliv.ded", "a store has the program in it [bad-call]"),
      ("--store none.sqlite --run 1", "'none.sqlite': there is no such file [no-such-file]"),
      (
        "--store retry-deliv.ded --run 1",
        "'retry-deliv.ded' is not a store of runs: it is no SQLite database [not-a-store]"
      ),
      ("--run 1 retry-deliv.ded", "--run and --analysis need --store [usage]"),
      (
        "--store runs.sqlite --run 1 -o runs.sqlite --force",
        "'runs.sqlite' is read by this call, so it cannot be its output [output]"
      ),
    ])
  func refusals(arguments: String, message: String) throws {
    let before = try Data(contentsOf: URL(fileURLWithPath: here.path + "/runs.sqlite"))
    let outcome = try here.shell("$FAULTLINE graph \(arguments)")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: here.path + "/runs.sqlite")) == before)
  }

  @Test("a store of another schema is refused with what to do", arguments: ["\\000", "\\377"])
  func otherSchema(number: String) throws {
    let outcome = try here.shell(
      """
      cp runs.sqlite other.sqlite
      printf '\(number)' | dd of=other.sqlite bs=1 seek=63 conv=notrunc 2>/dev/null
      $FAULTLINE graph --store other.sqlite --run 1
      """)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    let message =
      number == "\\000"
      ? "'other.sqlite' has schema 0, and this Faultline reads schema "
      : "'other.sqlite' was made by a newer version: it has schema 255, and this one reads schema "
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(
      outcome.errors.contains("[other-schema-number]\n  fix: record the analysis again into a new file\n"),
      "\(outcome.errors)")
  }
}
