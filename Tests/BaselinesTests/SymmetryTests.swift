// What counts as interchangeable, and that a search which uses it says the same with fewer runs.

import Dedalus
import Evaluation
import QuestionSupport
import Support
import Testing

@testable import Answers
@testable import Baselines
@testable import Properties
@testable import Scenarios
@testable import Search
@testable import Texts

@Suite("Symmetry")
struct SymmetryTests {
  private func symmetry(_ text: String, _ nodes: [Text] = ["a", "b", "c"]) throws -> Symmetry {
    Symmetry(of: try Program(text: text), nodes: Nodes(nodes))
  }

  private static let rule = "q(M)@async :- p(N, M);\n"

  static let programs: [(text: String, renamings: Int, because: String)] = [
    (#"p("a", "b")@1; p("a", "c")@1; "#, 2, "b and c are equal"),
    (
      #"p("a", "b")@1; p("b", "c")@1; p("c", "a")@1; "#, 3,
      "a ring may be turned, though no two nodes can be swapped"
    ),
    (#"p("a", "b")@1; p("a", "c")@2; "#, 1, "rounds tell b from c"),
    (#"p("a", "b")@1; q(N) :- p(N, "c"); "#, 1, "a rule names c"),
    (
      #"p("a", "b")@1; p("a", "c")@1; q(N) :- p(N, "b"); q(N) :- p(N, "c"); "#, 2,
      "rules are as equal as facts"
    ),
    (#"p("a", "b")@1; p("a", "c")@1; r(N, min<M>) :- p(N, M); "#, 1, "min picks by name"),
    (#"p("a", "b")@1; p("a", "c")@1; q(N) :- p(N, M), M < "c"; "#, 1, "names are compared"),
    (#"p("a", "b")@1; p("a", "c")@1; r(N, count<M>) :- p(N, M); q(N) :- r(N, C), C > 1; "#, 2, "numbers are"),
    (#"p("a", "z")@1; "#, 2, "z is no node, so b and c are left out equally"),
  ]

  @Test("is what leaves facts and rules as they are", arguments: programs.indices)
  func found(_ index: Int) throws {
    let row = Self.programs[index]
    let symmetry = try symmetry(row.text + Self.rule)
    #expect(symmetry.renamings.count == row.renamings, "\(row.because)")
    #expect(symmetry.isTrivial == (row.renamings == 1))
  }

  @Test(
    "of the published protocols",
    arguments: [
      ("commit/3pc.ded", 6), ("commit/2pc-ctp.ded", 6), ("delivery/ack-deliv.ded", 2), ("kafka/kafka.ded", 1),
    ])
  func published(path: String, renamings: Int) throws {
    let program = try ProgramLibrary.program(path)
    let symmetry = Symmetry(of: program, nodes: Nodes(program.defaultNodes))
    #expect(symmetry.renamings.count == renamings)
  }

  @Test("of very many equal nodes is cut down to a group that can be listed")
  func manyNodes() throws {
    let names = (0..<12).map { Text("n\($0 < 10 ? "0" : "")\($0)") }
    let symmetry = try symmetry("p(\"n00\", 1)@1; q(N)@next :- p(N, _);", names)
    #expect(symmetry.renamings.count == 5040)
    let group = Set(symmetry.renamings)
    for renaming in symmetry.renamings.prefix(50) {
      #expect(group.contains(renaming.inverse) && group.contains(symmetry.renamings[5039].after(renaming)))
    }
  }

  @Test("the first of a class is the same for all its members, and leads back to them")
  func classes() throws {
    let symmetry = try symmetry(
      #"p("a", "b")@1; p("a", "c")@1; p("a", "d")@1; "# + Self.rule, ["a", "b", "c", "d"])
    #expect(symmetry.renamings.count == 6)
    let bounds = try Bounds(eot: 3, eff: 2, crashes: 1, nodes: Nodes(["a", "b", "c", "d"]))
    for faults in AdmissibleFaultSets(bounds).prefix(400) {
      let (first, renaming) = symmetry.first(of: faults)
      #expect(renaming.faults(faults) == first && symmetry.isFirst(first))
      #expect(symmetry.isFirst(faults) == (first == faults))
      #expect(symmetry.renamings.allSatisfy { symmetry.first(of: $0.faults(faults)).faults == first })
    }
  }

  /// Four nodes of which three are interchangeable: all but the one called `center`.
  private func star(around center: Text, _ nodes: Nodes) throws -> Program {
    let facts = nodes.ids.map { nodes[$0] }.filter { $0 != center }.map { "p(\"\(center)\", \"\($0)\")@1; " }
    return try Program(text: facts.joined() + "configuration p; " + Self.rule)
  }

  // Without "a", the first node, a half of the nodes may be renamed to one that has another name.
  @Test("holds for faults of every kind", arguments: ["a", "d"] as [Text])
  func everyKind(center: Text) throws {
    let nodes = Nodes(["a", "b", "c", "d"])
    let program = try star(around: center, nodes)
    let symmetry = Symmetry(of: program, nodes: nodes)
    #expect(symmetry.renamings.count == 6)
    for kind in KindID.allIDs {
      var budgets = Budgets([.omission: 0])
      budgets[kind] = 2
      let bounds = try Bounds(
        eot: 5, eff: 4, budgets: budgets, nodes: nodes,
        facts: program.configuredFacts)
      for faults in AdmissibleFaultSets(bounds).prefix(300) {
        let (first, renaming) = symmetry.first(of: faults)
        #expect(renaming.faults(faults) == first && symmetry.isFirst(first) && bounds.admits(first))
        #expect(symmetry.isFirst(faults) == (first == faults))
        #expect(renaming.inverse.faults(first) == faults)
        #expect(symmetry.renamings.allSatisfy { symmetry.first(of: $0.faults(faults)).faults == first })
      }
    }
  }

  @Test("does not hold where what is spared tells nodes apart")
  func spared() throws {
    let nodes = Nodes(["a", "b", "c", "d"])
    let program = try star(around: "a", nodes)
    func renamings(_ list: String) throws -> Int {
      let spared = try Budgets.Spared(list: list, nodes: nodes)
      return Symmetry(of: program, nodes: nodes, sparing: spared).renamings.count
    }
    #expect(try renamings("a") == 6 && renamings("b") == 2 && renamings("b,c") == 2)
    #expect(try renamings("a>b") == 2 && renamings("a>b,a>c,a>d") == 6 && renamings("b>c,c>d,d>b") == 3)
  }

  @Test("lists one of each class of minimal sets, for faults of every kind")
  func minimalSets() throws {
    var classes = 0
    for seed in Campaign.seeds(150) {
      let generated = GeneratedProtocol(seed: seed, limit: 400, hasEveryKind: true)
      let question = try Question(program: generated.program, bounds: Bounds(generated.space))
      let (all, some) = (try checkAll(question), try checkAll(question, symmetry: true))
      guard let sets = all.minimalSets?.elements, let listed = some.minimalSets?.elements else {
        #expect(all.verdict == some.verdict && all.minimalSets == nil && some.minimalSets == nil)
        continue
      }
      let symmetry = Symmetry(
        of: question.program, nodes: question.bounds.nodes, sparing: question.bounds.budgets.spared)
      #expect(listed.map(\.faults) == sets.map(\.faults).filter { symmetry.isFirst($0) }, "seed \(seed)")
      #expect(listed.reduce(0) { $0 + $1.renamings } == sets.count, "seed \(seed)")
      if listed.count < sets.count { classes += 1 }
    }
    #expect(classes >= 2, "\(classes)")
  }

  @Test("saves the loop and the exhaustive search runs, and the list of minimal sets lines")
  func savings() throws {
    let program = try ProgramLibrary.program("commit/3pc.ded")
    let bounds = try Bounds(eot: 9, eff: 7, crashes: 1, nodes: Nodes(program.defaultNodes))
    let question = try Question(program: program, bounds: bounds)
    let (all, one) = (try checkByLoop(question), try checkByLoop(question, symmetry: true))
    #expect(one.counterexample?.faults == all.counterexample?.faults)
    #expect(one.cost[.executions] + one.cost[.skipped] == all.cost[.executions])
    #expect(one.cost[.executions] * 2 < all.cost[.executions])
    let (sets, classes) = (try checkAll(question), try checkAll(question, symmetry: true))
    let listed = try #require(classes.minimalSets?.elements)
    #expect(listed.reduce(0) { $0 + $1.renamings } == sets.minimalSets?.elements.count)
    let symmetry = Symmetry(of: program, nodes: bounds.nodes)
    #expect(listed.map(\.faults) == sets.minimalSets?.elements.map(\.faults).filter { symmetry.isFirst($0) })
    #expect(listed.count < sets.minimalSets?.elements.count ?? 0)
  }

  @Test("exhaustive search makes one run for each class")
  func exhaustive() throws {
    let program = try ProgramLibrary.program("delivery/retry-deliv.ded")
    let bounds = try Bounds(eot: 4, eff: 2, crashes: 1, nodes: Nodes(program.defaultNodes))
    let answer = try checkExhaustively(Question(program: program, bounds: bounds), symmetry: true)
    #expect(answer.cost[.executions] + answer.cost[.skipped] == 640)
    #expect((320...400).contains(answer.cost[.executions]), "\(answer.cost[.executions])")
  }
}
