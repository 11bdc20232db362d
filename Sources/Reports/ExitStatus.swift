/// The exit codes of Faultline's processes.
package enum ExitStatus: Int32 {
  /// The outcome holds; the result is as expected.
  case success = 0
  /// The outcome is broken; the result is not as expected.
  case broken = 1
  /// The input or the call is wrong, or the answer could not be written.
  case refused = 2
  /// A limit was reached, or the user interrupted, before there was an answer.
  case inconclusive = 3
  /// The failure-free run already breaks the specification, or its outcome is empty.
  case badBaseline = 4
  /// `solve`: there is a model.
  case satisfiable = 10
  /// `solve`: there is no model.
  case unsatisfiable = 20
  /// A bug in Faultline.
  case internalError = 70
}
