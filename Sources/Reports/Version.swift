/// Which Faultline this is.
package enum Version {
  /// As in `faultline --version`, and in files for build servers.
  package static let current = "0.1.0"
}
