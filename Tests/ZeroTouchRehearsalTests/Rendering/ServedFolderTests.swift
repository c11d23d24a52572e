import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchTools
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct ServedFolderTests {
  @Test func `an ApplicationSet is given the folders of the commit, not what lies beside them`() async throws {
    try await withTemporaryFolder { folder in
      let tools = RealTools.runner(home: folder)
      let manager = FileManager.default
      for name in ["tenants/a/.hidden", "tenants/empty"] {
        try manager.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      for name in ["tenants/a/x.yaml", "tenants/a/.hidden/x.yaml"] {
        try "a: 1\n".write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      }
      let repository = ServedRepository(root: folder, repoURL: RenderedRepository.repoURL)
      #expect(try await repository.folders(at: "HEAD", tools: tools) == ["tenants", "tenants/a"])
      let git = Git(directory: folder)
      for call in [git.initialize(branch: "main"), git.addAll, git.commit("first")] { _ = try await tools.run(call) }
      try manager.createDirectory(atPath: "\(folder)/tenants/later", withIntermediateDirectories: true)
      try "a: 1\n".write(toFile: "\(folder)/tenants/later/x.yaml", atomically: true, encoding: .utf8)
      let renderer = RepositoryRenderer(repository: repository, tools: tools, catalogue: try ChartCatalogue.embedded())
      let work = Errand.Work.list(repoURL: RenderedRepository.repoURL, revision: "main")
      #expect(await renderer.perform(Errand.asking(work)) == .listed(["tenants", "tenants/a"]))
    }
  }
}
