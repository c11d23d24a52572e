import ZeroTouchModel

/// What became of rendering a chart of this tree.
struct ChartBuild: Sendable {
  let release: ChartRelease
  let objects: [JSONValue]
  /// Why it could not be rendered; nil where it was.
  let unknown: String?

  init(_ release: ChartRelease, _ objects: [JSONValue]) {
    self.release = release
    self.objects = objects
    unknown = nil
  }

  init(_ release: ChartRelease, unknown reason: String) {
    self.release = release
    objects = []
    unknown = reason
  }
}
