import Evaluation
import Foundation
import Scenarios
import Testing

@testable import LineageViz

@Suite("Lineage diagrams as SVG")
struct LineageSVGTests {
  @Test(
    "boxes do not overlap, stay on the page, and are below what they rest on", arguments: BrokenProgram.all)
  func layout(program: BrokenProgram) throws {
    let breach = try program.breach()
    let picture = try LineagePicture(of: breach)
    let layout = LineageLayout(picture, from: 50)
    #expect(layout.boxes.count == picture.boxes.count && layout.routes.count == picture.arrows.count)
    for (place, box) in layout.boxes.enumerated() {
      #expect(
        box.x >= LineageLayout.labels && box.x + box.width <= layout.width && box.bottom <= layout.height)
      for other in layout.boxes[..<place] {
        let isApart =
          box.x >= other.x + other.width || other.x >= box.x + box.width || box.y >= other.bottom
          || other.y >= box.bottom
        #expect(isApart, "\(box.lines) and \(other.lines)")
      }
    }
    for (arrow, route) in zip(picture.arrows, layout.routes) {
      let (tail, head) = (picture.box(arrow.tail), picture.box(arrow.head))
      guard let tail, let head, let from = tail.rounds.min(), let to = head.rounds.min(), from < to else {
        continue
      }
      #expect(route.from.y < route.to.y, "\(tail.title) leads to \(head.title)")
    }
  }

  @Test("nodes stand in the order of the space-time diagram, rounds run down", arguments: BrokenProgram.all)
  func order(program: BrokenProgram) throws {
    let picture = try LineagePicture(of: try program.breach())
    let layout = LineageLayout(picture, from: 0)
    let nodes = layout.lanes.compactMap(\.node)
    #expect(nodes == nodes.sorted() && Set(nodes) == Set(picture.boxes.compactMap(\.location)))
    #expect(zip(layout.lanes, layout.lanes.dropFirst()).allSatisfy { $0.x + $0.width < $1.x })
    #expect(
      zip(layout.bands, layout.bands.dropFirst()).allSatisfy { $0.round < $1.round && $0.bottom <= $1.top })
    for (box, place) in zip(picture.boxes, layout.boxes) {
      let band = try #require(layout.bands.last { $0.top <= place.y })
      #expect(band.round == box.rounds.min())
    }
  }

  @Test("every box and fault is in the document, which is the same each time", arguments: BrokenProgram.all)
  func document(program: BrokenProgram) throws {
    let breach = try program.breach()
    let picture = try LineagePicture(of: breach)
    let faults = breach.counterexample.faults
    let text = LineageSVG(picture, faults: faults, title: "t").document()
    #expect(text == LineageSVG(picture, faults: faults, title: "t").document())
    let parsed = try ParsedMarkup(text)
    #expect(
      parsed.elements[0].attributes["width"].flatMap { Int($0) }.map { $0 <= LineageLayout.page } == true)
    #expect(parsed.texts("g", "fault").count == picture.boxes.count { $0.kind == .fault })
    #expect(parsed.texts("rect", "frame").count == picture.boxes.count { $0.kind != .fault })
    #expect(parsed.texts("path", "end").count == picture.arrows.count)
  }

  // MARK: Colours

  /// The colour that `selector` gives `property` in the styles for a light or a dark background.
  private static func colour(_ property: String, of selector: String, isDark: Bool) throws -> String {
    let parts = LineageSVG.style.components(separatedBy: "@media")
    let rules = (isDark ? parts[1] : parts[0]).split(separator: "}").filter { rule in
      let selectors = rule.split(separator: "{").dropLast().last.map { $0.split(separator: ",") } ?? []
      return selectors.contains { $0.hasSuffix(selector) && $0.hasPrefix(".ln") }
    }
    let pattern = try Regex("[{;]\(property):(#[0-9a-f]{3,6})")
    let found = rules.compactMap { $0.firstMatch(of: pattern) }
    return String(try #require(found.last, "\(selector) has no \(property)")[1].substring ?? "")
  }

  private static func luminance(_ colour: String) -> Double {
    var digits = colour.dropFirst().map { $0.hexDigitValue ?? 0 }
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    let parts = stride(from: 0, to: 6, by: 2).map { place -> Double in
      let value = Double(digits[place] * 16 + digits[place + 1]) / 255
      return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private static func contrast(_ first: String, _ second: String) -> Double {
    let (one, other) = (luminance(first), luminance(second))
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  @Test("text has a contrast of 4.5 at least, lines one of 3", arguments: [false, true])
  func contrasts(isDark: Bool) throws {
    let grounds = [".page", ".band"]
    let texts =
      grounds.flatMap { ground in [".ln text", ".quiet", ".broken", ".firing text"].map { ($0, ground) } }
      + (0...9).map { (".ln text", ".n\($0)") } + [
        (".ln text", ".none"), (".missing text", ".missing .frame"), (".added text", ".added .frame"),
        (".absent text", ".absent .frame"), (".fault text", ".fault .frame"),
      ]
    for (text, ground) in texts {
      let pair = try (
        Self.colour("fill", of: text, isDark: isDark), Self.colour("fill", of: ground, isDark: isDark)
      )
      #expect(Self.contrast(pair.0, pair.1) >= 4.5, "\(text) on \(ground): \(pair)")
    }
    for line in [
      "g path", ".gone path", ".message path", ".cut path", ".missing .frame", ".absent .frame",
      ".fault .frame",
    ] {
      for ground in grounds {
        let pair = try (
          Self.colour("stroke", of: line, isDark: isDark), Self.colour("fill", of: ground, isDark: isDark)
        )
        #expect(Self.contrast(pair.0, pair.1) >= 3, "\(line) on \(ground): \(pair)")
      }
    }
  }
}

extension LineagePicture {
  fileprivate func box(_ id: BoxID) -> Box? { boxes.first { $0.id == id } }
}
