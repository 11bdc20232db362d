// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "faultline",
  products: [
    .executable(name: "faultline", targets: ["faultline"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // Arrows point one way; see the table in README.md.
    .target(name: "Indices"),
    .target(name: "Dedalus", dependencies: ["Indices"]),
    .target(name: "Evaluation", dependencies: ["Dedalus", "Indices"]),
    .target(name: "ReferenceEvaluator", dependencies: ["Dedalus"]),
    .target(name: "Lineage", dependencies: ["Evaluation", "Dedalus", "Indices"]),
    .target(name: "Satisfiability", dependencies: ["Indices"]),
    .target(name: "ProofChecker"),
    .target(name: "Certification", dependencies: ["ReferenceEvaluator", "ProofChecker", "Dedalus"]),
    .target(
      name: "FaultInjection",
      dependencies: [
        "Certification", "ReferenceEvaluator", "ProofChecker", "Lineage", "Satisfiability", "Evaluation",
        "Dedalus", "Indices",
        .product(name: "BigInt", package: "BigInt"),
      ]),
    .target(
      name: "RunStore",
      dependencies: [
        "FaultInjection", "Evaluation", "Dedalus", "Indices",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["README.md"]),
    .target(
      name: "LineageViz",
      dependencies: ["FaultInjection", "Lineage", "Evaluation", "Dedalus", "Indices"],
      path: "lineage-viz",
      exclude: ["gallery"],
      sources: ["Sources"],
      resources: ["report.css", "page.js", "run.js", "why.js", "lineage.js", "lineage.css"].map {
        .embedInCode("Assets/\($0)")
      }),
    .executableTarget(
      name: "faultline",
      dependencies: [
        "FaultInjection", "RunStore", "LineageViz", "Lineage", "Satisfiability", "Certification",
        "ProofChecker", "Evaluation", "Dedalus", "Indices",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .executableTarget(
      name: "benchmark",
      dependencies: [
        "LineageViz", "FaultInjection", "Lineage", "Evaluation", "Dedalus",
        .product(name: "BigInt", package: "BigInt"),
      ],
      path: "Benchmarks",
      exclude: ["Satisfiability", "Spin", "README.md"],
      sources: ["Sources"]),

    .target(
      name: "Support", dependencies: ["ReferenceEvaluator", "Evaluation", "Dedalus", "Indices"],
      path: "Tests/Support"),
    .testTarget(name: "IndicesTests", dependencies: ["Indices", "Support"]),
    .testTarget(name: "DedalusTests", dependencies: ["Dedalus", "Support"]),
    .testTarget(name: "ReferenceEvaluatorTests", dependencies: ["ReferenceEvaluator", "Support"]),
    .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "ReferenceEvaluator", "Support"]),
    .testTarget(
      name: "LineageTests", dependencies: ["Lineage", "Evaluation", "ReferenceEvaluator", "Support"]),
    .testTarget(
      name: "SatisfiabilityTests", dependencies: ["Satisfiability", "ProofChecker", "Support"],
      exclude: ["Traces"]),
    .testTarget(
      name: "CertificationTests",
      dependencies: [
        "Certification", "FaultInjection", "ProofChecker", "ReferenceEvaluator", "Evaluation", "Dedalus",
        "Support",
      ]),
    .testTarget(name: "ProofCheckerTests", dependencies: ["ProofChecker"]),
    .testTarget(
      name: "FaultInjectionTests",
      dependencies: ["FaultInjection", "ReferenceEvaluator", "Support"]),
    .testTarget(name: "RunStoreTests", dependencies: ["RunStore", "ReferenceEvaluator", "Support"]),
    .testTarget(name: "LineageVizTests", dependencies: ["LineageViz", "Support"], exclude: ["Golden"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "faultline", "RunStore", "FaultInjection", "ProofChecker", "Evaluation", "Dedalus", "Support",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
