import Foundation
import ZeroTouchModel

extension World {
  /// Answers a request for something the server says about itself.
  func document(_ route: APIRoute, _ request: APIRequest) throws(APIFailure) -> APIResponse.Reply {
    switch route {
    case .root: return APIResponse.Reply(document: Discovery(registry).paths)
    case .health: return health(request)
    case .version: return APIResponse.Reply(document: versionDocument)
    case .openAPIIndex: return tagged(OpenAPIDocuments(registry).index, request)
    case .openAPIv2: return OpenAPIDocuments.version2
    case .openAPI(let groupVersion):
      guard registry.versions(of: groupVersion.group).contains(groupVersion.version) else { throw .unknownPath }
      return tagged(OpenAPIDocuments(registry).document(groupVersion), request)
    default: return try discovery(route, request)
    }
  }

  private func discovery(_ route: APIRoute, _ request: APIRequest) throws(APIFailure) -> APIResponse.Reply {
    let discovery = Discovery(registry)
    let isAggregated = (request.headers["accept"] ?? "").contains("g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
    switch route {
    case .coreVersions, .groups:
      let isCore = route == .coreVersions
      guard isAggregated else { return tagged(isCore ? discovery.coreVersions : discovery.groupList, request) }
      return tagged(discovery.aggregated(core: isCore), request, contentType: Discovery.aggregatedContentType)
    case .group(let name):
      guard !name.isEmpty, let group = discovery.group(name) else { throw .unknownPath }
      return tagged(group, request)
    case .resources(let groupVersion):
      guard let list = discovery.resources(groupVersion) else { throw .unknownPath }
      return tagged(list, request)
    default: throw .unknownPath
    }
  }

  /// A document that clients keep: its ETag changes when a definition registers, and only then.
  private func tagged(
    _ document: @autoclosure () -> JSONValue, _ request: APIRequest, contentType: String = "application/json"
  ) -> APIResponse.Reply {
    let tag = "\"\(String(registry.fingerprint, radix: 16))-\(contentType.utf8.count)\""
    let headers = ["ETag": tag, "Vary": "Accept", "Cache-Control": "public"]
    if request.headers["if-none-match"] == tag {
      return APIResponse.Reply(status: 304, contentType: contentType, headers: headers, body: Data())
    }
    return APIResponse.Reply(contentType: contentType, headers: headers, document: document())
  }

  private func health(_ request: APIRequest) -> APIResponse.Reply {
    let checks = ["ping", "log", "etcd", "informer-sync", "poststarthook/start-apiextensions-controllers"]
    let name = request.path.split(separator: "/").first.map(String.init) ?? "readyz"
    let isVerbose = request.query.contains { $0.name == "verbose" }
    let text = isVerbose ? checks.map { "[+]\($0) ok\n" }.joined() + "\(name) check passed\n" : "ok"
    return APIResponse.Reply(contentType: "text/plain; charset=utf-8", body: Data(text.utf8))
  }

  private var versionDocument: JSONValue {
    let version = server.version
    return [
      "major": .string(String(version.major)), "minor": .string(String(version.minor)),
      "gitVersion": .string("v\(version)"), "gitCommit": "", "gitTreeState": "clean", "buildDate": "",
      "goVersion": "", "compiler": "gc", "platform": "linux/amd64",
    ]
  }
}
