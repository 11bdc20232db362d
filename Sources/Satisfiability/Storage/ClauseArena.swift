// All clauses that the search uses, learned or given, lie one after the other in one flat buffer of words:
//
//     size | glue and flags | identifier | literal 0 | literal 1 | …
//
// A reference is the offset of the size. Offset 0 holds a filler, so that 0 can mean "no clause". Deleting
// marks; `ClauseArena.compact` moves what is alive to the front and leaves a forwarding address behind for
// whoever holds references (watches and reasons).
import Indices

/// The offset of a clause in the arena.
struct ClauseReference: DenseIndex, BitwiseCopyable {
  let rawValue: UInt32
}

struct ClauseArena: ~Copyable {
  static let headerSize = 3
  /// A watch keeps one bit of the reference for itself.
  private static let capacity = 1 << 31

  private var words = Buffer<UInt32>(capacity: 1024)
  /// Words that belong to deleted clauses.
  private(set) var wasted = 0

  init() { words.append(0) }

  /// The number of words in use, deleted clauses included.
  var wordCount: Int { words.count }

  /// Makes room for the given numbers of clauses and literals.
  mutating func reserve(clauses: Int, literals: Int) {
    words.reserve(1 + clauses * Self.headerSize + literals)
  }

  mutating func append(
    _ literals: borrowing Buffer<Literal>, identifier: ClauseIdentifier, learnedWithGlue glue: Int?
  ) -> ClauseReference {
    precondition(words.count + literals.count + Self.headerSize < Self.capacity, "the clause arena is full")
    let reference = ClauseReference(words.count)
    words.append(UInt32(literals.count))
    words.append(glue.map { UInt32($0) << Flags.glueShift | Flags.learned } ?? 0)
    words.append(identifier.rawValue)
    for position in 0..<literals.count { words.append(literals[position].rawValue) }
    return reference
  }

  @inline(__always)
  func size(_ clause: ClauseReference) -> Int { Int(words[clause.position]) }

  @inline(__always)
  subscript(clause: ClauseReference, position: Int) -> Literal {
    get { Literal(rawValue: words[clause.position &+ Self.headerSize &+ position]) }
    set { words[clause.position &+ Self.headerSize &+ position] = newValue.rawValue }
  }

  func identifier(_ clause: ClauseReference) -> ClauseIdentifier {
    ClauseIdentifier(rawValue: words[clause.position + 2])
  }
}

/// What the search records for a clause, in addition to its literals.
extension ClauseArena {
  private enum Flags {
    static let learned: UInt32 = 1
    static let deleted: UInt32 = 2
    static let moved: UInt32 = 4
    static let recency: UInt32 = 0b11000
    static let recencyShift: UInt32 = 3
    static let glueShift: UInt32 = 5
  }

  private func flags(_ clause: ClauseReference) -> UInt32 { words[clause.position + 1] }

  func isLearned(_ clause: ClauseReference) -> Bool { flags(clause) & Flags.learned != 0 }

  func isDeleted(_ clause: ClauseReference) -> Bool { flags(clause) & Flags.deleted != 0 }

  /// The number of decision levels the clause joined when last measured (Audemard & Simon, IJCAI 2009).
  func glue(_ clause: ClauseReference) -> Int { Int(flags(clause) >> Flags.glueShift) }

  mutating func setGlue(_ clause: ClauseReference, to glue: Int) {
    let kept = flags(clause) & (1 << Flags.glueShift - 1)
    words[clause.position + 1] = UInt32(glue) << Flags.glueShift | kept
  }

  /// How many more reductions the clause survives for having taken part in a conflict.
  func recency(_ clause: ClauseReference) -> Int {
    Int((flags(clause) & Flags.recency) >> Flags.recencyShift)
  }

  mutating func setRecency(_ clause: ClauseReference, to recency: Int) {
    let kept = flags(clause) & ~Flags.recency
    words[clause.position + 1] = kept | UInt32(recency) << Flags.recencyShift
  }

  mutating func delete(_ clause: ClauseReference) {
    assert(!isDeleted(clause), "a clause is deleted once")
    words[clause.position + 1] |= Flags.deleted
    wasted += size(clause) + Self.headerSize
  }
}

extension ClauseArena {
  /// The first clause, deleted or not.
  var first: ClauseReference? { words.count > 1 ? ClauseReference(1) : nil }

  /// The clause after `clause`, deleted or not.
  func next(after clause: ClauseReference) -> ClauseReference? {
    let offset = clause.position + Self.headerSize + size(clause)
    return offset < words.count ? ClauseReference(offset) : nil
  }

  /// Copies the clauses that are not deleted into a new arena; `forwarded` then works on this, the old one.
  mutating func compacted() -> ClauseArena {
    var compact = ClauseArena()
    var cursor = first
    while let clause = cursor {
      cursor = next(after: clause)
      if isDeleted(clause) { continue }
      let address = compact.words.count
      for offset in 0..<(Self.headerSize + size(clause)) {
        compact.words.append(words[clause.position + offset])
      }
      words[clause.position + 1] |= Flags.moved
      words[clause.position + 2] = UInt32(address)
    }
    return compact
  }

  /// Where `clause` lies in the compacted arena; nil when it was deleted.
  func forwarded(_ clause: ClauseReference) -> ClauseReference? {
    flags(clause) & Flags.moved == 0 ? nil : ClauseReference(rawValue: words[clause.position + 2])
  }
}
