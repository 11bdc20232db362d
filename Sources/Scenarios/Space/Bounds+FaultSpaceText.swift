// The fault space can be a very long number: with 100 rounds and 200 nodes it has a million digits, and
// writing them takes a minute that nobody can interrupt. So beyond some size only its order of magnitude is
// shown.

import BigInt
import Glibc

extension Bounds {
  /// `faultSpace` in digits; beyond a hundred thousand digits approximately, as in `about 2.41e1198099`. Nil
  /// where it does not measure these bounds.
  public var faultSpaceText: String? {
    guard isOfThePaper else { return nil }
    let exponent = faultSpaceLogarithm
    guard exponent > 100_000 else { return String(faultSpace) }
    let hundredths = Int(pow(10, exponent - exponent.rounded(.down)) * 100)
    let decimals = hundredths % 100
    return "about \(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)e\(Int(exponent))"
  }

  private var faultSpaceLogarithm: Double {
    let (n, rounds) = (Double(nodes.count), Double(eff))
    let losses = (n - 1) * log10(2)  // in one round of one node
    // In L^0 + … + L^(EFF−1) + (EOT + 1 − EFF) · L^EFF, the terms before the last add up to nearly L^EFF / (L
    // − 1).
    let rest = Double(eot + 1 - eff) + (nodes.count > 1 ? 1 / (pow(2, n - 1) - 1) : rounds)
    let whichCrash = (0..<crashes).reduce(0) { $0 + log10((n - Double($1)) / Double($1 + 1)) }
    return whichCrash + losses * rounds * n + Double(crashes) * log10(rest)
  }
}
