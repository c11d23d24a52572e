import ZeroTouchModel
import ZeroTouchWorld

extension KubectlSession {
  /// Asks the server what applying would make of each object; status 1 where that is not what is there.
  func diff() async throws -> ShimReply {
    var changed: [String] = []
    for (object, file) in try manifests() {
      let (type, apiVersion, namespace, name) = try await place(of: object, in: file)
      let path = Self.path(type, namespace, name, as: apiVersion)
      let query = [
        ("fieldManager", line.value("field-manager") ?? "kubectl"), ("force", "true"), ("dryRun", "All"),
      ]
      let merged = try await send(
        "PATCH", path, query: query, object, as: "application/apply-patch+yaml")
      let live: JSONValue?
      do throws(CallFailure) { live = try await send("GET", path) } catch {
        guard error.message.contains("(NotFound)") else { throw error }
        live = nil
      }
      if live.map(Self.compared) != Self.compared(merged) { changed.append(Self.name(type, name)) }
    }
    return ShimReply(
      standardOutput: changed.map { "\($0) differs\n" }.joined(), status: changed.isEmpty ? 0 : 1)
  }

  /// An object without what every write changes.
  private static func compared(_ object: JSONValue) -> JSONValue {
    var copy = object
    for field in ["managedFields", "resourceVersion", "generation", "uid", "creationTimestamp"] {
      copy["metadata"] = copy["metadata"].map { metadata in
        var rest = metadata
        rest[field] = nil
        return rest
      }
    }
    return copy
  }
}
