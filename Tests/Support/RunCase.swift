import Dedalus
public import ReferenceEvaluator
import Texts

/// One run of a random program, which can be cut down.
public struct RunCase: Sendable {
  /// The program.
  public var source: SourceProgram
  /// The nodes, sorted.
  public var nodes: [Text]
  /// The last round.
  public var eot: Int
  /// What a crash does.
  public var crashView: ReferenceCrashView
  /// What goes wrong.
  public var faults: [ReferenceFault]
  /// What is chosen.
  public var inputs: [ReferenceFact]

  /// A run of `generated` under `faults` and `inputs`.
  public init(
    _ generated: GeneratedProgram, crashView: ReferenceCrashView, faults: [ReferenceFault],
    inputs: [ReferenceFact] = []
  ) {
    self.inputs = inputs
    source = generated.source
    nodes = generated.nodes
    eot = generated.eot
    self.crashView = crashView
    self.faults = faults
  }

  /// Cases with less of a program, fewer faults, or fewer rounds.
  public var simplifications: [RunCase] {
    var simpler = source.simplifications.map { source in
      var copy = self
      copy.source = source
      return copy
    }
    for position in faults.indices {
      var copy = self
      copy.faults.remove(at: position)
      simpler.append(copy)
    }
    for position in inputs.indices {
      var copy = self
      copy.inputs.remove(at: position)
      simpler.append(copy)
    }
    if eot > 1 {
      var copy = self
      copy.eot -= 1
      simpler.append(copy)
    }
    return simpler
  }
}

extension RunCase: CustomStringConvertible {
  /// All that is needed to run it by hand.
  public var description: String {
    let names = nodes.map(\.string).joined(separator: ",")
    return "\(source.text)// eot \(eot), nodes \(names), \(crashView), faults \(faults), inputs \(inputs)"
  }
}
