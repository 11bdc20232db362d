import Testing

@testable import Dedalus
@testable import Files

@Suite("SHA-256, against the vectors of NIST")
struct SHA256Tests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let message: String
    let digest: String
    var testDescription: String { "\(message.utf8.count) bytes" }
  }

  static let vectors = [
    Vector(message: "", digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Vector(message: "abc", digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    Vector(
      message: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      digest: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    Vector(
      message: "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      digest: "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"),
    Vector(
      message: String(repeating: "a", count: 1_000_000),
      digest: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]

  @Test("digest", arguments: vectors)
  func digest(_ vector: Vector) {
    #expect(SHA256.hexadecimalDigest(of: Array(vector.message.utf8)) == vector.digest)
  }

  @Test("every length of the last block is padded", arguments: 0...130)
  func padding(length: Int) {
    let bytes = [UInt8](repeating: 0, count: length)
    #expect(SHA256.digest(of: bytes).count == 32)
    #expect(SHA256.digest(of: bytes) != SHA256.digest(of: bytes + [0]))
  }
}
