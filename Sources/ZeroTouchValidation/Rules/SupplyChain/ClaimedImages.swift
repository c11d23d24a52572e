import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// The moving images that claims name for the pods they become.
  var claimedImages: [Rule.Violation] {
    graphs.flatMap { graph in
      graph.composed.byClaim.flatMap { index, parts -> [Rule.Violation] in
        let claim = graph.cluster.objects[index].manifest
        guard !illustrations.contains(claim.file) else { return [] }
        return parts.flatMap { ImageReferences($0.manifest).all }.compactMap { _, image in
          guard let problem = ImageTag.problem(image), let path = Self.field(of: claim, naming: image) else {
            return nil
          }
          return Rule.Violation(
            at: place(of: claim, at: path), "`\(claim.title)` takes `\(image)`, \(problem)")
        }
      }
    }
  }

  /// Where a claim names an image, or the tag that its Composition joins to a name.
  private static func field(of claim: Manifest, naming image: String) -> [String]? {
    if let path = claim.field(saying: image, named: "image") { return path }
    let parts = image.split(separator: ":").map(String.init)
    guard parts.count > 1, let tag = parts.last else { return nil }
    return claim.field(saying: tag, named: "tag")
  }
}
