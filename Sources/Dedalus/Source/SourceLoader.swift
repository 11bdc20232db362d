// Files given together form one program, in order; each is followed by what it includes, depth first. A file
// is read once, whatever the number of paths that lead to it, so includes may be circular.

import Files
import Indices
import Texts

/// Reads the files of a program and everything that they include.
struct SourceLoader {
  private(set) var sources = IndexedArray<FileID, SourceFile>()
  var parser = Parser()
  private var seen: Set<FileIdentity> = []
  private var byteCount = 0
  /// The files read so far, by what their paths say.
  private(set) var filesByPath: [PlainPath: FileID] = [:]
  /// The files that were given, as opposed to included.
  var given: Set<FileID> = []
  /// The instances of parts that have been found.
  var instances: [PendingInstance] = []
  /// Whether all files are in memory already.
  var isClosed = false
  /// The folder of the first given file, in which included files are searched second.
  private(set) var firstFolder: String

  init(firstPath: String) { firstFolder = Self.folder(of: firstPath) }

  /// Reads a file that was named by the user.
  mutating func load(_ path: String) {
    do throws(UnreadableFile) {
      guard let bytes = try read(path) else { return }
      load(SourceFile(path: path, bytes: bytes), depth: 0, from: nil)
    } catch {
      parser.diagnostics.report(.unreadableFile(path, error))
    }
  }

  /// Loads `bytes` as the file at `path`.
  mutating func load(_ bytes: [UInt8], path: String) {
    guard bytes.count <= Limits.bytes else {
      return parser.diagnostics.report(
        .unreadableFile(path, UnreadableFile(reason: .tooLarge(limit: Limits.bytes))))
    }
    byteCount += bytes.count
    load(SourceFile(path: path, bytes: bytes), depth: 0, from: nil)
  }

  /// Loads `source` and what it includes; `origin` is the line that includes it.
  mutating func load(_ source: SourceFile, depth: Int, from origin: SourceRange?) {
    assert(depth <= Limits.includeDepth, "files do not nest deeper than the stack bears")
    let file = add(source)
    if origin == nil { given.insert(file) }
    let scan = EncodingScan(source.bytes)
    if let error = scan.error { return report(error, in: file, from: origin) }
    let mark = (tree: parser.tree.mark, diagnostics: parser.diagnostics)
    let outcome = parser.parse(source.bytes, as: file)
    if let origin, outcome.failed > outcome.understood, outcome.openColumn == nil || parser.tree.lets.isEmpty
    {
      let first = firstError(after: mark.diagnostics.all.count, outcome.openColumn, in: file)
      parser.tree.removeStatements(after: mark.tree)
      parser.diagnostics = mark.diagnostics
      return parser.diagnostics.report(.notAProgram(source.path, at: origin, because: first))
    }
    warn(of: scan.invisible, in: file)
    for include in outcome.includes {
      if let instance = include.instance {
        instances.append(PendingInstance(include, instance, from: source.path, depth: depth + 1, in: nil))
      } else {
        follow(include, from: source.path, depth: depth + 1)
      }
    }
  }

  /// Adds a file to the sources.
  mutating func add(_ source: SourceFile) -> FileID {
    let file = sources.append(source)
    let path = PlainPath(source.path)
    if filesByPath[path] == nil { filesByPath[path] = file }
    return file
  }

  /// The first of the errors after the first `count`, or that `open` is a column of a fact and no constant.
  func firstError(after count: Int, _ open: NodeID?, in file: FileID) -> Diagnostic? {
    let error = parser.diagnostics.all.dropFirst(count).first { $0.severity == .error }
    guard let open, let other = Diagnostic.factNotConstant(open, of: file, in: parser) else { return error }
    return [error, other].compactMap { $0 }.min { ($0.range?.lower ?? 0) < ($1.range?.lower ?? 0) }
  }

  /// Loads an included file, unless it has been read. An error is reported at the line that includes it.
  private mutating func follow(_ include: Parser.Include, from path: String, depth: Int) {
    guard !parser.isExhausted else { return }
    guard depth <= Limits.includeDepth else {
      return parser.diagnostics.report(.includeTooDeep(include.range))
    }
    do throws(UnreadableFile) {
      guard let source = try readInclude(include.path, from: Self.folder(of: path)) else { return }
      guard sources.count < Limits.files else { return parser.exhaust(.tooManyFiles(include.range)) }
      load(source, depth: depth, from: include.range)
    } catch {
      parser.diagnostics.report(.unreadableInclude(include, error))
    }
  }

  /// The file next to the one that includes it, otherwise next to the first given file; nil where it has been
  /// read.
  private mutating func readInclude(_ name: String, from folder: String) throws(UnreadableFile) -> SourceFile?
  {
    let path = Self.path(name, in: folder)
    do throws(UnreadableFile) {
      return try read(path).map { SourceFile(path: path, bytes: $0) }
    } catch  where error.isMissing && Text(folder) != Text(firstFolder) {
      let path = Self.path(name, in: firstFolder)
      return try read(path).map { SourceFile(path: path, bytes: $0) }
    }
  }

  /// Adds the file at `path`, whether it has been read under another path or not.
  mutating func addAgain(_ path: String) throws(UnreadableFile) -> FileID {
    seen.remove(try RegularFile(opening: path).identity)
    let bytes = try read(path)
    assert(bytes != nil, "a file that was forgotten is read again")
    return add(SourceFile(path: path, bytes: bytes ?? []))
  }

  /// The bytes of a file; nil where it has been read.
  private mutating func read(_ path: String) throws(UnreadableFile) -> [UInt8]? {
    let file = try RegularFile(opening: path)
    guard seen.insert(file.identity).inserted else { return nil }
    do throws(UnreadableFile) {
      let bytes = try file.read(limit: Limits.bytes - byteCount)
      byteCount += bytes.count
      assert(byteCount <= Limits.bytes, "the files together keep the limit")
      return bytes
    } catch  where error.reason == .tooLarge(limit: Limits.bytes - byteCount) && byteCount > 0 {
      throw UnreadableFile(reason: .tooLargeTogether(limit: Limits.bytes))
    }
  }

  /// Reports bytes that are not text: at their offset or, for an included file, at the line that includes it.
  mutating func report(_ error: EncodingError, in file: FileID, from origin: SourceRange?) {
    let place = SourceRange(file: file, lower: error.offset, upper: error.offset + 1)
    let diagnostic = Diagnostic.encoding(error, at: place)
    parser.diagnostics.report(
      origin.map { .notAProgram(sources[file].path, at: $0, because: diagnostic) } ?? diagnostic)
  }

  /// Warns of characters that mislead readers, unless they are errors anyway.
  mutating func warn(of offsets: [Int], in file: FileID) {
    guard !offsets.isEmpty else { return }
    let places = Set(parser.diagnostics.all.compactMap { $0.range?.file == file ? $0.range?.lower : nil })
    for offset in offsets where !places.contains(offset) {
      let scalar = String(decoding: sources[file].bytes[offset..<(offset + 3)], as: UTF8.self)
      let range = SourceRange(file: file, lower: offset, upper: offset + 3)
      parser.diagnostics.report(.invisibleCharacter(scalar, at: range))
    }
  }

  static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
  }

  static func path(_ name: String, in folder: String) -> String {
    name.utf8.first == UInt8(ascii: "/") ? name : folder + name
  }
}
