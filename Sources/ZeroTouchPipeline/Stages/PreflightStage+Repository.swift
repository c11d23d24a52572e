import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

extension PreflightStage {
  /// Argo CD syncs what the remote repository holds, so that has to be what is checked out here.
  static func repositoryChecks(_ bootstrap: Bootstrap) -> [Check] {
    [agreement(bootstrap), cleanliness(bootstrap), publication(bootstrap)]
  }

  private static func agreement(_ bootstrap: Bootstrap) -> Check {
    let (path, wanted) = (bootstrap.layout.repository, bootstrap.spec.gitops)
    return Check(question: .file(path)) { answer in
      guard case .contents(let data) = answer else {
        return [Diagnostic("`\(path)` cannot be read", remedy: "write it with `zerotouch init`")]
      }
      do throws(InvalidInput) {
        let held = try GitOpsRepository.parse(String(decoding: data, as: UTF8.self), file: path)
        return differences(held, wanted, path)
      } catch { return error.diagnostics }
    }
  }

  private static func differences(_ held: GitOpsRepository, _ wanted: GitOps, _ path: String) -> [Diagnostic] {
    let pairs = [("repoURL", held.repoURL, wanted.repoURL), ("revision", held.revision, wanted.revision)]
    return pairs.filter { $0.1 != $0.2 }.map { key, held, wanted in
      Diagnostic(
        "Argo CD would follow the \(key) `\(held)`, but the spec says `\(wanted)`",
        remedy: "make `gitops.\(key)` in the spec and `data.\(key)` in \(path) agree, and commit")
    }
  }

  private static func cleanliness(_ bootstrap: Bootstrap) -> Check {
    let folders = RepositoryLayout.syncedFolders
    return Check(question: .run(bootstrap.git.status(folders))) { answer in
      guard let output = answer.success else {
        return [
          Diagnostic(
            "git cannot say what is committed in `\(bootstrap.layout.root)`: \(answer.complaint)",
            remedy: "run zerotouch in a checkout of the platform's repository")
        ]
      }
      let files = output.text.split(whereSeparator: \.isNewline).map { String($0.dropFirst(3)) }
      guard !files.isEmpty else { return [] }
      let shown = files.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
      return [
        Diagnostic(
          "Argo CD would not see what is not committed: \(shown)\(files.count > 5 ? " and \(files.count - 5) more" : "")",
          remedy: "commit and push it, or put it aside with `git stash --include-untracked`")
      ]
    }
  }

  /// The commit checked out here has to be the one that the remote has under the revision.
  private static func publication(_ bootstrap: Bootstrap) -> Check {
    let (gitops, root) = (bootstrap.spec.gitops, bootstrap.layout.root)
    let questions: [Question] = [
      .run(bootstrap.git.resolve()), .run(bootstrap.git.listRemote(gitops.repoURL, gitops.revision)),
    ]
    return Check(questions: questions) { answers in
      guard let here = answers[0].success.map({ $0.text.trimmingCharacters(in: .whitespacesAndNewlines) }) else {
        return [
          Diagnostic(
            "git cannot say which commit is checked out in `\(root)`: \(answers[0].complaint)",
            remedy: "commit the platform's repository")
        ]
      }
      return remoteProblems(answers[1], here: here, gitops)
    }
  }

  private static func remoteProblems(_ answer: Answer, here: String, _ gitops: GitOps) -> [Diagnostic] {
    // A remote lists branches and tags, so a revision that is a commit can only be compared.
    if gitops.revision == here { return [] }
    guard let output = answer.success else {
      return [
        Diagnostic(
          "`\(gitops.repoURL)` has no revision `\(gitops.revision)` that can be read: \(answer.complaint)",
          remedy: "push it, or give git the rights to read the repository")
      ]
    }
    let commits = output.text.split(whereSeparator: \.isNewline).compactMap { $0.split(separator: "\t").first }
    guard !commits.contains(Substring(here)) else { return [] }
    return [
      Diagnostic(
        "Argo CD would sync commit \(commits.first?.prefix(12) ?? "none"), but \(here.prefix(12)) is checked out here",
        remedy: "push this commit to `\(gitops.revision)`, or check out what is there")
    ]
  }
}
