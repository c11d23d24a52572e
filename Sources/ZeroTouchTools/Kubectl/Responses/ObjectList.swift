import Foundation
package import ZeroTouchModel

/// The objects in what `kubectl get -o json` printed: one object, or a List of them.
package struct ObjectList: Sendable, Hashable {
  package let items: [JSONValue]

  package init(parsing output: ToolOutput) throws(JSONSyntaxError) {
    let document = try JSONValue(parsing: output.standardOutput)
    let isList = document["kind"]?.stringValue?.hasSuffix("List") ?? false
    items = isList ? document["items"]?.arrayValue ?? [] : [document]
  }
}

/// One event of `kubectl get --watch --output-watch-events -o json`.
package struct WatchEvent: Sendable, Hashable {
  package enum Change: String, Sendable, Hashable {
    case added = "ADDED"
    case modified = "MODIFIED"
    case deleted = "DELETED"
    case bookmark = "BOOKMARK"
    case error = "ERROR"
  }

  package let change: Change
  package let object: JSONValue

  /// Decodes the envelope; nil when the document is none.
  package init?(_ json: JSONValue) {
    guard let change = json["type"]?.stringValue.flatMap(Change.init), let object = json["object"] else { return nil }
    self.change = change
    self.object = object
  }
}
