/// An array that only `Index` may subscript.
public struct IndexedArray<Key: DenseIndex, Element> {
  /// The elements, in order of their index.
  public private(set) var elements: [Element]

  /// An empty array.
  public init() { elements = [] }

  /// The array whose element at position p has index p.
  public init(_ elements: [Element]) { self.elements = elements }

  /// `count` copies of `element`.
  public init(repeating element: Element, count: Int) {
    elements = Array(repeating: element, count: count)
  }

  /// The element that `index` names.
  public subscript(index: Key) -> Element {
    get { elements[index.position] }
    _modify { yield &elements[index.position] }
  }

  /// Appends `element` and returns the index that now names it.
  @discardableResult
  public mutating func append(_ element: Element) -> Key {
    elements.append(element)
    return Key(elements.count - 1)
  }

  /// Removes every element that came after the first `count`.
  public mutating func truncate(to count: Int) {
    elements.removeSubrange(count..<elements.count)
  }

  /// Removes every element and keeps the storage.
  public mutating func removeAll() {
    elements.removeAll(keepingCapacity: true)
  }

  /// Makes room for `capacity` elements in all.
  public mutating func reserveCapacity(_ capacity: Int) {
    elements.reserveCapacity(capacity)
  }

  /// The number of elements.
  public var count: Int { elements.count }

  /// Whether there is no element.
  public var isEmpty: Bool { elements.isEmpty }

  /// The index that the next element appended will have.
  public var nextIndex: Key { Key(elements.count) }

  /// Every index, ascending.
  public var indices: some RandomAccessCollection<Key> {
    (0..<elements.count).lazy.map { Key($0) }
  }
}

extension IndexedArray: Sendable where Element: Sendable {}
extension IndexedArray: Equatable where Element: Equatable {}
extension IndexedArray: Hashable where Element: Hashable {}

extension IndexedArray: Sequence {
  /// Walks the elements in order of their index.
  public func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
}

extension IndexedArray: ExpressibleByArrayLiteral {
  /// The array whose element at position p has index p.
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}
