import Dedalus
import ReferenceEvaluator
import Testing
import Texts

@Suite("Pauses, restarts and wipes")
struct StandstillTests {
  @Test("what holds when", arguments: restarts + pauses + arrivals + derived + placed + stopped)
  func holds(_ example: LanguageCase) throws {
    let (program, execution) = try example.run()
    #expect(execution.rows(of: "out", in: program) == example.rows)
    #expect(execution.failure == nil)
  }

  static let kept = #"x("a")@1; out(N, 1)@next :- x(N); out(N, V)@next :- out(N, V);"#
  static let durable = "durable out; " + kept
  static let configured = #"out("a", "b")@1; out(N, M)@next :- out(N, M); x(N) :- out(N, _);"#

  private static func restart(_ round: Int, _ until: Int, of node: Text = "a") -> ReferenceFault {
    .restart(node: node, round: round, until: until)
  }

  private static func rows(_ row: String, in rounds: ClosedRange<Int>) -> [String] {
    rounds.map { "\($0): \(row)" }
  }

  static let restarts: [LanguageCase] = [
    LanguageCase(
      "a restart forgets", kept, eot: 5, faults: [restart(3, 4)], gives: rows("a 1", in: 2...3)),
    LanguageCase(
      "a restart finds what is durable", durable, eot: 5, faults: [restart(3, 4)],
      gives: rows("a 1", in: 2...5)),
    LanguageCase(
      "a wipe does not", durable, eot: 5, faults: [.wipe(node: "a", round: 3, until: 4)],
      gives: rows("a 1", in: 2...3)),
    LanguageCase(
      "what is static is there after a restart", configured, eot: 5, faults: [restart(3, 4)],
      gives: rows("a b", in: 1...5)),
    LanguageCase(
      "and after a wipe", configured, eot: 5, faults: [.wipe(node: "a", round: 2, until: 4)],
      gives: rows("a b", in: 1...5)),
    LanguageCase(
      "what is declared durable is not static", "durable out; " + configured, eot: 5,
      faults: [.wipe(node: "a", round: 3, until: 4)], gives: rows("a b", in: 1...3)),
    LanguageCase(
      "nor what another rule derives", configured + " out(N, M)@next :- x(N), out(N, M);", eot: 4,
      faults: [restart(2, 3)], gives: rows("a b", in: 1...2)),
    LanguageCase(
      "nor what another frame rule mixes up",
      #"out("a", "a")@1; out(N, N)@next :- out(N, N); x(N) :- out(N, _);"#, eot: 4, faults: [restart(2, 3)],
      gives: rows("a a", in: 1...2)),
    LanguageCase(
      "other nodes go on", #"out("a")@1; out("b")@1; out(N)@next :- x(N); x(N) :- out(N);"#, eot: 4,
      faults: [restart(2, 3)], gives: ["1: a", "1: b", "2: a", "2: b", "3: b", "4: b"]),
  ]

  static let pauses: [LanguageCase] = [
    LanguageCase(
      "a pause forgets nothing", kept, eot: 5, faults: [.pause(node: "a", round: 3, until: 4)],
      gives: rows("a 1", in: 2...5)),
    LanguageCase(
      "nor of what is durable", durable, eot: 5, faults: [.pause(node: "a", round: 3, until: 5)],
      gives: rows("a 1", in: 2...5)),
    LanguageCase(
      "a paused clock stands still", #"out("a", 0)@1; out(N, T + 1)@next :- out(N, T);"#, eot: 4,
      faults: [.pause(node: "a", round: 2, until: 3)], gives: ["1: a 0", "2: a 1", "3: a 1", "4: a 2"]),
  ]

  static let waiting = #"m("b", 1)@async :- x("a", 1); x("a", 1)@1; "#
  static let ticking = #"s("a", 0)@1; s(N, T + 1)@next :- s(N, T); out("b", T)@async :- s("a", T);"#

  static let arrivals: [LanguageCase] = [
    LanguageCase(
      "a message waits for a paused node", waiting + #"out("b", X) :- m(_, X);"#, eot: 4,
      faults: [.pause(node: "b", round: 2, until: 4)], gives: rows("b 1", in: 2...4)),
    LanguageCase(
      "and is read when it acts", waiting + "out(N, X) :- m(N, X);", eot: 4,
      faults: [.pause(node: "b", round: 2, until: 4)], gives: ["4: b 1"]),
    LanguageCase(
      "a node that is down misses it", waiting + #"out("b", X) :- m(_, X);"#, eot: 4,
      faults: [restart(2, 3, of: "b")], gives: []),
    LanguageCase(
      "a node that is down misses all that comes", ticking, eot: 5, faults: [restart(2, 4, of: "b")],
      gives: ["4: b 2", "5: b 3"]),
    LanguageCase(
      "a paused node finds all that came", ticking, eot: 5,
      faults: [.pause(node: "b", round: 2, until: 4)],
      gives: ["2: b 0", "3: b 0", "3: b 1", "4: b 0", "4: b 1", "4: b 2", "5: b 3"]),
  ]

  static let derived: [LanguageCase] = [
    LanguageCase(
      "what is derived does not stay", #"x("b", 1)@2; out("a", V) :- x(_, V);"#, eot: 4,
      faults: [.pause(node: "a", round: 2, until: 4)], gives: ["2: a 1"]),
    LanguageCase(
      "nor does what the world states", #"x("b", 1)@1; out("a", R, E) :- time("a", R, E), x("b", 1)@1;"#,
      eot: 3, faults: [.pause(node: "b", round: 1, until: 3)], gives: ["1: a 1 3", "2: a 2 3", "3: a 3 3"]),
    LanguageCase(
      "a paused node derives nothing",
      #"k("a", 1)@1; k(N, V)@next :- k(N, V); out(N, V) :- k(N, V);"#, eot: 4,
      faults: [.pause(node: "a", round: 2, until: 3)], gives: ["1: a 1", "3: a 1", "4: a 1"]),
    LanguageCase(
      "but a specification does",
      #"k("a", 1)@1; k(N, V)@next :- k(N, V); out(N, V) :- time(_, _, _), k(N, V);"#, eot: 4,
      faults: [.pause(node: "a", round: 2, until: 3)], gives: rows("a 1", in: 1...4)),
    LanguageCase(
      "while what it keeps is there",
      #"out("a", 1)@1; out(N, V)@next :- out(N, V); d(N, V) :- out(N, V);"#, eot: 4,
      faults: [.pause(node: "a", round: 2, until: 3)], gives: rows("a 1", in: 1...4)),
    LanguageCase(
      "a row at no node has no faults", #"x("a")@1; out("z", 1)@next :- x("a");"#, eot: 4,
      faults: [.pause(node: "a", round: 2, until: 4)], gives: ["2: z 1"]),
  ]

  static let fact = #"out("b")@2; x(N)@next :- out(N); out(N)@next :- x(N);"#

  static let placed: [LanguageCase] = [
    LanguageCase("no fact at a node that is down", fact, eot: 3, faults: [restart(2, 3, of: "b")], gives: []),
    LanguageCase(
      "nor at one that is wiped", fact, eot: 3, faults: [.wipe(node: "b", round: 2, until: 3)], gives: []),
    LanguageCase(
      "a paused one finds it", fact, eot: 3, faults: [.pause(node: "b", round: 2, until: 3)],
      gives: ["2: b", "3: b"]),
    LanguageCase(
      "a fact of a durable relation is not placed either", "durable out; " + fact, eot: 3,
      faults: [restart(2, 3, of: "b")], gives: []),
    LanguageCase(
      "one of a static relation is", #"out("b")@2; out(N)@next :- out(N); x(N) :- out(N);"#, eot: 4,
      faults: [.wipe(node: "b", round: 2, until: 3)], gives: rows("b", in: 2...4)),
    LanguageCase(
      "a missing fact is not placed",
      #"configuration out; out("a", 1)@1; out("a", 2)@1; out("a", 1)@2; x(N) :- out(N, _);"#, eot: 3,
      faults: [
        .missing(fact: ReferenceFact(relation: "out", values: [.string("a"), .integer(1)], round: 1))
      ], gives: ["1: a 2", "2: a 1"]),
  ]

  static let stopped: [LanguageCase] = [
    LanguageCase(
      "under fail-stop what is durable stays", durable, eot: 5, .failStop,
      faults: [.crash(node: "a", round: 3)], gives: rows("a 1", in: 2...5)),
    LanguageCase(
      "what is static does not", configured, eot: 4, .failStop, faults: [.crash(node: "a", round: 2)],
      gives: rows("a b", in: 1...2)),
    LanguageCase(
      "a crashed node computes on by default", durable, eot: 4, faults: [.crash(node: "a", round: 3)],
      gives: rows("a 1", in: 2...4)),
    LanguageCase(
      "under fail-stop nothing arrives from the crash on", ticking, eot: 4, .failStop,
      faults: [.crash(node: "b", round: 3)], gives: ["2: b 0"]),
    LanguageCase(
      "by default everything does", ticking, eot: 4, faults: [.crash(node: "b", round: 3)],
      gives: ["2: b 0", "3: b 1", "4: b 2"]),
    LanguageCase(
      "under fail-stop a restart is a restart", durable, eot: 5, .failStop, faults: [restart(3, 4)],
      gives: rows("a 1", in: 2...5)),
  ]
}
