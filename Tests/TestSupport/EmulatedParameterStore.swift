import Foundation
import ZeroTouchModel
import ZeroTouchTools

/// moto's Parameter Store on loopback, behind a door that counts the calls and can refuse some of them.
package struct EmulatedParameterStore: Sendable {
  package static let identity = ["AWS_ACCESS_KEY_ID": "AKIASENDER", "AWS_SECRET_ACCESS_KEY": "the-sender's-own-key"]
  private static let aws = "\(BuiltProgram.packageRoot)/.tools/aws/bin"
  /// The real aws.
  package static let client = "\(aws)/aws"
  package static var isInstalled: Bool {
    ["aws", "moto_server"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(aws)/\($0)") }
  }

  package let endpoint: String
  package let folder: String
  private let runner: SubprocessToolRunner

  /// The program in a repository, with this store as its AWS.
  package func program(in directory: String, path: String? = nil, identity: [String: String] = identity) -> BuiltProgram
  {
    let usual = "\(BuiltProgram.packageRoot)/.tools/bin:\(Self.aws):/usr/bin:/bin"
    let settings = variables(identity).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return BuiltProgram(in: directory, path: path ?? usual, home: folder, inside: ["/usr/bin/env"] + settings)
  }

  private func variables(_ identity: [String: String]) -> [String: String] {
    identity.merging(["AWS_ENDPOINT_URL_SSM": endpoint]) { $1 }
  }

  /// How often an action was called so far.
  package func calls(of action: String) -> Int {
    let log = (try? String(contentsOfFile: "\(folder)/calls.log", encoding: .utf8)) ?? ""
    return log.split(separator: "\n").count { $0 == action }
  }

  /// Refuses calls of an action from one on, and so many of them.
  package func refuse(_ action: String, with code: String, from first: Int = 0, times: Int = 1_000_000) throws {
    let fault: JSONValue = [action: ["code": .string(code), "from": JSONValue(first), "times": JSONValue(times)]]
    try fault.text().write(toFile: "\(folder)/faults.json", atomically: true, encoding: .utf8)
  }

  /// Ends the programs whose numbers stand in `programs` of its folder at one call of an action, before or after it
  /// happened.
  package func kill(at action: String, number: Int, happens: Bool) throws {
    let fault: JSONValue = [action: ["from": JSONValue(number), "times": 1, "kill": true, "happens": .bool(happens)]]
    try fault.text().write(toFile: "\(folder)/faults.json", atomically: true, encoding: .utf8)
  }

  package func refuseNothing() throws { try FileManager.default.removeItem(atPath: "\(folder)/faults.json") }

  /// What the real aws reads below a prefix, decrypted, with the types.
  package func read(below prefix: String) async throws -> [String: (type: String, value: String)] {
    let output = try await runner.succeed(
      ToolInvocation(
        "aws",
        [
          "ssm", "get-parameters-by-path", "--recursive", "--with-decryption", "--path", prefix, "--region",
          "eu-central-1", "--output", "json",
        ], environment: variables(Self.identity), deadline: .seconds(120)))
    let list = try JSONValue(parsing: output.text)["Parameters"]?.arrayValue ?? []
    return Dictionary(
      uniqueKeysWithValues: list.map { one in
        (one["Name"]?.stringValue ?? "", (one["Type"]?.stringValue ?? "", one["Value"]?.stringValue ?? ""))
      })
  }

  /// Starts the emulator in a folder of its own, and ends it with the work.
  package static func with(_ work: (EmulatedParameterStore) async throws -> Void) async throws {
    try await withTemporaryFolder(named: "store") { folder in
      let runner = SubprocessToolRunner(
        environment: ToolEnvironment(inheriting: ["PATH": "\(aws):/usr/bin:/bin", "HOME": folder]),
        clock: ContinuousClock())
      let server = ToolInvocation("\(aws)/python3", ["-c", door, folder], deadline: .seconds(300))
      try await StartedServer.with(server, by: runner, telling: #/at (http:\/\/127\.0\.0\.1:\d+) now/#) { endpoint in
        try await work(EmulatedParameterStore(endpoint: endpoint, folder: folder, runner: runner))
      }
    }
  }

  /// Writes a parameter with the real aws.
  package func put(_ name: String, _ value: String) async throws {
    try value.write(toFile: "\(folder)/value", atomically: true, encoding: .utf8)
    _ = try await runner.succeed(
      ToolInvocation(
        "aws",
        [
          "ssm", "put-parameter", "--name", name, "--type", "SecureString", "--value", "file://\(folder)/value",
          "--overwrite", "--region", "eu-central-1",
        ], environment: variables(Self.identity), effect: .mutates, deadline: .seconds(120)))
  }

  private static let door = """
    import json, os, signal, sys, threading
    from werkzeug.serving import WSGIRequestHandler, make_server
    from moto.server import DomainDispatcherApplication, create_backend_app
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    WSGIRequestHandler.log_request = lambda *arguments: None
    folder, lock, counts = sys.argv[1], threading.Lock(), {}
    moto = DomainDispatcherApplication(create_backend_app)
    def door(environment, start):
        action = environment.get("HTTP_X_AMZ_TARGET", "").split(".")[-1]
        with lock:
            number = counts[action] = counts.get(action, -1) + 1
            with open(folder + "/calls.log", "a") as log: log.write(action + "\\n")
            try: fault = json.load(open(folder + "/faults.json")).get(action)
            except OSError: fault = None
        hit = fault and fault["from"] <= number < fault["from"] + fault["times"]
        if hit and "kill" in fault:
            answer = list(moto(environment, lambda *arguments: None)) if fault["happens"] else []
            for program in open(folder + "/programs").read().split():
                try: os.kill(int(program), signal.SIGKILL)
                except ProcessLookupError: pass
            start("500 Killed", [("Content-Length", "0")])
            return []
        if hit:
            environment["wsgi.input"].read(int(environment.get("CONTENT_LENGTH") or 0))
            body = json.dumps({"__type": fault["code"], "message": "words of the emulator"}).encode()
            start("400 Bad Request", [("Content-Type", "application/x-amz-json-1.1"), ("Content-Length", str(len(body)))])
            return [body]
        return moto(environment, start)
    server = make_server("127.0.0.1", 0, door, threaded=True)
    print("at http://127.0.0.1:%d now" % server.server_port, flush=True)
    server.serve_forever()
    """
}
