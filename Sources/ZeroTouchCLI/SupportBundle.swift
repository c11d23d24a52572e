import Foundation
import ZeroTouchDiagnosis
import ZeroTouchModel
import ZeroTouchPipeline

/// What somebody needs who helps from afar: what was found and how it was read, in one file without secrets.
struct SupportBundle: Sendable {
  private let contents: JSONValue

  init(cluster: String, _ diagnosis: Diagnosis, _ examination: Examination, run: JournaledRun?) {
    contents = [
      "zerotouch": .string(Version.current), "cluster": .string(cluster), "diagnosis": diagnosis.json,
      "examination": examination.json, "lastRun": run?.json ?? .null,
    ]
  }

  /// Writes the file, which nobody else may read; one that is there already is replaced.
  func write(to path: String, _ environment: LiveEnvironment) throws {
    let text = environment.concealment.redact(contents.text(.indented)) + "\n"
    let folder = (path as NSString).deletingLastPathComponent
    guard FileManager.default.fileExists(atPath: folder) else {
      throw Refusal(
        .runFailed, "`\(folder)` does not exist", remedy: "name a file in a folder that does: --bundle FILE")
    }
    do throws(PipelineError) {
      try Workspace(root: folder).write(Data(text.utf8), to: path)
    } catch {
      throw Refusal(.runFailed, "\(error)", remedy: "name a file that can be written: --bundle FILE")
    }
    environment.console.narrate("the bundle is `\(path)`: read it before you send it to anybody")
  }
}
