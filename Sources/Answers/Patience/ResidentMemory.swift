import Glibc

/// The memory that this process occupies now, in bytes; nil where the system does not say.
///
/// Read from `/proc/self/statm` (proc(5)). The peak that `getrusage` reports cannot be used, because a
/// process inherits it from its parent.
func residentMemory() -> Int? {
  let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return nil }
  defer { close(file) }
  var text = [UInt8](repeating: 0, count: 128)
  let length = read(file, &text, text.count)
  guard length > 0 else { return nil }
  let fields = text[..<length].split(separator: UInt8(ascii: " "))
  guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else { return nil }
  return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}
