import Answers
import Certificates
import Dedalus
import Documents
import Properties
import Scenarios
import Search
import Texts
import Workbench

extension Report {
  /// Proves what the report says is impossible, and writes the proof into `folder`, where there is something
  /// to prove. `note` gets a line where there is no proof, or one of less than the report says.
  ///
  /// - Throws: `Disagreement`, which is a bug in Faultline.
  package mutating func certify(
    into folder: String, _ files: inout OutputFiles, _ patience: Patience,
    progress: @escaping (Certificate.Phase) -> Void, note: (String) -> Void
  ) throws(Disagreement) {
    let sources = AskedQuestion.Source.all(of: question.program, files: self.files, seenFrom: folder)
    var settled: Settled?
    if case .settled(let found) = settlement { settled = found }
    guard let claim = CertificateClaim(answer, settled, files: sources.given, included: sources.included)
    else {
      note("note: nothing is proved, so there is no certificate\n")
      return
    }
    let certificate: Certificate
    do throws(Certificate.Obstacle) {
      certificate = try Certificate(of: answer, claim, patience: patience, didProgress: progress)
    } catch {
      return note(try error.words)
    }
    guard files.write(certificate, into: folder) else { return }
    self.certificate = folder
    certificateFile = certificate.file
    if answer.minimalSets != nil, answer.renamings != nil {
      note(
        "note: the certificate is about the first set: no smaller one breaks it; it does not prove the list\n"
      )
    }
  }
}

extension OutputFiles {
  /// Adds the files of a certificate in `folder`, if it is not nil, to those that the call writes.
  package mutating func add(certificate folder: String?) {
    let names = CertificateFile.names
    add(folder: folder, files: [names.formula, names.proof, names.claim])
  }

  /// Writes the files of `certificate`; false where that fails. The claim comes last, because there is no
  /// certificate without it.
  fileprivate mutating func write(_ certificate: Certificate, into folder: String) -> Bool {
    let contents = [
      (CertificateFile.names.formula, certificate.formula), (CertificateFile.names.proof, certificate.proof),
      (CertificateFile.names.claim, Array(certificate.file.json.text.utf8)),
    ]
    for (name, bytes) in contents {
      guard write(bytes, to: Self.path(of: name, in: folder)) else { return false }
    }
    return true
  }
}

extension Certificate.Obstacle {
  /// Why there is no certificate.
  fileprivate var words: String {
    get throws(Disagreement) {
      switch self {
      case .disagreement(let disagreement): throw disagreement
      case .limit: "note: a limit was reached before the certificate was complete; there is none\n"
      case .size: "note: the formula of the certificate would be too large; there is none\n"
      }
    }
  }
}
