import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

struct ToolRequirementTests {
  private let versions = VersionSet.default

  private func kubectl(_ version: String) -> ToolOutput {
    .printing("{\"clientVersion\": {\"major\": \"1\", \"gitVersion\": \"\(version)\"}, \"kustomizeVersion\": \"v5\"}")
  }

  private func problem(_ tool: KnownTool, _ output: ToolOutput) throws -> Diagnostic? {
    let requirement = try #require(Toolbox.complete(versions).requirements.first { $0.tool == tool })
    return requirement.judge(.success(output)).problem
  }

  @Test func `a kubectl of the cluster's minor version fits`() throws {
    #expect(try problem(.kubectl, kubectl("v1.35.2")) == nil)
    #expect(try problem(.kubectl, kubectl("v1.36.0")) == nil)
  }

  @Test func `a kubectl older than 1.32 is refused`() throws {
    #expect(try problem(.kubectl, kubectl("v1.31.9"))?.severity == .error)
    #expect(try problem(.kubectl, kubectl("v1.31.9"))?.message == "`kubectl` is 1.31.9, older than 1.32.0")
    #expect(try problem(.kubectl, kubectl("v1.31.9"))?.remedy.hasPrefix("install `kubectl` 1.32 or newer, or") == true)
  }

  @Test func `a kubectl two minor versions away is a warning`() throws {
    #expect(try problem(.kubectl, kubectl("v1.37.1"))?.severity == .warning)
  }

  @Test func `a vendor's dispatcher is refused`() throws {
    let found = try problem(.kubectl, kubectl("v1.35.2-dispatcher"))
    #expect(found?.severity == .error)
    #expect(found?.remedy.contains("scripts/tools") == true)
  }

  @Test func `helm 3.17 and helm 4 fit and helm 3.16 does not`() throws {
    #expect(try problem(.helm, .printing("v3.17.2+gcc0bbbd")) == nil)
    #expect(try problem(.helm, .printing("v4.1.4+g05fa379")) == nil)
    #expect(try problem(.helm, .printing("v3.16.4+g7877b45"))?.severity == .error)
  }

  @Test func `talosctl has the minor version of the machines`() throws {
    #expect(try problem(.talosctl, .printing("Client:\n\tTag:         v1.13.2\n")) == nil)
    #expect(try problem(.talosctl, .printing("Client:\n\tTag:         v1.12.11\n"))?.severity == .error)
  }

  @Test func `a missing program is named with its remedy`() throws {
    let requirement = ToolRequirement(.helm)
    let verdict = requirement.judge(.failure(.notFound(tool: "helm")))
    #expect(verdict.problem?.message == "`helm` was not found on PATH")
    #expect(verdict.problem?.remedy.contains("scripts/tools") == true)
    #expect(!verdict.isUsable)
  }

  @Test func `a program that is not executable is named with its path`() {
    let verdict = ToolRequirement(.kubectl).judge(.failure(.notExecutable(tool: "kubectl", path: "/opt/kubectl")))
    #expect(verdict.problem?.message == "`kubectl` was found at `/opt/kubectl`, which is not executable")
  }

  @Test func `age may be missing`() throws {
    let requirement = try #require(Toolbox.complete(versions).requirements.first { $0.tool == .age })
    #expect(requirement.judge(.failure(.notFound(tool: "age"))).isUsable)
  }

  @Test func `every program's own words are read`() {
    let answers: [(KnownTool, ToolOutput, String)] = [
      (.git, .printing("git version 2.43.0\n"), "2.43.0"),
      (.curl, .printing("curl 8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0\n"), "8.5.0"),
      (.ssh, ToolOutput(standardError: Data("OpenSSH_9.6p1 Ubuntu-3ubuntu13, OpenSSL 3.0.13\n".utf8)), "OpenSSH_9.6p1"),
      (.age, .printing("v1.2.0\n"), "v1.2.0"),
    ]
    for (tool, output, version) in answers {
      #expect(ToolRequirement(tool).judge(.success(output)).version == version)
    }
  }

  @Test func `programs are inspected in the order of the requirements`() async {
    let tools = ScriptedToolRunner { invocation throws(ToolError) in throw .notFound(tool: invocation.tool) }
    let verdicts = await Toolbox.bootstrap(versions, provider: .talos).inspect(by: tools)
    #expect(verdicts.map(\.tool) == [.talosctl, .kubectl, .helm, .git, .ssh])
    #expect(tools.mutations.isEmpty)
  }
}
