import Files

extension Program {
  /// `sha256:` and the digest of all files in the order in which they were read; `cat FILE… | sha256sum`
  /// gives the same.
  public var digest: String {
    "sha256:" + SHA256.hexadecimalDigest(of: sources.flatMap(\.bytes))
  }
}
