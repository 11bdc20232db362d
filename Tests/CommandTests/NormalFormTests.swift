import Foundation
import Testing

// "é" is written in two ways, as one scalar and as two. In Dedalus they are two strings, and here they are
// two nodes. Every expectation goes by bytes, because `==` on strings does not.

@Suite("Names that differ in normal form only are two nodes, from the call to the store")
struct NormalFormTests {
  private static let one = "\u{E9}"
  private static let two = "e\u{301}"
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "p.ded": """
      has("\(Self.one)", "\(Self.two)")@1;
      has("\(Self.two)", "\(Self.one)")@1;
      got(Y, X)@async :- has(X, Y);
      got(X, Y)@next :- got(X, Y);
      pre(X, Y) :- has(X, Y)@1;
      post(X, Y) :- got(Y, X), has(X, Y)@1;
      """
    ])
  }

  private func isEqual(_ first: String, _ second: String) -> Bool { Data(first.utf8) == Data(second.utf8) }

  private func contains(_ text: String, _ part: String) -> Bool {
    Data(text.utf8).range(of: Data(part.utf8)) != nil
  }

  @Test("run takes a message between them away, in either direction")
  func run() throws {
    for (from, to) in [(Self.one, Self.two), (Self.two, Self.one)] {
      let outcome = try here.faultline("run", "p.ded", "--eot", "3", "--fault", "omit \(from) \(to) 1")
      #expect(outcome.status == 1)
      #expect(contains(outcome.output, "  \(from) -> \(to)  got(\"\(to)\", \"\(from)\")  LOST: omission\n"))
      #expect(contains(outcome.output, "  \(to) -> \(from)  got(\"\(from)\", \"\(to)\")\n"))
      #expect(
        contains(
          outcome.output,
          "in round 3 pre(\"\(from)\", \"\(to)\") holds and post(\"\(from)\", \"\(to)\") does not"))
    }
    let same = try here.faultline("run", "p.ded", "--eot", "3", "--fault", "omit \(Self.one) \(Self.one) 1")
    #expect(same.status == 2)
  }

  @Test("check finds both losses; files, replay, graph, story and store keep them apart")
  func wholeWay() throws {
    #expect(try here.shell("mkdir -p out").status == 0)
    let check = try here.faultline(
      "check", "p.ded", "--eot", "3", "--eff", "2", "--all", "--save", "out", "--store", "s.sqlite", "--json",
      "--nodes", "\(Self.two), \(Self.one)")
    #expect(check.status == 1)
    let sets = try #require(try json(check.output)["counterexamples"] as? [[String: Any]])
    let faults = sets.compactMap { ($0["faults"] as? [[String: Any]])?.first }
    let names = faults.map { "\($0["from"] ?? "") \($0["to"] ?? "")" }
    #expect(names.count == 2)
    #expect(isEqual(names.joined(separator: ";"), "\(Self.two) \(Self.one);\(Self.one) \(Self.two)"))

    #expect(try here.faultline("replay", "out", "--expect", "broken").status == 0)
    let graph = try here.shell(
      "for f in out/*.cex.json; do $FAULTLINE graph $f --focus 'got(\"\(Self.two)\", _)' >dot 2>&1 && echo drawn; done; "
        + "cat out/*.txt")
    #expect(graph.output.hasPrefix("drawn\n1 fault breaks"), "only one of them is about that row")
    #expect(contains(graph.output, "what \(Self.two) sends to \(Self.one) in round 1 is lost"))
    #expect(contains(graph.output, "what \(Self.one) sends to \(Self.two) in round 1 is lost"))
    let rows = try here.faultline(
      "graph", "p.ded", "--eot", "3", "--row", "got(\"\(Self.two)\", \"\(Self.one)\")")
    #expect(rows.status == 0 && contains(rows.output, "got(\\\"\(Self.two)\\\", \\\"\(Self.one)\\\")"))

    let report = try here.faultline("report", "s.sqlite", "-o", "page.html")
    #expect(report.status == 0)
    let again = try here.faultline("graph", "--store", "s.sqlite", "--run", "1", "--space-time")
    #expect(
      contains(again.output, "label=\"\(Self.one)\"") && contains(again.output, "label=\"\(Self.two)\""))
  }

  @Test("a certificate about them is valid")
  func certificate() throws {
    #expect(try here.shell("mkdir -p proof").status == 0)
    let check = try here.faultline(
      "check", "p.ded", "--eot", "3", "--eff", "2", "--certificate", "proof")
    #expect(check.status == 1)
    #expect(try here.faultline("verify", "proof").status == 0)
  }

  @Test("files whose names differ so are two files")
  func files() throws {
    try here.write(
      "\(Self.one).ded", Data("include \"\(Self.two).ded\"; q(X) :- p(X); post(X) :- q(X);".utf8))
    try here.write("\(Self.two).ded", Data("p(\"a\")@1; p(X)@next :- p(X);".utf8))
    #expect(try here.faultline("check", "\(Self.one).ded", "--eot", "2").status == 0)
    let outcome = try here.faultline(
      "graph", "\(Self.one).ded", "--eot", "2", "--row", "post(\"a\")", "--rule", "\(Self.two).ded:1")
    #expect(outcome.status == 0)
    let wrong = try here.faultline(
      "graph", "\(Self.one).ded", "--eot", "2", "--row", "post(\"a\")", "--rule", "\(Self.two)x.ded:1")
    #expect(wrong.status == 2)
  }
}
