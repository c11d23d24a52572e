import ZeroTouchModel
import ZeroTouchValidation

/// Findings as SARIF 2.1.0, for code scanning.
struct SARIFView: Sendable {
  let report: ValidationReport
  static let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  private static let home = "https://github.com/zerotouch/zerotouch"

  var json: JSONValue {
    let rules = Rule.all
    let positions = Dictionary(rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    return [
      "$schema": .string(Self.schema), "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "zerotouch", "semanticVersion": .string(Version.current), "informationUri": .string(Self.home),
              "rules": .array(rules.map(descriptor)),
            ]
          ],
          "columnKind": "unicodeCodePoints",
          "results": .array(report.findings.map { result($0, positions[$0.rule] ?? 0) }),
        ]
      ],
    ]
  }

  private func descriptor(_ rule: Rule) -> JSONValue {
    [
      "id": .string(rule.id), "shortDescription": ["text": .string(rule.title)],
      "fullDescription": ["text": .string(rule.why)], "help": ["text": .string(rule.remedy)],
      "defaultConfiguration": ["level": .string(rule.severity.rawValue)],
    ]
  }

  /// A file below the top of what was checked out, or one that lies elsewhere by its whole name.
  private func place(of file: String) -> JSONValue {
    guard !file.hasPrefix("/") else { return ["uri": .string("file://\(file.percentEncoded)")] }
    return ["uri": .string(file.percentEncoded), "uriBaseId": "%SRCROOT%"]
  }

  private func result(_ finding: Finding, _ position: Int) -> JSONValue {
    var json: JSONValue = [
      "ruleId": .string(finding.rule), "ruleIndex": JSONValue(position),
      "level": .string(finding.severity.rawValue),
      "message": ["text": .string("\(finding.what); \(finding.remedy)")],
      "locations": [
        [
          "physicalLocation": [
            "artifactLocation": place(of: finding.location.file),
            "region": [
              "startLine": JSONValue(max(finding.location.line, 1)),
              "startColumn": JSONValue(max(finding.location.column, 1)),
            ],
          ]
        ]
      ],
    ]
    if let reason = finding.acceptedBecause {
      json["suppressions"] = [["kind": "inSource", "justification": .string(reason)]]
    }
    return json
  }
}

extension String {
  /// A path as a relative URI.
  fileprivate var percentEncoded: String {
    utf8.map { byte in
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._~/".utf8.contains(byte)
      guard !isPlain else { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
