import Dedalus
import Scenarios
import Support
import Testing
import Texts

@Suite("Inputs")
struct InputTests {
  private func possible(_ text: String, eot: Int) throws -> PossibleInputs {
    PossibleInputs(try Program(text: text + #"q("a")@1; q(N)@next :- q(N);"#).openFacts, upTo: eot)
  }

  private func list(_ possible: PossibleInputs) -> [String] {
    possible.all.map { inputs in inputs.facts.map(\.text).joined(separator: " ") }
  }

  @Test("are ordered by the program: absent first, then the earliest round")
  func order() throws {
    let possible = try possible(#"x("a", 1)@{1..2}; maybe v("b", 1)@{1..2};"#, eot: 4)
    #expect(
      list(possible) == [
        #"x("a", 1)@1"#, #"v("b", 1)@1 x("a", 1)@1"#, #"x("a", 1)@1 v("b", 1)@2"#, #"x("a", 1)@2"#,
        #"v("b", 1)@1 x("a", 1)@2"#, #"v("b", 1)@2 x("a", 1)@2"#,
      ])
    #expect(possible.count == 6 && possible.first.facts.map(\.text) == [#"x("a", 1)@1"#])
    let all = Array(possible.all)
    for (left, right) in zip(all, all.dropFirst()) {
      #expect(possible.precedes(left, right) && !possible.precedes(right, left))
    }
    #expect(all.allSatisfy { possible.admits($0) })
  }

  @Test("rounds after the last one are no alternatives, and what has no other is not placed")
  func cut() throws {
    #expect(list(try possible(#"x("a")@{2..5};"#, eot: 3)) == [#"x("a")@2"#, #"x("a")@3"#])
    #expect(list(try possible(#"x("a")@{2..5};"#, eot: 1)) == [""])
    #expect(list(try possible(#"maybe x("a")@{2..5};"#, eot: 2)) == ["", #"x("a")@2"#])
    let forced = try possible(#"x("a")@{2..5}; maybe y("a")@9;"#, eot: 2)
    #expect(list(forced) == [#"x("a")@2"#] && forced.end == 0)
    #expect(try forced.inputs(choosing: [String]()).facts.map(\.text) == [#"x("a")@2"#])
  }

  @Test(
    "what a call chooses wrongly is told, with what may be chosen",
    arguments: [
      (["x(\"a\")@2"], nil, nil), (["x(\"a\")@3", "y(\"b\", 2)@4"], nil, nil),
      ([], "open-choice", "choose --choose 'x(\"a\")@2' or --choose 'x(\"a\")@3'"),
      (["x(\"a\")@4"], "no-such-choice", "choose --choose 'x(\"a\")@2' or --choose 'x(\"a\")@3'"),
      (["x(\"a\")@2", "x(\"a\")@3"], "chosen-twice", "choose one of them"),
      (["x(\"a\")@2", "z(\"a\")@1"], "no-such-choice", nil), (["x(\"a\")"], "bad-fact", nil),
    ] as [([String], String?, String?)])
  func calls(_ texts: [String], _ code: String?, _ fix: String?) throws {
    let possible = try possible(#"x("a")@{2..3}; maybe y("b", 2)@4;"#, eot: 5)
    do throws(InvalidQuestion) {
      let inputs = try possible.inputs(choosing: texts)
      #expect(code == nil && inputs.facts.count == texts.count)
    } catch {
      #expect(error.code == code, "\(error.message)")
      if let fix { #expect(error.fix == fix) }
    }
  }

  @Test("are told with quotes and backslashes among faults, and read back from what is printed")
  func text() throws {
    let fact = TimedFact(NamedFact("p", ["a b", 3, "c\\"]), in: Round(2))
    #expect(fact.text == #"p("a b", 3, "c\")@2"#)
    #expect(fact.choiceText == #"choose "p(\"a b\", 3, \"c\\\")@2""#)
    #expect(try TimedFact(fact.text) == fact)
    #expect(Inputs([fact]).options == [#"--choose 'p("a b", 3, "c\")@2'"#])
    #expect(Inputs.none.phrase == nil && Inputs([fact]).phrase == fact.text)
  }
}
