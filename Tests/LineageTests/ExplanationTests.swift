import Dedalus
import Evaluation
import Foundation
import Indices
import Support
import Testing

@testable import Lineage
@testable import Scenarios
@testable import Texts

@Suite("Explanations of what is missing")
struct ExplanationTests {
  private static let relay = """
    bcast("a", "x")@1;
    node("a", "b")@1;
    node(N, M)@next :- node(N, M);
    bcast(N, P)@next :- bcast(N, P), notin ack(N, P);
    log(M, P)@async :- bcast(N, P), node(N, M);
    log(N, P)@next :- log(N, P);
    ack("a", P)@async :- log("b", P);
    ack(N, P)@next :- ack(N, P);
    alarm(N) :- node(N, M), notin ack(N, _);
    calm(N) :- node(N, M), notin alarm(N);
    """

  private func explain(
    _ relation: String, _ values: [Constant], round: Int, eot: Int, crashView: CrashView = .silent,
    _ faults: String...
  ) throws -> Explanation {
    let example = try LineageExample(Self.relay, eot: eot, crashView: crashView)
    let (good, bad) = (try example.run(), try example.run(faults))
    let relation = try #require(good.program.relation(named: relation))
    let tuple = try #require(good.tuple(relation, values, in: Round(round)))
    return Explanation(of: [.missing(tuple)], in: Difference(from: good, to: bad))
  }

  @Test("every retry that was lost is among the causes")
  func retries() throws {
    let explanation = try explain(
      "log", ["b", "x"], round: 4, eot: 4, "omit a b 1", "omit a b 2", "omit a b 3")
    #expect(explanation.faults.map(\.round.rawValue) == [1, 2, 3])
  }

  @Test(
    "a negation changes sides: calm is missing for an alarm, which is there for want of an acknowledgement")
  func negation() throws {
    let explanation = try explain("calm", ["a"], round: 3, eot: 3, "omit b a 2")
    let kinds = explanation.nodes.map { node in
      switch node {
      case .missing: "missing"
      case .blocked: "blocked"
      case .held: "held"
      case .added: "added"
      case .rederived: "rederived"
      case .enabled: "enabled"
      case .absent: "absent"
      case .fault: "fault"
      }
    }
    #expect(
      kinds == [
        "missing", "blocked", "held", "added", "enabled", "absent", "missing", "blocked", "held", "fault",
      ])
  }

  @Test("under fail-stop a node that has stopped is the cause")
  func failStop() throws {
    let explanation = try explain("log", ["b", "x"], round: 3, eot: 3, crashView: .failStop, "crash b 2")
    #expect(explanation.faults.count == 1)
    #expect(explanation.faults.first?.kind == .crash && explanation.faults.first?.round == Round(2))
  }

  @Test("a count that grew is explained by the row that went, and one that shrank by the row that came")
  func aggregates() throws {
    let example = try LineageExample(
      """
      here("a")@1;
      here(N)@next :- here(N);
      vote("b", "x")@1;
      vote("a", V)@async :- vote("b", V);
      vote("a", "y")@2;
      votes(N, count<V>) :- vote(N, V), here(N);
      """, eot: 2)
    let (good, bad) = (try example.run(), try example.run("omit b a 1"))
    let difference = Difference(from: good, to: bad)
    let two = try #require(good.tuple("votes", "a", 2, round: 2))
    #expect(Explanation(of: [.missing(two)], in: difference).faults.count == 1)
    let one = try #require(bad.tuple("votes", "a", 1, round: 2))
    #expect(Explanation(of: [.added(one)], in: difference).faults.count == 1)
  }

  @Test(
    "what a count finds or lacks is a reason",
    arguments: [
      ("quorum", "count { vote(N, _) } > 1", "omit b a 1", true),
      ("few", "count { vote(N, _) } < 2", "omit b a 1", false),
      ("exact", "2 == count { vote(N, V), member(N, V) }", "omit b a 1", true),
      ("none", "count { member(N, V), notin vote(N, V) } == 0", "omit b a 1", true),
      ("open", "count { member(N, V), notin vote(N, V) } > 0", "omit b a 1", false),
      ("never", "count { vote(N, _) } == 0", "omit b a 1 and c a 1", false),
    ])
  func counts(name: String, premise: String, faults: String, isMissing: Bool) throws {
    let example = try LineageExample(
      """
      member("a", "b")@1; member("a", "c")@1; from("b")@1; from("c")@1; from("a")@2;
      member(N, V)@next :- member(N, V);
      vote("a", N)@async :- from(N), N != "a";
      out(N) :- from(N), N == "a", \(premise);
      """, nodes: ["a", "b", "c"], eot: 2)
    let good = try example.run()
    let bad = try faults.contains("and") ? example.run("omit b a 1", "omit c a 1") : example.run(faults)
    let difference = Difference(from: good, to: bad)
    let holder = isMissing ? good : bad
    let found = holder.tuple("out", "a", round: 2)
    let out = try #require(found)
    let explanation = Explanation(of: [isMissing ? .missing(out) : .added(out)], in: difference)
    #expect(explanation.faults.count == bad.faults.count, "\(name)")
  }

  /// Programs of this repository with their nodes and last rounds.
  private static let library: [(path: String, nodes: [Text], eot: Int)] = [
    ("delivery/retry-deliv.ded", ["a", "b", "c"], 5), ("delivery/ack-deliv.ded", ["a", "b", "c"], 6),
    ("delivery/classic-deliv.ded", ["a", "b", "c"], 5), ("commit/2pc-ctp.ded", ["C", "a", "b", "d"], 7),
    ("commit/3pc.ded", ["C", "a", "b", "d"], 9), ("kafka/kafka.ded", ["C", "Z", "a", "b", "c"], 7),
  ]

  @Test(
    "whatever is different is followed back to faults and to what both runs share",
    arguments: 0..<library.count)
  func completeness(number: Int) throws {
    let (path, nodes, eot) = Self.library[number]
    let program = try Program(reading: [programFolder.appendingPathComponent(path).path])
    for view in CrashView.allCases {
      let setting = Setting(nodes: Nodes(nodes), eot: eot, crashView: view)
      let compiled = CompiledProgram(program, nodes: setting.nodes)
      let good = compiled.run(setting)
      for seed in 0..<40 as Range<UInt64> {
        var random = SplitMix64(seed: seed)
        let faults = FaultSet.random(in: setting, using: &random)
        let difference = Difference(from: good, to: compiled.run(setting, under: faults))
        check(difference, "\(path), \(view), seed \(seed)")
      }
    }
  }

  private func check(_ difference: Difference, _ comment: Comment) {
    let missing = difference.good.store.tuples.filter { !difference.holds($0) }
    let explanation = Explanation(of: missing.map { .missing($0) }, in: difference)
    for id in explanation.nodes.indices {
      let hasCause = !explanation.causes[id].isEmpty
      switch explanation.nodes[id] {
      case .fault(let fault):
        #expect(difference.bad.faults.faults.contains(fault), comment)
      case .held(let tuple): #expect(difference.holds(tuple), comment)
      case .missing(let tuple): #expect(hasCause && !difference.holds(tuple), comment)
      case .blocked:
        let reasons = explanation.causes[id].filter {
          if case .held = explanation.nodes[$0] { false } else { true }
        }
        #expect(reasons.count == 1, comment)
      case .rederived(let tuple):
        #expect(difference.bad.counterpart(of: tuple, in: difference.good) != nil, comment)
      case .added, .enabled: #expect(hasCause, comment)
      case .absent:
        let areMissing = explanation.causes[id].allSatisfy {
          if case .missing = explanation.nodes[$0] { true } else { false }
        }
        #expect(areMissing, comment)
      }
    }
    checkFrontier(of: explanation, difference, comment)
    #expect(missing.isEmpty || !explanation.faults.isEmpty, comment)
  }

  /// From everything that is missing one comes to the frontier, and behind the frontier nothing earlier is
  /// missing.
  private func checkFrontier(of explanation: Explanation, _ difference: Difference, _ comment: Comment) {
    let frontier = Set(explanation.frontier(in: difference))
    for id in explanation.nodes.indices {
      guard case .missing(let tuple) = explanation.nodes[id] else { continue }
      var behind: Set<CauseID> = [id]
      var pending = [id]
      while let node = pending.popLast() {
        for cause in explanation.causes[node] where behind.insert(cause).inserted { pending.append(cause) }
      }
      #expect(!behind.isDisjoint(with: frontier), comment)
      let rounds = behind.compactMap { cause -> Round? in
        guard case .missing(let other) = explanation.nodes[cause], other != tuple else { return nil }
        return difference.good.store.round(of: other)
      }
      if frontier.contains(id), let first = rounds.min() {
        #expect(first >= difference.good.store.round(of: tuple), comment)
      }
    }
  }

  @Test(
    "what is missing first is what the faults cut, and what the bad run has for other reasons is told apart")
  func frontierAndRederived() throws {
    let example = try LineageExample(
      """
      bcast("a", "x")@1;
      log("b", P)@async :- bcast("a", P);
      log(N, P)@next :- log(N, P);
      wait("b")@1;
      wait(N)@next :- wait(N);
      done(N) :- log(N, _);
      done(N) :- wait(N), notin log(N, _);
      seen(N) :- done(N);
      """, eot: 3)
    let difference = Difference(from: try example.run(), to: try example.run("omit a b 1"))
    let (good, bad) = (difference.good, difference.bad)
    let missing = try #require(good.tuple("log", "b", "x", round: 3))
    let late = Explanation(of: [.missing(missing)], in: difference)
    let first = try #require(good.tuple("log", "b", "x", round: 2))
    #expect(late.frontier(in: difference).map { late.nodes[$0] } == [.missing(first)])
    let seen = try #require(bad.tuple("seen", "b", round: 3))
    let explanation = Explanation(of: [.rederived(seen)], in: difference)
    let done = try #require(bad.tuple("done", "b", round: 3))
    #expect(explanation.nodes.elements.contains(.rederived(done)))
    let wait = try #require(good.tuple("wait", "b", round: 3))
    #expect(explanation.nodes.elements.contains(.held(wait)))
    #expect(explanation.faults.count == 1)
  }
}

/// The folder `programs`.
let programFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("programs", isDirectory: true)

extension FaultSet {
  /// Up to four faults.
  static func random(in setting: Setting, using random: inout SplitMix64) -> FaultSet {
    let nodes = Array(setting.nodes.ids)
    return FaultSet(
      (0..<Int.random(in: 1...4, using: &random)).map { _ in
        let round = Round(Int.random(in: 1..<setting.eot.position, using: &random))
        let sender = nodes[Int.random(in: 0..<nodes.count, using: &random)]
        let receiver = nodes[Int.random(in: 0..<nodes.count, using: &random)]
        return sender == receiver ? .crash(sender, round) : .omission(from: sender, to: receiver, round)
      })
  }
}
