import Indices

/// The faults that a circuit has inputs for, numbered in their canonical order.
public struct PossibleFaults: Hashable, Sendable {
  /// Crashes are possible in rounds 1 … this one; 0 where none is.
  public let lastCrashRound: Int
  /// Omissions are possible in rounds 1 … this one; 0 where none is.
  public let lastOmissionRound: Int
  private let nodeCount: Int

  /// The faults of an analysis: crashes before EOT where any is allowed, omissions before EFF.
  public init(_ setting: Setting, eff: Int, crashes: Int) {
    nodeCount = setting.nodes.count
    lastCrashRound = crashes > 0 ? setting.eot.position - 1 : 0
    lastOmissionRound = Swift.min(max(0, eff - 1), setting.eot.position - 1)
  }

  /// One more than the largest number.
  public var inputCount: Int { nodeCount * lastCrashRound + nodeCount * nodeCount * lastOmissionRound }

  /// The number of `fault`; nil where it is not possible.
  public func input(of fault: Fault) -> Int? {
    let round = fault.round.position
    switch fault {
    case .crash(let node, _):
      guard round >= 1, round <= lastCrashRound else { return nil }
      return (round - 1) * nodeCount + node.position
    case .omission(let sender, let receiver, _):
      guard round >= 1, round <= lastOmissionRound, sender != receiver else { return nil }
      let link = sender.position * nodeCount + receiver.position
      return nodeCount * lastCrashRound + (round - 1) * nodeCount * nodeCount + link
    }
  }

  /// The fault numbered `input`, which has one.
  public func fault(_ input: Int) -> Fault {
    let crashes = nodeCount * lastCrashRound
    if input < crashes { return .crash(NodeID(input % nodeCount), Round(input / nodeCount + 1)) }
    let (round, link) = (input - crashes).quotientAndRemainder(dividingBy: nodeCount * nodeCount)
    return .omission(from: NodeID(link / nodeCount), to: NodeID(link % nodeCount), Round(round + 1))
  }

  /// The values of the inputs under `faults`, all of which must be possible.
  public func inputs(under faults: FaultSet) -> [Bool] {
    var inputs = Array(repeating: false, count: inputCount)
    for fault in faults.faults {
      guard let input = input(of: fault) else { preconditionFailure("the circuit has no input for \(fault)") }
      inputs[input] = true
    }
    return inputs
  }
}
