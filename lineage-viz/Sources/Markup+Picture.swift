extension Markup {
  /// Begins a picture: an SVG element of this class that is `shown` so large, for coordinates up to `width`
  /// and `height`, with a title and a description for people who do not see it.
  mutating func beginPicture(
    _ kind: String, width: Int, height: Int, shown: (width: Int, height: Int), title: String,
    description: String
  ) {
    begin(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": kind, "role": "img", "width": "\(shown.width)",
        "height": "\(shown.height)", "viewBox": "0 0 \(width) \(height)",
      ])
    element("title", text: title)
    element("desc", text: description)
  }
}
