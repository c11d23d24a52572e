import ZeroTouchModel

extension World {
  /// Opens the watch that a request asks for.
  func watch(_ request: APIRequest, _ route: ObjectRoute, _ type: ResourceType) throws(APIFailure) -> WatchStream {
    let filter = try ObjectFilter(request, type, name: route.name)
    let view = ObjectView(type, version: route.groupVersion.version, representation: Representation(request))
    let wanted = request.first("resourceVersion") ?? ""
    let start = try startRevision(wanted)
    let sendsInitial = request.flag("sendInitialEvents")
    var stream = WatchStream(request, route.namespace, view, filter, after: start ?? objects.revision)
    if sendsInitial || start == nil && request.first("sendInitialEvents") != "false" {
      stream.revision = objects.revision
      stream.open(with: selected(type, route.namespace, filter), in: self)
      if sendsInitial { stream.markInitialEnd() }
    } else if let start, start > objects.revision {
      stream.fail(Self.futureRevision(start, objects.revision))
    }
    return stream
  }

  /// The revision to start after; nil where any will do.
  private func startRevision(_ text: String) throws(APIFailure) -> UInt64? {
    guard !text.isEmpty, text != "0" else { return nil }
    guard let revision = UInt64(text) else {
      throw .badRequest(
        "resourceVersion: Invalid value: \"\(text)\": strconv.ParseUint: parsing \"\(text)\": invalid syntax")
    }
    return revision
  }

  static func futureRevision(_ wanted: UInt64, _ current: UInt64) -> APIFailure {
    APIFailure(
      status: 504, reason: "Timeout", message: "Too large resource version: \(wanted), current: \(current)",
      details: ["causes": [["reason": "ResourceVersionTooLarge", "message": "Too large resource version"]]])
  }
}
