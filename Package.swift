// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// What a simulated cluster spends its time in, which is optimised in debug builds too: the tests simulate thousands.
let optimized: Set = ["Model", "Manifests", "Tools", "Readiness", "Pipeline", "World", "Rehearsal", "Simulation"]

/// The modules of zerotouch by short name; each may see exactly the modules named behind it.
func module(
  _ name: String, _ dependencies: [String] = [], products: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .target(
    name: "ZeroTouch\(name)",
    dependencies: dependencies.map { .byName(name: "ZeroTouch\($0)") } + products,
    resources: resources,
    swiftSettings: settings
      + (optimized.contains(name) ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : []))
}

/// The tests of one module: they see it, what it may see, and the shared test support.
func tests(_ name: String, _ dependencies: [String] = []) -> Target {
  .testTarget(
    name: "ZeroTouch\(name)Tests",
    dependencies: ([name] + dependencies).map { .byName(name: "ZeroTouch\($0)") } + ["TestSupport"],
    swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix", "NIOHTTP1", "NIOWebSocket"].map {
  .product(name: $0, package: "swift-nio")
}

let package = Package(
  name: "zerotouch",
  products: [
    .executable(name: "zerotouch", targets: ["zerotouch"]),
    .library(
      name: "ZeroTouchCore",
      targets: [
        "ZeroTouchModel", "ZeroTouchManifests", "ZeroTouchTools", "ZeroTouchReadiness", "ZeroTouchSecrets",
        "ZeroTouchDiagnosis", "ZeroTouchPipeline", "ZeroTouchValidation",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    module("Model"),
    module("Manifests", ["Model"], products: [yams], resources: [.embedInCode("Charts/charts.yaml")]),
    module("Tools", ["Model"], products: [subprocess]),
    module("Readiness", ["Model", "Tools"]),
    module("Secrets", ["Model", "Manifests", "Tools"]),
    module("Diagnosis", ["Model", "Tools"]),
    module("Pipeline", ["Model", "Manifests", "Tools", "Readiness", "Secrets", "Diagnosis"]),
    module("Validation", ["Model", "Manifests", "Tools"]),
    module("Recording", ["Model", "Manifests", "Tools", "Secrets"]),
    module("World", ["Model", "Manifests"]),
    module("Rehearsal", ["Model", "Manifests", "Tools", "World"], products: nio),
    module(
      "Simulation",
      ["Model", "Manifests", "Tools", "Readiness", "Secrets", "Pipeline", "World", "Rehearsal"]),
    module(
      "CLI",
      [
        "Model", "Manifests", "Tools", "Readiness", "Secrets", "Diagnosis", "Pipeline", "Validation", "World",
        "Rehearsal", "Simulation", "Recording",
      ],
      products: [argumentParser]),
    .executableTarget(name: "zerotouch", dependencies: ["ZeroTouchCLI"], swiftSettings: settings),
    .target(
      name: "TestSupport",
      dependencies: ["ZeroTouchModel", "ZeroTouchManifests", "ZeroTouchTools"], path: "Tests/TestSupport",
      swiftSettings: settings),
    tests("Model"),
    tests("Manifests", ["Model"]),
    tests("Tools", ["Model"]),
    tests("Readiness", ["Model", "Tools"]),
    tests("Secrets", ["Model", "Manifests", "Tools"]),
    tests("Diagnosis", ["Model", "Tools"]),
    tests("Pipeline", ["Model", "Manifests", "Tools", "Readiness", "Secrets", "Diagnosis"]),
    tests("Validation", ["Model", "Manifests", "Tools"]),
    tests("Recording", ["Model", "Manifests", "Tools", "Secrets"]),
    tests("World", ["Model", "Manifests", "Tools", "Diagnosis", "Rehearsal"]),
    tests("Rehearsal", ["Model", "Manifests", "Tools", "World"]),
    .testTarget(
      name: "ZeroTouchCLITests",
      dependencies: ["zerotouch", "ZeroTouchModel", "ZeroTouchManifests", "ZeroTouchTools", "TestSupport"],
      swiftSettings: settings),
  ]
)
