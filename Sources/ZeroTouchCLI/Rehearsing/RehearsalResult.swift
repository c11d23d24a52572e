import ZeroTouchModel
import ZeroTouchPipeline

/// What a rehearsal found out: the run, beside what real machines are predicted to need.
struct RehearsalResult: Sendable {
  let report: RunReport
  let prediction: Prediction
  let speed: Double
  let standIns: [String]
  /// Peak memory of this process and of the world's, in bytes.
  let memory: Int
  let worldMemory: Int
  /// How many requests the Kubernetes API was asked, kubectl's and helm's discovery among them.
  let requests: Int

  var text: String {
    """
    \(ReportView.text(report))

    rehearsed in \((report.elapsed / speed).inWords) at \(Int(speed)) times the speed of real machines
    \(prediction.text)
    """
  }

  var json: JSONValue {
    var json = report.json
    json["speed"] = .double(speed)
    json["prediction"] = prediction.json
    json["standIns"] = .array(standIns.map(JSONValue.string))
    json["memoryBytes"] = ["zerotouch": JSONValue(memory), "world": JSONValue(worldMemory)]
    json["apiRequests"] = JSONValue(requests)
    return json
  }
}
