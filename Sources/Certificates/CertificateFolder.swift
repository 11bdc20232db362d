import Dedalus
import Documents
import Files

/// The three files of a certificate, and the files of the program that it names.
package struct CertificateFolder {
  package let file: CertificateFile
  let formula: [UInt8]
  let proof: [UInt8]
  /// For each source: its path relative to the current folder, its digest in the claim, and its digest now.
  let sources: [(path: String, claimed: String, found: String)]
  /// The files of the call, with paths relative to the current folder.
  let programFiles: [String]
  private let folder: String

  /// The largest formula or proof that is read, in bytes.
  private static let largest = 1 << 30

  /// Reads the three files and those of the program.
  package init(_ folder: String) throws(InvalidFile) {
    self.folder = folder
    let names = CertificateFile.names
    file = try CertificateFile(
      reading: Self.read(Self.path(names.claim, in: folder), CertificateFile.largestClaim))
    formula = try Self.read(Self.path(names.formula, in: folder), Self.largest).bytes
    proof = try Self.read(Self.path(names.proof, in: folder), Self.largest).bytes
    programFiles = file.claim.asked.files.map { SourcePath.resolve($0.path, in: folder) }
    var sources: [(path: String, claimed: String, found: String)] = []
    for source in file.claim.asked.files + file.claim.asked.included {
      let path = SourcePath.resolve(source.path, in: folder)
      let found = try Self.read(path, Self.largest).bytes
      sources.append((path, source.digest, "sha256:" + SHA256.hexadecimalDigest(of: found)))
    }
    self.sources = sources
  }

  /// The path of the file called `name`.
  func path(_ name: String) -> String { Self.path(name, in: folder) }

  private static func path(_ name: String, in folder: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  private static func read(_ path: String, _ limit: Int) throws(InvalidFile) -> SourceFile {
    do throws(UnreadableFile) {
      return try SourceFile(reading: path, atMost: limit)
    } catch {
      throw InvalidFile(path: path, code: "unreadable-file", message: error.phrase)
    }
  }
}
