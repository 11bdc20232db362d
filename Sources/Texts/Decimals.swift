/// `value` with this number of decimal places, rounded; no minus sign before zero.
public func decimalText(_ value: Double, places: Int) -> String {
  let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
  let units = Int((value * Double(scale)).rounded())
  let whole = (units < 0 ? "-" : "") + "\(abs(units) / scale)"
  guard places > 0 else { return whole }
  let digits = String(abs(units) % scale)
  return whole + "." + String(repeating: "0", count: places - digits.count) + digits
}

/// Seconds with three decimals.
public func seconds(_ value: Double) -> String { decimalText(value, places: 3) }

extension Duration {
  /// The duration as a number of seconds.
  public var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
