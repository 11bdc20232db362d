// What a lineage diagram says in words, whoever draws it.

import Evaluation
import Scenarios

extension LineagePicture {
  /// The lines of text in `box`.
  func lines(of box: Box) -> [String] {
    let more = box.isOpen ? ["…"] : []
    let rounds = roundsText(box.rounds)
    let place = box.place.map { "   \($0)" } ?? ""
    switch box.kind {
    case .fault: return [box.title]
    case .firing: return more + [box.title]
    case .held: return more + [box.title, rounds + place]
    case .added: return more + [box.title, "only under the faults, \(rounds)\(place)"]
    case .absence: return more + [box.title, rounds] + (box.reason.map { [$0] } ?? [])
    case .missing:
      let excluded = box.excluded.map { "would hold without \(nodes.text(of: $0))" }
      let missing = box.isFrontier ? "earliest missing: " : "missing in "
      return more + [box.title, "\(missing)\(rounds)\(place)"] + (excluded.map { [$0] } ?? [])
    }
  }

  /// How the picture is to be read, and how much it shows.
  var notes: [String] {
    let size =
      boxes.count < total
      ? [
        "showing \(grouped(boxes.count)) of \(grouped(total)) boxes;"
          + " '…' rests on more, dotted arrows lead through what is not shown"
      ] : []
    let common = [
      "Arrows into a box: all of these are needed. Arrows from a rule's place (file:line): any one of these will do.",
      "Dashed arrow: a message from one node to another. Dashed box with sharp corners: nothing matches.",
    ]
    switch purpose {
    case .lineage:
      return size + common + [
        "Octagon: a fault; red bars: what it takes away. Bold: what the picture is about."
      ]
    case .comparison:
      return size + common + [
        "Octagon: a fault; red bars: what it takes away, or what now stands against a rule.",
        "Grey: missing under the faults, would hold without them; red double border: the earliest of these.",
        "Red box: only under the faults. Bold: what is violated.",
      ]
    case .absence:
      return size + [
        "Dashed box: nothing matches. Above it each rule that could derive it, by its place, and what it lacks.",
        "Red bars: a row that holds and must not, or a fault. Octagon: a fault. Bold: what the picture is about.",
      ]
    }
  }
}
