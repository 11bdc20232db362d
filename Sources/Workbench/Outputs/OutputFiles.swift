// The files of a call. It must not write a file that it reads, and no two of its outputs may be one file. The
// file system decides whether two paths are one file (see FilePlace), because links and folders give a file
// many names.
//
// The order is: a verb names its outputs; `check` compares them with the files that the call names; `begin`
// compares them with everything that was read until then. All of this happens before the search, so that
// errors show before it has taken hours. From then on there will be an answer, and a file that cannot be
// written is a failure reported next to it. A missing folder is created with the first file in it, so that no
// empty folder is left.

import Dedalus
import Documents
import Files
import Glibc
import RunStore
import Texts

/// The files that a call writes.
package struct OutputFiles {
  private enum Kind { case file, stream, folder, store }

  private struct Target {
    let path: String
    let kind: Kind
  }

  private let replacing: Bool
  private var targets: [Target] = []
  /// The paths of all outputs, written or planned, by place.
  private var claimed: [FilePlace: String] = [:]
  /// The paths of all inputs, by place.
  private var inputs: [FilePlace: String] = [:]
  /// The paths of the files that were written, in order.
  package var written: [String] = []
  /// Why files could not be written.
  package private(set) var failures: [Refusal] = []

  /// No files yet. With `replacing`, outputs may replace existing files.
  package init(replacing: Bool) {
    self.replacing = replacing
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      guard let identity = FileIdentity(of: descriptor) else { continue }
      claimed[.file(identity)] = descriptor == STDOUT_FILENO ? "standard output" : "standard error"
    }
  }

  // MARK: Planned outputs

  /// Adds the file at `path`, if it is not nil.
  package mutating func add(file path: String?) {
    if let path { targets.append(Target(path: path, kind: .file)) }
  }

  /// Adds the file at `path`, if it is not nil, which is written while it is computed.
  package mutating func add(stream path: String?) {
    if let path { targets.append(Target(path: path, kind: .stream)) }
  }

  /// Adds the folder at `path`, if it is not nil, with files of these names and possibly others.
  package mutating func add(folder path: String?, files names: [String] = []) {
    guard let path else { return }
    targets.append(Target(path: path, kind: .folder))
    for name in names { add(file: Self.path(of: name, in: path)) }
  }

  /// Adds the store at `path`, if it is not nil; an existing store is continued.
  package mutating func add(store path: String?) {
    if let path { targets.append(Target(path: path, kind: .store)) }
  }

  /// The path of the file called `name` in `folder`.
  package static func path(of name: String, in folder: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  // MARK: Before the search

  /// Refuses outputs that cannot be written, that are the same file, or that are one of `inputs`.
  package mutating func check(reading inputs: [String]) throws {
    for target in targets where target.kind != .folder {
      for place in Self.places(of: target) {
        if let other = claimed.updateValue(target.path, forKey: place) {
          throw Self.collision(target.path, other)
        }
      }
    }
    try compare(with: inputs)
    for target in targets where target.kind == .folder && target.path.isEmpty {
      throw Refusal.output("'' is no name for a folder")
    }
    for target in targets { try check(target) }
  }

  /// Refuses outputs that are one of `inputs`, then removes what killed processes have left of the same
  /// files. A store, and a file that is written while it is computed, are created now, with their folders.
  package mutating func begin(reading inputs: [String] = []) throws {
    try compare(with: inputs)
    for target in targets {
      switch target.kind {
      case .file: UnfinishedFile.removeAbandoned(besides: target.path)
      case .folder: UnfinishedFile.removeAbandoned(in: target.path)
      case .stream, .store:
        guard Folder.make(Folder.of(target.path)) else { throw Self.cannotWrite(target, errno) }
        if target.kind == .stream { UnfinishedFile.removeAbandoned(besides: target.path) }
      }
    }
  }

  private mutating func compare(with inputs: [String]) throws(Refusal) {
    for path in inputs { self.inputs[FilePlace(path)] = path }
    for target in targets where target.kind != .folder {
      for place in Self.places(of: target) {
        if let input = self.inputs[place] { throw Self.overwriting(input, target.path) }
      }
    }
  }

  /// The places of the files of `target`.
  private static func places(of target: Target) -> [FilePlace] {
    (target.kind == .store ? RunStore.paths(of: target.path) : [target.path]).map { FilePlace($0) }
  }

  private func check(_ target: Target) throws {
    switch target.kind {
    case .file, .stream:
      guard target.path.utf8.last != UInt8(ascii: "/") else {
        throw Refusal.output("'\(target.path)' is the name of a folder, and not of a file")
      }
      try AtomicFile.check(target.path, replacing: replacing)
    case .folder: break
    // An existing store may be in a read-only folder; opening it will show whether it can be written.
    case .store where FileIdentity(of: Folder.of(target.path)) != nil: return
    case .store: break
    }
    let folder = target.kind == .folder ? target.path : Folder.of(target.path)
    if let number = Self.obstacle(to: folder) { throw Self.cannotWrite(target, number) }
  }

  /// Why files cannot be written in `folder`, or why it cannot be created, as an error number; nil where they
  /// can.
  private static func obstacle(to folder: String) -> Int32? {
    var folder = folder
    while true {
      var status = stat()
      if stat(folder, &status) == 0 {
        guard status.st_mode & S_IFMT == S_IFDIR else { return ENOTDIR }
        return access(folder, W_OK | X_OK) == 0 ? nil : errno
      }
      guard errno == ENOENT else { return errno }
      let above = SourcePath(folder).folder
      guard above.utf8.count < folder.utf8.count || folder != "." && above == "." else { return ENOENT }
      folder = above
    }
  }

  // MARK: Output besides the answer

  /// Writes `bytes` to `path`; false where that fails.
  @discardableResult
  package mutating func write(_ bytes: [UInt8], to path: String) -> Bool {
    attempt { files in
      if let input = files.inputs[FilePlace(path)] { throw Self.overwriting(input, path) }
      try files.put(bytes, at: path)
      files.written.append(path)
    }
  }

  /// Writes `bytes` to `path`; creates the folder where it is missing.
  package func put(_ bytes: [UInt8], at path: String) throws {
    guard Folder.make(Folder.of(path)) else {
      throw Self.cannotWrite(Target(path: path, kind: .file), errno)
    }
    try AtomicFile.write(bytes, to: path, replacing: replacing)
  }

  /// Writes `text` to `path`, if it is not nil.
  package mutating func write(_ text: @autoclosure () -> String, to path: String?) {
    if let path { write(Array(text().utf8), to: path) }
  }

  /// Does something whose failure must not suppress the answer; false where it fails.
  @discardableResult
  package mutating func attempt(_ body: (inout Self) throws -> Void) -> Bool {
    do {
      try body(&self)
      return true
    } catch {
      failures.append(Refusal(error))
      return false
    }
  }

  /// Adds what has failed elsewhere.
  package mutating func note(_ failures: [Refusal]) { self.failures += failures }

  /// The failures as text for standard error.
  package func failureText(coloured: Bool) -> String { failures.map { $0.text(coloured: coloured) }.joined() }

  // MARK: Words

  private static func overwriting(_ input: String, _ output: String) -> Refusal {
    let isNamed = Text(input) == Text(output)
    return .output(
      "'\(output)' \(isNamed ? "is" : "is '\(input)', which is") read by this call, so it cannot be its output"
    )
  }

  private static func collision(_ first: String, _ second: String) -> Refusal {
    .output(
      Text(first) == Text(second)
        ? "two files are to be written as '\(first)'"
        : "'\(first)' and '\(second)' are one file, and the call writes both",
      fix: "name different ones")
  }

  private static func cannotWrite(_ target: Target, _ number: Int32) -> Refusal {
    let reason = String(cString: strerror(number))
    guard target.kind == .folder else { return .output("'\(target.path)' cannot be written: \(reason)") }
    return number == ENOTDIR && FileIdentity(of: target.path) != nil
      ? .output("'\(target.path)' is not a folder")
      : .output("the folder '\(target.path)' cannot be written: \(reason)")
  }
}

extension JSON {
  /// This document, which is an object, with the `failures` added, if there are any.
  package func adding(failures: [Refusal]) -> JSON {
    guard case .object(let members) = self, !failures.isEmpty else { return self }
    return .object(members + [.init(key: "failures", value: .array(failures.flatMap(\.diagnostics)))])
  }
}
