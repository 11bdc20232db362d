import Evaluation
import Indices

/// The strongly connected components of tuples and of all that they rest on, premises before what they
/// derive (Tarjan, 1972; with an explicit stack, because chains of tuples may be long). Within a component,
/// tuples are in the order in which the search left them, so that most premises come before what they derive.
struct Components {
  struct Component {
    let tuples: [TupleID]
    /// Whether some tuple may support itself.
    let isCyclic: Bool
  }

  private(set) var list: [Component] = []
  /// By position relative to the first tuple: its number in the order of visiting, or -1. The tuples of a
  /// round lie close together.
  private var numbers: [Int]
  private let base: Int
  private var lowest: [Int] = []
  private var isOnStack: [Bool] = []
  private var stack: [TupleID] = []
  /// The tuples on the stack that the search has left, in that order.
  private var left: [TupleID] = []

  /// The components of `tuples`; `premises` tells on what a tuple rests, and is asked once for each.
  init(of tuples: [TupleID], _ premises: (TupleID) -> [TupleID]) {
    let positions = tuples.map(\.position)
    let base = positions.min() ?? 0
    self.init(from: tuples, among: base..<max(base, positions.max() ?? 0) + 1, premises)
  }

  /// The components of everything on which `roots` rest; all these tuples have their numbers in `range`.
  init(from roots: [TupleID], among range: Range<Int>, _ premises: (TupleID) -> [TupleID]) {
    base = range.lowerBound
    numbers = Array(repeating: -1, count: range.count)
    for root in roots where number(of: root) < 0 { visit(root, premises) }
    assert(stack.isEmpty && left.isEmpty, "every tuple that was met is in a component")
  }

  private func number(of tuple: TupleID) -> Int { numbers[tuple.position - base] }

  private struct Frame {
    let tuple: TupleID
    let number: Int
    let premises: [TupleID]
    var next = 0
  }

  private mutating func visit(_ root: TupleID, _ premises: (TupleID) -> [TupleID]) {
    var frames = [enter(root, premises)]
    while let frame = frames.last {
      guard frame.next < frame.premises.count else {
        leave(frame)
        frames.removeLast()
        if let parent = frames.last {
          lowest[parent.number] = min(lowest[parent.number], lowest[frame.number])
        }
        continue
      }
      frames[frames.count - 1].next += 1
      let premise = frame.premises[frame.next]
      let number = number(of: premise)
      if number >= 0 {
        if isOnStack[number] { lowest[frame.number] = min(lowest[frame.number], number) }
      } else {
        frames.append(enter(premise, premises))
      }
    }
  }

  private mutating func enter(_ tuple: TupleID, _ premises: (TupleID) -> [TupleID]) -> Frame {
    let number = lowest.count
    assert(numbers[tuple.position - base] < 0, "a tuple is entered once")
    numbers[tuple.position - base] = number
    lowest.append(number)
    isOnStack.append(true)
    stack.append(tuple)
    return Frame(tuple: tuple, number: number, premises: premises(tuple))
  }

  private mutating func leave(_ frame: Frame) {
    left.append(frame.tuple)
    guard lowest[frame.number] == frame.number else { return }
    var size = 0
    var tuple: TupleID
    repeat {
      tuple = stack.removeLast()
      isOnStack[number(of: tuple)] = false
      size += 1
    } while tuple != frame.tuple
    let isCyclic = size > 1 || frame.premises.contains(frame.tuple)
    list.append(Component(tuples: Array(left.suffix(size)), isCyclic: isCyclic))
    left.removeLast(size)
  }
}
