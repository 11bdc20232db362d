/// A value of the program, by its number in the order of first use.
typealias Symbol = Int32

/// The possible rows of one relation in one round.
struct Table: Sendable {
  /// How a row can come about: where `condition` is true and so are the `open` premises, which are rows of
  /// the same component whose own conditions are not known yet.
  struct Way: Sendable {
    let condition: Condition
    let open: [Place]
  }

  /// The rows, in the order in which they were found.
  private(set) var rows: [[Symbol]] = []
  /// For each row: the condition under which it holds, once all its ways are known.
  private(set) var conditions: [Condition] = []
  /// For each row: the ways that are known so far.
  private(set) var ways: [[Way]] = []
  private var positions: [[Symbol]: Int] = [:]
  /// For each value: the rows that have it in the first column.
  private var byLocation: [Symbol: [Int]] = [:]

  /// Whether it is known of every row when it holds.
  var isClosed: Bool { ways.allSatisfy(\.isEmpty) }

  /// The position of `row`; nil where it is not possible.
  func position(of row: [Symbol]) -> Int? { positions[row] }

  /// The condition under which `row` holds.
  func condition(of row: [Symbol]) -> Condition {
    guard let position = positions[row] else { return .never }
    assert(ways[position].isEmpty, "nobody asks when a row holds before all its ways are known")
    return conditions[position]
  }

  /// The positions of the rows with `location` in the first column, or of all rows.
  func positions(at location: Symbol?) -> [Int] {
    guard let location else { return Array(rows.indices) }
    return byLocation[location] ?? []
  }

  /// Makes `row` possible; its position.
  mutating func add(_ row: [Symbol]) -> Int {
    if let known = positions[row] { return known }
    assert(
      rows.last.map { $0.count == row.count } ?? true, "the rows of a relation have equally many columns")
    positions[row] = rows.count
    byLocation[row[0], default: []].append(rows.count)
    rows.append(row)
    conditions.append(.never)
    ways.append([])
    return rows.count - 1
  }

  /// Makes `row` possible in one more way.
  mutating func add(_ row: [Symbol], _ way: Way) { ways[add(row)].append(way) }

  /// Says when each row holds, and forgets those that never do.
  mutating func close(_ conditions: [Condition]) {
    assert(conditions.count == rows.count, "each row has a condition, in the order of the rows")
    var closed = Table()
    for (row, condition) in zip(rows, conditions) where condition != .never {
      closed.conditions[closed.add(row)] = condition
    }
    self = closed
  }
}

/// A row of a relation in a round.
struct Place: Hashable, Sendable {
  let relation: Int
  let round: Int
  /// Its position in the table.
  let position: Int
}
