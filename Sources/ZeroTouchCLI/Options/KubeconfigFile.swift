import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// The check of a named kubeconfig: kubectl falls back to localhost without a word where the file is missing.
enum KubeconfigFile {
  /// Returns the path of a file that names a server.
  static func checked(_ path: String) throws -> String {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw Refusal(
        .inputWrong, "the kubeconfig `\(path)` does not exist", remedy: "name an existing file with --kubeconfig")
    }
    guard !isDirectory.boolValue else {
      throw Refusal(.inputWrong, "the kubeconfig `\(path)` is a directory", remedy: "name a file with --kubeconfig")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Refusal(.inputWrong, "the kubeconfig `\(path)` cannot be read", remedy: "check its owner and mode")
    }
    guard try namesServer(String(decoding: data, as: UTF8.self), path) else {
      throw Refusal(
        .inputWrong, "the kubeconfig `\(path)` names no server", remedy: "name the cluster's own kubeconfig")
    }
    return path
  }

  private static func namesServer(_ text: String, _ path: String) throws -> Bool {
    let clusters = try YAMLDocuments.parse(text, file: path).first?["clusters"]?.arrayValue ?? []
    return clusters.contains { $0[path: "cluster", "server"]?.stringValue?.isEmpty == false }
  }
}
