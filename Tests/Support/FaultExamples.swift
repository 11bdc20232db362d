/// A program, faults as one writes them in a call, and exactly which rows one of its relations then has.
public struct FaultExample: Sendable {
  /// What it shows.
  public let name: String
  /// The program.
  public let program: String
  /// The nodes, sorted.
  public let nodes: [String]
  /// The last round, which is EFF too.
  public let eot: Int
  /// What goes wrong.
  public let faults: [String]
  /// The relation that is looked at.
  public let relation: String
  /// Its rows, each as `round: value value …`, by rounds and then values.
  public let rows: [String]

  private init(
    _ name: String, _ program: String, nodes: [String] = ["a", "b"], eot: Int = 4, _ faults: [String],
    _ relation: String, _ rows: [String]
  ) {
    (self.name, self.program, self.nodes, self.eot) = (name, program, nodes, eot)
    (self.faults, self.relation, self.rows) = (faults, relation, rows)
  }

  /// All examples.
  public static let all = messages + standstills + clocks + partitions + derived
}

extension FaultExample {
  private static let sending = #"x("a", 1)@1; y("b", X)@async :- x("a", X);"#

  private static func sent(_ faults: [String], in rounds: [Int]) -> FaultExample {
    FaultExample(
      "what a sends b under \(faults)", sending, faults, "y", rounds.map { "\($0): b 1" })
  }

  private static let messages = [
    sent([], in: [2]), sent(["delay a b 1 1"], in: [3]), sent(["delay a b 1 2"], in: [4]),
    sent(["duplicate a b 1 1"], in: [2, 3]), sent(["delay a b 1 1", "duplicate a b 1 2"], in: [3, 4]),
    sent(["delay a b 1 1", "duplicate a b 1 1"], in: [3]), sent(["omit a b 1", "duplicate a b 1 1"], in: []),
    sent(["restart b 2 3"], in: []), sent(["restart b 2 3", "delay a b 1 1"], in: [3]),
    sent(["restart b 2 3", "duplicate a b 1 1"], in: [3]),
    sent(["partition a 1 2", "delay a b 1 1"], in: []),
    sent(["wipe b 2 4", "delay a b 1 2"], in: [4]), sent(["delay a b 1 1", "pause b 3 4"], in: [3, 4]),
  ]

  private static let kept = #"x("a")@1; k(N, 1)@next :- x(N); k(N, V)@next :- k(N, V);"#
  private static let code = #"c("a", "b")@1; c(N, M)@next :- c(N, M); x(N) :- c(N, _);"#

  private static func memory(_ program: String, _ faults: [String], in rounds: ClosedRange<Int>)
    -> FaultExample
  {
    FaultExample(
      "\(program) under \(faults)", program, eot: 5, faults, "k", rounds.map { "\($0): a 1" })
  }

  private static func configured(_ faults: [String]) -> FaultExample {
    FaultExample("what is static under \(faults)", code, eot: 5, faults, "c", (1...5).map { "\($0): a b" })
  }

  private static let standstills = [
    memory(kept, ["restart a 3 4"], in: 2...3), memory("durable k; " + kept, ["restart a 3 4"], in: 2...5),
    memory("durable k; " + kept, ["wipe a 3 4"], in: 2...3), memory(kept, ["wipe a 3 4"], in: 2...3),
    memory(kept, ["pause a 3 4"], in: 2...5), memory("durable k; " + kept, ["pause a 3 4"], in: 2...5),
    memory("durable k; " + kept, ["pause a 1 2", "restart a 3 5"], in: 3...5),
    configured(["restart a 3 4"]), configured(["wipe a 3 4"]), configured(["wipe a 2 4"]),
    FaultExample(
      "a paused clock stands still", #"c("a", 0)@1; c(N, T + 1)@next :- c(N, T);"#, ["pause a 2 3"], "c",
      ["1: a 0", "2: a 1", "3: a 1", "4: a 2"]),
    FaultExample(
      "no fact at a node that is down", #"x("b", 1)@2; x("a", V)@next :- x("b", V);"#, ["restart b 2 3"], "x",
      []),
    FaultExample(
      "a fact at a paused node waits", #"x("b", 1)@2; y("a", V)@next :- x("b", V);"#, ["pause b 2 3"], "x",
      ["2: b 1", "3: b 1"]),
    FaultExample(
      "a fact that is missing", #"configuration x; x("b", 1)@1; x("b", 1)@2; x("b", 2)@1; y(N) :- x(N, _);"#,
      [#"missing "x(\"b\", 1)@1""#], "x", ["1: b 2", "2: b 1"]),
  ]

  private static let waiting =
    #"m("b", 1)@async :- x("a", 1); x("a", 1)@1; r(N, V) :- m(N, V);"#
  private static let ticking =
    #"s("a", 0)@1; s(N, T + 1)@next :- s(N, T); m("b", T)@async :- s("a", T);"#

  private static let clocks = [
    FaultExample(
      "a message waits for a paused node", waiting, ["pause b 2 4"], "m", ["2: b 1", "3: b 1", "4: b 1"]),
    FaultExample("and is read when the node acts", waiting, ["pause b 2 4"], "r", ["4: b 1"]),
    FaultExample("a node that is down misses it", waiting, ["restart b 2 3"], "m", []),
    FaultExample(
      "a node that is down misses all that comes", ticking, eot: 5, ["restart b 2 4"], "m",
      ["4: b 2", "5: b 3"]),
    FaultExample(
      "a paused node finds all that came", ticking, eot: 5, ["pause b 2 4"], "m",
      ["2: b 0", "3: b 0", "3: b 1", "4: b 0", "4: b 1", "4: b 2", "5: b 3"]),
  ]

  private static let greeting = #"x(N)@next :- x(N); x("a")@1; x("b")@1; m(Any, N)@async :- x(N), N != Any;"#

  private static let partitions = [
    FaultExample(
      "a partition cuts both ways, in its rounds", greeting, ["partition a 1 3"], "m", ["4: a b", "4: b a"]),
    FaultExample(
      "either side names it", greeting, ["partition b 2 3"], "m",
      ["2: a b", "2: b a", "4: a b", "4: b a"]),
    FaultExample(
      "nodes on one side talk on", #"x("a")@1; x("c")@1; m(Any, N)@async :- x(N), N != Any;"#,
      nodes: ["a", "b", "c", "d"], ["partition c,d 1 2"], "m", ["2: b a", "2: d c"]),
    FaultExample(
      "rules at no node send no messages of a node",
      #"x("a", 1)@1; far("b", V)@next :- x("a", V); m("b", V)@async :- x(_, V);"#, ["partition a 1 2"], "m",
      ["2: b 1"]),
    FaultExample(
      "but a node that is down gets none of them",
      #"x("a", 1)@1; far("b", V)@next :- x("a", V); m("b", V)@async :- x(_, V);"#, ["restart b 2 3"], "m",
      []),
    FaultExample(
      "and what 'next' derives elsewhere is no message",
      #"x("a", 1)@1; far("b", V)@next :- x("a", V); m("b", V)@async :- x(_, V);"#, ["restart b 2 3"], "far",
      ["2: b 1"]),
  ]

  private static let reading = #"k("a", 1)@1; k(N, V)@next :- k(N, V); "#

  /// In round 2 neither node acts, in round 3 only a does.
  private static let everywhere = [1, 4, 5].flatMap { round in
    ["a a 2 3", "a b 2 4", "b a 2 3", "b b 2 4"].map { "\(round): \($0)" }
  }

  private static let derived = [
    FaultExample(
      "what is derived does not stay", #"x("b", 1)@2; d("a", V) :- x(_, V);"#, ["pause a 2 4"], "d",
      ["2: a 1"]),
    FaultExample(
      "nor does what the world states", "t(N, R, E) :- time(_, _, _), time(N, R, E);", ["pause a 2 4"], "t",
      (1...4).flatMap { round in ["a", "b"].map { "\(round): \($0) \(round) 4" } }),
    FaultExample(
      "outages and pauses are stated at every node in every round",
      "t(N, M, R, U) :- time(N, _, _), outage(N, M, R, U); t(N, M, R, U) :- time(N, _, _), pause(N, M, R, U);",
      eot: 5, ["restart a 2 3", "pause b 2 4"], "t",
      ["3: a a 2 3", "3: a b 2 4"].reduce(into: everywhere) { $0.append($1) }.sorted()),
    FaultExample(
      "a paused node derives nothing", reading + "d(N, V) :- k(N, V);", ["pause a 2 3"], "d",
      ["1: a 1", "3: a 1", "4: a 1"]),
    FaultExample(
      "a specification at no node does", reading + "d(N, V) :- time(_, _, _), k(N, V);", ["pause a 2 3"], "d",
      (1...4).map { "\($0): a 1" }),
    FaultExample(
      "what the node keeps is there", reading + "d(N, V) :- k(N, V);", ["pause a 2 3"], "k",
      (1...4).map { "\($0): a 1" }),
  ]
}
