import Indices

/// The scratch space of a conflict analysis, reused by the next one, and the resulting lesson.
struct ConflictAnalysis: ~Copyable {
  /// What conflict analysis has found out about a variable.
  struct Marks: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    /// Reached from the conflict.
    static let seen = Marks(rawValue: 1)
    /// Implied by other literals of the learned clause.
    static let removable = Marks(rawValue: 2)
    /// Not implied by other literals of the learned clause.
    static let needed = Marks(rawValue: 4)
    /// Reached while hints were gathered.
    static let explained = Marks(rawValue: 8)
  }

  /// A variable whose reason is being searched, up to `position`.
  struct Frame: BitwiseCopyable {
    let variable: Variable
    var position: Int
  }

  /// The learned clause: the asserting literal first, then one of the level to jump back to.
  var lesson = Buffer<Literal>()
  /// The number of decision levels the learned clause joins.
  var glue = 0
  /// Variables reached from the conflict, in that order.
  var reached = Buffer<Variable>()
  /// Work list of the minimisation.
  var frames = Buffer<Frame>()
  private var marks = Column<Variable, Marks>()
  /// All variables with a mark.
  private var marked = Buffer<Variable>()
  /// For each level: the last stamp put on it.
  private var levelStamps = Buffer<Int>()
  private var stamp = 0

  mutating func addVariable() {
    marks.append([])
    levelStamps.append(0)
    if levelStamps.count == 1 { levelStamps.append(0) }
  }

  @inline(__always)
  subscript(variable: Variable) -> Marks { marks[variable] }

  @inline(__always)
  mutating func mark(_ variable: Variable, _ mark: Marks) {
    if marks[variable].isEmpty { marked.append(variable) }
    marks[variable].formUnion(mark)
  }

  mutating func clear() {
    for position in 0..<marked.count { marks[marked[position]] = [] }
    assert(marked.count <= marks.count, "a variable is listed once, with its first mark")
    marked.removeAll()
    reached.removeAll()
    lesson.removeAll()
  }

  /// Starts a new set of levels.
  mutating func openLevelSet() { stamp &+= 1 }

  /// Adds `level` to the set; false when it was inside.
  @inline(__always)
  mutating func insertLevel(_ level: Int) -> Bool {
    while levelStamps.count <= level { levelStamps.append(0) }
    guard levelStamps[level] != stamp else { return false }
    levelStamps[level] = stamp
    return true
  }

  @inline(__always)
  func containsLevel(_ level: Int) -> Bool { levelStamps[level] == stamp }
}
