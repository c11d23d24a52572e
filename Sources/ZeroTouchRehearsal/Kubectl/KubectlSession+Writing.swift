import Foundation
import ZeroTouchModel
import ZeroTouchWorld

extension KubectlSession {
  /// Applies server-side, one object after the other; what is refused does not keep the others from being applied.
  func apply() async throws -> ShimReply {
    guard line.has("server-side") else { throw CallFailure("error: only --server-side is played here") }
    var printed = ""
    var failures: [String] = []
    for (object, file) in try manifests() {
      do throws(CallFailure) { printed += try await apply(object, file) } catch {
        guard error.message != Self.closed.message else { throw CallFailure(error.message, output: printed) }
        failures.append(error.message)
      }
    }
    let status: Int32 = failures.isEmpty ? 0 : 1
    return ShimReply(standardOutput: printed, standardError: failures.map { $0 + "\n" }.joined(), status: status)
  }

  private func apply(_ object: JSONValue, _ file: String) async throws(CallFailure) -> String {
    let (type, apiVersion, namespace, name) = try await place(of: object, in: file)
    var query = [("fieldManager", line.value("field-manager") ?? "kubectl")]
    if line.has("force-conflicts") { query.append(("force", "true")) }
    do throws(CallFailure) {
      _ = try await send(
        "PATCH", Self.path(type, namespace, name, as: apiVersion), query: query, object,
        as: "application/apply-patch+yaml")
    } catch {
      guard let conflict = error.message.split(separator: ": ", maxSplits: 1).last,
        error.message.hasPrefix("Error from server (Conflict): Apply failed")
      else { throw error }
      throw CallFailure("error: \(conflict)\n\(Self.conflictAdvice)")
    }
    return "\(Self.name(type, name)) serverside-applied\n"
  }

  private static let conflictAdvice = "Please review the fields above--they currently have other managers."

  func label() async throws -> ShimReply {
    try await mark("labels", done: "labeled", target: line.words.dropFirst(1).prefix(2))
  }

  /// Sets or takes annotations of one object, or of all that stand in files.
  func annotate() async throws -> ShimReply {
    guard !line.all("filename").isEmpty else {
      return try await mark("annotations", done: "annotated", target: line.words.dropFirst(1).prefix(2))
    }
    let patch = Self.patch("annotations", Array(line.words.dropFirst()))
    var printed = ""
    for (object, file) in try manifests() {
      let (type, apiVersion, namespace, name) = try await place(of: object, in: file)
      do throws(CallFailure) {
        _ = try await merge(patch, Self.path(type, namespace, name, as: apiVersion))
      } catch { throw CallFailure(error.message, output: printed) }
      printed += "\(Self.name(type, name)) annotated\n"
    }
    return ShimReply(standardOutput: printed)
  }

  private func mark(_ field: String, done: String, target: ArraySlice<String>) async throws -> ShimReply {
    guard target.count == 2, let kind = target.first, let name = target.last else {
      throw CallFailure("error: one or more \(field) updates are required")
    }
    let type = try await type(called: kind)
    let path = Self.path(type, namespace(type), name)
    let live = try await send("GET", path)
    let patch = Self.patch(field, Array(line.words.dropFirst(3)))
    let held = (live[path: "metadata", field] ?? .null).stringMap
    let wanted = patch[path: "metadata", field]?.objectValue ?? [:]
    guard wanted.contains(where: { held[$0.key] != $0.value.stringValue }) else {
      return ShimReply(standardOutput: "\(Self.name(type, name)) not \(done)\n")
    }
    _ = try await merge(patch, path)
    return ShimReply(standardOutput: "\(Self.name(type, name)) \(done)\n")
  }

  /// `key=value` sets, `key-` takes away.
  private static func patch(_ field: String, _ words: [String]) -> JSONValue {
    var values: JSONValue = [:]
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2 { values[parts[0]] = .string(parts[1]) } else { values[String(word.dropLast())] = .null }
    }
    return ["metadata": [field: values]]
  }

  func patch() async throws -> ShimReply {
    guard line.value("type") == "merge", let file = line.value("patch-file"), line.words.count > 2 else {
      throw CallFailure("error: only --type=merge with --patch-file is played here")
    }
    let type = try await type(called: line.words[1])
    let path = Self.path(type, namespace(type), line.words[2])
    _ = try await send("GET", path)
    let patch: JSONValue
    do { patch = try JSONValue(parsing: try files.read(file)) } catch let problem as JSONSyntaxError {
      throw CallFailure("error: unable to parse \"\(file)\": \(problem)")
    }
    _ = try await merge(patch, path)
    return ShimReply(standardOutput: "\(Self.name(type, line.words[2])) patched\n")
  }

  func merge(_ patch: JSONValue, _ path: String) async throws(CallFailure) -> JSONValue {
    try await send(
      "PATCH", path, query: line.value("field-manager").map { [("fieldManager", $0)] } ?? [], patch,
      as: "application/merge-patch+json")
  }

  func delete() async throws -> ShimReply {
    guard line.words.count > 2 else { throw CallFailure("error: You must provide one or more resources") }
    let type = try await type(called: line.words[1])
    do throws(CallFailure) { _ = try await send("DELETE", Self.path(type, namespace(type), line.words[2])) } catch {
      guard line.has("ignore-not-found"), error.isNotFound else { throw error }
      return ShimReply()
    }
    return ShimReply(standardOutput: "\(type.singular) \"\(line.words[2])\" deleted\n")
  }

  /// The objects of every file that is named, each with the file it stands in.
  func manifests() throws -> [(object: JSONValue, file: String)] {
    try line.all("filename").flatMap { file in
      do { return try ManifestReader.objects(in: try files.read(file), file: file).map { ($0, file) } } catch let error
        as RenderingFailure
      { throw CallFailure("error: \(error)") }
    }
  }

  func place(
    of object: JSONValue, in file: String
  ) async throws(CallFailure) -> (type: ResourceType, apiVersion: String, namespace: String?, name: String) {
    let (apiVersion, kind) = (object["apiVersion"]?.stringValue ?? "", object["kind"]?.stringValue ?? "")
    let name = object[path: "metadata", "name"]?.stringValue ?? ""
    let own = object[path: "metadata", "namespace"]?.stringValue
    let (type, isServing) = await host.withWorld { world in
      (world.registry.type(apiVersion: apiVersion, kind: kind), world.isServing)
    }
    guard isServing else { throw Self.closed }
    guard let type else {
      throw CallFailure(
        """
        error: resource mapping not found for name: "\(name)" namespace: "\(own ?? "")" from "\(file)": no matches for \
        kind "\(kind)" in version "\(apiVersion)"
        ensure CRDs are installed first
        """)
    }
    return (type, apiVersion, type.isNamespaced ? own ?? line.value("namespace") ?? "default" : nil, name)
  }
}
