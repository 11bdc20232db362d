import Dedalus
import Indices
import Scenarios

extension Evaluator {
  /// Derives the rows of an aggregate rule, then one head for each group.
  mutating func aggregate(_ plan: RulePlan, in round: Round, _ matcher: inout Matcher) {
    let first = matcher.store.nextTuple
    matcher.findMatches(of: plan, in: round, for: &self)
    let rule = compiled.program.rules[plan.rule]
    for group in AggregateGroups(of: rule, in: first..<matcher.store.nextTuple, matcher.store).groups
    where !isStopped {
      do throws(ArithmeticFailure) {
        try closeGroup(group, of: rule, plan, &matcher)
      } catch {
        stop(
          .failed(RunError(rule: plan.rule, round: round, failure: error.failure, operation: error.operation))
        )
      }
    }
  }

  private mutating func closeGroup(
    _ group: [TupleID], of rule: Rule, _ plan: RulePlan, _ matcher: inout Matcher
  ) throws(ArithmeticFailure) {
    var words = WordBuffer([rule.headRelation.rawValue])
    for (position, column) in rule.head.enumerated() {
      switch column {
      case .expression: words.append(matcher.store.symbol(group[0], position).rawValue)
      case .aggregate(let aggregate, _):
        let values = group.map { matcher.constants[matcher.store.symbol($0, position)] }
        words.append(matcher.constants.intern(try aggregate.value(of: values)).rawValue)
      }
    }
    conclude(words, from: group, of: plan, &matcher)
  }

  /// Derives or sends the head `words` of `group`.
  private mutating func conclude(
    _ words: WordBuffer, from group: [TupleID], of plan: RulePlan, _ matcher: inout Matcher
  ) {
    let head: TupleID
    switch plan.timing {
    case .deductive: head = matcher.store.insert(words, in: matcher.round).tuple
    case .inductive: head = matcher.store.insert(words, in: matcher.round.next).tuple
    case .async:
      let sender = plan.sender(ofGroupWith: group[0], in: matcher)
      guard let (message, tuple) = dispatch(words, from: sender, &matcher) else { return }
      messages.append(message)
      head = tuple
    }
    for row in group { firings.add(row) }
    firings.close(rule: plan.rule, head: head)
    checkBudget(&matcher)
  }
}
