import Indices

/// The faults of one run, by what they strike.
public struct RunFaults: FaultSource {
  /// All faults of the run.
  public let set: FaultSet
  /// The faults on links, by round and then by link.
  @usableFromInline let onLinks: [Placed]
  /// The largest number of rounds by which a message comes late.
  public let mostLate: Int

  /// A fault on a link in a round.
  @usableFromInline
  struct Placed: Sendable {
    @usableFromInline let round: Round
    @usableFromInline let link: Link
    @usableFromInline let fault: LinkFault

    /// Whether what it strikes comes before `link` in `round`.
    @inlinable
    func precedes(_ link: Link, in round: Round) -> Bool {
      self.round != round ? self.round < round : self.link < link
    }
  }

  /// The faults of `set`.
  public init(_ set: FaultSet) {
    self.set = set
    var onLinks: [Placed] = []
    for (number, fault) in set.faults.enumerated() {
      guard case .link(let link) = fault.subject, let transmission = fault.meaning.transmission else {
        continue
      }
      onLinks.append(
        Placed(
          round: fault.round, link: link,
          fault: LinkFault(transmission, late: fault.extent, ChoiceID(number))))
    }
    if onLinks.count > 1 {
      onLinks.sort { ($0.round, $0.link, $0.fault.choice) < ($1.round, $1.link, $1.fault.choice) }
    }
    self.onLinks = onLinks
    mostLate = onLinks.lazy.map(\.fault.late).max() ?? 0
    assert(
      zip(onLinks, onLinks.dropFirst()).allSatisfy { !$1.precedes($0.link, in: $0.round) },
      "a search by halves needs faults in order")
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
    var (low, high) = (0, onLinks.count)
    while low < high {
      let middle = (low + high) / 2
      if onLinks[middle].precedes(link, in: round) { low = middle + 1 } else { high = middle }
    }
    while low < onLinks.count, onLinks[low].round == round, onLinks[low].link == link {
      body(onLinks[low].fault)
      low += 1
    }
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
