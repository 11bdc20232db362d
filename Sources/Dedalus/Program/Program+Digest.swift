import Files

extension Program {
  /// `sha256:` and the digest of all files, one after the other in the order in which they were read, so that
  /// `cat FILE… | sha256sum` gives the same.
  public var digest: String {
    "sha256:" + SHA256.hexadecimalDigest(of: sources.flatMap(\.bytes))
  }
}
