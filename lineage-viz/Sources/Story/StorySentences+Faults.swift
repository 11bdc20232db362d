import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

// Faults in words: what begins, and what is the case because of them.
extension StorySentences {
  /// What begins with `fault`, without a full stop. The chapter says in which round.
  func beginning(_ fault: Fault) -> String {
    guard case .node(let node) = fault.subject, fault.meaning.measure == nil else {
      return fault.sentence(plot.picture.nodes)
    }
    return "\(name(node)) \(fault.meaning.verb)"
  }

  static let unheard = " It goes on computing, but nobody hears it."

  /// Whether the node that `fault` strikes goes on computing, and that is told.
  func isUnheard(_ fault: Fault) -> Bool {
    guard case .node(let node) = fault.subject else { return false }
    return marks.isUnheard(node, in: fault.round)
  }

  /// The faults of links that prevent `derivations`.
  func linkFaults(_ derivations: [StoryPlot.Derivation]) -> [Fault] {
    derivations.flatMap(\.causes).filter(\.isAgainst).compactMap(\.box.fault).filter {
      $0.subject.form == .link
    }
  }

  /// The boxes of faults of anything but links.
  func otherFaults(_ causes: [StoryPlot.Cause]) -> [LineagePicture.Box] {
    causes.map(\.box).filter { box in box.fault.map { $0.subject.form != .link } ?? false }
  }

  /// Whether the messages of `derivations` are sent, and lost afterwards: no fault has struck their senders.
  func isSent(_ derivations: [StoryPlot.Derivation]) -> Bool {
    derivations.allSatisfy { derivation in
      guard let message = derivation.message else { return false }
      let faults = otherFaults(derivation.causes.filter(\.isAgainst)).compactMap(\.fault)
      return !faults.isEmpty
        && faults.allSatisfy { fault in
          fault.subject.form != .node || fault.subject.node != message.sender
            || message.sent.allSatisfy { $0 < fault.round }
        }
    }
  }

  /// What is the case because of the faults of `boxes`, with references to the events that tell them:
  /// `a and b have crashed (1, 2)`, `a is down in round 3`.
  func states(
    of boxes: [LineagePicture.Box], _ words: KeyPath<any FaultKind, Predicate> = \.state
  ) -> String {
    struct Likeness: Hashable {
      let state: String
      let rounds: String
    }
    var order: [Likeness] = []
    var groups: [Likeness: [LineagePicture.Box]] = [:]
    for box in boxes {
      guard let fault = box.fault else { continue }
      let rounds = fault.meaning.measure == .until ? " in \(fault.roundsText)" : ""
      let likeness = Likeness(state: fault.meaning[keyPath: words].one, rounds: rounds)
      if groups[likeness] == nil { order.append(likeness) }
      groups[likeness, default: []].append(box)
    }
    return Self.joined(
      order.map { likeness in
        let members = groups[likeness] ?? []
        let faults = Self.distinct(members.compactMap(\.fault))
        let names = Self.distinct(faults.map(\.subject)).map(subjectWords)
        let predicate = faults[0].meaning[keyPath: words]
        let verb = names.count == 1 && !isPlural(faults[0].subject) ? predicate.one : predicate.many
        return "\(Self.joined(names)) \(verb)\(likeness.rounds)\(plot.reference(to: members))"
      })
  }

  private func isPlural(_ subject: Fault.Subject) -> Bool {
    if case .side(let side) = subject { side.count > 1 } else { false }
  }

  private func subjectWords(_ subject: Fault.Subject) -> String {
    switch subject {
    case .node(let node): name(node)
    case .side(let side): Self.joined(side.nodes.map(name))
    case .link, .fact: subject.words(plot.picture.nodes)
    }
  }
}

extension Fault {
  /// How a message comes that the fault shifts: `2 rounds late`, or `once more`.
  var lateness: String {
    meaning.transmission == .repeats ? "once more" : "\(counted(extent, "round")) late"
  }
}
