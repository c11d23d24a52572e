import Testing

@testable import ZeroTouchManifests

struct ApplicationHealthScriptTests {
  @Test(
    arguments: [
      (
        "hs = {}\nhs.status = \"Progressing\"\nif obj.status ~= nil then hs.status = obj.status.health.status end",
        .passedOn
      ),
      ("local own = status.health ~= nil and status.health.status or 'Unknown'\nhealth.status = own", .passedOn),
      ("return { status = \"Degraded\" }", .passedOn),
      (
        "local status = obj.status\nif status == nil then return {status = 'Progressing'} end\nhs.status = 'Healthy'",
        .neverSaid
      ),
      (
        "if obj.status.health.status == \"Degraded\" then hs.status = \"Progressing\" else hs.status = obj.status.health.status end",
        .unclear
      ),
      ("-- hs.status = \"Degraded\"\nhs.status = \"Healthy\"", .neverSaid),
      ("return worst(obj)", .unclear),
    ] as [(String, ApplicationHealthScript.OnDegraded)])
  func `what becomes of a degraded child is read out of the text`(
    _ text: String, _ expected: ApplicationHealthScript.OnDegraded
  ) {
    #expect(ApplicationHealthScript(text).onDegraded == expected)
  }

  @Test func `whether it waits for Synced and looks at the spec is read out of the text`() {
    #expect(
      ApplicationHealthScript("if s.sync.status == 'Synced' then h.status = 'Healthy' end").waitsForSynced == true)
    #expect(ApplicationHealthScript("h.status = 'Healthy'").waitsForSynced == false)
    #expect(ApplicationHealthScript("h.status = 'Healthy' f(obj.status.sync)").waitsForSynced == nil)
    #expect(ApplicationHealthScript("same(obj.status.sync.comparedTo, obj.spec)").comparesSpec)
    #expect(!ApplicationHealthScript("h.status = 'Healthy'").comparesSpec)
    #expect(ApplicationHealthScript("  -- nothing\n").isEmpty)
  }
}
