// A run names what happened in it by numbers that it shares with other runs, in the order in which it
// happened. This is mostly the order of the numbers, since they were given when something first happened, in
// this run or an earlier one. So the sequence is stored as pieces of consecutive numbers, a few dozen for
// hundreds of numbers.

/// A list of numbers, in any order.
struct NumberSequence: Equatable {
  /// A range of consecutive numbers.
  struct Piece: Equatable {
    let first: UInt32
    private(set) var last: UInt32

    /// The numbers from `first` through `last`; `last` is not below `first`.
    init(_ first: UInt32, _ last: UInt32) {
      precondition(first <= last, "a piece has a number")
      self.first = first
      self.last = last
    }

    /// Appends `number` if it is the next number; false if it is not.
    fileprivate mutating func extend(by number: UInt32) -> Bool {
      guard number == last + 1 else { return false }
      last = number
      return true
    }
  }

  /// The pieces, in order; in a piece each number is one more than the number before it.
  let pieces: [Piece]

  init(pieces: [Piece]) { self.pieces = pieces }

  init(_ numbers: some Sequence<UInt32>) {
    var pieces: [Piece] = []
    for number in numbers where pieces.isEmpty || !pieces[pieces.count - 1].extend(by: number) {
      pieces.append(Piece(number, number))
    }
    self.pieces = pieces
    assert(
      zip(pieces, pieces.dropFirst()).allSatisfy { $0.last + 1 != $1.first },
      "a piece goes as far as the numbers are consecutive")
  }

  /// The numbers in order. Nil where there are more than `count`, or one of them is not below `count`: a file
  /// may contain anything.
  func numbers(below count: Int) -> [UInt32]? {
    var numbers: [UInt32] = []
    for piece in pieces {
      guard piece.last < count, Int(piece.last - piece.first) < count - numbers.count else { return nil }
      numbers += piece.first...piece.last
    }
    return numbers
  }
}
