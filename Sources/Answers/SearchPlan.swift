import Texts

/// All that the runs of a search depend on, apart from the question: equal plans mean equal runs.
///
/// With symmetry, a fault set is skipped that equals an earlier one with interchangeable nodes renamed.
public enum SearchPlan: Hashable, Sendable {
  /// The circuit finds the first of the smallest breaking sets.
  case circuit
  /// The circuit finds the minimal sets; all of them, unless there is a largest number.
  case minimalSets(atMost: Int?, usesSymmetry: Bool)
  /// Every set is tried.
  case exhaustive(usesSymmetry: Bool)
  /// At most `runs` sets are drawn and tried, with random numbers that `seed` determines.
  case random(seed: UInt64, runs: Int, usesSymmetry: Bool)
  /// The loop tries what lineage suggests.
  case loop(Negation, usesSymmetry: Bool)

  /// How fault sets are searched.
  public var strategy: Strategy {
    switch self {
    case .circuit, .minimalSets: .circuit
    case .exhaustive: .exhaustive
    case .random(let seed, let runs, _): .random(seed: seed, runs: runs)
    case .loop(let negation, _): .loop(negation)
    }
  }
}

// MARK: As text

extension SearchPlan {
  /// All but the name of the strategy in words, e.g. `seed=1 runs=100 symmetry`. Different plans of one
  /// strategy have different words.
  public var options: String {
    let words: [String?] =
      switch self {
      case .circuit: []
      case .minimalSets(let limit, let usesSymmetry):
        ["all", limit.map { "limit=\($0)" }, Self.word(usesSymmetry)]
      case .exhaustive(let usesSymmetry): [Self.word(usesSymmetry)]
      case .random(let seed, let runs, let usesSymmetry):
        ["seed=\(seed)", "runs=\(runs)", Self.word(usesSymmetry)]
      case .loop(let negation, let usesSymmetry):
        ["negation=\(negation.rawValue)", Self.word(usesSymmetry)]
      }
    return words.compactMap(\.self).joined(separator: " ")
  }

  private static func word(_ usesSymmetry: Bool) -> String? { usesSymmetry ? "symmetry" : nil }

  /// The plan with this strategy and these options in words; nil where there is none.
  public init?(_ name: Strategy.Name, options: String) {
    var words = options.split(separator: " ").map(String.init)[...]
    switch name {
    case .circuit where words.take("all") != nil:
      let limit = words.take("limit=").flatMap(wholeNumber)
      self = .minimalSets(atMost: limit, usesSymmetry: words.take("symmetry") != nil)
    case .circuit: self = .circuit
    case .exhaustive: self = .exhaustive(usesSymmetry: words.take("symmetry") != nil)
    case .random:
      guard let seed = words.take("seed=").flatMap({ UInt64($0) }),
        let runs = words.take("runs=").flatMap(wholeNumber)
      else { return nil }
      self = .random(seed: seed, runs: runs, usesSymmetry: words.take("symmetry") != nil)
    case .loop:
      guard let negation = words.take("negation=").flatMap(Negation.init) else { return nil }
      self = .loop(negation, usesSymmetry: words.take("symmetry") != nil)
    }
    // Whatever is not as it would be written is no plan: a word too many, another order, a leading zero.
    guard self.options.utf8.elementsEqual(options.utf8) else { return nil }
  }
}

extension ArraySlice<String> {
  /// Removes the first word and returns what follows `prefix` in it; nil where it does not begin so.
  fileprivate mutating func take(_ prefix: String) -> String? {
    guard let first, first.utf8.starts(with: prefix.utf8) else { return nil }
    removeFirst()
    return String(decoding: first.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }
}
