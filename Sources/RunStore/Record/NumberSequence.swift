// A run names what happened in it by numbers that it shares with other runs, in the order in which it happened. Mostly
// that is the order of the numbers: they were given in the order in which things happened first, in this run or in one
// before it. So the sequence is kept as pieces of consecutive numbers, a few dozen for hundreds of numbers.

/// Numbers in some order.
struct NumberSequence: Equatable {
  /// Consecutive numbers.
  struct Piece: Equatable {
    let first: UInt32
    private(set) var last: UInt32

    /// The numbers from `first` to `last`, which is not below it.
    init(_ first: UInt32, _ last: UInt32) {
      precondition(first <= last, "a piece has a number")
      self.first = first
      self.last = last
    }

    /// Takes in `number`, if it is the next; false if it is not.
    fileprivate mutating func extend(by number: UInt32) -> Bool {
      guard number == last + 1 else { return false }
      last = number
      return true
    }
  }

  /// The pieces in which each number is one above the number before it, in their order.
  let pieces: [Piece]

  init(pieces: [Piece]) { self.pieces = pieces }

  /// The sequence of `numbers`.
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

  /// The numbers in their order, of which none may be `count` or more, and no more than `count`; nil where that is not
  /// so: a file may hold anything.
  func numbers(below count: Int) -> [UInt32]? {
    var numbers: [UInt32] = []
    for piece in pieces {
      guard piece.last < count, Int(piece.last - piece.first) < count - numbers.count else { return nil }
      numbers += piece.first...piece.last
    }
    return numbers
  }
}
