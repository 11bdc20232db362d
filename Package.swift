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
    // Arrows point one way; `make lint` holds them.
    .target(name: "Indices"),
    .target(name: "Texts"),
    .target(name: "Files", dependencies: ["Texts"]),
    .target(name: "Dedalus", dependencies: ["Files", "Texts", "Indices"]),
    .target(
      name: "Scenarios",
      dependencies: ["Dedalus", "Texts", "Indices", .product(name: "BigInt", package: "BigInt")]),
    .target(name: "Evaluation", dependencies: ["Scenarios", "Dedalus", "Texts", "Indices"]),
    .target(name: "Properties", dependencies: ["Evaluation", "Scenarios", "Dedalus", "Texts", "Indices"]),
    .target(name: "Lineage", dependencies: ["Evaluation", "Scenarios", "Dedalus", "Texts", "Indices"]),
    .target(name: "Satisfiability", dependencies: ["Indices"]),
    .target(name: "ProofChecker"),
    .target(name: "ReferenceEvaluator", dependencies: ["Dedalus", "Texts"]),
    .target(name: "ReferenceEncoder", dependencies: ["ReferenceEvaluator", "Dedalus", "Texts"]),
    .target(
      name: "Answers",
      dependencies: ["Properties", "Evaluation", "Scenarios", "Dedalus", "Texts", "Indices"]),
    .target(
      name: "Search",
      dependencies: [
        "Answers", "Properties", "Lineage", "Satisfiability", "ProofChecker", "Evaluation", "Scenarios",
        "Dedalus",
        "Texts", "Indices",
      ]),
    .target(
      name: "Baselines",
      dependencies: [
        "Search", "Answers", "Properties", "Lineage", "Satisfiability", "Evaluation", "Scenarios", "Dedalus",
        "Texts", "Indices",
      ]),
    .target(
      name: "Documents",
      dependencies: [
        "Answers", "Properties", "Evaluation", "Scenarios", "Dedalus", "Files", "Texts", "Indices",
      ]),
    .target(
      name: "Certificates",
      dependencies: [
        "Documents", "Search", "Answers", "Properties", "Satisfiability", "ReferenceEncoder",
        "ReferenceEvaluator", "ProofChecker", "Evaluation", "Scenarios", "Dedalus", "Files", "Texts",
      ]),
    .target(
      name: "RunStore",
      dependencies: [
        "Documents", "Answers", "Properties", "Evaluation", "Scenarios", "Dedalus", "Files", "Texts",
        "Indices",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["README.md"]),
    .target(
      name: "LineageViz",
      dependencies: [
        "Documents", "Search", "Answers", "Properties", "Lineage", "Evaluation", "Scenarios", "Dedalus",
        "Files", "Texts", "Indices",
      ],
      path: "lineage-viz",
      exclude: ["gallery"],
      sources: ["Sources"],
      resources: [
        "report.css", "elements.js", "page.js", "run.js", "pair.js", "time.js", "time.css", "heat.js",
        "why.js", "outline.js", "stage.js", "lineage.js", "lineage.css", "laboratory/lab.css",
        "laboratory/lab.js", "laboratory/lab-circuit.js", "laboratory/lab-picture.js",
        "laboratory/lab-cut.js", "laboratory/lab-reasons.js", "laboratory/lab-why.js",
      ].map { .embedInCode("Assets/\($0)") }),
    .target(
      name: "Workbench",
      dependencies: [
        "RunStore", "Documents", "Search", "Answers", "Properties", "Lineage", "Satisfiability",
        "ProofChecker", "Evaluation", "Scenarios", "Dedalus", "Files", "Texts", "Indices",
      ]),
    .target(
      name: "Reports",
      dependencies: [
        "Workbench", "RunStore", "LineageViz", "Certificates", "ReferenceEncoder", "Documents", "Search",
        "Answers", "Properties", "Lineage", "Evaluation", "Scenarios", "Dedalus", "Files", "Texts", "Indices",
      ]),
    .executableTarget(
      name: "faultline",
      dependencies: [
        "Reports", "Workbench", "RunStore", "LineageViz", "Certificates", "Baselines",
        "Documents", "Search", "Answers", "Properties", "Lineage", "Satisfiability", "ProofChecker",
        "Evaluation", "Scenarios", "Dedalus", "Files", "Texts", "Indices",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .executableTarget(
      name: "benchmark",
      dependencies: [
        "LineageViz", "Baselines", "Search", "Answers", "Properties", "Lineage", "Evaluation", "Scenarios",
        "Dedalus",
        "Files", "Texts", "Indices",
        .product(name: "BigInt", package: "BigInt"),
      ],
      path: "Benchmarks",
      exclude: ["Certificates", "Satisfiability", "Spin", "README.md"],
      sources: ["Sources"]),

    .target(
      name: "Support",
      dependencies: ["ReferenceEvaluator", "Evaluation", "Scenarios", "Dedalus", "Texts", "Indices"],
      path: "Tests/Support"),
    .target(
      name: "QuestionSupport",
      dependencies: [
        "Documents", "Answers", "Properties", "ReferenceEvaluator", "Evaluation", "Scenarios", "Dedalus",
        "Files", "Support",
      ],
      path: "Tests/QuestionSupport"),
    .testTarget(name: "IndicesTests", dependencies: ["Indices", "Support"]),
    .testTarget(name: "TextsTests", dependencies: ["Texts"]),
    .testTarget(name: "FilesTests", dependencies: ["Files", "Support"]),
    .testTarget(name: "DedalusTests", dependencies: ["Dedalus", "Support"]),
    .testTarget(name: "ScenariosTests", dependencies: ["Scenarios", "ReferenceEvaluator", "Support"]),
    .testTarget(name: "PropertiesTests", dependencies: ["Properties", "Support"]),
    .testTarget(name: "ReferenceEvaluatorTests", dependencies: ["ReferenceEvaluator", "Support"]),
    .testTarget(
      name: "ReferenceEncoderTests",
      dependencies: ["ReferenceEncoder", "ReferenceEvaluator", "Satisfiability", "Dedalus", "Support"]),
    .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "ReferenceEvaluator", "Support"]),
    .testTarget(
      name: "LineageTests", dependencies: ["Lineage", "Evaluation", "ReferenceEvaluator", "Support"]),
    .testTarget(
      name: "SatisfiabilityTests", dependencies: ["Satisfiability", "ProofChecker", "Support"],
      exclude: ["Traces"]),
    .testTarget(name: "ProofCheckerTests", dependencies: ["ProofChecker"]),
    .testTarget(
      name: "SearchTests",
      dependencies: ["Baselines", "Search", "ReferenceEvaluator", "QuestionSupport", "Support"]),
    .testTarget(
      name: "BaselinesTests",
      dependencies: ["Baselines", "Search", "ReferenceEvaluator", "QuestionSupport", "Support"]),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Support"]),
    .testTarget(name: "WorkbenchTests", dependencies: ["Workbench", "QuestionSupport", "Support"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Workbench", "LineageViz", "Search", "QuestionSupport", "Support"]),
    .testTarget(
      name: "CertificatesTests",
      dependencies: [
        "Certificates", "Search", "ProofChecker", "ReferenceEvaluator", "ReferenceEncoder", "Evaluation",
        "Dedalus",
        "QuestionSupport", "Support",
      ]),
    .testTarget(
      name: "RunStoreTests", dependencies: ["RunStore", "Baselines", "ReferenceEvaluator", "Support"]),
    .testTarget(
      name: "LineageVizTests", dependencies: ["LineageViz", "QuestionSupport", "Support"],
      exclude: ["Golden"]),
    .testTarget(
      name: "CommandTests",
      dependencies: ["faultline", "RunStore", "ProofChecker", "Evaluation", "Dedalus", "Support"]),
  ],
  swiftLanguageModes: [.v6]
)
