/// What the exit code of a process of ours means.
package enum ExitStatus: Int32 {
  /// It holds; all is as expected.
  case success = 0
  /// Broken; not as expected.
  case broken = 1
  /// The input or the call is wrong, or the answer could not be written.
  case refused = 2
  /// A limit was reached or the user interrupted first.
  case inconclusive = 3
  /// The failure-free run already breaks the specification, or its outcome is empty.
  case badBaseline = 4
  /// `solve`: there is a model.
  case satisfiable = 10
  /// `solve`: there is none.
  case unsatisfiable = 20
  /// A fault of ours.
  case internalError = 70
}
