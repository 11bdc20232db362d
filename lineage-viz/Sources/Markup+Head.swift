import Documents
import Files
import Foundation

extension Markup {
  /// Adds the head of a page that opens from disk: with its `style`, and a policy that allows that style, the
  /// `script` of the page if it has one, and nothing else.
  mutating func writeHead(title: String, style: String, script: String? = nil) {
    let scripts = script.map { "script-src \(Self.source(of: $0)); " } ?? ""
    begin("head")
    leaf("meta", ["charset": "utf-8"])
    leaf(
      "meta",
      [
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src \(Self.source(of: style)); \(scripts)"
          + "base-uri 'none'; form-action 'none'",
      ])
    leaf("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    leaf("meta", ["name": "color-scheme", "content": "light dark"])
    element("title", text: title)
    begin("style")
    write(trusted: style)
    end()
    end()
  }

  /// The source expression of a content security policy that allows exactly `text`.
  private static func source(of text: String) -> String {
    "'sha256-\(Data(SHA256.digest(of: Array(text.utf8))).base64EncodedString())'"
  }
}
