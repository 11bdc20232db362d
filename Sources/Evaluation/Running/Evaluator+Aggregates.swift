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
    assert(!group.isEmpty, "a group has the row that opened it")
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
    switch plan.timing {
    case .deductive, .inductive:
      let round = plan.timing == .deductive ? matcher.round : matcher.round.next
      let head = matcher.store.insert(words, in: round).tuple
      close(plan, over: group, head: head)
    case .async:
      let sender = plan.sender(ofGroupWith: group[0], in: matcher)
      guard let sending = dispatch(words, from: sender, &matcher) else { return }
      messages.append(sending.message)
      for head in sending.heads { close(plan, over: group, head: head) }
    }
    checkBudget(&matcher)
  }

  private mutating func close(_ plan: RulePlan, over group: [TupleID], head: TupleID) {
    for row in group { firings.add(row) }
    firings.close(rule: plan.rule, head: head)
  }
}
