import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// Manifests out of YAML or JSON text, as Argo CD reads them.
enum ManifestReader {
  /// Reads every object of a text; lists are taken apart, empty documents left out.
  static func objects(in text: String, file: String) throws -> [JSONValue] {
    let documents: [JSONValue]
    do {
      documents = try YAMLDocuments.parse(text, file: file)
    } catch {
      throw RenderingFailure.notAnObject(file: file, reason: "\(error)")
    }
    return try documents.filter { !$0.isNull }.flatMap { try objects(of: $0, file: file) }
  }

  private static func objects(of document: JSONValue, file: String) throws -> [JSONValue] {
    guard let kind = document["kind"]?.stringValue, !kind.isEmpty else {
      throw RenderingFailure.notAnObject(file: file, reason: "Object 'Kind' is missing in '\(document.text())'")
    }
    guard document["apiVersion"]?.stringValue?.isEmpty == false else {
      throw RenderingFailure.notAnObject(file: file, reason: "Object 'apiVersion' is missing in '\(document.text())'")
    }
    guard kind.hasSuffix("List"), let items = document["items"]?.arrayValue else { return [document] }
    return try items.flatMap { try objects(of: $0, file: file) }
  }
}
