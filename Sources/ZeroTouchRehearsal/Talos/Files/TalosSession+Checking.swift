import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  func patchConfiguration() throws(CallFailure) -> ShimReply {
    let text = try files.read(line.arguments[0])
    let result: String
    do {
      var configuration = try MachineConfiguration(text: text)
      for patch in try patches(line.all("patch")) { try configuration.apply(patch: patch) }
      result = TalosYAML.text(configuration.documents)
    } catch let failure as CallFailure {
      throw failure
    } catch { throw CallFailure("\(error)") }
    guard let output = line.value("output") else { return ShimReply(standardOutput: result) }
    try files.write(result, to: output, permissions: 0o644)
    return ShimReply()
  }

  func validate() throws(CallFailure) -> ShimReply {
    guard let mode = line.value("mode") else { throw CallFailure("required flag(s) \"mode\" not set") }
    let path = line.value("config") ?? ""
    let configuration: MachineConfiguration
    let text = try files.read(path)
    do { configuration = try MachineConfiguration(text: text) } catch { throw CallFailure(error.description) }
    guard ["metal", "cloud", "container"].contains(mode) else {
      throw CallFailure("unknown runtime mode: \"\(mode)\"")
    }
    var problems = configuration.problems()
    var warnings = ""
    for warning in configuration.warnings {
      if line.isOn("strict") { problems.append("warning: \(warning)") } else { warnings += "WARNING: \(warning)\n" }
    }
    guard problems.isEmpty else { throw CallFailure("\(warnings)\(problems)") }
    return ShimReply(standardOutput: "\(path) is valid for \(mode) mode\n", standardError: warnings)
  }
}
