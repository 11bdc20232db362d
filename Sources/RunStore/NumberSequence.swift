// A run names what happened in it by numbers that it shares with other runs. As a set these are a few ranges, which a
// query can search. The order in which they happened is mostly that of the numbers; where a run derived things in
// another order than those before it, the ascending list is cut into pieces, and the pieces are put in order. Where
// each piece begins is all that has to be kept: it ends where another begins.

/// Distinct numbers in some order.
struct NumberSequence: Equatable {
  /// The numbers, ascending, as ranges that do not touch.
  let ranges: [ClosedRange<UInt32>]
  /// Places in the ascending list where the pieces begin, in the order of the pieces; nil where that is not known.
  let cuts: [UInt32]?

  init(ranges: [ClosedRange<UInt32>], cuts: [UInt32]?) {
    self.ranges = ranges
    self.cuts = cuts
  }

  /// The sequence of `numbers`.
  init(_ numbers: [UInt32]) {
    let ascending = numbers.sorted()
    ranges = Self.ranges(of: ascending)
    var cuts: [UInt32] = []
    var next = 0
    for number in numbers {
      if next < ascending.count, ascending[next] == number {
        if cuts.isEmpty { cuts.append(UInt32(next)) }
      } else {
        next = Self.place(of: number, in: ascending)
        cuts.append(UInt32(next))
      }
      next += 1
    }
    self.cuts = cuts
    assert(self.numbers == numbers, "a sequence of distinct numbers is given back as it was")
  }

  /// The numbers in their order; nil where it is not known, and where ranges and cuts contradict each other.
  var numbers: [UInt32]? {
    guard let cuts else { return nil }
    let ascending = ranges.flatMap { Array($0) }
    let starts = cuts.sorted()
    guard starts.first ?? 0 == 0, ascending.isEmpty == cuts.isEmpty else { return nil }
    var ends: [UInt32: Int] = [:]
    for (start, end) in zip(starts, starts.dropFirst() + [UInt32(ascending.count)]) {
      guard start < end else { return nil }
      ends[start] = Int(end)
    }
    return cuts.flatMap { ascending[Int($0)..<(ends[$0] ?? Int($0))] }
  }

  /// The ranges of the numbers that are not in `others`, which is ascending.
  func ranges(without others: [UInt32]) -> [ClosedRange<UInt32>] {
    var others = others[...]
    return Self.ranges(
      of: ranges.lazy.joined().filter { number in
        guard number == others.first else { return true }
        others.removeFirst()
        return false
      })
  }

  private static func ranges(of ascending: [UInt32]) -> [ClosedRange<UInt32>] {
    var ranges: [ClosedRange<UInt32>] = []
    for number in ascending {
      if let last = ranges.last, number == last.upperBound + 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges
  }

  /// By bisection; `number` is in the list.
  private static func place(of number: UInt32, in ascending: [UInt32]) -> Int {
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
