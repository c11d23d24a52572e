package import ZeroTouchModel

extension SSH {
  /// Tries a port and goes no further: `ssh` says in the system's own words whether anything listens, whatever it is,
  /// and every bootstrap needs it anyway. Where ssh itself listens, nobody is logged in.
  package static func knock(at host: IPAddress, port: Int, within seconds: Int) -> ToolInvocation {
    let options = [
      "BatchMode=yes", "ConnectTimeout=\(seconds)", "ConnectionAttempts=1", "PreferredAuthentications=none",
      "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "GlobalKnownHostsFile=/dev/null", "LogLevel=ERROR",
    ]
    return ToolInvocation(
      "ssh",
      ["-F", "/dev/null"] + options.flatMap { ["-o", $0] } + ["-p", "\(port)", "root@\(host)", "--", "true"],
      place: .machine, deadline: .seconds(seconds + 10))
  }
}
