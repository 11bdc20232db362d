import Dedalus
import Documents
import Files

/// A certificate's `claim.json`: the claim, and the digests of the files that prove it.
public struct CertificateFile: Hashable, Sendable {
  /// The claim of the certificate.
  public let claim: CertificateClaim
  /// `sha256:` and the digest of the formula.
  public let formulaDigest: String
  /// `sha256:` and the digest of the proof.
  public let proofDigest: String
  /// The parts of the document that repeat parts of the claim. In a changed document they may differ from it.
  private let repeated: Repeated

  private struct Repeated: Hashable, Sendable {
    let statement: String
    let harmlessUpTo: Int?
  }

  /// The names of the files in the folder of a certificate.
  public static let names = (claim: "claim.json", formula: "formula.cnf", proof: "proof.lrat")
  /// The largest claim that is read, in bytes.
  public static let largestClaim = 16 << 20
  /// The error code for a claim that is well formed but cannot be true of any program.
  public static let impossibleClaim = "impossible-claim"
  private static let format = "faultline-certificate/1"

  /// The file for `claim`, with the digests of these bytes.
  init(_ claim: CertificateClaim, formula: [UInt8], proof: [UInt8]) {
    self.claim = claim
    formulaDigest = "sha256:" + SHA256.hexadecimalDigest(of: formula)
    proofDigest = "sha256:" + SHA256.hexadecimalDigest(of: proof)
    repeated = Repeated(statement: claim.statement, harmlessUpTo: claim.harmlessUpTo)
    assert(
      (try? CertificateFile(StrictJSONReader.read(Array(json.text.utf8)))) == self,
      "what is written is read back as it was")
  }

  /// Whether all parts of the document that repeat each other agree.
  public var isConsistent: Bool {
    repeated == Repeated(statement: claim.statement, harmlessUpTo: claim.harmlessUpTo)
  }

  /// The claim file as a document.
  public var json: JSON {
    [
      "format": .string(Self.format),
      "claim": claim.json,
      "formula": ["file": .string(Self.names.formula), "digest": .string(formulaDigest)],
      "proof": ["file": .string(Self.names.proof), "digest": .string(proofDigest)],
    ]
  }

  /// The claim in `file`, which must hold exactly one and nothing else.
  ///
  /// - Throws: an error with the code `impossibleClaim` where only the meaning is wrong.
  public init(reading file: SourceFile) throws(InvalidFile) {
    do throws(JSONError) {
      try self.init(StrictJSONReader.read(file.bytes))
    } catch {
      throw InvalidFile(
        error, in: file, code: error.wrongness == .form ? "bad-certificate" : Self.impossibleClaim)
    }
  }

  private init(_ document: StrictJSON) throws(JSONError) {
    try document.checkFormat(Self.format, of: "a certificate")
    let object = try StrictObject(document, keys: ["format", "claim", "formula", "proof"])
    claim = try CertificateClaim(object["claim"])
    formulaDigest = try Self.digest(object["formula"], of: Self.names.formula)
    proofDigest = try Self.digest(object["proof"], of: Self.names.proof)
    let members = try StrictObject(
      object["claim"], keys: CertificateClaim.keys, optional: CertificateClaim.optionalKeys)
    let harmless = members["harmlessUpTo"]
    let isNull = if case .null = harmless.content { true } else { false }
    repeated = Repeated(
      statement: try members["statement"].string(),
      harmlessUpTo: isNull ? nil : try harmless.integer(in: 0...CounterexampleFile.mostFaults))
  }

  private static func digest(_ value: StrictJSON, of name: String) throws(JSONError) -> String {
    let object = try StrictObject(value, keys: ["file", "digest"])
    let file = try object["file"].string()
    guard file == name else {
      throw JSONError(
        message: "the file is called \"\(name)\", not \(JSON.literal(file))", offset: object["file"].offset,
        wrongness: .meaning)
    }
    return try object["digest"].digest()
  }
}
