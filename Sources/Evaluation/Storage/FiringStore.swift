import Dedalus
import Indices

/// Names a firing: one rule instance that held.
public struct FiringID: DenseIndex {
  /// The number of the firing in its run, from 0, in the order of firing.
  public let rawValue: UInt32
  /// The firing with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Names an absence: a pattern that no tuple matched when a rule relied on it.
public struct AbsenceID: DenseIndex {
  /// The number of the absence in its run, from 0.
  public let rawValue: UInt32
  /// The absence with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// What a firing rests on.
public enum Premise: Hashable, Sendable {
  /// A tuple that held; for an aggregate, one of the rows that it ranges over.
  case tuple(TupleID)
  /// A pattern that nothing matched.
  case absence(AbsenceID)
}

/// Every firing of a run, stored by column. The premises of firing f are `premises[premiseStarts[f] ..<
/// premiseStarts[f + 1]]`; the top bit of a word marks an absence.
struct FiringStore: Sendable {
  /// For each firing: its rule, or `staying`.
  private(set) var rules: IndexedArray<FiringID, RuleID> = []
  private(set) var heads: IndexedArray<FiringID, TupleID> = []
  private var premiseStarts: [UInt32] = [0]
  private var premises: [UInt32] = []

  /// Stands for no rule: a row stays, because its node does not act.
  static let staying = RuleID(rawValue: .max)

  private static let absenceMark: UInt32 = 1 << 31

  /// A store without firings, with room for the first few hundred.
  init() {
    rules.reserveCapacity(512)
    heads.reserveCapacity(512)
    premiseStarts.reserveCapacity(512)
    premises.reserveCapacity(1024)
  }

  var count: Int { rules.count }

  /// The number of the firing that `close` makes next.
  var next: FiringID { rules.nextIndex }

  /// Adds one premise of the firing that `close` will complete.
  mutating func add(_ tuple: TupleID) { premises.append(tuple.rawValue) }

  /// Adds one premise of the firing that `close` will complete.
  mutating func add(_ absence: AbsenceID) { premises.append(absence.rawValue | Self.absenceMark) }

  /// Completes a firing whose premises are those added since the last one. `head` is `.none` where a message
  /// was lost.
  @discardableResult
  mutating func close(rule: RuleID, head: TupleID) -> FiringID {
    premiseStarts.append(UInt32(premises.count))
    heads.append(head)
    assert(premiseStarts.count == heads.count + 1, "a firing ends where the next one begins")
    return rules.append(rule)
  }

  /// Removes every firing after the first `count`.
  mutating func truncate(to count: Int) {
    assert(count <= self.count, "what is left was there")
    premises.removeSubrange(Int(premiseStarts[count])...)
    premiseStarts.removeSubrange((count + 1)...)
    rules.truncate(to: count)
    heads.truncate(to: count)
  }

  func premises(of firing: FiringID) -> Premises {
    let range = Int(premiseStarts[firing.position])..<Int(premiseStarts[firing.position + 1])
    return Premises(words: premises[range])
  }

  static func premise(_ word: UInt32) -> Premise {
    word & absenceMark == 0
      ? .tuple(TupleID(rawValue: word)) : .absence(AbsenceID(rawValue: word & ~absenceMark))
  }
}

/// The premises of a firing, read from where they are stored.
public struct Premises: RandomAccessCollection, Sendable {
  fileprivate let words: ArraySlice<UInt32>

  /// Always 0.
  public var startIndex: Int { 0 }
  /// The number of premises.
  public var endIndex: Int { words.count }
  /// The premise at `position`, counted from 0.
  public subscript(position: Int) -> Premise { FiringStore.premise(words[words.startIndex + position]) }
}
