import Foundation
import TestSupport
import Testing
import ZeroTouchDiagnosis
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchWorld

/// Every failure of the catalogue is provoked and known again: in a world, where a world can show it, and otherwise by
/// what the programs say.
struct ProvokedFailureTests {
  private static let worlds = ProvokedFailures.worlds.merging(ProvokedFailures.platforms) { $1 }

  @Test func `no failure of the catalogue is without a test that provokes it`() {
    let provoked = Set(Self.worlds.keys).union(ReportedFailures.recorded.keys).union(ReportedFailures.said.keys)
      .union(MachineFailureTests.provoked)
    let known = Set(FailureCatalogue.all.map(\.id))
    #expect(known.subtracting(provoked) == [], "these are not provoked")
    #expect(provoked.subtracting(known) == [], "these are not known")
  }

  @Test(arguments: worlds.keys.sorted())
  func `a failure that is provoked in a world is known by what the world shows`(id: String) async throws {
    let provoke = try #require(Self.worlds[id])
    let diagnosis = try await ExaminedWorld.diagnosis(of: try provoke())
    let cause = (diagnosis.causes + diagnosis.notes).first { $0.failure.id == id }
    #expect(cause != nil, "\(diagnosis.text)")
    #expect(cause?.evidence.isEmpty == false)
    #expect(diagnosis.isHealthy == (FailureCatalogue.named(id)?.nature == .normal), "\(diagnosis.text)")
  }

  @Test(.enabled(if: Recording.arePresent), arguments: ReportedFailures.recorded.keys.sorted())
  func `a failure that a program was recorded with is known by its words`(id: String) throws {
    let words = try Recording(try #require(ReportedFailures.recorded[id])).output.errorText
    #expect(Self.causes(of: words).contains(id), "\(words)")
  }

  @Test(arguments: ReportedFailures.said.keys.sorted())
  func `a failure that a step tells of is known by its words`(id: String) throws {
    for words in try #require(ReportedFailures.said[id]) {
      #expect(Self.causes(of: words).contains(id), "\(words)")
    }
  }

  @Test func `a cluster in which all is well has no symptoms`() async throws {
    var cluster = WorkloadWorld(nodes: ["node-1", "node-2"])
    cluster.installGatewayAPI()
    cluster.installCilium()
    cluster.apply(GatewayManifest.gatewayClass)
    cluster.after(60)
    let diagnosis = try await ExaminedWorld.diagnosis(of: cluster.world)
    #expect(diagnosis.isEmpty, "\(diagnosis.text)")
  }

  private static func causes(of words: String) -> [String] {
    Diagnosis(of: Examination().hearing(words, of: "`step`")).causes.map(\.failure.id)
  }
}
