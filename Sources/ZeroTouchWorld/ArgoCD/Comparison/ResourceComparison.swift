import Foundation
import ZeroTouchModel

/// Whether a live object has everything a manifest asks for.
///
/// What others added stays out of it: only the fields of the manifest are looked at, as a server-side diff would.
enum ResourceComparison {
  /// Whether the live object is in sync with its manifest.
  static func isSynced(_ target: JSONValue, _ live: JSONValue, ignoring paths: [IgnoredPath] = []) -> Bool {
    var wanted = normalized(target)
    var found = live
    for path in paths {
      wanted = path.removed(from: wanted)
      found = path.removed(from: found)
    }
    return covers(wanted, found)
  }

  /// The manifest without what the server fills in or what Argo CD never compares.
  static func normalized(_ target: JSONValue) -> JSONValue {
    var wanted = target
    wanted["status"] = nil
    for field in ["creationTimestamp", "resourceVersion", "uid", "generation", "managedFields", "namespace"] {
      wanted[path: "metadata", field] = nil
    }
    if wanted["kind"] == "Secret", let texts = wanted["stringData"]?.objectValue {
      for (name, text) in texts {
        wanted[path: "data", name] = .string(Data((text.stringValue ?? "").utf8).base64EncodedString())
      }
      wanted["stringData"] = nil
    }
    if wanted["aggregationRule"] != nil { wanted["rules"] = nil }
    return wanted
  }

  /// Whether every field of the first stands in the second; empty and absent are the same.
  static func covers(_ wanted: JSONValue, _ found: JSONValue?) -> Bool {
    switch wanted {
    case .null: return true
    case .object(let members):
      return members.allSatisfy { covers($0.value, found?[$0.key]) }
    case .array(let elements): return covers(elements, found?.arrayValue ?? [])
    case .string(let text): return found?.stringValue == text || (text.isEmpty && (found == nil || found == .null))
    case .int, .double: return found == wanted || (found?.intValue != nil && found?.intValue == wanted.intValue)
    case .bool: return found == wanted || (found == nil && wanted == false)
    }
  }

  private static func covers(_ wanted: [JSONValue], _ found: [JSONValue]) -> Bool {
    let names = wanted.compactMap(mergeKey)
    if !wanted.isEmpty, names.count == wanted.count, Set(names).count == names.count {
      // Lists by name merge: what another manager added is none of Argo CD's business.
      let byName = Dictionary(found.compactMap { element in mergeKey(element).map { ($0, element) } }) { $1 }
      return wanted.allSatisfy { element in
        mergeKey(element).flatMap { byName[$0] }.map { covers(element, $0) } ?? false
      }
    }
    return wanted.count == found.count && zip(wanted, found).allSatisfy { covers($0, $1) }
  }

  private static func mergeKey(_ element: JSONValue) -> String? { element["name"]?.stringValue }
}
