// Not a few changes that somebody thought of, as in VerifyTests, but changes at every kind of place, all over
// the files of a certificate. The digests are left as they were, so that not one may pass.

import Foundation
import Support
import Testing

@Suite("verify, whatever is changed and wherever")
struct TamperingTests {
  private let here: Workplace

  init() throws {
    here = try Workplace()
    let outcome = try here.shell(
      """
      cp -r $PROGRAMS/delivery . && mkdir c
      $FAULTLINE check delivery/retry-deliv.ded -t 6 -f 3 -c 1 --certificate c > /dev/null; [ $? = 1 ]
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  private func expectRejection(naming files: [String], _ change: String) throws {
    let outcome = try here.faultline("verify", "c")
    #expect(outcome.status == 1 && outcome.output.hasPrefix("REJECTED  "), "\(change): \(outcome)")
    #expect(files.contains { outcome.output.contains("\n  \($0):") }, "\(change): \(outcome.output)")
  }

  @Test("a number of the formula or of the proof", arguments: ["formula.cnf", "proof.lrat"])
  func numbers(file: String) throws {
    let text = try here.read("c/\(file)")
    let lines = text.split(separator: "\n")
    var random = SplitMix64(seed: Campaign.firstSeed)
    for place in stride(from: 0, to: lines.count, by: max(1, lines.count / 60)) {
      var words = lines[place].split(separator: " ")
      let numbers = words.indices.filter { Int(words[$0]) != nil }
      guard let word = numbers.randomElement(using: &random) else { continue }
      words[word] = "\((Int(words[word]) ?? 0) + [-1, 1, 1000].randomElement(using: &random)!)"
      let changed = lines[..<place] + [Substring(words.joined(separator: " "))] + lines[(place + 1)...]
      try here.write("c/\(file)", Data((changed.joined(separator: "\n") + "\n").utf8))
      try expectRejection(
        naming: ["c/\(file)"], "line \(place + 1) of \(file): \(words.joined(separator: " "))")
    }
  }

  @Test("a clause or a step that is missing or repeated", arguments: ["formula.cnf", "proof.lrat"])
  func lines(file: String) throws {
    let lines = try here.read("c/\(file)").split(separator: "\n")
    for place in stride(from: 0, to: lines.count, by: max(1, lines.count / 20)) {
      for copies in [0, 2] {
        let changed = lines[..<place] + Array(repeating: lines[place], count: copies) + lines[(place + 1)...]
        try here.write("c/\(file)", Data((changed.joined(separator: "\n") + "\n").utf8))
        try expectRejection(naming: ["c/\(file)"], "line \(place + 1) of \(file), \(copies) times")
      }
    }
  }

  /// The values of a document, but for its format and for paths: with these, other files are meant.
  private func values(of document: String) -> [Range<String.Index>] {
    document.matches(of: /"[^"]*"|\b(\d+|true|false|null)\b/).map(\.range).filter { range in
      let before = document[..<range.lowerBound]
      let isKey = document[range.upperBound...].hasPrefix(":")
      return !isKey && !before.hasSuffix("\"format\": ") && !before.hasSuffix("\"path\": ")
    }
  }

  @Test("a value of the claim")
  func claim() throws {
    let text = try here.read("c/claim.json")
    let places = values(of: text)
    #expect(places.count > 20)
    for place in places {
      let value = text[place]
      let other =
        switch value {
        case "true": "false"
        case "false": "true"
        case "null": "1"
        default: Int(value).map { "\($0 + 1)" } ?? "\(value.dropLast())x\""
        }
      let changed = text.replacingCharacters(in: place, with: other)
      try here.write("c/claim.json", Data(changed.utf8))
      try expectRejection(
        naming: ["c/claim.json", "c/formula.cnf", "c/proof.lrat"] + Self.sources, "\(value) is now \(other)")
    }
  }

  private static let sources = ["delivery/retry-deliv.ded", "delivery/broadcast.ded"]

  @Test("a byte of a source", arguments: sources)
  func source(name: String) throws {
    let text = try here.read(name)
    try here.write(name, Data((text + "\n").utf8))
    try expectRejection(naming: [name], name)
    try here.write(name, Data(text.utf8))
    #expect(try here.faultline("verify", "c").status == 0)
  }
}
