import Foundation
import Testing

@testable import Dedalus

@Suite("programs/invalid: one program per code, with the exact text that it gets")
struct InvalidProgramTests {
  static let folder = programsFolder + "/invalid"

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".ded") }.map { String($0.dropLast(4)) }.sorted()
  }()

  /// Codes that no small file shows, or only with nodes and rounds; each has a test of its own, or a program
  /// in `programs/warned`.
  static let testedInCode: Set<Diagnostic.Code> = [
    .neverMatched, .noMessage, .remoteAccess, .unknownNode, .unreadRelation, .worldInProtocol,
    .destinationNotNode, .factAfterEnd, .failedComputation, .includeTooDeep, .programTooLarge, .tooManyErrors,
    .tooManyFacts,
    .tooManyFiles,
    .tooManyRounds,
    .tooManyRules,
  ]

  @Test("the exact text", arguments: names)
  func exactText(name: String) throws {
    let expected = try String(contentsOfFile: "\(Self.folder)/\(name).expected", encoding: .utf8)
    let text = Self.rendered("\(Self.folder)/\(name).ded")
    #expect(text == expected)
    #expect(text.contains("[\(name)]"), "a program is named after the code that it shows")
  }

  @Test("every code has its program")
  func everyCode() {
    let shown = Set(Self.names)
    for code in Diagnostic.Code.allCases where !Self.testedInCode.contains(code) {
      #expect(shown.contains(code.rawValue), "\(code.rawValue) has no program")
    }
    #expect(Self.names.count == Diagnostic.Code.allCases.count - Self.testedInCode.count)
  }

  @Test("codes are written like their names")
  func rawValues() {
    for code in Diagnostic.Code.allCases {
      let kebab = "\(code)".replacing("UTF8", with: "Utf8").replacing(/[A-Z]/) {
        "-\($0.output.lowercased())"
      }
      #expect(code.rawValue == kebab)
    }
    #expect(Diagnostic.Code.allCases.map(\.rawValue) == Diagnostic.Code.allCases.map(\.rawValue).sorted())
  }

  /// What a person sees, with paths relative to the folder.
  private static func rendered(_ path: String) -> String {
    let text: String
    do throws(InvalidProgram) {
      let program = try Program(reading: [path])
      text = DiagnosticRenderer(sources: program.sources).render(program.warnings)
    } catch {
      text = DiagnosticRenderer(sources: error.sources).render(error.diagnostics)
    }
    return text.replacing(folder + "/", with: "")
  }
}
