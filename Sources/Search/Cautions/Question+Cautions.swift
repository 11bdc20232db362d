// An answer may be right and still say nothing about what the user meant. Where that can be detected, the
// answer says so, in the same words in text, JSON and HTML.

import Answers
import Dedalus
import Evaluation
import Properties
import Scenarios
import Texts

extension Answer {
  /// Cautions about the verdict of this answer.
  public var cautions: [Caution] {
    let slowness = exhaustiveRuns.map { runs in
      Caution(
        code: "slow-strategy",
        message:
          "The loop has had more runs or calls of the solver than the \(counted(runs, "run")) that would try every set.",
        fix: "try --strategy exhaustive, or circuit")
    }
    return question.cautions(on: verdict, baseline: baseline, isUntouched: isUntouched && !isVacuous)
      + vacuity
      + (coverage?.cautions(on: question, besides: vacuousProperties) ?? []) + (slowness.map { [$0] } ?? [])
  }

  /// Cautions about properties that hold vacuously, where the answer is not vacuous as a whole.
  private var vacuity: [Caution] {
    guard !isVacuous else { return [] }
    return vacuousProperties.compactMap { question.property(named: $0) }.map { property in
      Caution(
        code: "vacuous-property",
        message:
          "'\(property.name)' holds vacuously: no run within the bounds has a row in \(demander(property)) that demands something."
      )
    }
  }

  private func demander(_ property: Property) -> String {
    "'\(property.pre.map { question.program.relations[$0].name } ?? property.name)'"
  }

  /// Why the whole answer is vacuous, as a phrase.
  public var vacuityWords: String {
    let relations = Set(
      vacuousProperties.compactMap { question.property(named: $0)?.pre }.map {
        question.program.relations[$0].name
      })
    return "no run within the bounds has a row in \(Question.quoted(relations.sorted(), "or"))"
  }

  /// Whether the outcome has no row at EOT of any failure-free run.
  public var isEmptyWithoutFaults: Bool { baseline.map(question.isEmptyWithoutFaults) ?? false }
}

extension Question {
  /// Cautions about `verdict`, where `baseline` is the failure-free run; `isUntouched` says that no fault
  /// touches what is asked.
  public func cautions(
    on verdict: Verdict?, baseline: Execution?, isUntouched: Bool = false
  ) -> [Caution] {
    var cautions = bounds.idleBudgets.map { kind, reason in
      Caution(
        code: "idle-budget",
        message:
          "No \(kind.meaning.noun) is possible, although \(kind.meaning.plural) are admitted: \(reason).")
    }
    if verdict == .holds, let reason = bounds.reasonWithoutFaults {
      cautions.append(
        Caution(
          code: "no-fault-admitted",
          message: "No fault was admitted: \(reason). \(runsWithoutFaults)",
          fix: bounds.faultsToTry))
    } else if isUntouched, let baseline {
      cautions.append(
        Caution(
          code: "untouched",
          message:
            "No fault within the bounds touches what is asked: \(reasonUntouched(after: baseline)).",
          fix: "try more rounds or a larger EFF, or other faults"))
    }
    if verdict == .holds || verdict == .counterexample, let baseline, isEmptyWithoutFaults(baseline) {
      let demand = oracle == .molly ? "; the oracle 'molly' then demands nothing, whatever the faults" : ""
      cautions.append(
        Caution(
          code: "empty-without-faults",
          message: "Without faults '\(outcome?.name ?? "")' has no row in round \(bounds.eot)\(demand)."))
    }
    return cautions
  }
}

extension Question {
  /// Which runs are judged where no fault is admitted.
  private var runsWithoutFaults: String {
    program.choices.isEmpty
      ? "Only one run was judged, that without faults."
      : "Only runs without faults were judged, one for each choice of inputs."
  }

  /// Why no possible fault touches a property, as a phrase.
  private func reasonUntouched(after baseline: Execution) -> String {
    let sends = program.rules.contains { $0.timing == .async }
    if !sends { return "the program sends no message" }
    let sent = baseline.messages.filter { $0.sender != nil && $0.sender != $0.receiver }.map(\.sent)
    guard let first = sent.min() else { return "without faults no message is sent from one node to another" }
    let onlyOfLinks = KindID.allIDs.allSatisfy {
      bounds.most(of: $0) == 0 || $0.meaning.subject == .link || $0.meaning.subject == .side
    }
    if onlyOfLinks, first.position >= bounds.eff {
      return "without faults the first message is sent in round \(first.rawValue), and EFF is \(bounds.eff)"
    }
    return
      "what they change comes to no row that is asked for until round \(bounds.eot); perhaps the rounds are too "
      + "few"
  }
}

extension Bounds {
  /// Why the bounds admit no fault, as a phrase; nil where they admit one.
  fileprivate var reasonWithoutFaults: String? {
    let possible = PossibleFaults(self)
    guard KindID.allIDs.allSatisfy({ possible.count(of: $0) == 0 }) else { return nil }
    if !isOfThePaper { return "the budgets, EFF and what is spared leave none" }
    if eot == 1, crashes > 0 || eff > 0 {
      return "EOT is 1, and nothing comes of what happens in the last round"
    }
    if eff == 0, crashes == 0 { return "EFF and crashes are 0" }
    return nodes.count == 1
      ? "there is one node only, and crashes is 0"
      : "with EFF \(eff) no message may be lost, and crashes is 0"
  }

  /// Options that admit faults. As in the published examples, there are about as many rounds with losses as
  /// without.
  fileprivate var faultsToTry: String {
    if !isOfThePaper {
      return "try other bounds, as in --eff \((eot + 1) / 2) --pauses 1, or spare less"
    }
    if eot < 3 { return "try more rounds, as in --eot 6 --eff 3" }
    return nodes.count == 1
      ? "try --crashes 1, or name more nodes" : "try --eff \((eot + 1) / 2) --crashes 1"
  }
}
