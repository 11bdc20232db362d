// A run names what happened in it by numbers that it shares with other runs, in the order in which it happened. Mostly
// that is the order of the numbers: they were given in the order in which things happened first, in this run or in one
// before it. So the sequence is kept as pieces of consecutive numbers, a few dozen for hundreds of numbers.

/// Numbers in some order.
struct NumberSequence: Equatable {
  /// The pieces in which each number is one above the number before it, in their order.
  let pieces: [ClosedRange<UInt32>]

  init(pieces: [ClosedRange<UInt32>]) { self.pieces = pieces }

  /// The sequence of `numbers`.
  init(_ numbers: some Sequence<UInt32>) {
    var pieces: [ClosedRange<UInt32>] = []
    for number in numbers {
      if let last = pieces.last, number == last.upperBound + 1 {
        pieces[pieces.count - 1] = last.lowerBound...number
      } else {
        pieces.append(number...number)
      }
    }
    self.pieces = pieces
  }

  /// The numbers in their order, of which none may be `count` or more, and no more than `count`; nil where that is not
  /// so: a file may hold anything.
  func numbers(below count: Int) -> [UInt32]? {
    var numbers: [UInt32] = []
    for piece in pieces {
      guard piece.upperBound < count, numbers.count + piece.count <= count else { return nil }
      numbers += piece
    }
    return numbers
  }
}
