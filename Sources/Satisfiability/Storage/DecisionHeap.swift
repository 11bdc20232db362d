// Variable-state independent decaying sum (Moskewicz et al., "Chaff", DAC 2001), in the form of MiniSat:
// instead of decaying all activities, what is added grows.
import Indices

/// The unassigned variables, the most active first.
///
/// Invariant: `places[heap[i]] == i`, no child precedes its parent, and every unassigned variable is inside.
struct DecisionHeap: ~Copyable {
  private static let rescaleLimit = 1e150
  /// An activity below this fraction of the current increment is that of an idle variable: none of the last
  /// 400 conflicts or so has touched it.
  private static let idleShare = 1e-9

  private var heap = Buffer<Variable>()
  /// The position of the variable in the heap; -1 where it is not in the heap.
  private var places = Column<Variable, Int32>()
  private var activities = Column<Variable, Double>()
  private var increment = 1.0
  /// Whether idle variables come in the order of their activities.
  var ordersIdle = true

  mutating func addVariable() {
    activities.append(0)
    places.append(-1)
    insert(Variable(places.count - 1))
  }

  func contains(_ variable: Variable) -> Bool { places[variable] >= 0 }

  mutating func insert(_ variable: Variable) {
    guard places[variable] < 0 else { return }
    heap.append(variable)
    places[variable] = Int32(heap.count - 1)
    rise(heap.count - 1)
  }

  mutating func popFirst() -> Variable? {
    guard !heap.isEmpty else { return nil }
    let first = heap[0]
    if !ordersIdle, activities[first] < increment * Self.idleShare, let last = heap.popLast() {
      places[last] = -1
      return last
    }
    places[first] = -1
    guard let last = heap.popLast(), last != first else { return first }
    heap[0] = last
    places[last] = 0
    sink(0)
    return first
  }

  /// Records that `variable` took part in a conflict.
  mutating func bump(_ variable: Variable) {
    activities[variable] += increment
    if activities[variable] > Self.rescaleLimit { rescale() }
    if places[variable] >= 0 { rise(Int(places[variable])) }
  }

  /// Multiplies the weight of all earlier bumps by `factor`.
  mutating func decay(by factor: Double) { increment /= factor }

  private mutating func rescale() {
    for number in 0..<activities.count { activities[Variable(number)] /= Self.rescaleLimit }
    increment /= Self.rescaleLimit
  }
}

extension DecisionHeap {
  private func precedes(_ left: Variable, _ right: Variable) -> Bool {
    activities[left] > activities[right]
  }

  private mutating func place(_ variable: Variable, at position: Int) {
    heap[position] = variable
    places[variable] = Int32(truncatingIfNeeded: position)
  }

  private mutating func rise(_ start: Int) {
    let variable = heap[start]
    var position = start
    while position > 0 {
      let parent = (position - 1) / 2
      guard precedes(variable, heap[parent]) else { break }
      place(heap[parent], at: position)
      position = parent
    }
    place(variable, at: position)
  }

  private mutating func sink(_ start: Int) {
    let variable = heap[start]
    var position = start
    while 2 * position + 1 < heap.count {
      var child = 2 * position + 1
      if child + 1 < heap.count && precedes(heap[child + 1], heap[child]) { child += 1 }
      guard precedes(heap[child], variable) else { break }
      place(heap[child], at: position)
      position = child
    }
    place(variable, at: position)
  }

  func checkInvariants() {
    for position in 0..<heap.count {
      precondition(places[heap[position]] == position, "a variable stands where its place says")
      precondition(
        position == 0 || !precedes(heap[position], heap[(position - 1) / 2]), "a child precedes its parent")
    }
    for number in 0..<places.count where places[Variable(number)] >= 0 {
      precondition(heap[Int(places[Variable(number)])] == Variable(number), "a place names another variable")
    }
  }
}
