import Glibc

/// A folder for temporary files; removed together with this value.
public struct TemporaryFolder: ~Copyable {
  /// The path of the folder.
  public let path: String

  /// An empty folder among the temporary files that only this user can read; nil, with `errno`, where it
  /// cannot be created.
  public init?() {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array("\(place.isEmpty ? "/tmp" : place)/faultline-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    if let entries = opendir(path) {
      while let entry = readdir(entries) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { FileName($0.prefix { $0 != 0 }) }
        if let name = name.text { unlink("\(path)/\(name)") }
      }
      closedir(entries)
    }
    rmdir(path)
  }
}
