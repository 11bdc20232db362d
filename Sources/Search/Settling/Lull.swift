import Lineage
import Scenarios

/// Which rounds are quiet, as gates over the crashes.
struct Lull {
  let claim: SettlingClaim
  private let possible: PossibleFaults
  private let crashes: [(round: Int, choice: ChoiceID)]

  init(_ claim: SettlingClaim, _ possible: PossibleFaults) {
    self.claim = claim
    self.possible = possible
    crashes = possible.all.filter { $0.fault.kind == .crash }.map { ($0.fault.round.position, $0.choice) }
  }

  /// That no node crashes behind the base.
  func hasNoCrash(_ circuit: inout Circuit) -> Edge {
    !crash(in: 0...Int.max, &circuit)
  }

  /// That no round up to `round` is quiet.
  func isRestless(upTo round: Int, _ circuit: inout Circuit) -> Edge {
    guard claim.firstQuiet <= round else { return .always }
    return circuit.and((claim.firstQuiet...round).map { crash(in: ($0 - claim.calm)...$0, &circuit) })
  }

  /// That `round` is quiet, and no earlier one is.
  func isFirstQuiet(_ round: Int, _ circuit: inout Circuit) -> Edge {
    circuit.and([
      !crash(in: (round - claim.calm)...round, &circuit), isRestless(upTo: round - 1, &circuit),
    ])
  }

  /// That some node crashes in one of `rounds`, behind the base.
  private func crash(in rounds: ClosedRange<Int>, _ circuit: inout Circuit) -> Edge {
    let late = crashes.filter { rounds.contains($0.round) && $0.round > claim.invariance.base }
    return circuit.or(late.map { circuit.truth(of: $0.choice) })
  }

  /// That everything that is chosen may be chosen with this EOT: no node crashes later, and a fact that must
  /// be placed by then is.
  func isAdmissible(with eot: Int, _ circuit: inout Circuit) -> Edge {
    let placings = possible.inputs.entries.flatMap { entry in
      let isForced = !entry.alternatives.contains(nil) && entry.choices.contains { $0.round.position <= eot }
      return isForced ? entry.choices.filter { $0.round.position > eot }.map(\.choice) : []
    }
    let late = crashes.filter { $0.round >= eot }.map(\.choice) + placings
    return !circuit.or(late.map { circuit.truth(of: $0) })
  }
}
