import ZeroTouchModel

/// Runs Jobs to completion, within the failures they may have.
struct JobController: Controller {
  static let controllerName = "job-controller"
  let name = controllerName
  let watches: Set<GroupResource> = [.jobs, .pods]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.beginReconcile(name)
    for key in world.controllersConcerned(.jobs, by: changed) { sync(key, in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    if timer.purpose == "expired" { world.delete(timer.subject) } else { world.objects.touch(timer.subject) }
  }

  private func sync(_ key: ObjectKey, in world: inout World) {
    guard let job = world.objects[key], job[path: "metadata", "deletionTimestamp"] == nil,
      let owner = PodOwner(key, job)
    else { return }
    let plan = JobPlan(job)
    guard job.condition("Complete") == nil, job.condition("Failed") == nil else { return }
    world.prepareJob(key, owner)
    let pods = world.ownedPods(of: owner.uid)
    var count = JobCount(pods)
    let outcome = plan.outcome(count, ran: world.now - (world.workloads.jobStarts[owner.uid] ?? world.now))
    if outcome == nil, !plan.isSuspended {
      let missing = min(plan.parallelism, plan.completions - count.succeeded) - count.active
      let pause = world.timers.isPending(Timer(name, key, "backoff"))
      if missing > 0, !pause, world.mayRetryJob(key, owner, failures: count.failed) {
        _ = world.createPods(missing, plan.pod(owner))
      }
      if let deadline = plan.deadline, let start = world.workloads.jobStarts[owner.uid] {
        world.timers.start(Timer(name, key, "deadline"), at: start + deadline)
      }
    } else if plan.isSuspended || outcome?.isFailure == true {
      for pod in pods where pod.isActive { world.deletePod(pod.key, for: owner) }
    }
    world.refreshIndex()
    count = JobCount(world.ownedPods(of: owner.uid), previous: count)
    world.writeStatus(of: key, owner, count, outcome, plan)
  }
}

/// How a Job ended.
enum JobOutcome: Sendable, Hashable {
  case complete
  case failed(reason: String, message: String)

  var isFailure: Bool { self != .complete }
}

/// How many of a Job's pods are how far.
struct JobCount: Sendable {
  var active: Int
  var ready: Int
  var succeeded: Int
  var failed: Int

  init(_ pods: [PodRecord], previous: JobCount? = nil) {
    active = pods.filter(\.isActive).count
    ready = pods.filter { $0.isActive && $0.isReady }.count
    succeeded = max(pods.filter { $0.phase == .succeeded }.count, previous?.succeeded ?? 0)
    failed = max(pods.filter { $0.phase == .failed }.count, previous?.failed ?? 0)
  }
}

/// What a Job asks for.
struct JobPlan: Sendable {
  let object: JSONValue
  let completions: Int
  let parallelism: Int
  let backoffLimit: Int
  let isSuspended: Bool
  let deadline: Duration?
  let timeToLive: Int?

  init(_ job: JSONValue) {
    object = job
    let spec = job["spec"] ?? [:]
    parallelism = spec["parallelism"]?.intValue ?? 1
    completions = spec["completions"]?.intValue ?? 1
    backoffLimit = spec["backoffLimit"]?.intValue ?? 6
    isSuspended = spec["suspend"] == true
    deadline = spec["activeDeadlineSeconds"]?.intValue.map { .seconds($0) }
    timeToLive = spec["ttlSecondsAfterFinished"]?.intValue
  }

  func outcome(_ count: JobCount, ran: Duration) -> JobOutcome? {
    if count.succeeded >= completions { return .complete }
    if count.failed > backoffLimit {
      return .failed(reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit")
    }
    if let deadline, ran >= deadline {
      return .failed(reason: "DeadlineExceeded", message: "Job was active longer than specified deadline")
    }
    return nil
  }

  func pod(_ owner: PodOwner) -> PodPlan {
    PodPlan(
      owner: owner, template: object[path: "spec", "template"] ?? [:],
      labels: [
        "batch.kubernetes.io/controller-uid": owner.uid, "batch.kubernetes.io/job-name": owner.key.name,
        "controller-uid": owner.uid, "job-name": owner.key.name,
      ])
  }
}
