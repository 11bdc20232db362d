// What the faults of a run leave to be seen in charts and space-time diagrams. It follows from their effects
// and from the form of their subjects, so that it fits every kind.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// The marks of the faults of a run, by node and round.
struct FaultMarks {
  /// A mark that needs an explanation where it occurs.
  enum Mark: Hashable, CaseIterable {
    /// A node does nothing for some rounds, and forgets nothing.
    case paused
    /// A node is down for some rounds.
    case down
    /// A node comes back.
    case back
    /// Some nodes are cut off from the others for some rounds.
    case cutOff
    /// A message comes late.
    case late
    /// A message comes twice.
    case doubled
    /// A fact is missing.
    case missingFact
    /// A node has crashed and goes on computing.
    case unheard
  }

  /// Something that is told in one round at one node.
  struct Remark {
    let fault: Fault
    let text: String
  }

  private let execution: Execution
  /// The marks that occur.
  let occurring: Set<Mark>
  private let unheard: Set<NodeID>

  /// The marks of `execution`.
  init(of execution: Execution) {
    self.execution = execution
    let (last, view) = (execution.setting.eot, execution.setting.crashView)
    var marks: Set<Mark> = []
    for fault in execution.faults.faults where fault.round <= last {
      switch fault.subject.form {
      case .fact: marks.insert(.missingFact)
      case .side: marks.insert(.cutOff)
      case .link: continue
      case .node:
        guard case .node(let node) = fault.subject, !fault.meaning.isForGood else { continue }
        switch execution.faults.trouble(of: node, in: fault.round, view)?.trouble {
        case .paused: marks.insert(.paused)
        case .down: marks.insert(.down)
        case .silent, nil: break
        }
        if fault.meaning.ending != nil, fault.until <= last { marks.insert(.back) }
      }
    }
    for message in execution.messages where message.fate == .delivered {
      if message.arrivals.count > 1 {
        marks.insert(.doubled)
      } else if !message.isOnTime {
        marks.insert(.late)
      }
    }
    unheard = Self.unheard(in: execution)
    occurring = unheard.isEmpty ? marks : marks.union([.unheard])
  }

  /// The nodes that hold rows in rounds in which nobody hears them.
  private static func unheard(in execution: Execution) -> Set<NodeID> {
    let (setting, store) = (execution.setting, execution.store)
    var silence: [NodeID: Round] = [:]
    for node in setting.nodes.ids {
      let first = (1...setting.eot.position).first {
        execution.faults.trouble(of: node, in: Round($0), setting.crashView)?.trouble == .silent
      }
      if let first { silence[node] = Round(first) }
    }
    var found: Set<NodeID> = []
    for tuple in store.tuples where found.count < silence.count {
      guard let node = execution.constants.node(store.symbol(tuple, 0)), let first = silence[node],
        store.round(of: tuple) > first
      else { continue }
      let relation = store.relation(of: store.row(of: tuple))
      if !execution.program.worldRelations.contains(relation) { found.insert(node) }
    }
    return found
  }

  /// Whether nobody hears what `node` computes in `round`, and that is marked.
  func isUnheard(_ node: NodeID, in round: Round) -> Bool {
    unheard.contains(node) && trouble(of: node, in: round)?.trouble == .silent
  }

  private var nodes: Nodes { execution.setting.nodes }

  /// The fault that silences or stops `node` in `round`, and what it makes of it; nil where there is none.
  func trouble(of node: NodeID, in round: Round) -> (fault: Fault, trouble: Trouble)? {
    execution.faults.trouble(of: node, in: round, execution.setting.crashView)
  }

  /// What passing trouble makes of `node` in `round`; nil where nothing is wrong, or is for good.
  func passingTrouble(of node: NodeID, in round: Round) -> Trouble? {
    guard let (fault, trouble) = trouble(of: node, in: round), !fault.meaning.isForGood else { return nil }
    return trouble
  }

  /// The faults that begin at `node` in `round`, in words: those of the node, of a side whose first node it
  /// is, and of facts that are located there.
  func beginnings(at node: NodeID, in round: Round) -> [Remark] {
    execution.faults.faults.filter { $0.round == round && execution.location(of: $0) == node }.compactMap {
      fault in
      switch fault.subject.form {
      case .node: Remark(fault: fault, text: fault.meaning.verb)
      case .side, .fact: Remark(fault: fault, text: "\(fault.subject.words(nodes)) \(fault.meaning.verb)")
      case .link: nil
      }
    }
  }

  /// The faults after which `node` comes back in `round`, in words.
  func endings(at node: NodeID, in round: Round) -> [Remark] {
    execution.faults.faults.compactMap { fault in
      guard fault.subject == .node(node), fault.extent > 0, fault.until == round,
        let ending = fault.meaning.ending
      else { return nil }
      return Remark(fault: fault, text: ending)
    }
  }

  /// The faults that take facts at `node` in `round` away.
  func missingFacts(at node: NodeID, in round: Round) -> [Fault] {
    execution.faults.faults.filter {
      $0.subject.form == .fact && $0.round == round && execution.location(of: $0) == node
    }
  }

  /// The sides that are cut off, each with its rounds in the run.
  var cuts: [(side: NodeSet, rounds: ClosedRange<Round>)] {
    let last = execution.setting.eot
    return execution.faults.separations(in: execution.setting.crashView).compactMap { _, side, span in
      let end = min(span.last ?? last, last)
      return span.first <= end ? (side, span.first...end) : nil
    }
  }

  /// Whether `node` is on a side that is cut off in `round`.
  func isCutOff(_ node: NodeID, in round: Round) -> Bool {
    cuts.contains { $0.side.contains(node) && $0.rounds.contains(round) }
  }
}

extension Execution {
  /// The node where `fault` is told: its node, the first node of a side, or the location of a fact. Nil where
  /// there is none, as for messages.
  func location(of fault: Fault) -> NodeID? {
    switch fault.subject {
    case .node(let node): node
    case .side(let side): side.nodes.first
    case .fact(let fact):
      fact.values.first.flatMap { constants.symbol(of: $0) }.flatMap { constants.node($0) }
    case .link: nil
    }
  }
}
