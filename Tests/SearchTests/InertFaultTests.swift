import Dedalus
import Evaluation
import Testing

@testable import Properties
@testable import Scenarios

@Suite("Faults that touch nothing")
struct InertFaultTests {
  /// In round 1 a sends to b, which answers in round 2; c does nothing at all; d keeps what it has.
  private static let program = """
    say("a", "b")@1; keep("d", 1)@1;
    hear(Y, X)@async :- say(X, Y);
    echo(X, Y)@async :- hear(Y, X);
    keep(X, V)@next :- keep(X, V);
    done(X) :- echo(X, _);
    pre(X) :- seen(X);
    seen(X)@next :- done(X);
    seen(X)@next :- seen(X);

    """
  private static let indifferent = program + "post(X) :- seen(X);\n"
  /// The specification excuses whatever happens when c has crashed.
  private static let excusing = program + "post(X) :- seen(X), notin crash(X, \"c\", _);\n"

  struct Case: CustomTestStringConvertible, Sendable {
    let faults: [String]
    let inert: [String]
    var view = CrashView.silent
    var text = indifferent
    var testDescription: String { "\(faults) \(view)" }
  }

  @Test(
    "an omission without a message, and a crash of a node that does not act any more",
    arguments: [
      Case(faults: ["omit a b 1"], inert: []),
      Case(faults: ["omit a b 2"], inert: ["omit a b 2"]),
      Case(faults: ["omit a c 1", "omit b a 2"], inert: ["omit a c 1"]),
      // The answer is not sent when the question is lost.
      Case(faults: ["omit a b 1", "omit b a 2"], inert: ["omit b a 2"]),
      // Nor does an omission lose what a crash has kept from being sent.
      Case(faults: ["crash a 1", "omit a b 1"], inert: ["omit a b 1"]),
      Case(faults: ["crash c 1"], inert: ["crash c 1"]),
      Case(faults: ["crash d 4"], inert: []),
      Case(faults: ["crash b 2"], inert: []),
      Case(faults: ["crash b 3"], inert: ["crash b 3"]),
      Case(faults: ["crash d 4"], inert: [], view: .failStop),
      Case(faults: ["crash b 2"], inert: [], view: .failStop),
      Case(faults: ["crash b 2", "omit a b 1"], inert: ["crash b 2"], view: .failStop),
      Case(faults: ["crash b 3"], inert: ["crash b 3"], view: .failStop),
      // Nobody acts at c, but the specification asks whether it has crashed.
      Case(faults: ["crash c 1"], inert: [], text: excusing),
      Case(faults: ["crash c 1", "omit a b 4"], inert: ["omit a b 4"], text: excusing),
      Case(faults: ["crash c 1", "omit a b 1"], inert: ["crash c 1"], text: excusing),
    ])
  func inert(_ example: Case) throws {
    let nodes = Nodes(["a", "b", "c", "d"])
    let program = try Program(text: example.text)
    let question = try Question(
      program: program, bounds: Bounds(eot: 6, eff: 6, crashes: 4, nodes: nodes), crashView: example.view)
    let rerun = { run(program, question.setting, under: Scenario($0)) }
    let faults = FaultSet(try example.faults.map { try Fault($0, nodes: nodes) })
    let inert = question.inertFaults(of: rerun(faults), rerun: rerun)
    #expect(inert.map { $0.text(nodes) } == example.inert)
  }

  @Test("they are told as one says it")
  func sentences() throws {
    let nodes = Nodes(["a", "b\u{7}"])
    let faults = [Fault.crash(NodeID(0), Round(2)), .omission(from: NodeID(0), to: NodeID(1), Round(3))]
    #expect(
      faults.map { $0.inertSentence(nodes) }
        == ["a does nothing from round 2 on", "a sends nothing to b\\u{7} in round 3"])
  }
}
