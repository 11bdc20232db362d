// Parts are read when everything else has been read, one instance after the other. The file of a part is one
// of the sources, however many instances it has; its text is read anew for each. What it includes belongs to
// the instance. Files of parts are known by what their paths say, and not by identity, so that a program can
// be read again where only paths and contents are known.

import Files
import Indices

/// An instance of a part, before its file has been read.
struct PendingInstance {
  let include: Parser.Include
  let instance: InstanceSyntax
  /// The file that includes it.
  let path: String
  let depth: Int
  /// The relations of the instance that includes it; nil where that is no instance.
  let outer: Renaming?

  init(
    _ include: Parser.Include, _ instance: InstanceSyntax, from path: String, depth: Int, in outer: Renaming?
  ) {
    (self.include, self.instance, self.path, self.depth) = (include, instance, path, depth)
    self.outer = outer
  }
}

extension SourceLoader {
  /// An instance that is being read.
  private struct Reading {
    /// Its files so far.
    var files: Set<FileID> = []
    /// The instances within it.
    var inner: [(include: Parser.Include, instance: InstanceSyntax, path: String)] = []
  }

  /// Reads all instances, also those within others, and resolves the names of all statements.
  mutating func loadParts() {
    parser.resolveNames(after: SyntaxTree().mark)
    instances.sort { left, right in
      let (left, right) = (left.include.range, right.include.range)
      return (left.file, left.lower) < (right.file, right.lower)
    }
    var names: [String: SourceRange] = [:]
    var next = 0
    while next < instances.count, !parser.isExhausted {
      let pending = instances[next]
      next += 1
      guard next <= Limits.files else { return parser.exhaust(.tooManyInstances(pending.include.range)) }
      let own = parser.name(pending.instance.name)
      let name = pending.outer.map { "\($0.prefix).\(own)" } ?? own
      if let first = names[name] {
        let place = pending.instance.name.range
        parser.diagnostics.report(.instanceTwice(name, at: place, first: first))
      } else {
        names[name] = pending.instance.name.range
        load(pending, as: name)
      }
    }
  }

  /// Reads an instance whose name in the program is `prefix`.
  private mutating func load(_ pending: PendingInstance, as prefix: String) {
    let mark = parser.tree.mark
    let errors = parser.diagnostics.errorCount
    var reading = Reading()
    loadPart(pending.include, from: pending.path, depth: pending.depth, &reading)
    guard !parser.isExhausted else { return }
    parser.tree.forgetRepeatedNodes(after: mark)
    parser.resolveNames(after: mark)
    var used = parser.tree.relations(after: mark)
    for inner in reading.inner { used.formUnion(inner.instance.given.map(\.outer.name)) }
    let given = self.given(pending, parser.diagnostics.errorCount == errors ? used : nil)
    let common = parser.tree.worldNames(after: mark).subtracting(given.keys)
    let renaming = Renaming(prefix: prefix, given: given, common: common)
    parser.tree.rename(after: mark, renaming, &parser.lexer.symbols)
    for (include, instance, path) in reading.inner {
      instances.append(
        PendingInstance(include, instance, from: path, depth: pending.depth + 1, in: renaming))
    }
  }

  /// What is given to an instance; `used` are the relations of the part, nil where not all are known.
  private mutating func given(_ pending: PendingInstance, _ used: Set<Symbol>?) -> [Symbol: Symbol] {
    var given: [Symbol: Symbol] = [:]
    for pair in pending.instance.given {
      let (inner, outer) = (pair.inner.name, pair.outer.name)
      guard given[inner] == nil else {
        parser.diagnostics.report(.givenTwice(parser.name(pair.inner), at: pair.inner.range))
        continue
      }
      given[inner] = pending.outer.map { $0(outer, &parser.lexer.symbols) } ?? outer
      if let used, !used.contains(inner) { reportUnused(pair.inner, of: pending.include.path, among: used) }
    }
    return given
  }

  private mutating func reportUnused(_ name: NameSyntax, of path: String, among used: Set<Symbol>) {
    let symbols = parser.lexer.symbols
    let names = used.sorted { $0.rawValue < $1.rawValue }.map { symbols[$0] }
    let suggestion = nearest(to: symbols[name.name], among: names)
    parser.diagnostics.report(.notInPart(symbols[name.name], path, at: name.range, suggestion: suggestion))
  }

  /// Reads a file of an instance, and what it includes, unless it belongs to the instance already.
  private mutating func loadPart(
    _ include: Parser.Include, from path: String, depth: Int, _ reading: inout Reading
  ) {
    guard !parser.isExhausted else { return }
    guard depth <= Limits.includeDepth else {
      return parser.diagnostics.report(.includeTooDeep(include.range))
    }
    do throws(UnreadableFile) {
      let (file, isNew) = try partFile(include, from: path)
      guard reading.files.insert(file).inserted else { return }
      guard !given.contains(file) else {
        return parser.diagnostics.report(.partIsGiven(include.path, at: include.range))
      }
      guard sources.count <= Limits.files else { return parser.exhaust(.tooManyFiles(include.range)) }
      parsePart(file, isNew: isNew, include, depth: depth, &reading)
    } catch {
      parser.diagnostics.report(.unreadableInclude(include, error))
    }
  }

  /// Reads the text of a file for an instance. What is wrong with the text is told only once.
  private mutating func parsePart(
    _ file: FileID, isNew: Bool, _ include: Parser.Include, depth: Int, _ reading: inout Reading
  ) {
    let source = sources[file]
    let scan = EncodingScan(source.bytes)
    if let error = scan.error {
      if isNew { report(error, in: file, from: include.range) }
      return
    }
    let before = (tree: parser.tree.mark, diagnostics: parser.diagnostics)
    let outcome = parser.parse(source.bytes, as: file)
    if outcome.failed > outcome.understood, outcome.openColumn == nil || parser.tree.lets.isEmpty {
      let first = firstError(after: before.diagnostics.all.count, outcome.openColumn, in: file)
      parser.tree.removeStatements(after: before.tree)
      parser.diagnostics = before.diagnostics
      return parser.diagnostics.report(.notAProgram(source.path, at: include.range, because: first))
    }
    if isNew {
      warn(of: scan.invisible, in: file)
    } else if !parser.isExhausted {
      parser.diagnostics = before.diagnostics
    }
    for inner in outcome.includes {
      if let instance = inner.instance {
        reading.inner.append((inner, instance, source.path))
      } else {
        loadPart(inner, from: source.path, depth: depth + 1, &reading)
      }
    }
  }

  /// The file that an instance includes, and whether it is read for the first time: next to the one that
  /// includes it, otherwise next to the first given file.
  private mutating func partFile(
    _ include: Parser.Include, from path: String
  ) throws(UnreadableFile) -> (FileID, isNew: Bool) {
    if let file = knownFile(include, from: path) { return (file, false) }
    let candidate = Self.path(include.path, in: Self.folder(of: path))
    guard !isClosed else { throw .missing }
    do throws(UnreadableFile) {
      return (try addAgain(candidate), true)
    } catch  where error.isMissing {
      return (try addAgain(Self.path(include.path, in: firstFolder)), true)
    }
  }

  /// The file that is included, if it has been read.
  func knownFile(_ include: Parser.Include, from path: String) -> FileID? {
    for folder in [Self.folder(of: path), firstFolder] {
      if let file = filesByPath[PlainPath(Self.path(include.path, in: folder))] { return file }
    }
    return nil
  }
}
