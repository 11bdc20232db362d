import Dedalus
import ReferenceEvaluator
import Testing

@Suite("Late, doubled and cut messages")
struct MessageFaultTests {
  @Test("what holds when", arguments: shifts + together + cuts + ownMessages)
  func holds(_ example: LanguageCase) throws {
    let (program, execution) = try example.run()
    #expect(execution.rows(of: "out", in: program) == example.rows)
    #expect(execution.failure == nil)
  }

  static let once = #"x("a", 1)@1; out("b", X)@async :- x("a", X);"#

  private static func delay(_ late: Int) -> ReferenceFault {
    .delay(from: "a", to: "b", round: 1, late: late)
  }

  private static func duplicate(_ late: Int) -> ReferenceFault {
    .duplicate(from: "a", to: "b", round: 1, late: late)
  }

  static let shifts: [LanguageCase] = [
    LanguageCase("a delay of one round", once, eot: 4, faults: [delay(1)], gives: ["3: b 1"]),
    LanguageCase("a delay of two rounds", once, eot: 4, faults: [delay(2)], gives: ["4: b 1"]),
    LanguageCase(
      "a delay of a later round", once, eot: 4, faults: [.delay(from: "a", to: "b", round: 2, late: 1)],
      gives: ["2: b 1"]),
    LanguageCase("a delay beyond the end", once, eot: 3, faults: [delay(2)], gives: []),
    LanguageCase("a duplicate", once, eot: 4, faults: [duplicate(1)], gives: ["2: b 1", "3: b 1"]),
    LanguageCase(
      "what is delayed meets what is sent later",
      #"s("a", 0)@1; s(N, T + 1)@next :- s(N, T); out("b", T)@async :- s("a", T);"#, eot: 4,
      faults: [delay(1)], gives: ["3: b 0", "3: b 1", "4: b 2"]),
    LanguageCase(
      "an aggregate is sent late, too",
      #"x("a", 1)@1; x("a", 5)@1; out("b", max<X>)@async :- x("a", X);"#, eot: 4,
      faults: [delay(1), .duplicate(from: "a", to: "b", round: 1, late: 2)], gives: ["3: b 5", "4: b 5"]),
  ]

  static let together: [LanguageCase] = [
    LanguageCase(
      "a delay and a longer duplicate", once, eot: 4, faults: [delay(1), duplicate(2)],
      gives: ["3: b 1", "4: b 1"]),
    LanguageCase(
      "a delay and a duplicate that is as late", once, eot: 4, faults: [delay(1), duplicate(1)],
      gives: ["3: b 1"]),
    LanguageCase(
      "an omission cuts all copies", once, eot: 4,
      faults: [.omission(from: "a", to: "b", round: 1), duplicate(1)], gives: []),
    LanguageCase(
      "a partition cuts all copies", once, eot: 4,
      faults: [.partition(side: ["a"], round: 1, until: 2), duplicate(1)], gives: []),
    LanguageCase(
      "a restart loses what arrives", once, eot: 4, faults: [.restart(node: "b", round: 2, until: 3)],
      gives: []),
    LanguageCase(
      "not what arrives after it", once, eot: 4, faults: [.restart(node: "b", round: 2, until: 3), delay(1)],
      gives: ["3: b 1"]),
    LanguageCase(
      "nor a later copy", once, eot: 4, faults: [.wipe(node: "b", round: 2, until: 3), duplicate(2)],
      gives: ["4: b 1"]),
  ]

  static let talk = #"""
    p("a", "b")@1; p("b", "a")@1; p("a", "c")@1; p("b", "c")@1; p(N, M)@next :- p(N, M);
    out(M, N)@async :- p(N, M);
    """#

  static let cuts: [LanguageCase] = [
    LanguageCase(
      "a partition cuts both ways", talk, eot: 3, faults: [.partition(side: ["a"], round: 1, until: 2)],
      gives: ["3: a b", "3: b a"]),
    LanguageCase(
      "a partition spares what both sides say among themselves", talk, nodes: ["a", "b", "c"], eot: 2,
      faults: [.partition(side: ["c"], round: 1, until: 2)], gives: ["2: a b", "2: b a"]),
    LanguageCase(
      "either side means the same", talk, nodes: ["a", "b", "c"], eot: 2,
      faults: [.partition(side: ["b", "c"], round: 1, until: 2)], gives: ["2: c b"]),
    LanguageCase(
      "a partition ends", talk, eot: 4, faults: [.partition(side: ["a"], round: 2, until: 3)],
      gives: ["2: a b", "2: b a", "4: a b", "4: b a"]),
  ]

  static let ownMessages: [LanguageCase] = [
    LanguageCase(
      "a node's messages to itself are neither cut nor late",
      #"x("b")@1; out(N)@async :- x(N);"#, eot: 4,
      faults: [
        .delay(from: "b", to: "b", round: 1, late: 1), .duplicate(from: "b", to: "b", round: 1, late: 1),
        .partition(side: ["b"], round: 1, until: 2),
      ], gives: ["2: b"]),
    LanguageCase(
      "but they need their node", #"x("b")@1; out(N)@async :- x(N);"#, eot: 4,
      faults: [.restart(node: "b", round: 2, until: 3)], gives: []),
    LanguageCase(
      "without a location they need the receiver only", #"x("a", 1)@1; out("b", V)@async :- x(_, V);"#,
      eot: 4,
      faults: [.restart(node: "b", round: 2, until: 3)], gives: []),
    LanguageCase(
      "and no partition cuts them", #"x("a", 1)@1; out("b", V)@async :- x(_, V);"#, eot: 4,
      faults: [.partition(side: ["a"], round: 1, until: 2)], gives: ["2: b 1"]),
    LanguageCase(
      "what a rule derives elsewhere for the next round is no message",
      #"x("a", 1)@1; out("b", V)@next :- x("a", V);"#, eot: 4,
      faults: [.restart(node: "b", round: 2, until: 3), .partition(side: ["a"], round: 1, until: 2)],
      gives: ["2: b 1"]),
  ]

  /// Faults, what became of the message of `once`, and when it arrives.
  static let fates: [([ReferenceFault], MessageFate, [Int])] = [
    ([], .delivered, [2]),
    ([delay(2)], .delivered, [4]),
    ([delay(1), duplicate(1)], .delivered, [3]),
    ([delay(1), duplicate(2)], .delivered, [3, 4]),
    ([duplicate(5)], .delivered, [2, 7]),
    ([duplicate(2), .restart(node: "b", round: 2, until: 3)], .delivered, [4]),
    ([duplicate(1), .wipe(node: "b", round: 2, until: 4)], .receiverDown, []),
    ([duplicate(1), .pause(node: "b", round: 2, until: 4)], .delivered, [2, 3]),
    ([.partition(side: ["a"], round: 1, until: 2)], .partitioned, []),
    (
      [.partition(side: ["a"], round: 1, until: 2), .restart(node: "b", round: 2, until: 3)], .partitioned,
      []
    ),
    ([.omission(from: "a", to: "b", round: 1), .partition(side: ["b"], round: 1, until: 2)], .omitted, []),
    ([.crash(node: "a", round: 1), .omission(from: "a", to: "b", round: 1)], .senderCrashed, []),
    ([.crash(node: "b", round: 1)], .delivered, [2]),
  ]

  @Test("a message has a fate, and the rounds in which it arrives", arguments: fates.indices)
  func fate(_ row: Int) throws {
    let (faults, fate, arrives) = Self.fates[row]
    let program = try Program(text: Self.once)
    let execution = ReferenceRun(program: program, nodes: ["a", "b"], eot: 4, faults: faults).execution()
    #expect(execution.messages.map(\.fate) == [fate])
    #expect(execution.messages.map(\.arrives) == [arrives])
    let heads = execution.firings.filter { $0.kind == .rule }.map(\.head.round)
    #expect(heads == arrives.filter { $0 <= 4 })
  }

  @Test("a node that is paused or down sends nothing at all")
  func silence() throws {
    let program = try Program(text: #"x("a")@2; m("b")@async :- x("a");"#)
    let faults: [ReferenceFault] = [
      .pause(node: "a", round: 2, until: 3), .restart(node: "a", round: 2, until: 3),
      .wipe(node: "a", round: 2, until: 3),
    ]
    for fault in faults {
      let run = ReferenceRun(program: program, nodes: ["a", "b"], eot: 4, faults: [fault])
      #expect(run.execution().messages.allSatisfy { $0.round == 3 }, "\(fault)")
    }
  }
}
