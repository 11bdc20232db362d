// A tuple is a sequence of 32-bit symbols, so values are equal exactly when their words are. The top bit
// tells two kinds apart. With it, the other 31 bits are an integer between -2^30 and 2^30 - 1, offset to be
// non-negative. Without it, they number a constant of the pool: a string, or an integer outside that range.
// Each value has exactly one symbol. Node names are interned first: the symbol of node n is n, and "is it a
// node" is one comparison.

import Dedalus
import Indices
import Scenarios

/// A constant, as a word.
public struct Symbol: DenseIndex {
  /// An inlined integer or a number in the pool; the top bit says which.
  public let rawValue: UInt32
  /// The symbol with this word.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private static let inlineMark: UInt32 = 1 << 31
  private static let inlineOffset: Int64 = 1 << 30

  /// The symbol of a small integer; nil for an integer that must go into the pool.
  init?(inline value: Int64) {
    guard value >= -Self.inlineOffset, value < Self.inlineOffset else { return nil }
    self.init(rawValue: UInt32(value + Self.inlineOffset) | Self.inlineMark)
  }

  /// The integer that the symbol itself carries; nil for a constant of the pool.
  var inlineValue: Int64? {
    guard rawValue & Self.inlineMark != 0 else { return nil }
    return Int64(rawValue & ~Self.inlineMark) - Self.inlineOffset
  }
}

/// Every constant of a run that is not a small integer.
public struct ConstantPool: Sendable {
  private var constants: IndexedArray<Symbol, Constant> = []
  private var symbols: [Constant: Symbol] = [:]
  /// The number of nodes; their symbols are the raw values below it.
  public let nodeCount: UInt32

  /// A pool in which the symbol of each node is the node's number.
  init(nodes: Nodes) {
    nodeCount = UInt32(nodes.count)
    for name in nodes.names { _ = intern(.string(name)) }
    assert(constants.count == nodes.count, "the symbol of a node is its number")
  }

  /// The symbol of `constant`; a new one where it has none yet.
  public mutating func intern(_ constant: Constant) -> Symbol {
    if case .integer(let value) = constant, let symbol = Symbol(inline: value) { return symbol }
    if let symbol = symbols[constant] { return symbol }
    let symbol = constants.append(constant)
    symbols[constant] = symbol
    return symbol
  }

  /// The number of constants; their symbols are the raw values below it.
  public var count: Int { constants.count }

  /// Removes every constant after the first `count`.
  mutating func truncate(to count: Int) {
    for position in count..<max(count, constants.count) { symbols[constants[Symbol(position)]] = nil }
    assert(count >= nodeCount, "the names of the nodes stay")
    constants.truncate(to: count)
    assert(symbols.count == constants.count, "each constant has one symbol")
  }

  /// The symbol of `constant`; nil where it has not been interned.
  public func symbol(of constant: Constant) -> Symbol? {
    if case .integer(let value) = constant, let symbol = Symbol(inline: value) { return symbol }
    return symbols[constant]
  }

  /// The constant that `symbol` stands for.
  public subscript(symbol: Symbol) -> Constant {
    if let value = symbol.inlineValue { return .integer(value) }
    return constants[symbol]
  }

  /// The integer that `symbol` stands for; the types of the program ensure that it is an integer.
  public func integer(_ symbol: Symbol) -> Int64 {
    if let value = symbol.inlineValue { return value }
    guard case .integer(let value) = constants[symbol] else {
      preconditionFailure("arithmetic is typed: its operands are integers")
    }
    return value
  }

  /// The node that `symbol` names, or nil.
  public func node(_ symbol: Symbol) -> NodeID? {
    symbol.rawValue < nodeCount ? NodeID(rawValue: symbol.rawValue) : nil
  }

  /// The symbol of a node's name.
  public func symbol(of node: NodeID) -> Symbol { Symbol(rawValue: node.rawValue) }
}
