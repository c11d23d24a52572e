import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// What people leave behind when they try something.
extension Rule {
  static let homePath = Rule(
    "ZT113", .warning, "the home of a developer",
    why: "the path exists on one machine, and nobody else can run or render it",
    remedy: "write the path relative to the repository, or take it from a variable",
    example: Example(wrong: "path: /Users/ada/platform/apps", right: "path: apps"),
    check: { survey in
      let inYAML = survey.eachText { file, document, text in
        (HomePath.first(in: text, homes: HomePath.isForPeople(file, document)) ?? HomePath.ofDeveloper(in: text)).map {
          "`\($0)` is the home of a person"
        }
      }
      let scripts = survey.tree.paths.filter(HomePath.isScript).sorted()
      return inYAML
        + scripts.flatMap { path -> [Violation] in
          let lines = (survey.tree.text(of: path) ?? "").lines
          return lines.enumerated().compactMap { index, line in
            HomePath.first(in: String(line), homes: true).map {
              Violation(
                at: SourceLocation(file: path, line: index + 1, column: 1), "`\($0)` is the home of a person")
            }
          }
        }
    })

  static let editLeftover = Rule(
    "ZT114", .error, "a leftover of an edit",
    why: "a `file:///` address was for a trial on one machine; a cluster cannot reach it",
    remedy: "write the repository's address",
    example: Example(wrong: "repoURL: file:///repo", right: "repoURL: https://github.com/ours/platform.git"),
    check: { survey in
      let keys: Set = ["repoURL", "url", "repo", "repository", "ref", "revision", "targetRevision"]
      return survey.manifests.flatMap { manifest -> [Violation] in
        var found: [Violation] = []
        manifest.body.eachEntry { key, value in
          guard keys.contains(key), let text = value.text, text.hasPrefix("file://") else { return }
          found.append(Violation(at: value.location, "`\(manifest.title)` reads `\(text)`, which is on one machine"))
        }
        return found
      }
    })
}

/// The home folder of a person in a text.
enum HomePath {
  /// Homes of programs in images and on CI machines.
  private static let programs: Set<String> = [
    "runner", "node", "app", "jovyan", "nonroot", "user", "ubuntu", "vscode", "coder", "git", "gitea", "airflow",
    "www", "appuser", "linuxbrew", "argocd", "jenkins", "steam", "container", "docker", "kubernetes", "data", "shared",
    "builder", "default", "frappe", "nginx", "redis", "postgres", "mysql", "keycloak", "n8n", "abc", "dev", "root",
    "shared",
    "core", "admin", "rootless", "atlantis", "spark", "oracle", "elasticsearch", "renovate", "sonarqube", "username",
    "me",
  ]

  /// Whether the paths of a document are those of people's machines: a pod's `/home` is in its image.
  static func isForPeople(_ file: String, _ document: LocatedYAML) -> Bool {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return Kustomization.names.contains(name) || name.hasPrefix("Taskfile") || file.hasPrefix(".github/")
      || name == ".sops.yaml" || name.hasPrefix(".gitlab-ci")
  }

  /// The home whose folder only people have: a pod's `/home` has no `.kube` and no Downloads.
  static func ofDeveloper(in text: String) -> String? {
    guard let found = first(in: text, homes: true), found.hasPrefix("/home/"), let range = text.range(of: found + "/")
    else { return nil }
    let next = text[range.upperBound...].prefix { $0 != "/" && !$0.isWhitespace }
    return people.contains(String(next)) ? found : nil
  }

  private static let people: Set<String> = [
    ".kube", ".talos", ".ssh", "Documents", "Downloads", "Desktop", "Projects", "projects", "repos", "git", "code",
    "workspace", "dev", "src", "go",
  ]

  static func isScript(_ path: String) -> Bool {
    path.hasSuffix(".sh") || path.hasSuffix("/Makefile") || path == "Makefile"
  }

  static func first(in text: String, homes: Bool) -> String? {
    for prefix in homes ? ["/home/", "/Users/"] : ["/Users/"] {
      var rest = text[...]
      while let range = rest.range(of: prefix) {
        let before = range.lowerBound == text.startIndex ? nil : text[text.index(before: range.lowerBound)]
        let name = rest[range.upperBound...].prefix { $0.isLetter || $0.isNumber || "._-".contains($0) }
        let next = rest[range.upperBound...].dropFirst(name.count).first
        rest = rest[range.upperBound...]
        // `https://host/home/page` is a page, `/data/home/x` a folder of its own.
        let begins = before.map { " \"'=:(,;\n\t<`".contains($0) || $0 == "/" } ?? true
        let isURL = before == "/" && !text[..<range.lowerBound].hasSuffix("file://")
        if begins, !isURL, next == "/", !name.isEmpty, !programs.contains(name.lowercased()) { return prefix + name }
      }
    }
    return nil
  }
}

extension LocatedYAML {
  /// Visits every entry of every mapping, from the top down.
  func eachEntry(_ visit: (_ key: String, _ value: LocatedYAML) -> Void) {
    for entry in entries ?? [] {
      visit(entry.key, entry.value)
      entry.value.eachEntry(visit)
    }
    for item in items ?? [] { item.eachEntry(visit) }
  }

  /// Visits every text.
  func eachText(_ visit: (_ text: String, _ location: SourceLocation) -> Void) {
    switch content {
    case .scalar(.string(let text)): visit(text, location)
    case .scalar: break
    case .sequence(let items): for item in items { item.eachText(visit) }
    case .mapping(let entries): for entry in entries { entry.value.eachText(visit) }
    }
  }
}

extension Survey {
  /// Something to say about a line of a file: texts of YAML line by line.
  func eachText(
    _ judge: (_ file: String, _ document: LocatedYAML, _ line: String) -> String?
  ) -> [Rule.Violation] {
    tree.files.flatMap { file -> [Rule.Violation] in
      var found: [Rule.Violation] = []
      for document in file.documents {
        document.eachText { text, location in
          guard text.utf8.contains(0x2F), judge(file.path, document, text) != nil else { return }
          // The first line of a block stands below its mark.
          let lines = text.lines.map(String.init)
          for (index, line) in lines.enumerated() {
            guard let what = judge(file.path, document, line) else { continue }
            let place = SourceLocation(
              file: location.file, line: location.line + (lines.count > 1 ? index + 1 : 0), column: location.column)
            found.append(Rule.Violation(at: place, what))
          }
        }
      }
      return found
    }
  }
}
