// The system kills a process that takes more memory than there is, without a message, and may kill others
// with it. So a search without a given limit gets one: half of what the process may have. That is the memory
// of the machine, or less where a control group (cgroups(7), as containers have them) or `ulimit -v`
// (getrlimit(2)) allows less.

import Glibc

/// How much memory a process may occupy.
public struct MemoryLimit: Hashable, Sendable {
  /// What limits the memory of the process.
  public enum Owner: Hashable, Sendable {
    case machine, controlGroup, addressSpace
  }

  /// The number of bytes occupied by the process at which a search stops.
  public let bytes: Int
  /// The same in MiB, for messages.
  public let mebibytes: Int
  /// What `bytes` is half of; nil for a limit that the user gave.
  public let owner: Owner?

  /// A limit of `mebibytes` MiB, in addition to what the process occupies already.
  public init(mebibytes: Int) {
    assert(mebibytes > 0, "some memory may be used")
    bytes = (mebibytes << 20) + (residentMemory() ?? 0)
    self.mebibytes = mebibytes
    owner = nil
  }

  /// Half of `bytes`, the amount that `owner` allows.
  init(halfOf bytes: Int, _ owner: Owner) {
    assert(bytes >= 0, "no amount of memory is negative")
    self.bytes = bytes / 2
    mebibytes = (bytes / 2) >> 20
    self.owner = owner
  }

  /// Half of what this process may have; nil where the system does not say.
  public static let standard: MemoryLimit? = {
    let allowed: [(bytes: Int?, owner: Owner)] = [
      (machineMemory(), .machine), (controlGroupMemory(), .controlGroup), (addressSpace(), .addressSpace),
    ]
    let known = allowed.compactMap { entry in entry.bytes.map { (bytes: $0, owner: entry.owner) } }
    return known.min { $0.bytes < $1.bytes }.map { MemoryLimit(halfOf: $0.bytes, $0.owner) }
  }()

  /// The limit as a phrase.
  public var words: String {
    switch owner {
    case nil: "\(Limit.Kind.memory.rawValue) of \(mebibytes) MiB"
    case .machine: "\(Limit.Kind.memory.rawValue) of \(mebibytes) MiB, half of this machine's"
    case .controlGroup: "\(Limit.Kind.memory.rawValue) of \(mebibytes) MiB, half of this control group's"
    case .addressSpace: "\(Limit.Kind.memory.rawValue) of \(mebibytes) MiB, half of what 'ulimit -v' allows"
    }
  }
}

extension MemoryLimit {
  private static func machineMemory() -> Int? {
    let bytes = sysconf(Int32(_SC_PHYS_PAGES)).multipliedReportingOverflow(by: sysconf(Int32(_SC_PAGESIZE)))
    return bytes.overflow || bytes.partialValue <= 0 ? nil : bytes.partialValue
  }

  private static func addressSpace() -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return nil }
    return Int(exactly: limit.rlim_cur)
  }

  /// The smallest limit among the control groups of this process, from its own up to the root.
  private static func controlGroupMemory() -> Int? {
    guard let groups = smallFile("/proc/self/cgroup") else { return nil }
    var least: Int?
    for line in groups.split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let isUnified = fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains("memory") else { continue }
      let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let name = isUnified ? "memory.max" : "memory.limit_in_bytes"
      var path = fields[2]
      while true {
        if let bytes = smallFile("\(root)\(path)/\(name)").flatMap({ Int($0.prefix { $0.isNumber }) }) {
          least = min(least ?? bytes, bytes)
        }
        guard let slash = path.lastIndex(of: "/") else { break }
        path = path[..<slash]
      }
    }
    return least
  }

  /// The text of a file that the kernel provides; nil where there is none.
  private static func smallFile(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var text = [UInt8](repeating: 0, count: 4096)
    let length = read(file, &text, text.count)
    return length > 0 ? String(decoding: text[..<length], as: UTF8.self) : nil
  }
}
