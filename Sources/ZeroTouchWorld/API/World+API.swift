import Foundation
package import ZeroTouchModel

extension World {
  /// The largest body the API server reads.
  static let largestBody = 3 * 1024 * 1024

  /// Answers a request to the Kubernetes API.
  package mutating func handle(_ request: APIRequest) -> APIResponse {
    do throws(APIFailure) {
      guard isServing else { throw .unavailable }
      if case .bytes(let bytes) = request.body, bytes.count > Self.largestBody { throw .tooLarge(Self.largestBody) }
      return try answer(request)
    } catch {
      return .reply(error.reply)
    }
  }

  private mutating func answer(_ request: APIRequest) throws(APIFailure) -> APIResponse {
    let route = APIRoute(path: request.path)
    if case .objects(let objects) = route {
      defer { settle() }
      return try answer(request, objects)
    }
    guard ["GET", "HEAD"].contains(request.method) else { throw route == .unknown ? .unknownPath : .methodNotAllowed }
    return .reply(try document(route, request))
  }

  /// Applies a manifest as a controller does: server-side, with a field manager, forcing conflicts.
  ///
  /// Returns the key of the object, or why the API refused it.
  package mutating func apply(
    _ manifest: JSONValue, manager: String, defaultNamespace: String = "default"
  ) -> Result<ObjectKey, APIFailure> {
    do throws(APIFailure) {
      let (apiVersion, kind) = (manifest["apiVersion"]?.stringValue ?? "", manifest["kind"]?.stringValue ?? "")
      guard let type = registry.type(apiVersion: apiVersion, kind: kind) else {
        throw APIFailure(
          status: 404, reason: "NotFound", message: "no matches for kind \"\(kind)\" in version \"\(apiVersion)\"")
      }
      let name = manifest[path: "metadata", "name"]?.stringValue ?? ""
      let key = type.key(manifest[path: "metadata", "namespace"]?.stringValue ?? defaultNamespace, name)
      var write = ObjectWrite(type, key, version: GroupVersion(apiVersion: apiVersion).version, manager: manager)
      write.operation = "Apply"
      _ = try applyPatch(manifest, write, force: true)
      return .success(key)
    } catch {
      return .failure(error)
    }
  }
}
