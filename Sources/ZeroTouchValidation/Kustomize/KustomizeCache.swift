import Foundation
import ZeroTouchManifests

/// Names what a kustomization is made of by its content.
enum KustomizeCache {
  /// Changes when the way of rendering does, so that nothing old is taken for new.
  private static let edition = "1"

  /// The sum of every file in the kustomizations' folders and of every file they name.
  static func key(of closure: KustomizationSet.Closure, in tree: RepositoryTree) -> String {
    var text = Data(edition.utf8)
    for path in names(closure, tree) {
      text += Data("\0\(path)\0".utf8)
      text += FileManager.default.contents(atPath: "\(tree.root)/\(path)") ?? Data()
    }
    return SHA256.hexadecimal(of: text)
  }

  private static func names(_ closure: KustomizationSet.Closure, _ tree: RepositoryTree) -> [String] {
    var names = closure.files
    for folder in closure.folders {
      for name in Kustomization.names {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        if tree.paths.contains(path) { names.insert(path) }
      }
    }
    return names.sorted()
  }
}
