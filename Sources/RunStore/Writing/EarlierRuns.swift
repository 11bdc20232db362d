// An analysis that was cut off is searched again from its beginning, because a search knows things from its
// runs and from the size up to which fault sets are proved harmless. The recorded runs are made again in
// their order, and compared instead of written: an uninterrupted search begins with the same runs. Only the
// last of them may differ: when a limit is reached, a search ends with the best fault set that it has found,
// or in the middle of a run. That run stays until the search makes another in its place.

import Answers

/// The runs of an analysis that an earlier process left, and how many have been made again.
struct EarlierRuns: Sendable {
  private var runs: [RunRecord] = []
  /// The answer of that process; nil where it had none.
  private var answer: AnswerRecord?
  /// The number of entries of the shared tables that the runs use.
  private var extent = SavedCounts()
  private var path = ""
  /// The number of runs that have been made again.
  private(set) var repeated = 0

  init() {}

  init(_ recorded: RecordedAnalysis, answer: AnswerRecord?) {
    assert(
      recorded.runs.enumerated().allSatisfy { $0.offset + 1 == $0.element.number },
      "runs are numbered in the order in which they were made")
    runs = recorded.runs
    self.answer = answer
    extent = SavedCounts(of: recorded.shared)
    path = recorded.store.path
  }

  /// What a search may take over from the record, where that ended with an answer.
  var known: EarlierSearch {
    guard let answer else { return EarlierSearch() }
    return EarlierSearch(
      runs: runs.map {
        EarlierSearch.Run($0.scenario, isBreaking: $0.role == .counterexample, isMinimum: $0.minimum == true)
      },
      harmlessUpTo: answer.harmlessUpTo)
  }

  /// How a run of the search relates to the recorded runs.
  enum Standing {
    /// It comes after them.
    case new
    /// It equals the next of them.
    case repeated
    /// It is the beginning of the next of them.
    case beginning
    /// It replaces the last of them.
    case replacing
  }

  /// The standing of `run`; with it, the runs of this search use `taken` of the shared tables.
  ///
  /// - Throws: `StoreError` where this search cannot have made the recorded run.
  mutating func standing(of run: PendingRun, taking taken: SavedCounts) throws(StoreError) -> Standing {
    assert(repeated <= runs.count, "no more runs are made again than there are on record")
    guard repeated < runs.count else { return .new }
    let earlier = runs[repeated]
    if run.scenario == earlier.scenario {
      if run.digest == earlier.digest {
        repeated += 1
        guard repeated < runs.count || taken == extent else { throw damage("has more than its runs hold") }
        return .repeated
      }
      if run.isCutOff { return .beginning }
      guard earlier.isCutOff else { throw another }
    }
    guard repeated + 1 == runs.count else { throw another }
    return .replacing
  }

  /// Whether the record says more than `answer`, at which a limit ended the search.
  func sayMore(than answer: Answer) -> Bool {
    guard let earlier = self.answer else { return false }
    return repeated < runs.count || earlier.harmlessUpTo ?? -1 > answer.harmlessUpTo ?? -1
  }

  /// Forgets the recorded runs that this search has not made, of which there may be one; true where there was
  /// one.
  mutating func forgetRest() throws(StoreError) -> Bool {
    guard repeated < runs.count else { return false }
    guard repeated + 1 == runs.count else { throw another }
    runs.removeLast()
    answer = nil
    assert(repeated == runs.count, "what is left on record has been made again")
    return true
  }

  private var another: StoreError { damage("has run \(repeated + 1), which this program does not make") }

  private func damage(_ what: String) -> StoreError {
    .damaged(path: path, reason: "analysis \(runs.first?.analysis.number ?? 0) \(what)")
  }
}
