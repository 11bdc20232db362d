// How rows came about that break a specification without any fault: one derivation of each, told in order of
// time. What is only carried from round to round is told once, where it comes from.

import Dedalus
import Evaluation
import Indices
import Properties
import Scenarios
import Texts

/// The story of violations in the run without faults.
public struct BaselineStory {
  private let execution: Execution
  private let firings: IndexedArray<TupleID, [FiringID]>
  /// The sentences, by the round in which they happen; none twice.
  private var sentences: [Round: [String]] = [:]
  private var told: Set<TupleID> = []

  /// The largest number of violations whose derivation is told, and of sentences of one round.
  private static let (mostRoots, longestChapter) = (3, 20)

  /// Tells of the first of `violations`, found in `execution` for `question`.
  public init(_ violations: [Violation], of question: Question, in execution: Execution) {
    self.execution = execution
    firings = execution.firingsByHead()
    var roots: [TupleID] = []
    for violation in violations {
      guard let property = question.property(named: violation.property),
        let place = property.evidence(for: violation).present,
        let tuple = execution.tuple(of: violation, at: place)
      else { continue }
      roots.append(tuple)
    }
    for root in roots.prefix(Self.mostRoots) { tell(from: root) }
  }

  /// The story; empty where no row that holds is to blame.
  public var text: String {
    sentences.sorted { $0.key < $1.key }.map { round, lines in
      let shown = lines.prefix(Self.longestChapter).map { "    \($0)\n" }.joined()
      let rest = lines.count - Self.longestChapter
      return "  round \(round.rawValue)\n" + shown + (rest > 0 ? "    and \(rest) more\n" : "")
    }.joined()
  }

  /// Tells how the tuple `root` came about, what it rests on first.
  private mutating func tell(from root: TupleID) {
    var stack: [(tuple: TupleID, premises: [TupleID])] = []
    var next: TupleID? = root
    while next != nil || !stack.isEmpty {
      if let tuple = next.take().map(origin), told.insert(tuple).inserted {
        stack.append((tuple, firings[tuple].first.map { premises(of: $0) } ?? []))
      }
      guard let top = stack.last else { continue }
      next = top.premises.first
      if next == nil {
        stack.removeLast()
        note(top.tuple)
      } else {
        stack[stack.count - 1].premises.removeFirst()
      }
    }
  }

  /// The tuple from which `tuple` is carried on, round by round; itself where it is not.
  private func origin(of tuple: TupleID) -> TupleID {
    var origin = tuple
    while let firing = firings[origin].first, let earlier = execution.copiedTuple(of: firing) {
      origin = earlier
    }
    return origin
  }

  /// The tuples that `firing` rests on; instead of the rows of an aggregate, what these rest on.
  private func premises(of firing: FiringID) -> [TupleID] {
    var found: [TupleID] = []
    for premise in execution.premises(of: firing) {
      guard case .tuple(let tuple) = premise else { continue }
      if isOfAggregate(tuple), let row = firings[tuple].first {
        found += premises(of: row).filter { !found.contains($0) }
      } else if !found.contains(tuple) {
        found.append(tuple)
      }
    }
    return found
  }

  private func isOfAggregate(_ tuple: TupleID) -> Bool {
    execution.schema[execution.store.relation(of: execution.store.row(of: tuple))].aggregateRule != nil
  }

  /// Tells of `tuple`, unless the world states it.
  private mutating func note(_ tuple: TupleID) {
    let relation = execution.store.relation(of: execution.store.row(of: tuple))
    guard !execution.program.worldRelations.contains(relation) else { return }
    guard let firing = firings[tuple].first else {
      return add("\(text(of: tuple)) is given.", in: execution.store.round(of: tuple))
    }
    let place = execution.rule(of: firing).map { " [\(execution.place(of: $0))]" } ?? ""
    let causes = reasons(for: firing)
    guard let message = execution.message(of: firing) else {
      return add("\(text(of: tuple)) holds\(place)\(causes).", in: execution.store.round(of: tuple))
    }
    let nodes = execution.setting.nodes
    let sender = message.sender.map { nodes[$0].string.showingEverything } ?? "_"
    let receiver = nodes[message.receiver].string.showingEverything
    add("\(sender) sends \(text(of: tuple)) to \(receiver)\(place)\(causes).", in: message.sent)
  }

  private mutating func add(_ sentence: String, in round: Round) {
    if sentences[round]?.contains(sentence) != true { sentences[round, default: []].append(sentence) }
  }

  private func reasons(for firing: FiringID) -> String {
    let rows = premises(of: firing).map(text)
    let absent = execution.premises(of: firing).compactMap { premise -> String? in
      guard case .absence(let absence) = premise else { return nil }
      return "no " + shortened(execution.text(of: execution.absence(absence)).showingEverything, to: 80)
    }
    let all = rows + absent
    return all.isEmpty ? "" : ", from " + StorySentences.joined(all)
  }

  private func text(of tuple: TupleID) -> String {
    shortened(execution.text(of: execution.store.row(of: tuple)).showingEverything, to: 80)
  }
}
