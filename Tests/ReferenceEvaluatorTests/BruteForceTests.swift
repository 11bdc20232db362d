import Dedalus
import ReferenceEvaluator
import Support
import Testing

@Suite("Brute force")
struct BruteForceTests {
  @Test("every admissible set, once, in canonical order")
  func order() {
    for crashes in 0...2 {
      for eff in 0...3 {
        let space = ReferenceFaultSpace(nodes: ["b", "a"], eot: 3, eff: eff, crashes: crashes)
        let sets = (0...space.faults.count).map { space.sets(ofSize: $0) }
        #expect(sets.joined().count == space.count)
        for sameSize in sets {
          #expect(zip(sameSize, sameSize.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
          #expect(sameSize.allSatisfy { $0 == $0.sorted() })
        }
      }
    }
  }

  @Test("crashes come before omissions, then rounds, then names")
  func faults() {
    let space = ReferenceFaultSpace(nodes: ["a", "b"], eot: 3, eff: 2, crashes: 1)
    #expect(
      space.faults == [
        .crash(node: "a", round: 1), .crash(node: "b", round: 1), .crash(node: "a", round: 2),
        .crash(node: "b", round: 2), .omission(from: "a", to: "b", round: 1),
        .omission(from: "b", to: "a", round: 1),
      ])
    #expect(
      space.sets(ofSize: 2).contains([.crash(node: "a", round: 1), .crash(node: "b", round: 1)]) == false)
  }

  static let delivery = #"""
    node("a", "b")@1; node(N, M)@next :- node(N, M); bcast("a", "u")@1;
    log(N, P) :- bcast(N, P); log(N, P)@next :- log(N, P);
    pre(M, P) :- log(N, P), node(N, M), notin crash(N, N, _); post(M, P) :- log(M, P);
    """#
  static let once = "log(M, P)@async :- bcast(N, P), node(N, M);"
  static let retrying = "log(M, P)@async :- log(N, P), node(N, M);"

  private func verdict(_ sending: String, eff: Int, _ view: ReferenceCrashView = .silent) throws
    -> BruteForce.Verdict
  {
    let program = try Program(text: Self.delivery + sending)
    let specification = try #require(ReferenceSpecification(of: program))
    let space = ReferenceFaultSpace(nodes: ["a", "b"], eot: 4, eff: eff, crashes: 1)
    return BruteForce(program: program, space: space, specification: specification, crashView: view).verdict()
  }

  @Test("one loss breaks a single send; a retry survives it; two losses break what is late")
  func sizes() throws {
    let missing: [[Constant]] = [[.string("b"), .string("u")]]
    let loss = ReferenceFault.omission(from: "a", to: "b", round: 1)
    #expect(try verdict(Self.once, eff: 2) == .broken(.init(faults: [loss], violated: missing)))
    #expect(try verdict(Self.retrying, eff: 3) == .holds(isVacuous: false))
    let losses = (1...3).map { ReferenceFault.omission(from: "a", to: "b", round: $0) }
    #expect(try verdict(Self.retrying, eff: 4) == .broken(.init(faults: losses, violated: missing)))
    #expect(try verdict(Self.once, eff: 1) == .holds(isVacuous: false))
  }

  @Test("what fails without faults is the baseline's fault")
  func badBaseline() throws {
    #expect(try verdict("", eff: 2) == .badBaseline(violated: [[.string("b"), .string("u")]]))
    let program = try Program(text: #"p("a")@1; post(N) :- p(N);"#)
    let space = ReferenceFaultSpace(nodes: ["a"], eot: 2, eff: 0, crashes: 0)
    let specification = try #require(ReferenceSpecification(of: program))
    #expect(
      BruteForce(program: program, space: space, specification: specification).verdict()
        == .badBaseline(violated: []))
  }

  /// Without a `pre` all rows must survive, and where there is none nothing can be taken away. A `pre` may
  /// get its rows under faults only.
  @Test("an empty outcome is the baseline's fault only where there is no 'pre'")
  func emptyOutcome() throws {
    let alarm = #"""
      x("a")@1; x(N)@next :- x(N); m("b")@async :- x("a"); seen(N) :- m(N); seen(N)@next :- seen(N);
      pre(N) :- x(N), notin seen("b"), late(N); late("a")@4; post(N) :- pre(N), seen("b");
      """#
    let program = try Program(text: alarm)
    let specification = try #require(ReferenceSpecification(of: program))
    func verdict(eff: Int) -> BruteForce.Verdict {
      let space = ReferenceFaultSpace(nodes: ["a", "b"], eot: 4, eff: eff, crashes: 0)
      return BruteForce(program: program, space: space, specification: specification).verdict()
    }
    #expect(verdict(eff: 3) == .holds(isVacuous: true))
    let losses = (1...3).map { ReferenceFault.omission(from: "a", to: "b", round: $0) }
    #expect(verdict(eff: 4) == .broken(.init(faults: losses, violated: [[.string("a")]])))
  }

  @Test("all counterexamples, and the minimal ones")
  func all() throws {
    let program = try Program(text: Self.delivery + Self.once)
    let specification = try #require(ReferenceSpecification(of: program))
    let space = ReferenceFaultSpace(nodes: ["a", "b"], eot: 3, eff: 3, crashes: 0)
    let all = BruteForce(program: program, space: space, specification: specification).allCounterexamples()
    #expect(all.count == 8)
    #expect(BruteForce.minimal(among: all).map(\.faults) == [[.omission(from: "a", to: "b", round: 1)]])
  }

  @Test("the oracle molly asks for the rows of the failure-free run only")
  func molly() throws {
    let text = #"""
      n("a", "b")@1; got(M)@async :- n(N, M); got(N)@next :- got(N);
      pre("k", "x") :- crash(_, "a", _); pre("k", "y") :- n("a", "b")@1; post("k", "y") :- n("a", "b")@1;
      """#
    let program = try Program(text: text)
    let space = ReferenceFaultSpace(nodes: ["a", "b"], eot: 3, eff: 0, crashes: 1)
    let strict = try #require(ReferenceSpecification(of: program))
    let molly = try #require(ReferenceSpecification(of: program, isMolly: true))
    let broken = BruteForce(program: program, space: space, specification: strict).verdict()
    #expect(
      broken
        == .broken(.init(faults: [.crash(node: "a", round: 1)], violated: [[.string("k"), .string("x")]])))
    #expect(
      BruteForce(program: program, space: space, specification: molly).verdict() == .holds(isVacuous: false))
  }

  @Test("runs that are not made again would come to the same")
  func sparedRuns() throws {
    for seed in 0..<25 as Range<UInt64> {
      let generated = GeneratedProtocol(seed: seed, limit: 150)
      let specification = try #require(ReferenceSpecification(of: generated.program, isMolly: seed % 2 == 0))
      func execution(_ faults: [ReferenceFault]) -> ReferenceExecution {
        ReferenceRun(
          program: generated.program, nodes: generated.space.nodes, eot: generated.space.eot, faults: faults
        ).execution()
      }
      let baseline = execution([])
      let breaking = (0...generated.space.faults.count).flatMap { size in
        generated.space.sets(ofSize: size).filter { faults in
          let end = execution(faults)
          return !specification.violations(in: end, baseline: baseline, eot: generated.space.eot).isEmpty
        }
      }
      let search = BruteForce(
        program: generated.program, space: generated.space, specification: specification)
      #expect(search.allCounterexamples().map(\.faults) == breaking, "seed \(seed)")
    }
  }
}
