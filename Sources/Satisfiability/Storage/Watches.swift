import Indices

/// A clause in the list of one of the two literals it watches.
///
/// The *blocker* is another literal of the clause: while it is true the clause need not be read (Sörensson &
/// Eén, "MiniSat 2.1", SAT Race 2008). For a binary clause it is the whole rest of the clause.
struct Watch: BitwiseCopyable {
  private static let binary: UInt32 = 1 << 31

  let blocker: Literal
  private let tagged: UInt32

  @inline(__always)
  init(_ clause: ClauseReference, blocker: Literal, isBinary: Bool) {
    self.blocker = blocker
    tagged = clause.rawValue | (isBinary ? Self.binary : 0)
  }

  @inline(__always)
  var isBinary: Bool { tagged & Self.binary != 0 }

  @inline(__always)
  var clause: ClauseReference { ClauseReference(rawValue: tagged & ~Self.binary) }
}

/// For each literal, the clauses that watch it and must be visited when it becomes false.
///
/// All lists share one pool. A list that outgrows its room moves to the end of the pool and leaves a hole;
/// when half of the pool is holes it is packed. Lists are named by offsets, never by pointers, so one list
/// may grow while another is walked.
struct Watches: ~Copyable {
  struct List: BitwiseCopyable {
    var start: Int
    var count: UInt32
    var capacity: UInt32

    @inline(__always)
    var end: Int { start &+ Int(count) }
  }

  private(set) var pool = Buffer<Watch>()
  private var lists = Column<Literal, List>()
  private var holes = 0

  mutating func addLiteral() { lists.append(List(start: pool.count, count: 0, capacity: 0)) }

  @inline(__always)
  subscript(literal: Literal) -> List { lists[literal] }

  @inline(__always)
  subscript(position: Int) -> Watch {
    get { pool[position] }
    set { pool[position] = newValue }
  }

  @inline(__always)
  mutating func append(_ watch: Watch, to literal: Literal) {
    var list = lists[literal]
    if list.count == list.capacity { list = relocate(literal) }
    pool[list.end] = watch
    lists[literal].count = list.count &+ 1
  }

  /// Drops all but the first `count` watches of `literal`.
  @inline(__always)
  mutating func truncate(_ literal: Literal, to count: Int) {
    lists[literal].count = UInt32(truncatingIfNeeded: count)
  }

  /// Empties all lists, but keeps their room.
  mutating func removeAll() {
    for number in 0..<lists.count { lists[Literal(number)].count = 0 }
  }

  @inline(never)
  private mutating func relocate(_ literal: Literal) -> List {
    let old = lists[literal]
    let moved = List(start: pool.count, count: old.count, capacity: max(4, old.capacity * 2))
    pool.append(repeating: Self.vacant, count: Int(moved.capacity))
    pool.move(from: old.start, to: moved.start, length: Int(old.count))
    lists[literal] = moved
    holes += Int(old.capacity)
    return moved
  }

  private static let vacant = Watch(
    ClauseReference(rawValue: 0), blocker: Literal(rawValue: 0), isBinary: false)
}

extension Watches {
  /// Replaces every watch by the result of `body`, and drops it where that is nil.
  mutating func rewrite(_ body: (Watch) -> Watch?) {
    for number in 0..<lists.count {
      let literal = Literal(number)
      let list = lists[literal]
      var kept = list.start
      for position in list.start..<list.end {
        guard let watch = body(pool[position]) else { continue }
        pool[kept] = watch
        kept += 1
      }
      truncate(literal, to: kept - list.start)
    }
    if holes > pool.count / 2 { pack() }
  }

  /// Closes the holes. No list may be being walked.
  private mutating func pack() {
    var packed = Buffer<Watch>(capacity: pool.count - holes)
    for number in 0..<lists.count {
      let literal = Literal(number)
      let list = lists[literal]
      let start = packed.count
      for position in list.start..<list.end { packed.append(pool[position]) }
      packed.append(repeating: Self.vacant, count: Int(list.capacity - list.count))
      lists[literal].start = start
    }
    pool = packed
    holes = 0
  }
}

extension Watches {
  func checkInvariants() {
    var taken = [Bool](repeating: false, count: pool.count)
    var room = 0
    for number in 0..<lists.count {
      let list = lists[Literal(number)]
      precondition(list.count <= list.capacity, "a list stays within its room")
      room += Int(list.capacity)
      for position in list.start..<list.start + Int(list.capacity) {
        precondition(!taken[position], "two lists share no place")
        taken[position] = true
      }
    }
    precondition(room + holes == pool.count, "what belongs to no list is a hole")
  }
}
