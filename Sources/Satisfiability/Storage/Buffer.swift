// The solver's arrays have exactly one owner, so they need neither reference counts nor the uniqueness test
// that an `Array` makes before every write. These are the only unsafe pointers of the module; every access is
// bounds-checked.
import Indices

/// A growable array with one owner, for elements that are plain bits.
struct Buffer<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  var isEmpty: Bool { count == 0 }

  subscript(position: Int) -> Element {
    get {
      precondition(UInt(bitPattern: position) < UInt(bitPattern: count), "position outside the buffer")
      return base[position]
    }
    _modify {
      precondition(UInt(bitPattern: position) < UInt(bitPattern: count), "position outside the buffer")
      yield &base[position]
    }
  }

  mutating func append(_ element: Element) {
    if count == capacity { grow(toHold: count + 1) }
    base[count] = element
    count += 1
  }

  /// Appends `extra` copies of `element`.
  mutating func append(repeating element: Element, count extra: Int) {
    if count + extra > capacity { grow(toHold: count + extra) }
    (base + count).initialize(repeating: element, count: extra)
    count += extra
  }

  /// Moves `length` elements from `source` to `destination`; the ranges may overlap.
  mutating func move(from source: Int, to destination: Int, length: Int) {
    precondition(length >= 0 && min(source, destination) >= 0 && max(source, destination) + length <= count)
    (base + destination).update(from: base + source, count: length)
  }

  mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count -= 1
    return base[count]
  }

  /// Removes all but the first `newCount` elements.
  mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count, "a buffer is only cut shorter")
    count = newCount
  }

  mutating func removeAll() { count = 0 }

  /// Makes room for `needed` elements in all.
  mutating func reserve(_ needed: Int) {
    if needed > capacity { grow(toHold: needed) }
  }

  private mutating func grow(toHold needed: Int) {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: max(needed, capacity * 2))
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = max(needed, capacity * 2)
  }
}

extension Buffer where Element: Comparable {
  /// Puts the elements into ascending order.
  mutating func sort() {
    var elements = UnsafeMutableBufferPointer(start: base, count: count)
    elements.sort()
  }
}

extension Buffer {
  /// The elements as an ordinary array.
  var elements: [Element] {
    [Element](unsafeUninitializedCapacity: count) { target, initialized in
      target.baseAddress?.initialize(from: base, count: count)
      initialized = count
    }
  }
}

/// A buffer that only `Key` may subscript.
struct Column<Key: DenseIndex, Element: BitwiseCopyable>: ~Copyable {
  private var buffer = Buffer<Element>()

  var count: Int { buffer.count }

  subscript(key: Key) -> Element {
    get { buffer[Int(truncatingIfNeeded: key.rawValue)] }
    _modify { yield &buffer[Int(truncatingIfNeeded: key.rawValue)] }
  }

  mutating func append(_ element: Element) { buffer.append(element) }

  mutating func truncate(to count: Int) { buffer.truncate(to: count) }
}
