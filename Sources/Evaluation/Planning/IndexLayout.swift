import Dedalus
import Indices

/// The indexes that the plans made so far use.
struct IndexCatalog {
  /// The columns of each index, ascending, counted from 0. An index without columns has only rounds as keys.
  private(set) var columns: IndexedArray<IndexID, [Int]> = []
  private(set) var ofRelation: IndexedArray<RelationID, [IndexID]>

  init(relationCount: Int) {
    ofRelation = IndexedArray(repeating: [], count: relationCount)
  }

  mutating func index(on columns: [Int], of relation: RelationID) -> IndexID {
    if let known = ofRelation[relation].first(where: { self.columns[$0] == columns }) { return known }
    assert(zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 }, "the columns of an index ascend")
    let index = self.columns.append(columns)
    ofRelation[relation].append(index)
    return index
  }
}

/// A finished catalog in flat arrays. It is read for every tuple, and nested arrays would be retained each
/// time.
struct IndexLayout: Sendable {
  /// The indexes of all relations, relation by relation; those of relation r are at `starts[r] ..< starts[r +
  /// 1]`.
  let indexes: [IndexID]
  private let starts: [Int]
  /// The columns of all indexes, index by index; those of index i are at `columnStarts[i] ..< columnStarts[i
  /// + 1]`.
  let columns: [Int]
  private let columnStarts: [Int]

  init(_ catalog: IndexCatalog) {
    (indexes, starts) = Self.flatten(catalog.ofRelation.elements)
    (columns, columnStarts) = Self.flatten(catalog.columns.elements)
  }

  /// The range of `indexes` with the indexes of `relation`.
  func positions(of relation: RelationID) -> Range<Int> {
    starts[relation.position]..<starts[relation.position + 1]
  }

  /// The range of `columns` with the columns of `index`.
  func columnPositions(of index: IndexID) -> Range<Int> {
    columnStarts[index.position]..<columnStarts[index.position + 1]
  }

  private static func flatten<Element>(_ lists: [[Element]]) -> (elements: [Element], starts: [Int]) {
    var elements: [Element] = []
    var starts = [0]
    for list in lists {
      elements += list
      starts.append(elements.count)
    }
    assert(starts.count == lists.count + 1, "a list ends where the next one begins")
    return (elements, starts)
  }
}
