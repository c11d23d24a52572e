import Foundation

/// Surroundings in which whoever asks the kernel for a socket is ended by it, children included.
///
/// A filter of seccomp needs no rights, passes on to every child, and misses nothing: that a program ends as it should
/// in here proves that neither it nor anything it started opened a socket.
package enum NoSockets {
  /// Installs the filter and becomes the program behind it; ends with 125 where the kernel takes no filters.
  package static let script = """
    import ctypes, os, platform, struct, sys

    LOAD, EQUAL, RETURN, KILL, ALLOW = 0x20, 0x15, 0x06, 0x80000000, 0x7FFF0000
    calls = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
    if platform.machine() not in calls:
        sys.exit(125)
    architecture, socket = calls[platform.machine()]
    steps = [
        (LOAD, 0, 0, 4), (EQUAL, 0, 3, architecture),
        (LOAD, 0, 0, 0), (EQUAL, 1, 0, socket), (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, KILL),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    program = Program(len(steps), ctypes.addressof(code))
    kernel = ctypes.CDLL(None)
    NO_NEW_PRIVILEGES, SET_FILTER = (38, 1, 0, 0, 0), (22, 2, ctypes.byref(program))
    if kernel.prctl(*NO_NEW_PRIVILEGES) or kernel.prctl(*SET_FILTER):
        sys.exit(125)
    os.execvp(sys.argv[1], sys.argv[1:])

    """

  /// The program in such surroundings, whose script is written into the folder.
  package static func program(in folder: String) throws -> BuiltProgram {
    try script.write(toFile: "\(folder)/without-sockets.py", atomically: true, encoding: .utf8)
    return BuiltProgram(in: folder, inside: ["python3", "\(folder)/without-sockets.py"])
  }

  /// Whether this machine ends those who ask for a socket, and nobody else.
  package static func areForbidden() async throws -> Bool {
    try await withTemporaryFolder { folder in
      let program = try program(in: folder)
      let asking = try await program.tool("python3", ["-c", "import socket; socket.socket(socket.AF_UNIX)"])
      let quiet = try await program.tool("python3", ["-c", "print('here')"])
      return asking.status != 0 && asking.status != 125 && asking.output.isEmpty && quiet.output == "here\n"
    }
  }
}
