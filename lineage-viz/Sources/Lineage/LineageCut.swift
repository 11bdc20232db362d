// The part of a lineage that is shown. Where a path between shown boxes leads through hidden boxes, a dotted
// arrow replaces it. So whatever is hidden, shown boxes reach each other exactly as they do in the whole
// lineage.

import Answers
import Dedalus
import Evaluation
import Indices

/// A part of a lineage.
struct LineageCut {
  /// The boxes that are shown, in order of discovery.
  let boxes: [BoxID]
  /// The arrows between the shown boxes.
  let arrows: [LineageBoxes.Arrow]
  /// The shown boxes that rest on a hidden one.
  let open: Set<BoxID>

  /// The part of `whole` that `view` shows.
  init(_ whole: LineageBoxes, _ view: LineageView) throws(LineageView.Miss) {
    let graph = Neighbours(whole)
    let roots = Set(whole.lineage.roots.map { whole.boxOfStep[$0].position })
    var shown = Set(whole.members.indices.map(\.position))
    var centre = roots
    if let focus = view.focus {
      centre = whole.boxes { whole.lineage.matches($0, focus) }
      if centre.isEmpty { throw .focus }
      shown = graph.ways(through: centre)
    }
    if !view.rules.isEmpty {
      let firing = whole.boxes { whole.lineage.isFiring($0, of: view.rules) }
      if firing.isEmpty { throw .rules }
      if view.focus == nil { centre = firing }
      shown.formIntersection(graph.ways(through: firing))
    }
    if let depth = view.depth {
      shown.formIntersection(graph.near(centre, depth, bothWays: centre != roots, whole))
    }
    let order = graph.nearestFirst(from: centre.intersection(shown), shown)
    let faults = order.filter { whole.kind(of: BoxID($0)) == .fault }
    let others = order.filter { whole.kind(of: BoxID($0)) != .fault }
    let kept = Set((faults + others).prefix(view.limit))
    boxes = kept.sorted().map { BoxID($0) }
    let direct = whole.arrows.filter { kept.contains($0.tail.position) && kept.contains($0.head.position) }
    arrows = direct + Detours(graph.supports, kept).arrows
    open = Set(
      boxes.filter { box in graph.supports[box.position].contains { !kept.contains($0) } })
  }
}

extension LineageSteps {
  fileprivate func matches(_ step: StepID, _ focus: LineageView.Focus) -> Bool {
    guard case .row(focus.relation, let values) = subjects[steps[step].subject] else { return false }
    return (focus.round == nil || focus.round == steps[step].round)
      && zip(values, focus.columns).allSatisfy { value, wanted in wanted == nil || wanted == value }
  }

  fileprivate func isFiring(_ step: StepID, of rules: Set<RuleID>) -> Bool {
    switch subjects[steps[step].subject] {
    case .rule(let rule), .obstacle(let rule?, _): rules.contains(rule)
    default: false
    }
  }
}

extension LineageBoxes {
  /// The boxes with a step that `isSought`.
  fileprivate func boxes(where isSought: (StepID) -> Bool) -> Set<Int> {
    Set(lineage.steps.indices.filter(isSought).map { boxOfStep[$0].position })
  }
}

/// For each box of a lineage: what it rests on, and what rests on it.
private struct Neighbours {
  let supports: [[Int]]
  let dependents: [[Int]]

  init(_ whole: LineageBoxes) {
    supports = whole.supports
    var dependents = Array(repeating: [Int](), count: supports.count)
    for arrow in whole.arrows { dependents[arrow.tail.position].append(arrow.head.position) }
    self.dependents = dependents
  }

  /// The boxes of `centre`, and all that reach them or are reached from them.
  func ways(through centre: Set<Int>) -> Set<Int> {
    closure(of: centre, supports).union(closure(of: centre, dependents))
  }

  private func closure(of start: Set<Int>, _ next: [[Int]]) -> Set<Int> {
    var seen = start
    var pending = Array(start)
    while let box = pending.popLast() {
      for other in next[box] where seen.insert(other).inserted { pending.append(other) }
    }
    return seen
  }

  /// The boxes at most `depth` boxes away from `centre`; boxes that only name the place of a rule do not
  /// count.
  func near(_ centre: Set<Int>, _ depth: Int, bothWays: Bool, _ whole: LineageBoxes) -> Set<Int> {
    let behind = near(centre, depth, supports, whole)
    return bothWays ? behind.union(near(centre, depth, dependents, whole)) : behind
  }

  private func near(_ centre: Set<Int>, _ depth: Int, _ next: [[Int]], _ whole: LineageBoxes) -> Set<Int> {
    var seen = centre
    var ring = Array(centre)
    for distance in 0...depth {
      var further: [Int] = []
      while let box = ring.popLast() {
        for other in next[box] where !seen.contains(other) {
          let isPlace = whole.kind(of: BoxID(other)) == .firing
          guard isPlace || distance < depth else { continue }
          seen.insert(other)
          if isPlace { ring.append(other) } else { further.append(other) }
        }
      }
      ring = further
    }
    return seen
  }

  /// The boxes of `shown`, ordered by their distance from `centre`, forwards and backwards; then the others.
  func nearestFirst(from centre: Set<Int>, _ shown: Set<Int>) -> [Int] {
    var order = centre.sorted()
    var seen = centre
    var position = 0
    while position < order.count {
      for other in supports[order[position]] + dependents[order[position]]
      where shown.contains(other) && seen.insert(other).inserted {
        order.append(other)
      }
      position += 1
    }
    return order + shown.subtracting(seen).sorted()
  }
}
