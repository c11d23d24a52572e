extension Git {
  /// Lists the folders of a commit, each ended by a zero byte: no name can be mistaken.
  package func listFolders(of commit: String) -> ToolInvocation {
    call(["ls-tree", "-r", "-d", "--name-only", "-z", commit])
  }

  /// Lists the files of the working tree that Git holds or would take, each ended by a zero byte.
  package var listFiles: ToolInvocation {
    call(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
  }
}
