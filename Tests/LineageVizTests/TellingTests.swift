import Answers
import Dedalus
import Evaluation
import Lineage
import Properties
import QuestionSupport
import Scenarios
import Search
import Testing

@testable import LineageViz

@Suite("What is told of a chain")
struct TellingTests {
  @Test("each line rests on lines before it, however few are told, and every fault is told")
  func order() throws {
    var told = 0
    for scenario in try ProgramLibrary.scenarios.get() where scenario.line.expected == .counterexample {
      let question = try scenario.question
      let answer = try check(question)
      let found = try #require(answer.counterexample)
      let reasoning = try #require(try answer.reasoning())
      let words = WhyWords(question.program, question.bounds.nodes)
      var telling = Telling(reasoning, found.execution, inShort: true) { words.isGlossed($0) }
      repeat {
        var faults: Set<Fault> = []
        for place in telling.shown {
          #expect(telling.reasons(of: place).allSatisfy { $0 < place }, "\(scenario)")
          if case .faults(let members) = telling.lines[place].subject { faults.formUnion(members) }
          told += 1
        }
        #expect(faults == Set(found.faults.faults), "\(scenario)")
      } while telling.shorten()
    }
    #expect(told > 10_000, "\(told)")
  }

  private static let glosses: [(gloss: String, row: [[String]], holds: String, not: String)] = [
    ("N takes M for dead", [["a"], ["b"]], "a takes b for dead", "a does not take b for dead"),
    (
      "N has heard of M, and of no other", [["a", "c"], ["b"]], "a and c have heard of b, and of no other",
      "a and c have not heard of b"
    ),
    ("N has M's vote", [["a"], ["b", "c"]], "a has b and c's vote", "a does not have b or c's vote"),
    (
      "the program: N may vote for M; it says when", [["a"], ["b"]], "a may vote for b",
      "a may not vote for b"
    ),
    ("both are there", [["a"], ["b"]], "", ""), ("and so does N", [["a"], ["b"]], "", ""),
    ("N tries M", [["a", "b"], ["b"]], "a and b try b", "a and b do not try b"),
    ("N can reach M", [["a"], ["b"]], "a can reach b", "a cannot reach b"),
  ]

  @Test("glosses are said of values, and denied", arguments: glosses)
  func gloss(gloss: String, row: [[String]], holds: String, not: String) {
    let sentence = GlossSentence(Gloss(variables: ["N", "M"], text: gloss))
    #expect(sentence?.text(row, denied: false) ?? "" == holds)
    #expect(sentence?.text(row, denied: true) ?? "" == not)
  }

  @Test("glosses are read from the comment at the head of a file, the first of each relation")
  func reading() throws {
    let program = try Program(
      text: """
        // A program.
        //
        //   p(N, X)  N has X
        //   p(N, X)  N has X again
        //   q(N)     N is there, with a column too few
        // r(N)  too far to the left
        p("a", 1)@1;
        //   r(N)  not at the head
        q("a", 1)@1;
        r("a")@1;
        q(N, X)@next :- p(N, X), r(N);
        """)
    let names = program.glosses.map { program.relations[$0.key].name + ": " + $0.value.text }
    #expect(names == ["p: N has X"])
  }
}
