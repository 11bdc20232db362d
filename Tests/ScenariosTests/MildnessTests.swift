// Which fault does less than which: what a list of sets says once is decided by it.

import Dedalus
import Testing

@testable import Scenarios

@Suite("Milder faults")
struct MildnessTests {
  private static let nodes = Nodes(["a", "b", "c"])

  private static func fault(_ text: String) throws -> Fault { try Fault(text, nodes: nodes) }

  private static func set(_ list: String) throws -> FaultSet {
    FaultSet(try list.split(separator: ",").map { try fault(String($0)) })
  }

  @Test(
    "each fault of a chain is milder than all after it, in both views of a crash",
    arguments: [
      ["delay a b 1 1", "delay a b 1 2", "omit a b 1", "partition a 1 2", "partition a 1 3"],
      ["omit a b 2", "crash a 2", "crash a 1"],
      ["duplicate a b 1 1", "duplicate a b 1 2"],
      ["pause a 2 3", "restart a 2 3", "wipe a 2 3", "wipe a 2 4"],
      ["pause b 3 4", "pause b 2 4", "pause b 2 5"],
      ["restart c 3 4", "restart c 2 4"],
      ["partition b 2 3", "partition b 1 3"],
    ], CrashView.allCases)
  func chain(texts: [String], view: CrashView) throws {
    let faults = try texts.map(Self.fault)
    for (place, fault) in faults.enumerated() {
      for (other, harsher) in faults.enumerated() {
        #expect(fault.isMilder(than: harsher, view) == (place < other), "\(texts[place]), \(texts[other])")
      }
    }
  }

  @Test(
    "faults of which each does something that the other does not are not compared",
    arguments: [
      ("omit a b 1", "omit a c 1"), ("omit a b 1", "omit b a 1"), ("omit a b 1", "omit a b 2"),
      ("omit a b 1", "crash a 2"), ("omit a b 1", "crash b 1"), ("omit b c 1", "partition a 1 2"),
      ("delay a b 1 2", "delay a b 2 1"), ("delay a b 1 1", "duplicate a b 1 2"),
      ("duplicate a b 1 1", "omit a b 1"), ("pause a 1 3", "pause a 2 4"), ("pause a 2 4", "restart a 2 3"),
      ("pause a 2 3", "pause b 2 3"), ("partition a 1 3", "partition b 1 3"),
      ("wipe a 2 3", "partition a 2 3"),
    ])
  func apart(one: String, other: String) throws {
    let (left, right) = (try Self.fault(one), try Self.fault(other))
    for view in CrashView.allCases {
      #expect(!left.isMilder(than: right, view) && !right.isMilder(than: left, view), "\(view)")
    }
  }

  @Test("a node that goes on computing after its crash has not stopped; one that stops has")
  func views() throws {
    let (pause, crash) = (try Self.fault("pause a 2 3"), try Self.fault("crash a 2"))
    let partition = try Self.fault("partition a 2 3")
    for view in CrashView.allCases {
      #expect(!crash.isMilder(than: pause, view) && !crash.isMilder(than: partition, view))
    }
    #expect(!pause.isMilder(than: crash, .silent))
  }

  @Test("milder than is an order: nothing is milder than itself, nor than what is milder than it")
  func order() throws {
    let texts = [
      "crash a 1", "crash a 2", "crash b 2", "omit a b 1", "omit a b 2", "omit b a 2", "delay a b 1 1",
      "delay a b 1 2", "delay b a 2 1", "duplicate a b 1 1", "duplicate a b 1 2", "pause a 1 2",
      "pause a 1 3",
      "pause a 2 3", "restart a 2 3", "restart a 2 4", "restart a 3 4", "wipe a 2 3", "wipe a 2 4",
      "partition a 1 2", "partition a 1 3", "partition b 1 2", "partition b 1 3", "partition c 2 3",
    ]
    let faults = try texts.map(Self.fault)
    for view in CrashView.allCases {
      let milder = faults.map { fault in faults.map { fault.isMilder(than: $0, view) } }
      for one in faults.indices {
        #expect(!milder[one][one])
        for other in faults.indices where milder[one][other] {
          #expect(!milder[other][one], "\(texts[one]), \(texts[other])")
          for third in faults.indices where milder[other][third] {
            #expect(milder[one][third], "\(texts[one]), \(texts[other]), \(texts[third]), \(view)")
          }
        }
      }
    }
  }

  @Test(
    "sets of one size are paired fault by fault, in whatever order they stand",
    arguments: [
      ("omit a b 1", "crash a 1", true), ("crash a 1", "omit a b 1", false),
      ("omit a b 1", "omit a b 1", false),
      ("omit a b 1,omit b a 1", "crash a 1,crash b 1", true),
      ("omit a b 1,crash b 1", "omit b c 1,crash a 1", false),
      ("omit a b 1,omit c b 1", "omit a b 1,crash c 1", true),
      ("omit a b 1,omit a c 1", "crash a 1", false), ("omit a b 1,omit a c 1", "crash a 1,omit b c 1", false),
      ("delay a b 1 1,omit a c 1", "omit a b 1,omit a c 1", true),
      ("delay a b 1 1,omit a c 1", "omit a b 1,delay a c 1 1", false),
      // The first partner that fits `omit a b 1` is the only one that fits the other.
      ("omit a b 1,omit a c 1", "crash a 1,partition b 1 2", true),
    ])
  func sets(left: String, right: String, isMilder: Bool) throws {
    #expect(try Self.set(left).isMilder(than: Self.set(right), .silent) == isMilder)
  }

  @Test("the empty set is milder than none, and none is milder than it")
  func nothing() throws {
    let one = try Self.set("crash a 1")
    #expect(!FaultSet.none.isMilder(than: .none, .silent) && !FaultSet.none.isMilder(than: one, .silent))
    #expect(!one.isMilder(than: .none, .silent))
  }
}
