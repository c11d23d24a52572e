import Foundation
import FoundationXML
import TestSupport
import Testing
import ZeroTouchManifests

@testable import ZeroTouchValidation

struct WaveDrawingTests {
  /// What a drawing says of itself to a reader of XML.
  private final class Reading: NSObject, XMLParserDelegate {
    var applications: [String] = []
    var arrows: [String] = []
    var elements: Set<String> = []
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.insert(name)
      if let application = attributes["data-application"] { applications.append(application) }
      if let from = attributes["data-from"], let to = attributes["data-to"] { arrows.append("\(from) \(to)") }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  private func read(_ svg: String) throws -> Reading {
    let reading = Reading()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reading
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    return reading
  }

  private func chart(_ waves: [(String, Int)], needs: [String: [WaveChart.Need]], overlay: String = "x") throws
    -> WaveChart
  {
    let texts = waves.map {
      application($0.0, wave: "\"\($0.1)\"", spec: "source: {repoURL: https://x/y, path: tenants/a}")
    }
    return WaveChart(
      try ExpectedApplications.parse(texts.joined(separator: "\n---\n"), source: "x", folders: []), of: overlay,
      needs: needs)
  }

  @Test func `every Application is a box and every need an arrow`() throws {
    let needs = [
      "c": [WaveChart.Need(application: "a", what: "the kind `<A & \"B\">`"), .init(application: "b", what: "x")]
    ]
    let drawn = try read(try chart([("a", -1), ("b", 3), ("c", 3)], needs: needs, overlay: "<main> & \"x\"").svg)
    #expect(drawn.applications.sorted() == ["a", "b", "c"] && drawn.arrows == ["a c", "b c"])
    #expect(drawn.text.contains("the kind `<A & \"B\">`") && drawn.text.contains("The waves of <main> & \"x\""))
    #expect(drawn.text.contains("wave \u{2212}1") && drawn.text.contains("prefers-color-scheme: dark"))
    #expect(drawn.elements.isSuperset(of: ["title", "desc"]) && !drawn.elements.contains("script"))
  }

  @Test func `boxes of a line stand apart, however many there are`() throws {
    let many = (0..<40).map { ("application-\($0)", $0 % 4) }
    let needs = Dictionary(
      uniqueKeysWithValues: (0..<40).map { number in
        ("application-\(number)", (0..<number).map { WaveChart.Need(application: "application-\($0)", what: "x") })
      })
    let svg = try chart(many, needs: needs).svg
    #expect(try read(svg).arrows.count == 40 * 39 / 2)
    let pattern = #/<rect x="([0-9.]+)" y="([0-9.]+)" width="([0-9.]+)" height="46"/#
    let boxes = svg.matches(of: pattern).map { ($0.output.2, Double($0.output.1) ?? 0, Double($0.output.3) ?? 0) }
    #expect(boxes.count == 40)
    for (_, line) in Dictionary(grouping: boxes, by: \.0) {
      let sorted = line.sorted { $0.1 < $1.1 }
      for (left, right) in zip(sorted, sorted.dropFirst()) { #expect(left.1 + left.2 < right.1) }
    }
  }
}
