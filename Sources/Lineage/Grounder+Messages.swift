import Dedalus
import Evaluation
import Indices
import Scenarios

extension Grounder {
  /// Adds an instance of the message `words` for each round in which it may arrive. The factors gathered so
  /// far say when it is sent, and all its premises are closed. A message to what is no node is not sent.
  mutating func addArrivals(of words: WordBuffer, from sender: NodeID?, _ matcher: inout Matcher) {
    assert(openPremises.isEmpty, "a message rests on a complete round")
    guard let receiver = matcher.constants.node(Symbol(rawValue: words[1])) else { return }
    let link = Link(from: sender ?? receiver, to: receiver)
    let sent = messages == nil ? Edge.never : circuit.and(factors)
    var arrivals: [(round: Round, condition: Edge)] = []
    defer { note(words, on: link, sent, arrivals, matcher) }
    let unsent = factors.count
    let match = recorder?.current
    world.addConditions(ofSendingOn: link, in: matcher.round, to: &factors, &circuit)
    let sending = factors
    for late in 0...world.mostLate {
      let arrival = Round(rawValue: matcher.round.rawValue + 1 + UInt32(late))
      guard arrival <= setting.eot else { return }
      if late > 0 { factors = sending }
      guard
        world.addConditions(ofArrivalOn: link, sentIn: matcher.round, late: late, to: &factors, &circuit)
      else { continue }
      world.addConditions(ofReaching: receiver, in: arrival, to: &factors, &circuit)
      let condition = circuit.and(factors)
      if messages != nil, condition != .never { arrivals.append((arrival, condition)) }
      if var instance = match {
        if case .match = instance.origin { instance.origin = .message(from: sender, sent: matcher.round) }
        instance.world += factors[unsent...]
        recorder?.current = instance
      }
      if late == 0 {
        addInstance(of: words, in: arrival, where: condition, &matcher)
      } else if condition != .never {
        comingLate[arrival, default: []].append(
          LateRow(row: words, condition: condition, instance: recorder?.current))
        countInstance(in: matcher.round)
      }
    }
  }

  /// Records a message that is sent in this round under `condition`, where messages are recorded. Its row has
  /// been inserted if it can arrive; one that never arrives is of no use to anybody.
  private mutating func note(
    _ words: WordBuffer, on link: Link, _ condition: Edge, _ arrivals: [(round: Round, condition: Edge)],
    _ matcher: borrowing Matcher
  ) {
    guard messages != nil, condition != .never, !arrivals.isEmpty, let row = matcher.store.findRow(words)
    else {
      return
    }
    messages?.append(
      .init(row: row, link: link, sent: matcher.round, condition: condition, arrivals: arrivals))
  }
}
