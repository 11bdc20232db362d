// Lineage as a circuit (Deutch, Milo, Roy & Tannen, "Circuits for Datalog Provenance", ICDT 2014): one gate
// per distinct Boolean function of the faults, as far as cheap rules can tell two functions apart. The only
// operation is AND over any number of edges. An edge may negate, so OR is AND with all edges and the result
// negated.
//
// Invariants: gates are numbered so that children come before parents; gate 0 is the constant true; an AND
// has at least two children, ascending, without duplicates, constants or complements; no two gates are equal.
// So equal edges are equal functions, and whatever no fault can change is an edge of gate 0.

import Indices
import Scenarios

/// Names a gate of a circuit.
public struct GateID: DenseIndex {
  /// The number of the gate; children have smaller numbers than parents.
  public let rawValue: UInt32
  /// The gate with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A gate or its negation: `2 * gate + 1` when negated.
public struct Edge: DenseIndex {
  /// Twice the gate's number, plus 1 when negated.
  public let rawValue: UInt32
  /// The edge with this raw value.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// True under every fault set.
  public static let always = Edge(rawValue: 0)
  /// False under every fault set.
  public static let never = Edge(rawValue: 1)

  /// The gate that the edge leads to.
  public var gate: GateID { GateID(rawValue: rawValue >> 1) }
  /// Whether the gate's value is inverted.
  public var isNegated: Bool { rawValue & 1 == 1 }

  /// The negation of `edge`.
  public static prefix func ! (edge: Edge) -> Edge { Edge(rawValue: edge.rawValue ^ 1) }
}

/// A circuit over numbered inputs.
public struct Circuit: Sendable {
  /// What a gate computes.
  public enum Kind: Sendable {
    /// The constant true.
    case constant
    /// The input with this number.
    case input(Int)
    /// The conjunction of the edges with these raw values.
    case and(ArraySlice<UInt32>)
  }

  /// For each gate: no word for the constant, a mark and the input's number for an input, the children for an
  /// AND.
  private var gates = WordTable(capacity: 1024)
  private var scratch: [UInt32] = []
  private var sequence = WordBuffer()
  /// Whether a conjunction of an edge and its negation is the constant false. Where it is a gate of its own,
  /// what depends on inputs keeps its gates, even if it has the same value under all of them.
  var foldsContradictions = true

  private static let inputMark = UInt32.max

  /// A circuit that has only the constant.
  public init() { _ = gates.intern(WordBuffer()) }

  /// The number of gates, the constant and the inputs included.
  public var gateCount: Int { gates.count }

  /// What `gate` computes.
  public func kind(of gate: GateID) -> Kind {
    let words = gates[gate.rawValue]
    guard let first = words.first else { return .constant }
    return first == Self.inputMark ? .input(Int(words[words.startIndex + 1])) : .and(words)
  }

  /// The edge that is true where input `number` is.
  public mutating func input(_ number: Int) -> Edge {
    Edge(rawValue: gates.intern(WordBuffer([Self.inputMark, UInt32(number)])) << 1)
  }

  /// The edge that is true where all of `edges` are.
  public mutating func and(_ edges: [Edge]) -> Edge {
    scratch.removeAll(keepingCapacity: true)
    for edge in edges where edge != .always { scratch.append(edge.rawValue) }
    return conjunctionOfScratch()
  }

  /// The edge that is true where one of `edges` is.
  public mutating func or(_ edges: [Edge]) -> Edge {
    if edges.count == 1 { return edges[0] }
    scratch.removeAll(keepingCapacity: true)
    for edge in edges where edge != .never { scratch.append(edge.rawValue ^ 1) }
    return !conjunctionOfScratch()
  }

  /// The conjunction of the edges in `scratch`, none of which is `always`.
  private mutating func conjunctionOfScratch() -> Edge {
    if scratch.count > 1 { scratch.sort() }
    var kept = 0
    for word in scratch {
      if kept > 0, scratch[kept - 1] == word { continue }
      if foldsContradictions, kept > 0, scratch[kept - 1] == word ^ 1 { return .never }
      scratch[kept] = word
      kept += 1
    }
    scratch.removeSubrange(kept..<scratch.count)
    if scratch.isEmpty { return .always }
    if scratch[0] == Edge.never.rawValue { return .never }
    if scratch.count == 1 { return Edge(rawValue: scratch[0]) }
    sequence.begin(with: scratch[0])
    for word in scratch.dropFirst() { sequence.append(word) }
    return Edge(rawValue: gates.intern(sequence) << 1)
  }

  /// The value of every gate; `inputs` holds the values of the inputs by number.
  public func values(_ inputs: [Bool]) -> IndexedArray<GateID, Bool> {
    var values = IndexedArray<GateID, Bool>()
    values.reserveCapacity(gateCount)
    for number in 0..<gateCount {
      switch kind(of: GateID(number)) {
      case .constant: values.append(true)
      case .input(let input): values.append(inputs[input])
      case .and(let children):
        values.append(
          children.allSatisfy { word in
            let edge = Edge(rawValue: word)
            return values[edge.gate] != edge.isNegated
          })
      }
    }
    return values
  }
}

extension Circuit {
  /// The numbers of the inputs below `edges`, ascending.
  public func inputs(of edges: [Edge]) -> [Int] {
    var isBelow = Array(repeating: false, count: gateCount)
    for edge in edges { isBelow[edge.gate.position] = true }
    var inputs: [Int] = []
    for number in isBelow.indices.reversed() where isBelow[number] {
      switch kind(of: GateID(number)) {
      case .constant: break
      case .input(let input): inputs.append(input)
      case .and(let children): for word in children { isBelow[Int(word >> 1)] = true }
      }
    }
    return inputs.sorted()
  }
}

extension Circuit: TruthAlgebra {
  /// True in every run.
  @inlinable public static var always: Edge { .always }

  /// The input for `choice`.
  public mutating func truth(of choice: ChoiceID) -> Edge { input(choice.position) }

  /// The conjunction of `edges`.
  public mutating func all(_ edges: [Edge]) -> Edge { and(edges) }

  /// The negation of `edge`.
  public static func not(_ edge: Edge) -> Edge { !edge }
}
