import Foundation
import TestSupport
import Testing

/// A copy of the repository with observability switched on, as the comment beside the switch says.
func copyRepositoryWithObservability(to folder: String) throws {
  try copyRepository(to: folder)
  let path = "\(folder)/platform/switches/kustomization.yaml"
  let text = try String(contentsOfFile: path, encoding: .utf8)
  #expect(text.contains("On: components: [../05-observability]\ncomponents: []\n"))
  try text.replacing("\ncomponents: []", with: "\ncomponents: [../05-observability]")
    .write(toFile: path, atomically: true, encoding: .utf8)
}
