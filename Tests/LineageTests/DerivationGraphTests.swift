import Dedalus
import Evaluation
import Indices
import Testing

@testable import Lineage

@Suite("Derivation graphs")
struct DerivationGraphTests {
  private static let delivery = """
    bcast("a", "x")@1;
    node("a", "b")@1;
    node(N, M)@next :- node(N, M);
    log(M, P)@async :- bcast(N, P), node(N, M);
    log(N, P)@next :- log(N, P);
    silent(N) :- node(M, N), notin log(N, _);
    """

  @Test("a tuple rests on its firings, and these on their premises, down to facts")
  func lineageOfTuple() throws {
    let run = try LineageExample(Self.delivery, eot: 3).run()
    let root = try #require(run.tuple("log", "b", "x", round: 3))
    let graph = DerivationGraph(of: [root], in: run)
    #expect(
      graph.lines(in: run) == [
        #"log("b", "x")@3 <- rule 2"#,
        #"rule 2 <- log("b", "x")@2"#,
        #"log("b", "x")@2 <- rule 1"#,
        #"rule 1 <- bcast("a", "x")@1, node("a", "b")@1"#,
        #"bcast("a", "x")@1"#,
        #"node("a", "b")@1"#,
      ])
    #expect(graph.rootCount == 1)
  }

  @Test("an absence rests on the lost messages that would have matched it in its round")
  func absenceAndLoss() throws {
    let run = try LineageExample(Self.delivery, eot: 3).run("omit a b 1")
    let missed = try #require(run.tuple("silent", "b", round: 2))
    #expect(
      DerivationGraph(of: [missed], in: run).lines(in: run).suffix(4) == [
        #"no log("b", _)@2 <- lost log("b", "x")@1"#,
        #"rule 0 <- node("a", "b")@1"#,
        #"lost log("b", "x")@1"#,
        #"node("a", "b")@1"#,
      ])
    let later = try #require(run.tuple("silent", "b", round: 3))
    #expect(!DerivationGraph(of: [later], in: run).lines(in: run).contains { $0.hasPrefix("lost") })
  }

  @Test("a variable that stands twice under notin must agree in a lost message")
  func repeatedExistential() throws {
    let example = try LineageExample(
      """
      twin("a", "p", "q")@1;
      here("a")@1;
      here(N)@next :- here(N);
      twin("b", "p", "q")@1;
      pair("a", X, Y)@async :- twin("b", X, Y);
      lonely(N) :- here(N), notin pair(N, X, X);
      empty(N) :- here(N), notin pair(N, _, _);
      """, eot: 2)
    let run = try example.run("omit b a 1")
    for (relation, losses) in [("lonely", 0), ("empty", 1)] {
      let root = try #require(run.tuple(relation, "a", round: 2))
      let lines = DerivationGraph(of: [root], in: run).lines(in: run)
      #expect(lines.count { $0.hasPrefix("lost") } == losses, "\(relation)")
    }
  }

  @Test("an aggregate rests on its rows, and each row on its firings")
  func aggregate() throws {
    let run = try LineageExample(
      """
      vote("a", "x")@1;
      vote("a", "y")@1;
      votes(N, count<V>) :- vote(N, V);
      """, eot: 1
    ).run()
    let root = try #require(run.tuple("votes", "a", 2, round: 1))
    #expect(
      DerivationGraph(of: [root], in: run).lines(in: run) == [
        #"votes("a", 2)@1 <- rule 0"#,
        ##"rule 0 <- votes#0("a", "y")@1, votes#0("a", "x")@1"##,
        ##"votes#0("a", "y")@1 <- rule 0"##,
        ##"votes#0("a", "x")@1 <- rule 0"##,
        #"rule 0 <- vote("a", "y")@1"#,
        #"rule 0 <- vote("a", "x")@1"#,
        #"vote("a", "y")@1"#,
        #"vote("a", "x")@1"#,
      ])
  }

  @Test("an aggregate of the next round rests on rows of this one")
  func aggregateOfNextRound() throws {
    let run = try LineageExample(
      """
      vote("a", "x")@1;
      votes(N, count<V>)@next :- vote(N, V);
      """, eot: 2
    ).run()
    let root = try #require(run.tuple("votes", "a", 1, round: 2))
    #expect(
      DerivationGraph(of: [root], in: run).lines(in: run) == [
        #"votes("a", 1)@2 <- rule 0"#,
        ##"rule 0 <- votes#0("a", "x")@1"##,
        ##"votes#0("a", "x")@1 <- rule 0"##,
        #"rule 0 <- vote("a", "x")@1"#,
        #"vote("a", "x")@1"#,
      ])
  }

  /// 2^30 derivation trees.
  private static let bomb = """
    left("a", 0)@1;
    right("a", 0)@1;
    left(N, X + 1)@next :- left(N, X);
    left(N, X + 1)@next :- right(N, X);
    right(N, X + 1)@next :- left(N, X);
    right(N, X + 1)@next :- right(N, X);
    """

  @Test("exponentially many derivations are shared")
  func sharing() throws {
    let run = try LineageExample(Self.bomb, eot: 31).run()
    let root = try #require(run.tuple("left", "a", 30, round: 31))
    #expect(DerivationGraph(of: [root], in: run).nodes.count == 1 + 30 * 2 + 29 * 4 + 2)
  }
}
