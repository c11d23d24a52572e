import Foundation
import ZeroTouchManifests
import ZeroTouchModel

extension Rule {
  static let environmentNames = Rule(
    "ZT115", .warning, "one environment under two names",
    why: "a flag or a folder that says `prod` where the others say `production` selects nothing, or the wrong thing",
    remedy: "use one name in folders, flags and pipelines",
    example: Example(
      wrong: "run: deploy --environment prod  # the folder is overlays/production",
      right: "run: deploy --environment production"),
    check: { survey in
      let folders = EnvironmentName.folders(of: survey.tree)
      guard !folders.isEmpty else { return [] }
      let byMeaning = Dictionary(grouping: folders, by: \.meaning)
      let twice = byMeaning.values.flatMap { same -> [Violation] in
        let counts = Dictionary(grouping: same, by: \.word).sorted {
          ($1.value.count, $0.key) < ($0.value.count, $1.key)
        }
        guard let usual = counts.first, counts.count > 1 else { return [] }
        return counts.dropFirst().flatMap(\.value).map {
          Violation(at: $0.location, "`\($0.place)` says `\($0.word)` where others say `\(usual.key)`")
        }
      }
      let flags = EnvironmentName.flags(of: survey.tree).compactMap { flag -> Violation? in
        guard let same = byMeaning[flag.meaning], !same.contains(where: { $0.word == flag.word }),
          let folder = same.first
        else { return nil }
        return Violation(
          at: flag.location,
          "\(flag.place.hasPrefix("the ") ? flag.place : "`\(flag.place)`") says `\(flag.word)`, and `\(folder.place)` says `\(folder.word)`"
        )
      }
      return twice + flags
    })
}

/// A word for an environment with the place where somebody uses it.
struct EnvironmentName {
  let word: String
  /// The one name for all words that mean the same.
  let meaning: String
  /// The folder or the flag.
  let place: String
  let location: SourceLocation

  private static let meanings: [String: String] = [
    "dev": "development", "develop": "development", "development": "development", "staging": "staging",
    "stage": "staging", "stg": "staging", "prod": "production", "prd": "production", "production": "production",
  ]
  /// Whether a word names an environment, be it one that is compared or another.
  static func isMeant(by word: Substring) -> Bool {
    meanings[String(word)] != nil || ["test", "qa", "preview", "local"].contains(word)
  }

  /// The environment that a part of a path names, by the one name for all words that mean the same.
  static func meaning(ofPath path: String) -> String? {
    path.lowercased().split { !$0.isLetter }.lazy.compactMap { meanings[String($0)] }.first
  }

  private static let parents: Set<String> = ["overlays", "environments", "envs", "env", "clusters", "stages", "values"]

  /// The environments that folders and files of values are named after.
  static func folders(of tree: RepositoryTree) -> [EnvironmentName] {
    files(of: tree)
      + tree.folders.sorted().flatMap { folder -> [EnvironmentName] in
        let parts = folder.split(separator: "/").map(String.init)
        guard parts.count > 1, parents.contains(parts[parts.count - 2]), let name = parts.last,
          let file = tree.files(below: folder).first
        else { return [] }
        return words(of: name).map {
          EnvironmentName(
            word: $0.word, meaning: $0.meaning, place: folder,
            location: SourceLocation(file: file.path, line: 1, column: 1))
        }
      }
  }

  /// `values-production.yaml`, `values.prod.yaml`: files of values for one environment each.
  private static func files(of tree: RepositoryTree) -> [EnvironmentName] {
    tree.paths.sorted().compactMap { path in
      let parts = path.split(separator: "/").last?.split { "-_.".contains($0) }.map { $0.lowercased() } ?? []
      guard parts.count == 3, parts[0] == "values", ["yaml", "yml"].contains(parts[2]),
        let meaning = meanings[parts[1]]
      else { return nil }
      return EnvironmentName(
        word: parts[1], meaning: meaning, place: path, location: SourceLocation(file: path, line: 1, column: 1))
    }
  }

  /// The environments that pipelines and scripts ask for.
  static func flags(of tree: RepositoryTree) -> [EnvironmentName] {
    let files = tree.paths.filter { path in
      path.hasSuffix(".sh") || path.hasPrefix(".github/workflows/") || path.hasPrefix(".gitlab-ci")
        || path.hasSuffix("Makefile") || path.hasPrefix("Taskfile")
    }
    return choices(of: tree)
      + files.sorted().flatMap { path -> [EnvironmentName] in
        let lines = (tree.text(of: path) ?? "").lines
        return lines.enumerated().flatMap { index, line in
          asked(in: String(line)).map {
            EnvironmentName(
              word: $0.word, meaning: $0.meaning, place: $0.flag,
              location: SourceLocation(file: path, line: index + 1, column: 1))
          }
        }
      }
  }

  private static let keys: Set<String> = [
    "environment", "environments", "env", "stage", "stages", "overlay", "cluster",
  ]

  /// The environments that workflows choose from: the lists of a matrix, and the options of an input.
  private static func choices(of tree: RepositoryTree) -> [EnvironmentName] {
    tree.files(below: ".github/workflows").flatMap { file -> [EnvironmentName] in
      var found: [EnvironmentName] = []
      for document in file.documents {
        let jobs = (document["jobs"]?.entries ?? []).compactMap { $0.value["strategy"]?["matrix"] }
        let inputs = (document["on"]?["workflow_dispatch"]?["inputs"]?.entries ?? []).filter { keys.contains($0.key) }
        let lists =
          jobs.flatMap { $0.entries ?? [] }.filter { keys.contains($0.key) }.map { ("the matrix", $0.value) }
          + inputs.compactMap { input in input.value["options"].map { ("the input", $0) } }
        for (place, list) in lists {
          for item in list.items ?? [] {
            // A name with more in it may be that of a cluster or of a job.
            guard let text = item.text, let meaning = meanings[text.lowercased()] else { continue }
            found.append(EnvironmentName(word: text, meaning: meaning, place: place, location: item.location))
          }
        }
      }
      return found
    }
  }

  /// `--stage prod`, `--environment=prod`, and paths such as `overlays/prod`.
  private static func asked(in line: String) -> [(word: String, meaning: String, flag: String)] {
    let text = line.prefix { $0 != "#" }
    let parts = text.split { " =\"'\t,;)(".contains($0) }.map(String.init)
    return parts.indices.flatMap { index -> [(word: String, meaning: String, flag: String)] in
      if ["--stage", "--environment", "--env"].contains(parts[index]), index + 1 < parts.count {
        return words(of: parts[index + 1]).map { ($0.word, $0.meaning, parts[index]) }
      }
      let names = parts[index].split(separator: "/").map(String.init)
      return names.indices.dropFirst().flatMap { place -> [(word: String, meaning: String, flag: String)] in
        guard ["overlays", "environments", "envs"].contains(names[place - 1]) else { return [] }
        return words(of: names[place]).map { ($0.word, $0.meaning, parts[index]) }
      }
    }
  }

  private static func words(of name: String) -> [(word: String, meaning: String)] {
    name.split(separator: "-").map { $0.lowercased() }.compactMap { word in meanings[word].map { (word, $0) } }
  }
}
