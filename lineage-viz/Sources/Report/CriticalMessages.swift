// Which messages the outcome depends on. There are two measures, both exact. The first is the number of
// breaking fault sets that lose a message, on its way or because its sender or receiver is down. The second
// is what the run without faults loses when only this message is lost; such a run is made to find out. A
// retry or an abort may be sent under faults only: such a message is lost in the runs that send it in vain,
// but cannot be lost alone, because it is then not sent.

import Dedalus
import Evaluation
import Indices
import Properties
import Scenarios

/// The messages of the run without faults and of the breaking runs, the most critical first.
struct CriticalMessages {
  /// What one node sends to another in one round, which is what an omission loses.
  struct Entry {
    let sender: NodeID
    let receiver: NodeID
    let sent: Round
    /// The rows that are sent.
    let payload: [String]
    /// The number of breaking fault sets that lose it.
    let sets: Int
    /// Whether its loss alone breaks the outcome.
    let breaksAlone: Bool
    /// The number of tuples of the run without faults that are missing when only this message is lost.
    let missing: Int
    /// Whether it is sent without faults.
    let isUsual: Bool
    /// Whether the bounds admit that only this message is lost.
    let mayBeLostAlone: Bool
  }

  /// The entries, the most critical first.
  let entries: [Entry]
  /// The number of messages; greater than that of `entries` where not all were tried.
  let total: Int

  /// The largest number of messages that are tried, one run each.
  private static let mostTrials = 200
  /// The approximate number of tuples that all these runs together may have; at least one run is made.
  private static let mostTuples = 400_000

  /// A message, and the number of breaking fault sets that lose it.
  private struct Weighed {
    let key: LinkInRound
    let payload: [String]
    let sets: Int
    let isUsual: Bool
  }

  /// The messages of `baseline`, and those that are sent only `underFaults`; `breaking` are the fault sets
  /// that break the outcome.
  ///
  /// When `shouldStop` ends the trials, the result has the messages tried so far.
  init(
    of baseline: Execution, _ question: Question, breaking: [FaultSet], underFaults: MessagesUnderFaults,
    shouldStop: () -> Bool = { false }
  ) {
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    let usual = Transmission.all(of: baseline).map { arrow in
      let key = LinkInRound(arrow.key)
      return Weighed(
        key: key, payload: arrow.rows.map { baseline.textWithoutLocation(of: $0) },
        sets: breaking.count { $0.lose(key, question.crashView) }, isUsual: true)
    }
    let others = underFaults.messages.map { key, message in
      Weighed(key: key, payload: message.payload, sets: message.lost, isUsual: false)
    }
    let all = (usual + others).sorted { $0.key < $1.key }
    total = all.count
    let tried = all.enumerated().sorted { ($1.element.sets, $0.offset) < ($0.element.sets, $1.offset) }
      .prefix(max(1, min(Self.mostTrials, Self.mostTuples / max(1, baseline.store.tuples.count))))
      .map(\.element)
    entries = tried.compactMap { message -> Entry? in
      guard !shouldStop() else { return nil }
      let key = message.key
      let loss = FaultSet([Fault.omission(from: key.link.sender, to: key.link.receiver, key.sent)])
      let run =
        message.isUsual ? compiled.run(question.setting, under: baseline.scenario.with(loss)) : nil
      return Entry(
        sender: key.link.sender, receiver: key.link.receiver, sent: key.sent, payload: message.payload,
        sets: message.sets,
        breaksAlone: run.map { !question.violations(in: $0, baseline: baseline).isEmpty } ?? false,
        missing: run.map { baseline.countTuples(missingIn: $0) } ?? 0, isUsual: message.isUsual,
        mayBeLostAlone: question.bounds.admits(loss))
    }.enumerated().sorted { $0.element.outranks($1.element, $0.offset < $1.offset) }.map(\.element)
  }
}

/// A link and a round in which something is sent on it.
struct LinkInRound: Hashable, Comparable {
  let link: Link
  let sent: Round

  /// Where and when `transmission` is sent.
  init(_ transmission: Transmission) {
    (link, sent) = (transmission.link, transmission.sent)
  }

  static func < (left: LinkInRound, right: LinkInRound) -> Bool {
    (left.sent, left.link) < (right.sent, right.link)
  }
}

/// The messages that breaking runs send, even in vain, but the run without faults does not.
struct MessagesUnderFaults {
  /// For each message: what the first run that sends it sends, and the number of runs in which it is lost.
  private(set) var messages: [LinkInRound: (payload: [String], lost: Int)] = [:]
  private let usual: Set<LinkInRound>

  /// No messages yet; those of `baseline` will be left out.
  init(beside baseline: Execution) {
    usual = Set(Transmission.all(of: baseline).map { LinkInRound($0.key) })
  }

  /// Adds the messages of `run`, which breaks the outcome.
  mutating func add(_ run: Execution) {
    for (key, rows) in Transmission.all(of: run) {
      let message = LinkInRound(key)
      guard !usual.contains(message) else { continue }
      let payload = rows.map { run.textWithoutLocation(of: $0) }
      messages[message, default: (payload, 0)].lost += key.isLost ? 1 : 0
    }
  }
}

extension CriticalMessages.Entry {
  /// Whether it comes before `other`; `isEarlier` decides if both are equally critical.
  fileprivate func outranks(_ other: Self, _ isEarlier: Bool) -> Bool {
    if sets != other.sets { return sets > other.sets }
    if breaksAlone != other.breaksAlone { return breaksAlone }
    if missing != other.missing { return missing > other.missing }
    return isEarlier
  }
}

extension Execution {
  /// The number of tuples of the program's relations that `other`, a run of the same program, lacks.
  fileprivate func countTuples(missingIn other: Execution) -> Int {
    store.tuples.count { tuple in
      let row = store.row(of: tuple)
      let relation = store.relation(of: row)
      return relation.position < program.relations.count
        && other.tuple(relation, values(of: row), in: store.round(of: tuple)) == nil
    }
  }
}

extension FaultSet {
  /// Whether these faults lose what is sent at `place`: no copy of it arrives.
  fileprivate func lose(_ place: LinkInRound, _ view: CrashView) -> Bool {
    if loss(on: place.link, in: place.sent, view) != nil { return true }
    let shifts = shifts(on: place.link, in: place.sent)
    let delay = shifts.first { $0.meaning.transmission == .delays }?.extent ?? 0
    let copies = shifts.filter { $0.meaning.transmission == .repeats }.map(\.extent)
    return ([delay] + copies).allSatisfy { late in
      isolation(of: place.link.receiver, in: Round(place.sent.position + 1 + late), view) != nil
    }
  }
}
