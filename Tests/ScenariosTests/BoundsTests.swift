import BigInt
import Dedalus
import Evaluation
import Scenarios
import Testing
import Texts

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

  @Test("admit exactly what the definition says")
  func admission() throws {
    let bounds = try Bounds(eot: 4, eff: 3, crashes: 1, nodes: Self.nodes("a,b"))
    let (a, b) = (NodeID(0), NodeID(1))
    let table: [([Fault], Bool)] = [
      ([], true),
      ([.omission(from: a, to: b, Round(1))], true),
      ([.omission(from: a, to: b, Round(2)), .omission(from: b, to: a, Round(2))], true),
      ([.omission(from: a, to: b, Round(3))], false),
      ([.omission(from: a, to: b, Round(0))], false),
      ([.omission(from: a, to: a, Round(1))], false),
      ([.crash(a, Round(3))], true),
      ([.crash(a, Round(4))], false),
      ([.crash(a, Round(0))], false),
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
