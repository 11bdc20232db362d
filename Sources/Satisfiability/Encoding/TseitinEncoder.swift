// Each gate becomes a variable, tied to its children by clauses (Tseitin, 1968); of these only what the use
// of the gate needs is added (Plaisted & Greenbaum, "A Structure-Preserving Clause Form Translation", JSC
// 1986): a gate that only has to *force* its children gets one direction, a gate that only has to be *forced*
// the other.

/// Translates the gates of a circuit into clauses as they are asked for, each at most once.
public struct TseitinEncoder: Sendable {
  /// Which implications between the literal and its edge are needed.
  public struct Polarity: OptionSet, Sendable {
    /// One bit per direction.
    public let rawValue: UInt8
    /// The set with these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The edge is true where the literal is: enough to assert the literal.
    public static let positive = Polarity(rawValue: 1)
    /// The edge is false where the literal is: enough to deny the literal.
    public static let negative = Polarity(rawValue: 2)
    /// The literal and the edge are equal.
    public static let both: Polarity = [.positive, .negative]

    /// The polarity of the edge below an inverter.
    fileprivate var inverted: Polarity { Polarity(rawValue: rawValue >> 1 | (rawValue & 1) << 1) }
  }

  /// For each node: its literal plus one, or 0 where it has none yet.
  private var literals: [UInt32] = []
  /// For each node: the directions whose clauses exist or are on the work list.
  private var encoded: [Polarity] = []
  private var inputs: [Int: Variable] = [:]
  private var pending: [(node: Int, polarity: Polarity)] = []
  private var clause: [Literal] = []

  /// An encoder that has not encoded anything.
  public init() {}

  /// Lets `variable` stand for the input with number `number`, before anything that reads it is encoded.
  public mutating func bind(input number: Int, to variable: Variable) {
    precondition(inputs[number] == nil, "an input is bound once")
    inputs[number] = variable
  }

  /// The variable that stands for the input with number `number`; created if there is none yet.
  public mutating func variable(
    ofInput number: Int, in receiver: inout some ClauseReceiver & ~Copyable
  ) -> Variable {
    if let variable = inputs[number] { return variable }
    let variable = receiver.newVariable()
    inputs[number] = variable
    return variable
  }

  /// The variable that stands for the input with number `number`; nil where nothing encoded so far reads it
  /// and it was not bound.
  public func variable(ofInput number: Int) -> Variable? { inputs[number] }

  /// The literal of `edge`, where both directions tie it to its inputs; nil where not.
  public func literal(of edge: UInt32) -> Literal? {
    let node = Int(edge >> 1)
    guard node < literals.count, literals[node] != 0, encoded[node] == .both else { return nil }
    return Literal(rawValue: (literals[node] - 1) ^ (edge & 1))
  }

  /// Whether all clauses exist on which the returned literals depend: no call of `encode` was stopped, or a
  /// later one completed its work.
  public var isComplete: Bool { pending.isEmpty }

  /// The literal of `edge`, tied to it in the directions of `polarity`.
  ///
  /// `shouldStop` is polled every few thousand gates; where it stops the work, `isComplete` is false.
  public mutating func encode<Graph: AndInverterGraph>(
    _ edge: UInt32, _ polarity: Polarity, of graph: Graph, in receiver: inout some ClauseReceiver & ~Copyable,
    shouldStop: () -> Bool = { false }
  ) -> Literal {
    let literal = demand(edge, polarity, of: graph, in: &receiver)
    var visited = 0
    while let next = pending.popLast() {
      visited += 1
      if visited % 4096 == 0, shouldStop() {
        pending.append(next)
        break
      }
      guard case .and(let children) = graph.kind(of: next.node) else { continue }
      let gate = Literal(rawValue: literals[next.node] - 1)
      if next.polarity.contains(.positive) {
        for child in children {
          receiver.add([!gate, demand(child, .positive, of: graph, in: &receiver)])
        }
      }
      if next.polarity.contains(.negative) {
        clause.removeAll(keepingCapacity: true)
        clause.append(gate)
        for child in children { clause.append(!demand(child, .negative, of: graph, in: &receiver)) }
        receiver.add(clause)
      }
    }
    return literal
  }

  /// The literal of `edge`; adds to the work list what its gate still lacks.
  private mutating func demand<Graph: AndInverterGraph>(
    _ edge: UInt32, _ polarity: Polarity, of graph: Graph, in receiver: inout some ClauseReceiver & ~Copyable
  ) -> Literal {
    let node = Int(edge >> 1)
    let isInverted = edge & 1 == 1
    if node >= literals.count { extend(toHold: node) }
    if literals[node] == 0 { makeLiteral(of: node, as: graph.kind(of: node), in: &receiver) }
    let wanted = isInverted ? polarity.inverted : polarity
    let missing = wanted.subtracting(encoded[node])
    if !missing.isEmpty {
      encoded[node].formUnion(missing)
      pending.append((node, missing))
    }
    return Literal(rawValue: (literals[node] - 1) ^ (isInverted ? 1 : 0))
  }

  private mutating func makeLiteral(
    of node: Int, as kind: AndInverterNode, in receiver: inout some ClauseReceiver & ~Copyable
  ) {
    let literal: Literal
    switch kind {
    case .input(let number):
      literal = variable(ofInput: number, in: &receiver).positive
      encoded[node] = .both
    case .constantTrue:
      literal = receiver.newVariable().positive
      receiver.add([literal])
      encoded[node] = .both
    case .and:
      literal = receiver.newVariable().positive
    }
    literals[node] = literal.rawValue + 1
  }

  private mutating func extend(toHold node: Int) {
    let extra = max(node + 1, literals.count * 2) - literals.count
    literals.append(contentsOf: repeatElement(0, count: extra))
    encoded.append(contentsOf: repeatElement([], count: extra))
  }
}
