// One effect has many disguises: a message that is late, lost, or cut off may be missed alike. So a list of
// minimal sets says one thing many times. Sets under which the program runs alike are one entry, and entries
// that are only harsher forms of another, with the same inputs, are counted behind it.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// What holds in a run, apart from what the world states, in a number that differs for different runs.
///
/// Each tuple has a hash, and the run has their sum, so the order of derivation does not matter. Two sums of
/// 64 bits make it certain for all purposes that equal numbers mean equal runs.
public struct RunFingerprint: Hashable, Sendable {
  private var sums: (UInt64, UInt64) = (0, 0)

  /// The fingerprint of `execution`.
  package init(_ execution: Execution) {
    let stated = Set(execution.program.statedRelations.values)
    let rows = (0..<execution.store.rowCount).map { number -> UInt64? in
      let row = RowID(number)
      let relation = execution.store.relation(of: row)
      return stated.contains(relation) ? nil : Self.hash(execution.text(of: row).utf8)
    }
    for tuple in execution.store.tuples {
      guard let row = rows[execution.store.row(of: tuple).position] else { continue }
      var mix = SplitMix(seed: row &+ UInt64(execution.store.round(of: tuple).rawValue))
      sums.0 &+= mix.next()
      sums.1 &+= mix.next()
    }
  }

  /// FNV-1a (Fowler, Noll & Vo).
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } << 16
  }

  /// Whether both are of equal runs.
  public static func == (left: RunFingerprint, right: RunFingerprint) -> Bool { left.sums == right.sums }

  /// Hashes the sums.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(sums.0)
    hasher.combine(sums.1)
  }
}

/// Fault sets of a list that have one effect in several disguises.
public struct Disguise: Hashable, Sendable {
  /// The index of the set that is shown: of those with its run, the first to which none is milder.
  public let shown: Int
  /// The indices of the other sets with the same run.
  public let alike: [Int]
  /// The indices of the sets of which the shown one is a milder form, with other runs.
  public let harsher: [Int]

  /// A fault set with the inputs with which it breaks, and what its run is recognized by.
  public typealias Member = (set: Scenario, run: RunFingerprint?)

  /// Groups the sets of `list`, ordered by the sets that are shown.
  public static func groups(of list: [Member], _ view: CrashView) -> [Disguise] {
    let entries = entries(of: list, view)
    let roots = entries.indices.filter { place in
      !entries.contains { isMilder($0, than: entries[place], in: list, view) }
    }
    var harsher: [Int: [Int]] = [:]
    for place in entries.indices where !roots.contains(place) {
      let root = roots.first { isMilder(entries[$0], than: entries[place], in: list, view) }
      // A chain of milder entries ends in one to which none is milder.
      if let root { harsher[root, default: []] += entries[place].shown + entries[place].alike }
    }
    return roots.map { root in
      Disguise(
        shown: entries[root].shown[0], alike: entries[root].alike, harsher: (harsher[root] ?? []).sorted())
    }.sorted { $0.shown < $1.shown }
  }

  private typealias Entry = (shown: [Int], alike: [Int])

  private static func isMilder(
    _ entry: Entry, than other: Entry, in list: [Member], _ view: CrashView
  ) -> Bool {
    let (set, harsher) = (list[entry.shown[0]].set, list[other.shown[0]].set)
    return set.inputs == harsher.inputs && set.faults.isMilder(than: harsher.faults, view)
  }

  /// The sets with equal runs, each with the one that is shown.
  private static func entries(of list: [Member], _ view: CrashView) -> [Entry] {
    var places: [RunFingerprint: Int] = [:]
    var members: [[Int]] = []
    for (index, member) in list.enumerated() {
      if let run = member.run, let place = places[run],
        list[members[place][0]].set.faults.count == member.set.faults.count
      {
        members[place].append(index)
      } else {
        if let run = member.run { places[run] = members.count }
        members.append([index])
      }
    }
    return members.map { group in
      let shown =
        group.first { candidate in
          !group.contains { list[$0].set.faults.isMilder(than: list[candidate].set.faults, view) }
        } ?? group[0]
      return ([shown], group.filter { $0 != shown })
    }
  }
}
