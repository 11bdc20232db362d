import Support
import Testing

@testable import RunStore

@Suite("Sequences of numbers")
struct NumberSequenceTests {
  @Test("a sequence comes back in its order from ranges and cuts")
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
      #expect(sequence.numbers == numbers, "seed \(seed)")
      #expect(sequence.ranges.flatMap { Array($0) } == numbers.sorted(), "seed \(seed)")
    }
  }

  @Test(
    "what is in order needs one cut, and ranges that touch are one",
    arguments: [
      ([], [], []), ([7], [7...7], [0]), ([0, 1, 2], [0...2], [0]), ([4, 5, 9], [4...5, 9...9], [0]),
      ([2, 0, 1], [0...2], [2, 0]), ([5, 9, 3, 4], [3...5, 9...9], [2, 0]), ([3, 2, 1], [1...3], [2, 1, 0]),
    ] as [([UInt32], [ClosedRange<UInt32>], [UInt32])])
  func encoding(numbers: [UInt32], ranges: [ClosedRange<UInt32>], cuts: [UInt32]) {
    #expect(NumberSequence(numbers) == NumberSequence(ranges: ranges, cuts: cuts))
  }

  @Test(
    "cuts that are none of the list are noticed",
    arguments: [[], [1], [0, 0], [0, 3], [0, 9], [2, 1]] as [[UInt32]])
  func badCuts(cuts: [UInt32]) {
    #expect(NumberSequence(ranges: [4...6], cuts: cuts).numbers == nil)
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
