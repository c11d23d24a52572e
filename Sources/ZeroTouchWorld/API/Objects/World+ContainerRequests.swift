import Foundation
import ZeroTouchModel

extension World {
  /// Runs the command of an exec request in the container it names.
  func answerExec(_ request: APIRequest, _ key: ObjectKey) throws(APIFailure) -> ExecOutcome {
    guard ["GET", "POST"].contains(request.method) else { throw .methodNotAllowed }
    let pod = try read(key)
    let command = request.query.filter { $0.name == "command" }.map(\.value)
    guard !command.isEmpty else { throw .badRequest("you must specify at least 1 command for the container") }
    let container = try containerName(request, pod)
    try demandNode(pod)
    return execute(command: command, in: pod, container: container)
  }

  /// Answers with what a container printed.
  func answerLog(_ request: APIRequest, _ key: ObjectKey) throws(APIFailure) -> APIResponse.Reply {
    guard request.method == "GET" else { throw .methodNotAllowed }
    let pod = try read(key)
    let container = try containerName(request, pod)
    let statuses = ["containerStatuses", "initContainerStatuses"].flatMap { pod[path: "status", $0]?.arrayValue ?? [] }
    let status = statuses.first { $0["name"]?.stringValue == container }
    // The kubelet shows the run before of one that waits for the next.
    let isWaiting = status?[path: "state", "waiting"] != nil && status?[path: "lastState", "terminated"] == nil
    if status == nil || isWaiting, pod[path: "status", "phase"] == "Pending" {
      let reason = status?[path: "state", "waiting", "reason"]?.stringValue ?? "ContainerCreating"
      try demandNode(pod)
      throw .badRequest("container \"\(container)\" in pod \"\(key.name)\" is waiting to start: \(reason)")
    }
    if request.flag("previous"), status?[path: "lastState", "terminated"] == nil {
      throw .badRequest("previous terminated container \"\(container)\" in pod \"\(key.name)\" not found")
    }
    var lines = logs(of: pod, container: container).split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    if let tail = request.first("tailLines").flatMap({ Int($0) }), tail >= 0 { lines = lines.suffix(tail) }
    let start = ["running", "terminated"].compactMap { status?[path: "state", $0, "startedAt"]?.stringValue }.first
    let stamp = request.flag("timestamps") ? (start ?? timestamp) + " " : ""
    let text = lines.map { stamp + $0 + "\n" }.joined()
    return APIResponse.Reply(contentType: "text/plain", body: Data(text.utf8))
  }

  /// The container a request means: the named one, or the only one.
  private func containerName(_ request: APIRequest, _ pod: JSONValue) throws(APIFailure) -> String {
    let lists = ["containers", "initContainers", "ephemeralContainers"]
    let names = lists.map { (pod[path: "spec", $0]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue } }
    let podName = pod[path: "metadata", "name"]?.stringValue ?? ""
    if let named = request.first("container"), !named.isEmpty {
      guard names.joined().contains(named) else {
        throw .badRequest("container \(named) is not valid for pod \(podName)")
      }
      return named
    }
    guard names[0].count == 1, let only = names[0].first else {
      let choices = names[0].joined(separator: " ")
      throw .badRequest("a container name must be specified for pod \(podName), choose one of: [\(choices)]")
    }
    return only
  }

  private func demandNode(_ pod: JSONValue) throws(APIFailure) {
    guard (pod[path: "spec", "nodeName"]?.stringValue ?? "").isEmpty else { return }
    throw .badRequest("pod \(pod[path: "metadata", "name"]?.stringValue ?? "") does not have a host assigned")
  }
}
