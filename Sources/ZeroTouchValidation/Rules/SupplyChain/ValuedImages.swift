import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// The moving images that Applications name in values which are a text, or a file of this tree.
  var valuedImages: [Rule.Violation] {
    applications.flatMap { _, application in
      application.sources.flatMap { source in
        ValueLayers(source, in: tree).all.flatMap { layer in
          ImageReferences.tags(in: layer.node, at: []).compactMap { path, image in
            guard let problem = ImageTag.problem(image) else { return nil }
            return Rule.Violation(
              at: layer.place(path, of: application.manifest, in: self),
              "`\(application.manifest.title)` takes `\(image)`, \(problem)")
          }
        }
      }
    }
  }
}
