// Recursive descent with two tokens of lookahead. The only recursion is through parentheses, which is
// limited. So is the depth of the trees, because later code that walks an expression is recursive too.
//
// A statement that cannot be parsed is reported once and left at its semicolon, so that every statement of a
// program is checked. The tree contains only what could be parsed.

import Indices

/// Reads files into one syntax tree.
struct Parser {
  var tree = SyntaxTree()
  var diagnostics = DiagnosticList()
  var lexer = Lexer([], symbols: SymbolTable())
  var file = FileID(0)
  /// The current token, the next one, and the end of the previous one.
  var current = Token(kind: .end, lower: 0, upper: 0)
  var ahead = Token(kind: .end, lower: 0, upper: 0)
  var previousUpper = 0
  var nesting = 0
  /// Whether the current statement has been read to its end, so that nothing of it must be skipped.
  var isStatementEnded = false
  private(set) var includes: [Include] = []
  /// The part of a statement that is being read.
  var part = Part.head
  /// Whether the columns of an atom are being read.
  var isInColumns = false
  /// Whether what stands within the braces of a count is being read.
  var isInBraces = false
  /// Whether the previous statement is a rule, so that this one may be meant as a continuation of its body.
  private(set) var followsRule = false
  /// The number of columns of facts that are no constants by themselves, and the first one of this file.
  private(set) var openColumns = 0
  private var openFact: NodeID?
  /// Set when a limit on the whole program is exceeded; nothing more is read.
  var isExhausted = false

  /// The part of a statement that is being read; the likely meaning of a mistake depends on it.
  enum Part {
    case head, afterHead, body
    /// A statement in which marks such as `=>` have a meaning.
    case clause
  }

  /// `include "path";` or `include "path" as name with inner = outer;`
  struct Include {
    let path: String
    /// From the word to the path.
    let range: SourceRange
    /// What follows; nil where the file is read as a whole.
    let instance: InstanceSyntax?
  }

  /// The result of parsing a file.
  struct Outcome {
    var includes: [Include]
    var understood: Int
    var failed: Int
    /// The first column of a fact that is no constant by itself; nil where there is none.
    var openColumn: NodeID?
  }

  /// Thrown when a statement is abandoned, after the reason has been reported.
  struct Abandoned: Error {}

  /// Reads one file, valid UTF-8, and returns what it includes.
  mutating func parse(_ bytes: [UInt8], as file: FileID) -> Outcome {
    lexer = Lexer(bytes, symbols: lexer.symbols)
    self.file = file
    includes = []
    previousUpper = 0
    followsRule = false
    openFact = nil
    (current, ahead) = (lexer.next(), lexer.next())
    var outcome = Outcome(includes: [], understood: 0, failed: 0)
    while current.kind != .end, !isExhausted {
      let start = here
      do throws(Abandoned) {
        nesting = 0
        isStatementEnded = false
        part = .head
        (isInColumns, isInBraces) = (false, false)
        let ruleCount = tree.rules.count
        try parseStatement()
        followsRule = tree.rules.count > ruleCount
        outcome.understood += 1
      } catch {
        outcome.failed += 1
        followsRule = false
        skipStatement()
      }
      if tree.weight > Limits.weight { exhaust(.programTooLarge(start)) }
    }
    outcome.includes = includes
    outcome.openColumn = openFact
    return outcome
  }

  /// `program = { include | declaration | clause | fact | rule }`: what follows the head decides.
  private mutating func parseStatement() throws(Abandoned) {
    if case .identifier(.include) = current.kind, case .string = ahead.kind { return try parseInclude() }
    if let kind = declarationHere { return try parseDeclaration(kind) }
    if let word = clauseHere { return try parseClause(word) }
    let (start, firstCount) = (current.lower, tree.counts.count)
    let head = try parseAtom(isNegated: false, inHead: true)
    part = .afterHead
    let time = try parseTime()
    if case .implies = current.kind { return try parseRule(head, time, firstCount: firstCount) }
    try parseFact(head, time, isOptional: false, from: start)
  }

  /// `include = "include" string [ instance ] ";"`; the file is read after this one.
  private mutating func parseInclude() throws(Abandoned) {
    let start = current.lower
    advance()
    guard case .string(let path) = current.kind else { throw unexpected("the name of a file") }
    advance()
    let range = SourceRange(file: file, lower: start, upper: previousUpper)
    let instance = try parseInstance()
    try endStatement(
      expecting: instance == nil ? "';'" : instance?.given.isEmpty == true ? "'with' or ';'" : "',' or ';'")
    includes.append(Include(path: lexer.symbols[path], range: range, instance: instance))
  }

  /// `fact = atom "@" rounds ";"`, where the rounds have been read with the atom.
  ///
  /// The columns were read as those of a head, so that a variable is reported as a variable and not as a
  /// syntax error. Whether a name among them stands for a constant will be known when all is read; a fact
  /// with such a name counts as not understood meanwhile.
  mutating func parseFact(
    _ atom: AtomSyntax, _ time: TimeSyntax, isOptional: Bool, from start: Int
  ) throws(Abandoned) {
    let items = try parseItems(after: time)
    let expected = isOptional ? "" : time.isPresent ? "':-' or " : "':-', "
    try endStatement(expecting: expected + (time.isPresent ? "';'" : "'@' or ';'"))
    guard let rounds = time.rounds else {
      throw reportAndAbandon(.factWithoutRound(atom, in: self, fix: fixOfMissingRound(atom, time)))
    }
    tree.facts.append(
      FactSyntax(
        file: file, atom: atom, rounds: rounds, isOptional: isOptional, items: items, lower: UInt32(start),
        upper: UInt32(previousUpper)))
    if tree.facts.count > Limits.facts { exhaust(.tooManyFacts(range(of: atom))) }
    let open = items.isEmpty ? tree.columns[atom.columns].filter { !tree.isConstant($0) } : []
    guard let first = open.first else { return }
    if openFact == nil { openFact = first }
    openColumns += open.count
    throw Abandoned()
  }

  /// `rule = head ":-" bodyTerm { "," bodyTerm } ";"`
  private mutating func parseRule(
    _ head: AtomSyntax, _ time: TimeSyntax, firstCount: Int
  ) throws(Abandoned) {
    advance()
    part = .body
    let timing = ruleTiming(time)
    let start = tree.terms.count
    var hasAtom = false
    while true {
      let term = try parseTerm()
      tree.terms.append(term)
      if case .atom = term { hasAtom = true }
      guard case .comma = current.kind else { break }
      advance()
      guard tree.terms.count - start < Limits.premises else { throw reportAndAbandon(.tooManyPremises(here)) }
    }
    try endStatement(expecting: "',' or ';'")
    guard hasAtom else { throw reportAndAbandon(.bodyWithoutAtom(range(of: head))) }
    tree.rules.append(
      RuleSyntax(
        file: file, head: head, timing: timing, body: start..<tree.terms.count,
        counts: firstCount..<tree.counts.count, upper: UInt32(previousUpper)))
    if tree.rules.count > Limits.rules { exhaust(.tooManyRules(range(of: head))) }
  }

  /// The timing of a rule; `@k`, which only facts and premises may have, is reported.
  private mutating func ruleTiming(_ time: TimeSyntax) -> Timing {
    switch time.kind {
    case .none: return .deductive
    case .next: return .inductive
    case .async: return .async
    case .round, .range:
      diagnostics.report(.headAtRound(time.range))
      return .deductive
    }
  }

  /// `bodyTerm = [ "notin" ] atom | comparison`: a name before a parenthesis is a relation, any other a
  /// variable.
  mutating func parseTerm() throws(Abandoned) -> TermSyntax {
    if case .identifier(.notin) = current.kind {
      let start = current.lower
      advance()
      return .atom(try parsePremise(isNegated: true, from: start))
    }
    if case .identifier = current.kind, case .leftParenthesis = ahead.kind {
      return .atom(try parsePremise(isNegated: false, from: current.lower))
    }
    if case .identifier(let word) = current.kind, case .identifier = ahead.kind, isNegation(word) {
      throw reportAndAbandon(
        .unexpectedToken("'\(lexer.symbols[word])'", expected: "a premise", at: here, fix: "write 'notin'"))
    }
    let start = current
    let left = try parseExpression()
    guard case .comparator(let comparator) = current.kind else {
      if case .identifier(let name) = start.kind, previousUpper == start.upper, isRelationLike(name) {
        throw reportAndAbandon(.noColumns(lexer.symbols[name], at: range(of: start)))
      }
      throw unexpected("a comparison operator")
    }
    advance()
    let right = try parseExpression()
    return .comparison(ComparisonSyntax(comparator: comparator, left: left, right: right))
  }

  private func isNegation(_ word: Symbol) -> Bool {
    ["not", "not_in", "no"].contains(lexer.symbols[word].lowercased())
  }

  /// Whether a name without a parenthesis is meant as a relation; by custom, variables start with a capital.
  private func isRelationLike(_ name: Symbol) -> Bool {
    lexer.symbols[name].utf8.first.map { $0 >= UInt8(ascii: "a") } ?? false
  }

  /// `atom = name "(" … ")" [ "@" integer ]` in a body.
  private mutating func parsePremise(isNegated: Bool, from start: Int) throws(Abandoned) -> AtomSyntax {
    if isNegated, case .identifier = current.kind, case .comparator = ahead.kind {
      throw reportAndAbandon(.negatedComparison(here))
    }
    var atom = try parseAtom(isNegated: isNegated, inHead: false, from: start)
    let time = try parseTime()
    switch time.kind {
    case .none: break
    case .next, .async: diagnostics.report(.ignoredTiming(time.range))
    case .round(let round): atom.round = round
    case .range: diagnostics.report(.invalidRound(time.range))
    }
    atom.upper = UInt32(previousUpper)
    return atom
  }
}
