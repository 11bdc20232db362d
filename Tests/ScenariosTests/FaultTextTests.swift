import Dedalus
import Evaluation
import Testing

@testable import Scenarios
@testable import Texts

@Suite("Faults and nodes as text")
struct FaultTextTests {
  private let nodes = Nodes(["C", "a", "b c"])

  @Test(
    "a fault is read as it is written",
    arguments: ["crash a 3", "crash \"b c\" 1", "omit C a 12", "omit \"b c\" C 1"])
  func roundTrip(text: String) throws {
    #expect(try Fault(text, nodes: nodes).text(nodes) == text)
    #expect(
      try Fault("  " + text.replacing(" ", with: "  ", maxReplacements: 1) + "\t", nodes: nodes).text(nodes)
        == text)
  }

  @Test("names that differ in normal form only are two nodes")
  func normalForms() throws {
    let nodes = try Nodes(list: "caf\u{E9},cafe\u{301}")
    #expect(nodes.count == 2)
    let fault = try Fault("omit cafe\u{301} caf\u{E9} 1", nodes: nodes)
    #expect(
      fault == .omission(from: NodeID(1), to: NodeID(0), Round(1))
        || fault == .omission(from: NodeID(0), to: NodeID(1), Round(1)))
    #expect(Text(fault.text(nodes)) == Text("omit cafe\u{301} caf\u{E9} 1"))
  }

  @Test(
    "blanks around a name are none of it, unless they are quoted",
    arguments: [
      ("L, S", ["L", "S"]), (" a ,\tb ", ["a", "b"]), ("a b, c", ["a b", "c"]), ("\" a\",b", [" a", "b"]),
      ("a \"b, c\" d", ["a b, c d"]), ("\u{A0}é ", ["é"]),
    ])
  func blanks(list: String, names: [Text]) throws {
    let nodes = try Nodes(list: list)
    #expect(nodes == Nodes(names))
    #expect(try Nodes(list: nodes.list) == nodes)
  }

  @Test(
    "what is no fault says why",
    arguments: [
      ("", "'' is no fault"),
      ("omit a C", "'omit a C' is no fault"),
      ("crash a 3 4", "'crash a 3 4' is no fault"),
      ("lose a C 1", "'lose a C 1' is no fault"),
      ("omit a a 1", "in 'omit a a 1': a message to oneself always arrives in the next round"),
      ("crash q 1", "there is no node 'q'"),
      (
        "restart a 3 3",
        "in 'restart a 3 3': it ends before round 3, so it must begin in an earlier round than 3"
      ),
      (
        "pause a 3 2", "in 'pause a 3 2': it ends before round 2, so it must begin in an earlier round than 3"
      ),
      (
        "delay a C 1 0",
        "in 'delay a C 1 0': '0' is no number of rounds; a message comes at least 1 round late"
      ),
      ("delay a C 1", "'delay a C 1' is no fault"), ("wipe a 2", "'wipe a 2' is no fault"),
      ("delay a a 1 1", "in 'delay a a 1 1': a message to oneself always arrives in the next round"),
      ("partition C,a,\"b c\" 1 2", "in 'partition C,a,\"b c\" 1 2': a side does not hold all the nodes"),
      ("partition q 1 2", "there is no node 'q'"),
      ("missing p(1)", "'p(1)' is no fact"),
      (
        "missing \"p(\\\"a\\\")@1\"",
        "'p(\"a\")@1' is no fact of a relation that the program declares as 'configuration'"
      ),
      ("crash a 0", "in 'crash a 0': '0' is no round; the first round is 1"),
      ("crash a one", "in 'crash a one': 'one' is no round; the first round is 1"),
      ("crash \"b c 1", "in 'crash \"b c 1': a quote is not closed"),
      ("crash a\u{1B}[31m 1", "there is no node 'a\\u{1B}[31m'"),
    ])
  func refused(text: String, message: String) {
    let error = #expect(throws: InvalidQuestion.self) { try Fault(text, nodes: nodes) }
    #expect(error?.message == message)
  }

  @Test(
    "a list of nodes is sorted by bytes",
    arguments: [("a,b,C", ["C", "a", "b"]), ("\"b c\",a", ["a", "b c"])])
  func nodeList(list: String, names: [String]) throws {
    #expect(try Nodes(list: list).names.map(\.string) == names)
  }

  @Test(
    "a list of nodes without sense is refused",
    arguments: [
      ("", "a name in the list of nodes is empty"),
      ("a,,b", "a name in the list of nodes is empty"),
      ("a,b,a", "the node 'a' is named twice"),
      ("a,\"b", "a quote in the list of nodes is not closed"),
      ("a\nb", "the node name 'a\\u{A}b' holds a character that cannot be shown"),
      ("a\u{202E}b", "the node name 'a\\u{202E}b' holds a character that cannot be shown"),
      (String(repeating: "x", count: 257), "a node's name is longer than 256 bytes"),
    ])
  func refusedNodeList(list: String, message: String) {
    let error = #expect(throws: InvalidQuestion.self) { try Nodes(list: list) }
    #expect(error?.message == message)
  }

  @Test("names that differ in bytes only are different nodes")
  func canonicalEquivalence() throws {
    #expect(try Nodes(list: "e\u{301},\u{E9}").count == 2)
  }
}
