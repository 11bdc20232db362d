import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios
import Testing

@testable import LineageViz

@Suite("Lineage pictures")
struct LineagePictureTests {
  private func picture(
    of relation: String, _ values: [Constant], round: Int, _ program: String,
    _ change: (inout LineageView) -> Void = { _ in }
  ) throws -> LineagePicture {
    let program = try Program(text: program, path: "p.ded")
    let run = Evaluation.run(program, Setting(nodes: Nodes(["a", "b"]), eot: round))
    let id = try #require(program.relation(named: relation))
    let root = try #require(run.tuple(id, values, in: Round(round)))
    var view = LineageView()
    change(&view)
    return try LineagePicture(of: [root], in: run, view)
  }

  private static let frames = """
    log("a", "x")@1;
    log(N, P)@next :- log(N, P);
    log("a", "x")@3;
    """

  @Test("frame copies are one box that names its rounds, unless everything is wanted")
  func frames() throws {
    let folded = try picture(of: "log", [.string("a"), .string("x")], round: 5, Self.frames)
    #expect(folded.boxes.map(\.title) == [#"log("a", "x")"#] && folded.arrows.isEmpty)
    #expect(folded.boxes.map { roundsText($0.rounds) } == ["rounds 1–5"])
    let full = try picture(of: "log", [.string("a"), .string("x")], round: 5, Self.frames) {
      $0.isFull = true
    }
    #expect(full.boxes.count == 9 && full.arrows.count == 8)
  }

  private static let chain = """
    one("a")@1;
    two(N) :- one(N);
    three(N) :- two(N), notin other(N);
    three(N) :- one(N);
    other("b")@1;
    four(N) :- three(N), one(N);
    """

  @Test("a depth counts boxes; where the rest comes back, a dotted arrow stands for it")
  func depth() throws {
    let cut = try picture(of: "four", [.string("a")], round: 1, Self.chain) { $0.depth = 1 }
    #expect(cut.boxes.map(\.title) == [#"four("a")"#, #"three("a")"#, #"one("a")"#, "p.ded:3", "p.ded:4"])
    #expect(cut.boxes.filter(\.isOpen).map(\.title) == ["p.ded:3"])
    #expect(cut.total == 7)
    let detours = cut.arrows.filter { $0.kind == .detour }
    #expect(
      detours.count == 1
        && detours.allSatisfy { cut.title($0.tail) == #"one("a")"# && cut.title($0.head) == "p.ded:3" })
  }

  @Test("a focus keeps the ways through a row, a rule those through its firings; what is not there is said")
  func narrowing() throws {
    func focus(_ name: String) -> (inout LineageView) -> Void {
      {
        $0.focus = LineageView.Focus(relation: RelationID(name == "two" ? 1 : 99), columns: [nil], round: nil)
      }
    }
    let narrow = try picture(of: "four", [.string("a")], round: 1, Self.chain, focus("two"))
    #expect(
      narrow.boxes.map(\.title) == [#"four("a")"#, #"three("a")"#, #"one("a")"#, #"two("a")"#, "p.ded:3"])
    let second = try picture(of: "four", [.string("a")], round: 1, Self.chain) { $0.rules = [RuleID(2)] }
    #expect(second.boxes.map(\.title) == [#"four("a")"#, #"three("a")"#, #"one("a")"#, "p.ded:4"])
    #expect(throws: LineageView.Miss.focus) {
      try picture(of: "four", [.string("a")], round: 1, Self.chain, focus("none"))
    }
    #expect(throws: LineageView.Miss.rules) {
      try picture(of: "two", [.string("a")], round: 1, Self.chain) { $0.rules = [RuleID(3)] }
    }
  }

  @Test("an absence says why it is one")
  func absences() throws {
    let picture = try picture(
      of: "end", [.string("a")], round: 3,
      """
      go("a")@1; late("a")@3; early("a")@1; odd("a")@1; odd("a")@3; ever("b")@1;
      mid(N)@next :- go(N);
      end(N)@next :- mid(N), notin late(N), notin early(N), notin odd(N), notin ever(N), notin crash(N, N, _);
      """)
    let reasons = picture.boxes.filter { $0.kind == .absence }.map { "\($0.title) \($0.reason ?? "")" }
    #expect(
      reasons == [
        #"no late("a") it holds only from round 3 on"#, #"no early("a") it holds only until round 1"#,
        #"no odd("a") it holds in rounds 1, 3"#, #"no ever("a") it never holds"#,
        #"no crash("a", "a", _) no such crash happens"#,
      ])
  }

  @Test("what Kafka's three faults bring about: what is missing, what is new, where it begins")
  func kafka() throws {
    let picture = try LineagePicture(of: try BrokenProgram.all[0].breach())
    func titles(_ isWanted: (LineagePicture.Box) -> Bool) -> [String] {
      picture.boxes.filter(isWanted).map { "\($0.title) \(text(of: $0.rounds))" }.sorted()
    }
    #expect(titles(\.isFrontier) == [#"heartbeat("Z", "b") 2"#, #"heartbeat("Z", "c") 2"#])
    #expect(titles(\.isRoot) == [#"post("Data1") 7"#, #"pre("Data1") 7"#])
    #expect(titles { $0.kind == .added } == [#"acknowledged("C", "Data1") 5–6"#])
    #expect(titles { $0.kind == .absence } == [#"no behind("a", _, "Data1") 4"#])
    #expect(titles { $0.kind == .fault } == ["crash a @5 5", "omit b→Z @1 1", "omit c→Z @1 1"])
  }

  @Test("however much is cut, every fault stays")
  func cut() throws {
    var view = LineageView()
    view.limit = 5
    let picture = try LineagePicture(of: try BrokenProgram.all[0].breach(), view)
    #expect(picture.boxes.count == 5 && picture.boxes.count { $0.kind == .fault } == 3)
  }

  @Test("what would hold but for one fault says so: the abort that 3PC's b misses")
  func excluded() throws {
    let picture = try LineagePicture(of: try BrokenProgram.all[1].breach())
    let lost = try #require(picture.boxes.first { $0.title == #"announced("b", "T1", "abort")"# })
    #expect(lost.kind == .missing && lost.isFrontier)
    #expect(lost.excluded.map { picture.nodes.text(of: $0) } == "omit C→b @6")
    #expect(picture.boxes.count { $0.excluded != nil && $0.isFrontier } == 1)
  }

  @Test("rounds are told in few words")
  func rounds() {
    #expect(text(of: [Round(2)]) == "2")
    #expect(text(of: [Round(6), Round(2), Round(4), Round(5)]) == "2, 4–6")
  }
}

extension LineagePicture {
  /// The title of a box that is shown.
  func title(_ id: BoxID) -> String? { boxes.first { $0.id == id }?.title }
}
