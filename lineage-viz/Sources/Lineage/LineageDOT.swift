import Evaluation
import Lineage
import Properties
import Search

/// Lineage diagrams in the DOT language. They show what rests on what, from the facts at the top to the
/// conclusion at the bottom, with a column for each node and time running down.
public enum LineageDOT {
  /// Why `roots` hold in `execution`: every firing of everything that they rest on.
  public static func lineage(
    of roots: [TupleID], in execution: Execution, _ view: LineageView = LineageView()
  ) throws(LineageView.Miss) -> String {
    let picture = try LineagePicture(of: roots, in: execution, view)
    return LineageDrawing(picture, faults: execution.faults).text
  }

  /// Why `counterexample` breaks the outcome, compared with the failure-free run `baseline`: why the violated
  /// rows of `post` are missing and why `pre` demands them, followed back to the faults.
  public static func explanation(
    of counterexample: Counterexample, of question: Question, baseline: Execution,
    _ view: LineageView = LineageView()
  ) throws(LineageView.Miss) -> String {
    if counterexample.faults.count == 0 {
      let tuples = counterexample.violations.compactMap { violation in
        question.property(named: violation.property)?.pre.flatMap {
          counterexample.execution.tuple(of: violation, in: $0)
        }
      }
      return try lineage(of: tuples, in: counterexample.execution, view)
    }
    let breach = Breach(counterexample: counterexample, question: question, baseline: baseline)
    return LineageDrawing(try LineagePicture(of: breach, view), faults: counterexample.faults).text
  }
}
