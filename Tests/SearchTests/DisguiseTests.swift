// Which sets of a list are one effect in several disguises.

import Dedalus
import Evaluation
import Properties
import Scenarios
import Support
import Testing

@testable import Answers
@testable import Search

@Suite("Sets in disguise")
struct DisguiseTests {
  private static let nodes = Nodes(["a", "b", "c"])

  /// A node that says one of several things once to another; a message is as good as its contents.
  private static let program = """
    say("a", "b", 1)@1; say("a", "c", 1)@1;
    log(Y, X)@async :- say(X, Y, _); log(N, X)@next :- log(N, X);
    seen(N, T) :- crash(N, _, T);
    post(N, X) :- log(N, X);
    """

  private func run(_ faults: String, _ view: CrashView = .silent) throws -> Execution {
    let list = try faults.split(separator: ",").map { try Fault(String($0), nodes: Self.nodes) }
    return try Evaluation.run(
      Program(text: Self.program), Setting(nodes: Self.nodes, eot: 4, crashView: view),
      under: Scenario(FaultSet(list)))
  }

  @Test("runs with the same rows have one fingerprint, whatever led to them")
  func alike() throws {
    let lost = RunFingerprint(try run("omit a b 1"))
    #expect(lost == RunFingerprint(try run("partition b 1 2")))
    #expect(lost == RunFingerprint(try run("omit a b 1,omit b c 2")))
    #expect(lost.hashValue == RunFingerprint(try run("partition b 1 2")).hashValue)
  }

  @Test(
    "runs with other rows, or the same rows in other rounds, have another",
    arguments: ["", "omit a c 1", "omit a b 1,omit a c 1", "delay a b 1 1", "duplicate a b 1 1", "crash a 1"])
  func different(faults: String) throws {
    let fingerprint = RunFingerprint(try run(faults))
    #expect(fingerprint != RunFingerprint(try run("omit a b 1")))
    #expect((fingerprint == RunFingerprint(try run(""))) == ["", "duplicate a b 1 1"].contains(faults))
  }

  @Test("what the world states of the faults themselves does not count")
  func statements() throws {
    let text =
      #"p("a", 1)@1; p(N, X)@next :- p(N, X); q(N) :- p(N, _), crash(N, "c", 9); post(N) :- p(N, _);"#
    let program = try Program(text: text)
    let runs = try ["crash b 2", "crash c 3"].map { fault in
      Evaluation.run(
        program, Setting(nodes: Self.nodes, eot: 4, crashView: .silent),
        under: Scenario(FaultSet([try Fault(fault, nodes: Self.nodes)])))
    }
    #expect(RunFingerprint(runs[0]) == RunFingerprint(runs[1]))
  }

  private func groups(_ sets: [String]) throws -> [Disguise] {
    let list = try sets.map { text in
      let faults = try text.split(separator: ",").map { try Fault(String($0), nodes: Self.nodes) }
      return (set: Scenario(FaultSet(faults)), run: Optional(RunFingerprint(try run(text))))
    }
    return Disguise.groups(of: list, .silent)
  }

  @Test("of sets with one run the mildest is shown, and the first where none is milder")
  func shown() throws {
    #expect(
      try groups(["partition b 1 2", "omit a b 1"]) == [Disguise(shown: 1, alike: [0], harsher: [])])
    #expect(
      try groups(["omit a b 1", "omit a c 1"]) == [
        Disguise(shown: 0, alike: [], harsher: []), Disguise(shown: 1, alike: [], harsher: []),
      ])
  }

  @Test("a harsher set with another run stands behind the one of which it is a form, and is counted once")
  func harsher() throws {
    #expect(
      try groups(["delay a b 1 1", "omit a b 1", "partition b 1 2", "omit a c 1"]) == [
        Disguise(shown: 0, alike: [], harsher: [1, 2]), Disguise(shown: 3, alike: [], harsher: []),
      ])
    #expect(
      try groups(["crash a 1", "omit a c 1", "omit a b 1"]) == [
        Disguise(shown: 1, alike: [], harsher: [0]), Disguise(shown: 2, alike: [], harsher: []),
      ])
  }

  @Test(
    "sets of which the runs are not known are compared by their faults alone, and other inputs are others")
  func unknown() throws {
    func member(_ fault: String, _ inputs: Inputs = .none) throws -> Disguise.Member {
      (set: Scenario(FaultSet([try Fault(fault, nodes: Self.nodes)]), inputs), run: nil)
    }
    let chosen = Inputs([TimedFact(NamedFact("p", [.string("a")]), in: Round(1))])
    #expect(
      try Disguise.groups(of: [member("omit a b 1"), member("omit a b 1"), member("crash a 1")], .silent) == [
        Disguise(shown: 0, alike: [], harsher: [2]), Disguise(shown: 1, alike: [], harsher: []),
      ])
    #expect(
      try Disguise.groups(of: [member("omit a b 1"), member("crash a 1", chosen)], .silent).map(\.shown)
        == [0, 1])
    #expect(Disguise.groups(of: [], .silent).isEmpty)
  }
}
