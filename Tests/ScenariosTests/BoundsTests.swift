import BigInt
import Dedalus
import Evaluation
import Testing
import Texts

@testable import Scenarios

@Suite("Bounds")
struct BoundsTests {
  static func nodes(_ names: String) -> Nodes {
    Nodes(names.split(separator: ",").map { Text(String($0)) })
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let program: String, nodes: String, eot: Int, eff: Int, crashes: Int
    let published: String
    var testDescription: String { program }
  }

  /// "Lineage-driven Fault Injection", figures 12 and 13, column Combinations, to the printed digits.
  static let published = [
    Row(program: "simple-deliv", nodes: "a,b,c", eot: 4, eff: 2, crashes: 0, published: "4.10e3"),
    Row(program: "retry-deliv", nodes: "a,b,c", eot: 4, eff: 2, crashes: 1, published: "4.07e4"),
    Row(program: "classic-deliv", nodes: "a,b,c", eot: 5, eff: 3, crashes: 0, published: "2.62e5"),
    Row(program: "2pc", nodes: "C,a,b,d", eot: 5, eff: 0, crashes: 1, published: "2.40e1"),
    Row(program: "2pc-ctp", nodes: "C,a,b,d", eot: 8, eff: 0, crashes: 1, published: "3.60e1"),
    Row(program: "3pc", nodes: "C,a,b,d", eot: 9, eff: 7, crashes: 1, published: "2.43e26"),
    Row(program: "kafka", nodes: "a,b,c,C,Z", eot: 6, eff: 4, crashes: 1, published: "1.85e25"),
    Row(program: "redun-deliv", nodes: "a,b,c", eot: 11, eff: 10, crashes: 1, published: "8.07e18"),
    Row(program: "ack-deliv", nodes: "a,b,c", eot: 8, eff: 7, crashes: 1, published: "3.08e13"),
    Row(program: "paxos-synod", nodes: "a,b,c", eot: 7, eff: 6, crashes: 1, published: "4.81e11"),
    Row(program: "bully-le", nodes: "a,b,c", eot: 10, eff: 9, crashes: 1, published: "1.26e17"),
    Row(program: "flux", nodes: "a,b,c,d", eot: 22, eff: 21, crashes: 1, published: "6.20e76"),
  ]

  @Test("have the published number of combinations", arguments: published)
  func combinations(_ row: Row) throws {
    let bounds = try Bounds(
      eot: row.eot, eff: row.eff, crashes: row.crashes, nodes: Self.nodes(row.nodes))
    #expect(scientific(bounds.faultSpace) == row.published)
  }

  @Test("have at most 256 nodes, wherever these come from")
  func tooManyNodes() throws {
    func bounds(_ count: Int) throws -> Bounds {
      try Bounds(eot: 1, nodes: Nodes((0..<count).map { Text("n\($0)") }))
    }
    #expect(try bounds(256).nodes.count == 256)
    let error = #expect(throws: InvalidQuestion.self) { try bounds(257) }
    #expect(error?.code == "too-many-nodes")
    #expect(error?.message == "there are 257 nodes; at most 256 are possible")
    #expect(error?.fix == "name those that the question is about with --nodes a,b,c")
  }

  @Test("have exactly 24581485516582768649175040 combinations for Kafka at 7,4,1")
  func kafka() throws {
    let bounds = try Bounds(eot: 7, eff: 4, crashes: 1, nodes: Self.nodes("a,b,c,C,Z"))
    #expect(bounds.faultSpace == BigUInt("24581485516582768649175040"))
  }

  @Test("tell the order of magnitude where the digits would fill a book")
  func hugeSpaces() throws {
    func text(_ crashes: Int) throws -> String? {
      try Bounds(eot: 200_000, eff: 200_000, crashes: crashes, nodes: Self.nodes("a,b")).faultSpaceText
    }
    #expect(try text(0) == "about 9.96e120411")  // 2^400000
    #expect(try text(1) == "about 3.98e120412")  // nearly 4 times that
    let kafka = try Bounds(eot: 7, eff: 4, crashes: 1, nodes: Self.nodes("a,b,c,C,Z"))
    #expect(kafka.faultSpaceText == "24581485516582768649175040")
  }

  /// Three digits and an exponent, rounded half up.
  private func scientific(_ number: BigUInt) -> String {
    let digits = String(number)
    let exponent = digits.count - 1
    var leading = Int(digits.prefix(4).padding(to: 4)) ?? 0
    leading = (leading + 5) / 10
    let carry = leading == 1000 ? 1 : 0
    let mantissa = String(carry == 1 ? 100 : leading)
    return "\(mantissa.prefix(1)).\(mantissa.dropFirst())e\(exponent + carry)"
  }

  @Test(
    "refuse what makes no sense",
    arguments: [(0, 0, 0), (-1, 0, 0), (3, -1, 0), (3, 4, 0), (3, 1, -1), (3, 1, 4)])
  func refusals(eot: Int, eff: Int, crashes: Int) {
    #expect(throws: InvalidQuestion.self) {
      try Bounds(eot: eot, eff: eff, crashes: crashes, nodes: Self.nodes("a,b,c"))
    }
  }

  private func budgets(_ settings: [(String, String)], _ nodes: Nodes) throws -> Budgets {
    try Budgets(settings.map { BudgetSetting($0.0, $0.1) }, nodes: nodes) { "--\($0)" }
  }

  @Test(
    "refuse budgets that make no sense, and say why",
    arguments: [
      ("window", "0", "--window takes a whole number from 1 to 1000000, not '0'"),
      ("late", "0", "--late takes a whole number from 1 to 1000000, not '0'"),
      ("late", "two", "--late takes a whole number from 1 to 1000000, not 'two'"),
      ("restarts", "-1", "--restarts takes a whole number from 0 to 1000000, not '-1'"),
      ("partitions", "1000001", "--partitions takes a whole number from 0 to 1000000, not '1000001'"),
      ("crashes", "257", "--crashes takes a whole number from 0 to 256, not '257'"),
      ("split", "third", "--split is one of any, one, half, not 'third'"),
      ("spare", "d", "there is no node 'd'"), ("spare", "a>d", "there is no node 'd'"),
      ("spare", "", "there is no node ''"), ("spare", "a>a", "'a>a' names a link of a node to itself"),
      ("spare", "a>b>c", "'a>b>c' is no list of nodes and links"),
      ("spare", "a,\"b", "a quote in the list of what is spared is not closed"),
    ])
  func badSettings(name: String, value: String, message: String) {
    let error = #expect(throws: InvalidQuestion.self) { try budgets([(name, value)], Self.nodes("a,b,c")) }
    #expect(error?.message == message)
  }

  @Test("refuse partitions with more sides than can be listed")
  func tooManySides() throws {
    func bounds(_ count: Int, _ split: Budgets.Split, partitions: Int = 1) throws -> Bounds {
      try Bounds(
        eot: 4, eff: 3, budgets: Budgets([.partition: partitions], split: split),
        nodes: Nodes((0..<count).map { Text("n\($0)") }))
    }
    let any = #expect(throws: InvalidQuestion.self) { try bounds(11, .any) }
    #expect(any?.message == "partitions into any sides are possible with at most 10 nodes, not 11")
    #expect(any?.fix == "restrict the sides with --split one or --split half")
    let half = #expect(throws: InvalidQuestion.self) { try bounds(40, .half) }
    #expect(half?.message == "40 nodes have more than 20000 halves")
    #expect(half?.fix == "restrict the sides with --split one")
    #expect(PossibleFaults(try bounds(10, .any)).count(of: .partition) == 511 * 3)
    #expect(PossibleFaults(try bounds(11, .one)).count(of: .partition) == 11 * 3)
    #expect(PossibleFaults(try bounds(6, .half)).count(of: .partition) == 10 * 3)
    #expect(PossibleFaults(try bounds(7, .half)).count(of: .partition) == 35 * 3)
    #expect(PossibleFaults(try bounds(11, .any, partitions: 0)).count(of: .partition) == 0)
  }

  @Test("refuse windows and lateness that are no number of rounds")
  func extents() {
    for budgets in [Budgets(window: 0), Budgets(window: -1), Budgets(late: 0), Budgets([.pause: -1])] {
      #expect(throws: InvalidQuestion.self) {
        try Bounds(eot: 4, eff: 3, budgets: budgets, nodes: Self.nodes("a"))
      }
    }
  }

  @Test("tell of a budget that no fault can use, and why")
  func idleBudgets() throws {
    func reasons(eot: Int, eff: Int, _ budgets: Budgets, _ nodes: String = "a,b") throws -> [String] {
      try Bounds(eot: eot, eff: eff, budgets: budgets, nodes: Self.nodes(nodes)).idleBudgets
        .map { "\($0.kind.meaning.budget): \($0.reason)" }
    }
    let all = Budgets([
      .delay: 1, .duplicate: 1, .pause: 1, .restart: 1, .partition: 1, .wipe: 1, .missing: 1,
    ])
    let noFacts = "missing: no relation that has facts before round 6 is declared as 'configuration'"
    #expect(try reasons(eot: 5, eff: 3, all) == [noFacts])
    #expect(
      try reasons(eot: 5, eff: 2, all) == [
        "delays: EFF is 2, and the smallest that admits one is 3",
        "duplicates: EFF is 2, and the smallest that admits one is 3",
        "restarts: EFF is 2, and the smallest that admits one is 3",
        "wipes: EFF is 2, and the smallest that admits one is 3", noFacts,
      ])
    #expect(
      try reasons(eot: 5, eff: 1, Budgets([.pause: 1, .partition: 2])) == [
        "pauses: EFF is 1, and the smallest that admits one is 2",
        "partitions: EFF is 1, and the smallest that admits one is 2",
      ])
    #expect(
      try reasons(eot: 5, eff: 4, Budgets([.partition: 1, .delay: 1, .pause: 1]), "a") == [
        "delays: there is one node only", "partitions: there is one node only",
      ])
    #expect(
      try reasons(
        eot: 5, eff: 4, Budgets([.pause: 1], spared: .init(nodes: [NodeID(0), NodeID(1)]))) == [
          "pauses: everything that it could strike is spared, or EOT is too small"
        ])
    #expect(try reasons(eot: 2, eff: 2, Budgets([.restart: 1])) == ["restarts: EOT is 2, which is too small"])
  }

  @Test("need an EFF for faults that pass")
  func needsEFF() throws {
    for kind in KindID.allIDs where kind != .omission {
      let bounds = try Bounds(eot: 7, eff: 0, budgets: Budgets([kind: 1]), nodes: Self.nodes("a,b"))
      if kind.meaning.isForGood {
        try bounds.checkEFF()
      } else {
        let error = #expect(throws: InvalidQuestion.self) { try bounds.checkEFF() }
        #expect(
          error?.message
            == "\(kind.meaning.budget) (1) need an EFF: the round before which such faults are over")
        #expect(error?.fix == "give it, as in --eff 4")
      }
    }
  }

  struct Sets: Sendable, CustomTestStringConvertible {
    let faults: [String]
    var objection: String?
    var testDescription: String { faults.joined(separator: ", ") }

    init(_ faults: String..., objection: String? = nil) {
      (self.faults, self.objection) = (faults, objection)
    }
  }

  private static func touching(_ first: String, _ second: String) -> Sets {
    Sets(
      first, second,
      objection: "'\(first)' and '\(second)' overlap or touch; a node must be well for a round between them")
  }

  private static func same(_ first: String, _ second: String) -> Sets {
    Sets(
      first, second,
      objection: "'\(first)' and '\(second)' change the same message; only one fault of a kind can")
  }

  private static func outside(_ fault: String, _ reason: String) -> Sets {
    Sets(fault, objection: "the fault '\(fault)' lies outside the bounds: \(reason)")
  }

  static let sets = [
    touching("crash a 3", "restart a 2 4"), touching("pause a 2 3", "restart a 3 4"),
    touching("crash a 3", "pause a 2 3"), touching("crash a 1", "wipe a 3 4"),
    touching("restart a 2 3", "wipe a 2 3"), touching("crash a 1", "crash a 4"),
    same("delay a b 1 1", "delay a b 1 2"), same("duplicate a b 2 1", "duplicate a b 2 2"),
    Sets("restart a 2 3", "pause a 4 5"), Sets("pause a 2 3", "crash a 4"),
    Sets("pause a 2 3", "pause b 2 3"),
    Sets("delay a b 1 1", "duplicate a b 1 1"), Sets("delay a b 1 1", "delay b a 1 1", "delay a b 2 1"),
    Sets("omit a b 1", "delay a b 1 1", "partition a 1 3"), Sets("partition a 1 2", "partition a 1 3"),
    Sets("pause a 1 2", "pause a 3 4", "pause b 1 3", objection: "more pauses than the bounds allow"),
    outside("pause a 1 4", "from round 1 on it takes at most 2 rounds"),
    outside("restart a 1 2", "with EOT 5 and EFF 5 it begins in a round from 2 to 4"),
    outside("pause a 5 6", "with EOT 5 and EFF 5 it begins in a round from 1 to 4"),
    outside("delay a b 4 1", "with EOT 5 and EFF 5 it begins in a round from 1 to 3"),
    outside("delay a b 1 3", "a message of round 1 comes at most 2 rounds late"),
    outside("crash c 2", "c is spared"),
    outside("omit b c 2", "b>c is spared"),
    Sets("partition c 1 2"), Sets("omit c b 2"), Sets("delay c b 2 2"),
  ]

  @Test("say why a set is not admissible", arguments: sets)
  func objections(_ row: Sets) throws {
    let nodes = Self.nodes("a,b,c")
    var most: [KindID: Int] = [:]
    for kind in KindID.allIDs where kind != .omission { most[kind] = 2 }
    most[.delay] = 3
    let spared = try Budgets.Spared(list: "c,b>c", nodes: nodes)
    let bounds = try Bounds(eot: 5, eff: 5, budgets: Budgets(most, spared: spared), nodes: nodes)
    let set = FaultSet(try row.faults.map { try Fault($0, nodes: nodes) })
    #expect(bounds.objection(to: set) == row.objection)
    #expect(bounds.admits(set) == (row.objection == nil))
  }

  @Test("admit exactly what the definition says")
  func admission() throws {
    let bounds = try Bounds(eot: 4, eff: 3, crashes: 1, nodes: Self.nodes("a,b"))
    let (a, b) = (NodeID(0), NodeID(1))
    let table: [([Fault], Bool)] = [
      ([], true),
      ([.omission(from: a, to: b, Round(1))], true),
      ([.omission(from: a, to: b, Round(2)), .omission(from: b, to: a, Round(2))], true),
      ([.omission(from: a, to: b, Round(3))], false),
      ([.omission(from: a, to: a, Round(1))], false),
      ([.crash(a, Round(3))], true),
      ([.crash(a, Round(4))], false),
      ([.crash(a, Round(1)), .crash(b, Round(1))], false),
      ([.crash(a, Round(1)), .crash(a, Round(2))], false),
    ]
    for (faults, isAdmissible) in table {
      #expect(bounds.admits(FaultSet(faults)) == isAdmissible, "\(faults)")
    }
  }
}

extension Substring {
  fileprivate func padding(to length: Int) -> String {
    self + String(repeating: "0", count: length - count)
  }
}
