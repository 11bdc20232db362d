// Packed formulas are unpacked by the usual programs. The program runs as a child process between two pipes:
// it is given the packed bytes, and its output is read while it stays within bounds. When this process ends
// in any way, the child's next write fails and ends it. When the output is too large, or no longer wanted,
// the child is killed.

import Files
import Glibc

/// A program that packs and unpacks.
enum Packer: String {
  case gzip, xz, bzip2

  /// The program that packed `bytes`, according to the first bytes; nil for bytes that are not packed.
  init?(of bytes: [UInt8]) {
    if bytes.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) {
      self = .xz
    } else if bytes.starts(with: "BZh".utf8) {
      self = .bzip2
    } else {
      return nil
    }
  }

  /// Unpacks `packed`; nil where `shouldStop` ends that.
  func unpack(_ packed: [UInt8], _ shouldStop: () -> Bool) throws(UnreadableFormula) -> [UInt8]? {
    var child = try Child.starting(rawValue)
    var gathered = GatheredBytes()
    var part = [UInt8](repeating: 0, count: 1 << 16)
    var sent = 0
    while true {
      if shouldStop() { return nil }
      sent = child.send(packed, from: sent)
      guard let count = child.receive(&part) else { continue }
      if count == 0 { break }
      try gathered.append(part[..<count])
    }
    guard child.end() else {
      throw .unreadable("it is packed, and damaged: '\(rawValue)' cannot unpack it")
    }
    return gathered.bytes
  }
}

/// A program that runs between two pipes, and is ended together with this value.
private struct Child: ~Copyable {
  private let process: pid_t
  /// The pipe from which it reads, until it has all its input; and the pipe to which it writes.
  private var input: Int32
  private let output: Int32
  private var isOver = false

  private init(process: pid_t, input: Int32, output: Int32) {
    (self.process, self.input, self.output) = (process, input, output)
  }

  /// Starts `program`, which unpacks standard input.
  static func starting(_ program: String) throws(UnreadableFormula) -> Child {
    guard let file = ChildProcess.program(program) else {
      throw .unreadable(
        "it is packed by '\(program)', which is not installed",
        fix: "install \(program), or unpack the file first")
    }
    var (toChild, fromChild): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else {
      let reason = String(cString: strerror(errno))
      for end in toChild where end >= 0 { close(end) }
      throw .unreadable("it cannot be unpacked: \(reason)")
    }
    for end in toChild + fromChild { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer {
      close(toChild[0])
      close(fromChild[1])
    }
    do {
      let process = try ChildProcess.start(
        file, ["-dc"], [.open(toChild[0]), .open(fromChild[1]), .file("/dev/null", O_WRONLY)])
      _ = fcntl(toChild[1], F_SETFL, O_NONBLOCK)
      return Child(process: process, input: toChild[1], output: fromChild[0])
    } catch {
      close(toChild[1])
      close(fromChild[0])
      throw .unreadable("it is packed, and '\(program)' cannot be started: \(error)")
    }
  }

  deinit {
    if input >= 0 { close(input) }
    close(output)
    guard !isOver else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// Writes as many bytes of `bytes` from `start` as the child accepts now, and returns where to continue.
  mutating func send(_ bytes: [UInt8], from start: Int) -> Int {
    guard input >= 0 else { return start }
    let count = bytes.withUnsafeBytes { buffer in
      start == buffer.count ? 0 : write(input, buffer.baseAddress.map { $0 + start }, buffer.count - start)
    }
    // The child may have ended early; its exit status shows that.
    let isFinished = count < 0 ? errno != EAGAIN && errno != EINTR : start + count == bytes.count
    if isFinished {
      close(input)
      input = -1
    }
    return start + max(count, 0)
  }

  /// Reads new output of the child into `part` and returns its length, which is 0 at the end; nil where there
  /// is none at the moment.
  func receive(_ part: inout [UInt8]) -> Int? {
    var waiting = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
    ]
    guard poll(&waiting, 2, 100) > 0, waiting[0].revents != 0 else { return nil }
    let count = read(output, &part, part.count)
    return count < 0 ? nil : count
  }

  /// Waits for the child's end, and returns whether it succeeded.
  mutating func end() -> Bool {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    isOver = true
    return status == 0
  }
}
