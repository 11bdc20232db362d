import Support
import Testing

@testable import RunStore

@Suite("Sequences of numbers")
struct NumberSequenceTests {
  private static func sequence(_ pieces: [ClosedRange<UInt32>]) -> NumberSequence {
    NumberSequence(pieces: pieces.map { NumberSequence.Piece($0.lowerBound, $0.upperBound) })
  }

  @Test("a sequence comes back in its order from its pieces")
  func roundTrip() {
    for seed in Campaign.seeds(2000) {
      var random = SplitMix64(seed: seed)
      var numbers = (0..<UInt32(random.number(in: 1...60))).filter { _ in random.chance(70) }
      for _ in 0..<random.number(in: 0...4) where numbers.count > 1 {
        let place = random.number(in: 0...(numbers.count - 1))
        let moved = numbers[place...].prefix(random.number(in: 1...5))
        numbers.removeSubrange(moved.indices)
        numbers.insert(contentsOf: moved, at: random.number(in: 0...numbers.count))
      }
      let sequence = NumberSequence(numbers)
      #expect(sequence.numbers(below: 60) == numbers, "seed \(seed)")
      #expect(sequence.pieces.count <= numbers.count, "seed \(seed)")
      let text =
        "[" + sequence.pieces.map { "[\($0.first),\($0.last)]" }.joined(separator: ",") + "]"
      #expect(NumberList.readPieces(Array(text.utf8)) == sequence, "seed \(seed)")
    }
  }

  @Test(
    "numbers that come one after the other are one piece",
    arguments: [
      ([], []), ([7], [7...7]), ([0, 1, 2], [0...2]), ([4, 5, 9], [4...5, 9...9]),
      ([2, 0, 1], [2...2, 0...1]), ([5, 9, 3, 4], [5...5, 9...9, 3...4]),
      ([3, 2, 1], [3...3, 2...2, 1...1]),
    ] as [([UInt32], [ClosedRange<UInt32>])])
  func encoding(numbers: [UInt32], pieces: [ClosedRange<UInt32>]) {
    #expect(NumberSequence(numbers) == Self.sequence(pieces))
  }

  @Test(
    "numbers that there are not, and more than there are, are noticed",
    arguments: [[3...3], [0...999_999_999], [0...1, 0...1], [0...2, 1...1]] as [[ClosedRange<UInt32>]])
  func tooMany(pieces: [ClosedRange<UInt32>]) {
    #expect(Self.sequence(pieces).numbers(below: 3) == nil)
  }

  @Test(
    "pieces are read strictly",
    arguments: [
      ("[]", []), ("[[0,0]]", [0...0]), ("[[5,9],[0,1]]", [5...9, 0...1]), ("", nil), ("[[0,0]", nil),
      ("[0,0]", nil), ("[[0,0],]", nil), ("[,[0,0]]", nil), ("[[0,0][1,1]]", nil), ("[[1,0]]", nil),
      ("[[1]]", nil),
      ("[[0,1,2]]", nil), ("[[0, 1]]", nil), ("[[0,null]]", nil), ("[[0,-1]]", nil), ("[[[0,1]]]", nil),
      ("[[]]", nil),
      ("[[0,4294967296]]", nil), ("[[0,0]]]", nil), ("[[0,0", nil),
    ] as [(String, [ClosedRange<UInt32>]?)])
  func pieces(text: String, pieces: [ClosedRange<UInt32>]?) {
    #expect(NumberList.readPieces(Array(text.utf8)) == pieces.map(Self.sequence))
  }

  @Test(
    "lists of numbers are read strictly",
    arguments: [
      ("[]", []), ("[0]", [0]), ("[1,null,23]", [1, nil, 23]), ("", nil), ("[", nil), ("[1,]", nil),
      ("[1 ]", nil),
      ("[-1]", nil), ("[1]]", nil), ("[4294967296]", nil), ("null", nil),
    ] as [(String, [UInt32?]?)])
  func lists(text: String, list: [UInt32?]?) {
    #expect(NumberList.read(Array(text.utf8)) == list)
  }
}
