import Indices
import Support
import Testing

@Suite("WordTable")
struct WordTableTests {
  @Test("numbers sequences in order of first appearance")
  func numbering() {
    var table = WordTable()
    #expect(table.intern(WordBuffer([3, 1])) == 0)
    #expect(table.intern(WordBuffer([])) == 1)
    #expect(table.intern(WordBuffer([3])) == 2)
    #expect(table.intern(WordBuffer([3, 1])) == 0)
    #expect(table.count == 3)
    #expect(Array(table[0]) == [3, 1])
    #expect(table.length(of: 1) == 0)
    #expect(table[0, 1] == 1)
  }

  @Test("finds exactly what was interned")
  func finding() {
    var table = WordTable()
    _ = table.intern(WordBuffer([1, 2]))
    #expect(table.find(WordBuffer([1, 2])) == 0)
    #expect(table.find(WordBuffer([1])) == nil)
    #expect(table.find(WordBuffer([2, 1])) == nil)
    #expect(table.find(WordBuffer([1, 2, 0])) == nil)
  }

  @Test("agrees with a dictionary over many growths", arguments: 0..<20 as Range<UInt64>)
  func agreesWithDictionary(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var table = WordTable()
    var expected: [[UInt32]: UInt32] = [:]
    for _ in 0..<3000 {
      let length = Int.random(in: 0...4, using: &random)
      let words = (0..<length).map { _ in UInt32.random(in: 0...9, using: &random) }
      if Bool.random(using: &random) {
        let number = expected[words] ?? UInt32(expected.count)
        expected[words] = number
        #expect(table.intern(WordBuffer(words)) == number, "seed \(seed)")
      } else {
        #expect(table.find(WordBuffer(words)) == expected[words], "seed \(seed)")
      }
    }
    #expect(table.count == expected.count)
  }

  @Test(
    "takes back the latest, across growths, as if they had never come", arguments: 0..<20 as Range<UInt64>)
  func truncation(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var table = WordTable()
    var expected: [[UInt32]] = []
    for _ in 0..<400 {
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let words = (0..<Int.random(in: 0...3, using: &random)).map { _ in
          UInt32.random(in: 0...9, using: &random)
        }
        if !expected.contains(words) { expected.append(words) }
        _ = table.intern(WordBuffer(words))
      }
      if Bool.random(using: &random) {
        expected.removeLast(min(expected.count, Int.random(in: 0...20, using: &random)))
        table.truncate(to: expected.count)
      }
    }
    #expect(table.count == expected.count, "seed \(seed)")
    for (number, words) in expected.enumerated() {
      #expect(table.find(WordBuffer(words)) == UInt32(number) && Array(table[UInt32(number)]) == words)
    }
    #expect(table.find(WordBuffer([10])) == nil)
  }
}

@Suite("WordBuffer")
struct WordBufferTests {
  @Test("begins anew and grows")
  func growth() {
    var buffer = WordBuffer()
    for word in 0..<100 as Range<UInt32> { buffer.append(word) }
    #expect(buffer.count == 100)
    #expect((0..<100).allSatisfy { buffer[$0] == UInt32($0) })
    buffer.begin(with: 7)
    #expect(buffer.count == 1)
    #expect(buffer[0] == 7)
  }
}

@Suite("IndexedArray")
struct IndexedArrayTests {
  private struct Key: DenseIndex {
    let rawValue: UInt32
    init(rawValue: UInt32) { self.rawValue = rawValue }
  }

  @Test("gives each appended element the next index")
  func append() {
    var array: IndexedArray<Key, String> = ["zero"]
    #expect(array.nextIndex == Key(1))
    #expect(array.append("one") == Key(1))
    array[Key(0)] += "!"
    #expect(array.elements == ["zero!", "one"])
    #expect(array.indices.map(\.position) == [0, 1])
    array.truncate(to: 1)
    #expect(array.count == 1)
  }
}
