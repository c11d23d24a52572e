package import ZeroTouchManifests
package import ZeroTouchModel

extension World {
  /// Adds a machine; one that comes late answers nothing until then, and its clock may be set later still.
  ///
  /// A world with machines has no Kubernetes API until they make one.
  package mutating func addMachine(
    _ machine: Machine, answersAfter delay: Duration = .zero, timeAfter timeDelay: Duration = .zero
  ) {
    if machines.isEmpty { isServing = false }
    var added = machine
    if timeDelay > .zero {
      added.hasTime = false
      start(MachineMoment.timeInSync.timer(machine.address), after: timeDelay)
    }
    added.changed = now
    added.booted = now
    if delay > .zero {
      added.state = .off
      start(MachineMoment.powerOn.timer(machine.address), after: delay)
    }
    machines[machine.address] = added
  }

  /// Has a machine run with a configuration that it was given before anybody looked.
  package mutating func occupy(_ address: IPAddress, with configuration: MachineConfiguration) {
    var installation = Installation(configuration)
    installation.hasRuntime = true
    let disk = machines[address]?.disks.first?.path
    machines[address]?.imageDisk = disk
    setState(.configured(installation), of: address)
  }

  /// Cuts a machine off or lets packets reach it again.
  package mutating func setReachable(_ isReachable: Bool, machine address: IPAddress) {
    guard let machine = machines[address] else { return }
    machines[address]?.isReachable = isReachable
    if machine.installation?.hasNode == true {
      if isReachable { nodeHeartbeatsResume(machine.hostname) } else { nodeHeartbeatsStop(machine.hostname) }
    }
    updateServing()
  }

  /// Keeps time servers from a machine, or lets them answer.
  package mutating func setTime(_ isInSync: Bool, machine address: IPAddress) {
    guard let machine = machines[address], machine.hasTime != isInSync else { return }
    machines[address]?.hasTime = isInSync
    noteChange(of: address)
    guard isInSync, machine.installation?.hasRuntime == true else { return }
    joinEtcd(address)
    registerLater(address)
  }

  /// Has the rescue system write Talos to a disk; a script that is writing already is ended.
  package mutating func writeImage(to disk: String, on address: IPAddress, reboots: Bool = false) {
    switch machines[address]?.state {
    case .rescue: break
    case .writingImage: timers.cancel(MachineMoment.imageWritten.timer(address))
    default: return
    }
    machines[address]?.writers += 1
    machines[address]?.state = .writingImage(disk: disk, reboots: reboots)
    start(.imageWritten, of: address, after: .imageWrite)
  }

  /// Reboots a machine: into maintenance mode or what it is configured for.
  package mutating func reboot(_ address: IPAddress) {
    guard let machine = machines[address] else { return }
    switch machine.state {
    case .configured(let installation): halt(address, installation)
    case .maintenance, .configuring, .rescue:
      machines[address]?.state = .rebooting(nil)
      start(.booted, of: address, after: .maintenanceBoot)
    case .off, .writingImage, .rebooting: return
    }
  }

  mutating func machinePoweredOn(_ address: IPAddress) {
    guard let machine = machines[address], case .off = machine.state else { return }
    setState(machine.imageDisk == nil ? .rescue : .maintenance, of: address)
  }

  mutating func imageWritten(_ address: IPAddress) {
    guard case .writingImage(let disk, let reboots) = machines[address]?.state else { return }
    machines[address]?.imageDisk = disk
    machines[address]?.state = .rescue
    if reboots { reboot(address) }
  }

  mutating func machineBooted(_ address: IPAddress) {
    guard let machine = machines[address], case .rebooting(let halted) = machine.state else { return }
    machines[address]?.booted = now
    // The rescue system starts once only, and there is no other system.
    guard machine.imageDisk != nil else { return setState(.off, of: address) }
    guard let installation = halted else {
      log("[talos] entering maintenance service", on: address)
      return setState(.maintenance, of: address)
    }
    resume(installation, on: address)
  }

  /// Starts a timer of a machine with a declared duration.
  mutating func start(_ moment: MachineMoment, of address: IPAddress, after duration: RealWorld) {
    start(moment.timer(address), after: duration.declared.typical)
  }

  mutating func setState(_ state: MachineState, of address: IPAddress) {
    machines[address]?.state = state
    noteChange(of: address)
  }

  /// Counts a change of what the machine's status shows.
  mutating func noteChange(of address: IPAddress) {
    machines[address]?.changed = now
    machines[address]?.statusVersion += 1
  }

  mutating func log(_ text: String, on address: IPAddress) {
    machines[address]?.log.append(Machine.LogLine(time: now, text: text))
  }
}
