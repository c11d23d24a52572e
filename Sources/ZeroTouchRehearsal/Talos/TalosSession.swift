import ZeroTouchModel
import ZeroTouchWorld

/// One call of talosctl: its command line, its files, and the kubeconfig that a control plane would mint.
struct TalosSession {
  let call: ShimCall
  let line: TalosCommandLine
  let kubeconfig: String

  var files: CallFiles { CallFiles(call: call) }

  func run(_ world: inout World) throws(CallFailure) -> ShimReply {
    switch line.command.words.joined(separator: " ") {
    case "gen secrets": try generateSecrets()
    case "gen config": try generateConfiguration()
    case "machineconfig patch": try patchConfiguration()
    case "validate": try validate()
    case "config endpoint": try setAddresses { $0.endpoints = $1 }
    case "config node": try setAddresses { $0.nodes = $1 }
    case "config info": try showContext()
    case "version": try version(world)
    case "apply-config": try applyConfiguration(&world)
    case "bootstrap": try bootstrap(&world)
    case "kubeconfig": try fetchKubeconfig(world)
    case "get": try resources(world)
    case "service": try services(world)
    case "etcd members": try etcdMembers(world)
    case "etcd remove-member": try removeEtcdMember(&world)
    case "etcd status": try etcdStatus(world)
    case "etcd snapshot": try etcdSnapshot(world)
    case "reset": try reset(&world)
    case "reboot": try reboot(&world)
    case "dmesg": try kernelLog(world)
    case "time": try time(world)
    default: throw CallFailure("unknown command \"\(line.command.words[0])\" for \"talosctl\"")
    }
  }

  /// talosctl adds its usage to errors that speak of flags, commands or arguments.
  func reply(to failure: CallFailure) -> ShimReply {
    let isAboutUsage = ["arg(s)", "flag", "command"].contains { failure.message.contains($0) }
    let usage = isAboutUsage ? "\n\(line.command.usage)\n" : ""
    return ShimReply(standardOutput: failure.output, standardError: "\(failure.message)\n\(usage)", status: 1)
  }
}
