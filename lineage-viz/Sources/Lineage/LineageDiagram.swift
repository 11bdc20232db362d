import Answers
import Evaluation
import Lineage
import Properties
import Scenarios

/// A lineage diagram: what rests on what, from the facts at the top to the conclusion at the bottom, with a
/// column for each node and time running down.
public struct LineageDiagram {
  let picture: LineagePicture
  let faults: FaultSet

  /// Why `roots` hold in `execution`: every firing of everything that they rest on.
  public init(
    of roots: [TupleID], in execution: Execution, _ view: LineageView = LineageView()
  ) throws(LineageView.Miss) {
    picture = try LineagePicture(of: roots, in: execution, view)
    faults = execution.faults
  }

  /// Why `counterexample` breaks the outcome, compared with the failure-free run `baseline`: why the violated
  /// rows of `post` are missing and why `pre` demands them, followed back to the faults.
  public init(
    of counterexample: Counterexample, of question: Question, baseline: Execution,
    _ view: LineageView = LineageView()
  ) throws(LineageView.Miss) {
    faults = counterexample.faults
    guard counterexample.faults.count > 0 else {
      let tuples = counterexample.violations.compactMap { violation in
        question.property(named: violation.property)?.pre.flatMap {
          counterexample.execution.tuple(of: violation, in: $0)
        }
      }
      picture = try LineagePicture(of: tuples, in: counterexample.execution, view)
      return
    }
    let breach = Breach(counterexample: counterexample, question: question, baseline: baseline)
    picture = try LineagePicture(of: breach, view)
  }

  /// Why a row does not hold in `execution`, down to faults and to what nothing states.
  public init(
    of whyNot: WhyNot, in execution: Execution, _ view: LineageView = LineageView()
  ) throws(LineageView.Miss) {
    picture = try LineagePicture(of: whyNot, in: execution, view)
    faults = execution.faults
  }

  /// The diagram in the DOT language.
  public var dot: String { LineageDrawing(picture, faults: faults).text }

  /// The diagram as SVG, under the heading `title`.
  public func svg(title: String = "") -> String {
    LineageSVG(picture, faults: faults, title: title).document()
  }
}
