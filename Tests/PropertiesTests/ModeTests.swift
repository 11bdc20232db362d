// Safety and liveness: which properties are asked, with which EFF, and what is refused.

import Dedalus
import Properties
import Scenarios
import Testing

@Suite("Modes")
struct ModeTests {
  private static let lock = """
    nodes "a", "s";
    want("a")@1; want(C)@next :- want(C);
    ask("s", C)@async :- want(C);
    got(C)@async :- ask("s", C);
    got(C)@next :- got(C);
    property served: finally want => got;
    property soon: within 3 want => got;
    property kept: stable got;
    property mine: always got => want;
    property never: never lost; lost(C) :- got(C), notin want(C);
    """
  private static let bare = lock + "post(C) :- got(C);"

  private func question(_ text: String, _ change: (inout Inquiry) -> Void) throws -> Question {
    var inquiry = Inquiry(eot: 6)
    change(&inquiry)
    return try inquiry.question(about: Program(text: text))
  }

  @Test(
    "ask for what belongs to them",
    arguments: [
      (lock, nil, 3, 3, ["served", "soon", "kept", "mine", "never"]),
      (lock, Mode.safety, 0, 6, ["kept", "mine", "never"]), (lock, .safety, 3, 6, ["kept", "mine", "never"]),
      (lock, .liveness, 4, 4, ["served", "soon"]), (bare, .liveness, 4, 4, ["post", "served", "soon"]),
      (bare, .safety, 2, 6, ["kept", "mine", "never"]),
    ])
  func properties(text: String, mode: Mode?, eff: Int, reached: Int, names: [String]) throws {
    let question = try question(text) { ($0.mode, $0.eff) = (mode, eff) }
    #expect(question.properties.map(\.name) == names && question.bounds.eff == reached)
    // What is asked can be asked again without the mode.
    let again = try Inquiry(question).question(about: question.program)
    #expect(again.properties.map(\.name) == names && again.bounds.eff == reached)
  }

  @Test("a choice that only some properties cannot be asked about does not concern the others")
  func choices() throws {
    let text = #"maybe open("a")@2; open(N)@next :- open(N); post(N) :- open(N); property kept: stable open;"#
    #expect(throws: InvalidQuestion.self) { try question(text) { _ in } }
    #expect(try question(text) { $0.mode = .safety }.properties.map(\.name) == ["kept"])
  }

  /// What is asked, and the code, message and fix of the refusal.
  static let refusals: [(text: String, change: @Sendable (inout Inquiry) -> Void, error: InvalidQuestion)] = [
    (
      lock, { ($0.mode, $0.properties) = (.safety, ["soon"]) },
      InvalidQuestion(
        code: "bad-mode", message: "'soon' is a property of liveness, not of safety",
        fix: "leave --mode out, or ask for another property")
    ),
    (
      #"p("a")@1; never p;"#, { $0.mode = .liveness },
      InvalidQuestion(
        code: "bad-mode",
        message: "nothing that is asked is a property of liveness: 'finally' or 'within'",
        fix: "leave --mode out, or declare such a property")
    ),
    (
      #"p("a")@1; post(X) :- p(X);"#, { ($0.mode, $0.medium) = (.safety, .line) },
      InvalidQuestion(
        code: "bad-mode",
        message: "nothing that is asked is a property of safety: 'always', 'never' or 'stable'",
        fix: "leave 'mode=' out, or declare such a property")
    ),
    (
      bare,
      { inquiry in
        inquiry.name(outcome: "got")
        inquiry.mode = .safety
      },
      InvalidQuestion(
        code: "bad-mode", message: "'got' is a property of liveness, not of safety",
        fix: "leave --mode out, or ask for another property")
    ),
    (
      lock, { ($0.mode, $0.eff) = (.liveness, 5) },
      InvalidQuestion(
        code: "no-time-to-recover", message: "there is no time to recover: EFF (5) is EOT - 1",
        fix: "give more rounds, as in --eot 7")
    ),
    (
      lock, { ($0.mode, $0.eff, $0.medium) = (.liveness, 6, .line) },
      InvalidQuestion(
        code: "no-time-to-recover", message: "there is no time to recover: EFF (6) is EOT",
        fix: "give more rounds, as in 'eot=9'")
    ),
    (
      lock,
      { ($0.mode, $0.sought) = (.liveness, RowMatch("got", [nil])) },
      InvalidQuestion(
        code: "bad-mode", message: "whether a row is ever there is a question of safety",
        fix: "use --mode safety, or leave it out")
    ),
  ]

  @Test("are refused where they do not fit, in one sentence", arguments: refusals.indices)
  func refused(_ index: Int) throws {
    let row = Self.refusals[index]
    let error = #expect(throws: InvalidQuestion.self) { try question(row.text, row.change) }
    #expect(error == row.error)
  }

  @Test("time to recover is asked for only where something passes")
  func nothingPasses() throws {
    for eff in [0, 1] {
      #expect(try question(Self.lock) { ($0.mode, $0.eff) = (.liveness, eff) }.bounds.eff == eff)
    }
    let quiet = try question(Self.lock) { inquiry in
      (inquiry.mode, inquiry.eff) = (.liveness, 6)
      inquiry.settings = [BudgetSetting("omissions", "0")]
    }
    #expect(quiet.bounds.eff == 6)
  }
}
