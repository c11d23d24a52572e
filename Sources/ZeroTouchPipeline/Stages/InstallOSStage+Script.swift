package import ZeroTouchModel

extension InstallOSStage {
  /// What the rescue system is told to do, in one script: prove that this is a rescue system, find the one disk that is
  /// meant, stream the image onto it and read it back. It runs with `errexit`, `nounset` and `pipefail`, so a failed
  /// download cannot look like a written disk; only the reboot is a command of its own.
  package static func script(
    image: Image, disk: Node.DiskSelector?, permission: WipePermission = WipePermission()
  ) -> String {
    """
    # zerotouch install-os
    image_url=\(image.url.shellWord)
    image_sha256=\((image.sha256 ?? "").shellWord)
    image_size=\((image.size.map(String.init) ?? "").shellWord)
    image_source=\(image.source.rawValue.shellWord)
    disk_serial=\((disk?.serial ?? "").shellWord)
    disk_model=\((disk?.model ?? "").shellWord)
    disk_wwid=\((disk?.wwid ?? "").shellWord)
    disk_size_test=\((disk?.size?.comparison.shellTest ?? "").shellWord)
    disk_size_bytes=\((disk?.size.map { "\($0.bytes)" } ?? "").shellWord)
    disk_path=\((disk?.path ?? "").shellWord)
    mark=\(mark(image, disk).shellWord)
    wipe=\((permission.cluster ?? "").shellWord)
    wipe_others=\((permission.clearsOtherDisks ? "yes" : "").shellWord)
    \(body)
    """
  }

  /// What tells one installation from another: the image, and which disk was meant.
  static func mark(_ image: Image, _ disk: Node.DiskSelector?) -> String {
    let meant = [disk?.serial, disk?.model, disk?.wwid, disk?.size.map { "\($0)" }, disk?.path].map { $0 ?? "" }
    return ([image.url, image.sha256 ?? ""] + meant).joined(separator: " ")
  }
}

extension String {
  /// The text in single quotes, whatever it holds.
  fileprivate var shellWord: String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

extension DiskSize.Comparison {
  /// The operator of `test` that says the same.
  fileprivate var shellTest: String {
    switch self {
    case .atLeast: "-ge"
    case .atMost: "-le"
    case .more: "-gt"
    case .less: "-lt"
    case .exactly: "-eq"
    }
  }
}
