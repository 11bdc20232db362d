import Documents
import Foundation
import Support
import Testing
import Texts

@Suite("check --all, check --strategy")
struct SearchOptionTests {
  private let here: Workplace

  init() throws { here = try Workplace() }

  private static let simple = "check $PROGRAMS/delivery/simple-deliv.ded --eot 4 --eff 2"
  private static let kafka = "check $PROGRAMS/kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z"

  @Test("--all lists the minimal sets and sums them up")
  func all() throws {
    let outcome = try here.shell("$FAULTLINE \(Self.simple) --all --explain full")
    #expect(outcome.status == 1)
    #expect(
      outcome.output.contains(
        """
        All minimal fault sets: 2, each confirmed by a run; proved that there are no others.
          omit a b 1
          omit a c 1

        How many of them contain
          fault     omit a b 1: 1, omit a c 1: 1
          link      a to b: 1, a to c: 1
          round     1: 2

        """))
  }

  @Test("--limit cuts the list short, and JSON says so")
  func limit() throws {
    let all = try json(here.shell("$FAULTLINE \(Self.kafka) --all --json").output)
    let one = try json(here.shell("$FAULTLINE \(Self.kafka) --all --limit 1 --json").output)
    let (listed, first) = (
      all["counterexamples"] as? [NSDictionary], one["counterexamples"] as? [NSDictionary]
    )
    #expect((listed?.count ?? 0) > 1 && first?.count == 1 && listed?.first == first?.first)
    #expect((all["minimalSets"] as? [String: Any])?["complete"] as? Bool == true)
    #expect((one["minimalSets"] as? [String: Any])?["complete"] as? Bool == false)
    for entry in listed ?? [] {
      #expect(entry["minimum"] as? Bool == ((entry["faults"] as? [Any])?.count == 3))
    }
  }

  @Test("--save and --store keep every minimal set", .needs(.python))
  func keepingAll() throws {
    let outcome = try here.shell(
      "mkdir out proof && $FAULTLINE \(Self.simple) --all --save out --store runs.sqlite --certificate proof")
    #expect(outcome.status == 1)
    let files = try here.shell("ls out").output.split(separator: "\n")
    #expect(files.count == 8 && Set(files.map { $0.prefix { $0 != "." } }).count == 2)
    let replayed = try here.shell("$FAULTLINE replay --expect broken out")
    #expect(replayed.status == 0, "\(replayed.output)")
    #expect(try here.shell("$FAULTLINE verify proof").status == 0)
    let runs = try here.shell(
      "python3 -c \"import sqlite3; print(*sqlite3.connect('runs.sqlite').execute("
        + "\\\"SELECT count(*) FROM runs WHERE role = 'counterexample'\\\").fetchone())\"")
    #expect(runs.output == "2\n", "\(runs.errors)")
  }

  @Test("many files are counted, not listed")
  func manyFiles() throws {
    let outcome = try here.shell("mkdir out && $FAULTLINE \(Self.kafka) --all --save out")
    let count = try here.shell("ls out | wc -l").output
    #expect(outcome.output.contains("\nwritten      out (\(count.dropLast()) files)\n"))
  }

  @Test("--negation and --symmetry say what they did")
  func loopOptions() throws {
    let threePhase = "check $PROGRAMS/commit/3pc.ded -t 9 -f 7 -c 1 --strategy loop"
    let ignoring = try here.shell("$FAULTLINE \(threePhase) --negation ignore")
    #expect(ignoring.status == 3 && ignoring.output.contains("'--negation reach' follows them"))
    #expect(ignoring.output.contains("\nstrategy     loop, negation ignored, 9 runs\n"))
    let following = try here.shell("$FAULTLINE \(threePhase) --symmetry")
    #expect(following.status == 1 && following.output.contains("Fewer is impossible"))
    #expect(following.output.contains("\nstrategy     loop, negation followed, 31 runs\n"))
    #expect(following.output.contains("\nsymmetry     6 ways to name the nodes, 62 fault sets skipped\n"))
    let kafka = try here.shell("$FAULTLINE \(Self.kafka) --all --symmetry")
    #expect(kafka.output.contains("\nsymmetry     no two nodes are interchangeable\n"))
  }

  @Test("--all --symmetry lists one of those that differ by names only")
  func classes() throws {
    let outcome = try here.shell("$FAULTLINE \(Self.simple) --all --symmetry --explain full")
    #expect(
      outcome.output.contains(
        """
        All minimal fault sets: 1, each confirmed by a run, with 1 more that differs by the names of nodes only; \
        proved that there are no others.
          omit a b 1

        """))
    let document = try json(here.shell("$FAULTLINE \(Self.simple) --all --symmetry --json").output)
    #expect((document["minimalSets"] as? [String: Any])?["renamings"] as? [Int] == [2])
  }

  @Test("each strategy finds what the circuit finds, and names itself")
  func strategies() throws {
    let circuit = try json(here.shell("$FAULTLINE \(Self.simple) --json").output)
    let exhaustive = try json(here.shell("$FAULTLINE \(Self.simple) --strategy exhaustive --json").output)
    #expect(exhaustive["counterexamples"] as? NSArray == circuit["counterexamples"] as? NSArray)
    #expect(exhaustive["strategy"] as? String == "exhaustive" && exhaustive["executions"] as? Int == 64)
    let loop = try json(here.shell("$FAULTLINE \(Self.simple) --strategy loop --json").output)
    #expect(loop["strategy"] as? String == "loop" && loop["executions"] as? Int == 2)
    let random = try here.shell("$FAULTLINE \(Self.simple) --strategy random --seed 3 --json")
    let document = try json(random.output)
    #expect(random.status == 1 && document["strategy"] as? String == "random")
    let found = try #require((document["counterexamples"] as? [[String: Any]])?.first)
    #expect(found["minimum"] as? Bool == false)
  }

  @Test("random search that finds nothing is inconclusive")
  func nothing() throws {
    let outcome = try here.shell(
      "$FAULTLINE check $PROGRAMS/delivery/redun-deliv.ded -t 6 -f 3 --strategy random --runs 20")
    #expect(outcome.status == 3)
    #expect(outcome.output.hasPrefix("INCONCLUSIVE  run limit"))
    #expect(outcome.output.contains("strategy     random, seed 1, 21 runs\n"))
  }

  static let refused = [
    (
      "--strategy exhaustive --eff 4",
      "an exhaustive search would need 262144 runs; the most is 200000 [space-too-large]"
    ),
    ("--seed 3", "--seed and --runs need '--strategy random' [bad-strategy]"),
    ("--all --strategy random", "--all needs the strategy 'circuit' [bad-strategy]"),
    ("--negation ignore", "--negation needs '--strategy loop' [bad-strategy]"),
    (
      "--symmetry",
      "--symmetry needs --all or another strategy: 'circuit' looks at all fault sets at once [bad-strategy]"
    ),
    ("--limit 3", "--limit needs --all [bad-limit]"),
    ("--all --limit 0", "--limit takes a whole number from 1 to 2147483647, not '0' [bad-number]"),
    ("--strategy random --runs x", "--runs takes a whole number from 1 to 2147483647, not 'x' [bad-number]"),
  ]

  @Test("options that make no sense together are refused", arguments: refused)
  func refusal(options: String, message: String) throws {
    let outcome = try here.shell("$FAULTLINE check $PROGRAMS/delivery/simple-deliv.ded --eot 6 \(options)")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.firstError == "error: \(message)")
  }

  @Test("a sweep looks for the first counterexample only")
  func sweep() throws {
    let outcome = try here.shell("$FAULTLINE check $PROGRAMS/delivery/simple-deliv.ded --all")
    #expect(outcome.status == 2 && outcome.firstError.contains("need --eot"))
  }
}
