/// The version of Faultline.
package enum Version {
  /// The version, as `faultline --version` shows it and as files for build servers contain it.
  package static let current = "0.1.0"
}
