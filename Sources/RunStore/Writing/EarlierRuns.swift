// An analysis that was cut off is searched again from its beginning, because what a search knows it knows from its
// runs, and from the size up to which fault sets are proved harmless. The runs on record are made again, in their order,
// and compared instead of written: they are how an uninterrupted search begins. Only the last of them need not be: where
// a limit strikes, a search ends with the best fault set that it knows by then, or in the middle of a run. That run stays
// until the search makes another in its place.

import Search

/// The runs that an earlier process left of an analysis, and how far they have been made again.
struct EarlierRuns: Sendable {
  private var runs: [RunRecord] = []
  /// The answer with which that process ended, if it came to one.
  private var answer: AnswerRecord?
  /// How much of the shared tables the runs take.
  private var extent = SavedCounts()
  private var path = ""
  /// How many of them have been made again.
  private(set) var repeated = 0

  /// No runs.
  init() {}

  init(_ recorded: RecordedAnalysis, answer: AnswerRecord?) {
    runs = recorded.runs
    self.answer = answer
    extent = SavedCounts(of: recorded.shared)
    path = recorded.store.path
  }

  /// What a search may take from the record, where it ended with an answer.
  var known: EarlierSearch {
    guard let answer else { return EarlierSearch() }
    return EarlierSearch(
      runs: runs.map {
        EarlierSearch.Run($0.faults, isBreaking: $0.role == .counterexample, isMinimum: $0.minimum == true)
      },
      harmlessUpTo: answer.harmlessUpTo)
  }

  /// What a run of the search is to those on record.
  enum Standing {
    /// It comes after them.
    case new
    /// It is the next of them.
    case repeated
    /// It is the beginning of the next of them.
    case beginning
    /// It takes the place of the last of them.
    case replacing
  }

  /// What `run` is, with which the runs of this search take `taken` of the shared tables.
  ///
  /// - Throws: `StoreError` where the run on record is none of this search.
  mutating func standing(of run: PendingRun, taking taken: SavedCounts) throws(StoreError) -> Standing {
    guard repeated < runs.count else { return .new }
    let earlier = runs[repeated]
    if run.faults == earlier.faults {
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

  /// Whether `answer`, at which a limit ended the search, says less than what is on record.
  func sayMore(than answer: Answer) -> Bool {
    guard let earlier = self.answer else { return false }
    return repeated < runs.count || earlier.harmlessUpTo ?? -1 > answer.harmlessUpTo ?? -1
  }

  /// Forgets those that this search has not made, of which there may be one; true where there was.
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
