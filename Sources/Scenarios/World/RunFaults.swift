import Indices

/// The faults of one run, by what they strike.
public struct RunFaults: FaultSource {
  /// All faults of the run.
  public let set: FaultSet
  /// The faults on links, by link and round.
  @usableFromInline let links: [LinkInRound: [LinkFault]]
  /// The largest number of rounds by which a message comes late.
  public let mostLate: Int

  @usableFromInline
  struct LinkInRound: Hashable, Sendable {
    @usableFromInline let link: Link
    @usableFromInline let round: Round

    @inlinable
    init(link: Link, round: Round) {
      self.link = link
      self.round = round
    }
  }

  /// The faults of `set`.
  public init(_ set: FaultSet) {
    self.set = set
    var links: [LinkInRound: [LinkFault]] = [:]
    var mostLate = 0
    for (number, fault) in set.faults.enumerated() {
      guard case .link(let link) = fault.subject, let transmission = fault.meaning.transmission else {
        continue
      }
      mostLate = max(mostLate, fault.extent)
      links[LinkInRound(link: link, round: fault.round), default: []].append(
        LinkFault(transmission, late: fault.extent, ChoiceID(number)))
    }
    self.links = links
    self.mostLate = mostLate
  }

  /// Calls `body` for every fault of the set that strikes subjects of this form, with its number as choice.
  public func eachFault(striking form: Fault.Subject.Form, _ body: (Fault, ChoiceID) -> Void) {
    for (number, fault) in set.faults.enumerated() where fault.subject.form == form {
      body(fault, ChoiceID(number))
    }
  }

  /// Calls `body` for every fault that strikes `link` in `round`.
  @inlinable
  public func eachFault(on link: Link, in round: Round, _ body: (LinkFault) -> Void) {
    if links.isEmpty { return }
    for fault in links[LinkInRound(link: link, round: round)] ?? [] { body(fault) }
  }
}

/// The world of one run.
public typealias RunWorld = World<OneRun, RunFaults>

extension World where Algebra == OneRun, Faults == RunFaults {
  /// The world in `setting` under `faults`.
  public convenience init(_ setting: Setting, _ faults: FaultSet) {
    var algebra = OneRun()
    self.init(setting, RunFaults(faults), &algebra)
  }
}
