import Answers

extension JSON {
  /// The counters of `cost`, by name.
  package init(counters cost: Cost) {
    self = .object(Cost.Counter.allCases.map { .init(key: $0.rawValue, value: .integer(cost[$0])) })
  }

  /// The seconds of `cost`, in total and by phase.
  package init(seconds cost: Cost) {
    self = .object(Cost.Phase.allCases.map { .init(key: $0.rawValue, value: .decimal(cost[$0])) })
  }
}
