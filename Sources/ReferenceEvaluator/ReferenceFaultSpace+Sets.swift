extension ReferenceFaultSpace {
  /// Every admissible set of exactly `size` faults, each sorted, in canonical order.
  public func sets(ofSize size: Int) -> [[ReferenceFault]] {
    var found: [[ReferenceFault]] = []
    let faults = faults
    func extend(_ chosen: [ReferenceFault], from start: Int) {
      if chosen.count == size {
        found.append(chosen)
        return
      }
      let end = faults.count - (size - chosen.count) + 1
      for next in start..<max(start, end) where admits(faults[next], beside: chosen) {
        extend(chosen + [faults[next]], from: next + 1)
      }
    }
    extend([], from: 0)
    assert(found.allSatisfy { admits($0) }, "what is listed is admissible")
    return found
  }

  /// No admissible set has more faults than this.
  public var largestSize: Int {
    let numbers = Dictionary(grouping: faults, by: \.kind).mapValues(\.count)
    return numbers.map { kind, number in min(budget(of: kind) ?? number, number) }.reduce(0, +)
  }

  /// Whether `fault`, which is admissible by itself, can be added to the admissible set `chosen`.
  public func admits(_ fault: ReferenceFault, beside chosen: some Collection<ReferenceFault>) -> Bool {
    if let budget = budget(of: fault.kind), chosen.count(where: { $0.kind == fault.kind }) >= budget {
      return false
    }
    switch fault.kind {
    case .omission, .partition, .missing: return true
    case .crash, .delay, .duplicate, .pause, .restart, .wipe:
      return chosen.allSatisfy { fault.conflict(with: $0) == nil }
    }
  }

  /// Whether `faults`, which are different, are an admissible set.
  public func admits(_ faults: [ReferenceFault]) -> Bool {
    faults.indices.allSatisfy { position in
      isAdmissible(faults[position]) && admits(faults[position], beside: faults[..<position])
    }
  }
}

// MARK: Counting

extension ReferenceFaultSpace {
  /// Kinds whose faults exclude each other.
  private static let groups: [[ReferenceFault.Kind]] = [
    [.crash, .pause, .restart, .wipe], [.omission], [.delay], [.duplicate], [.partition], [.missing],
  ]

  /// The number of admissible fault sets, or the largest `Int` where there are more.
  public var count: Int {
    let faults = Dictionary(grouping: faults, by: \.kind)
    var product = 1
    for group in Self.groups {
      let (larger, isTooLarge) = product.multipliedReportingOverflow(
        by: countOfSets(of: group.flatMap { faults[$0] ?? [] }))
      if isTooLarge { return .max }
      product = larger
    }
    return product
  }

  /// The number of admissible sets of some of `faults`.
  private func countOfSets(of faults: [ReferenceFault]) -> Int {
    if let kind = faults.first?.kind, budget(of: kind) == nil {
      assert(faults.allSatisfy { $0.kind == kind }, "only omissions are unbounded, and they exclude nothing")
      return faults.count < Int.bitWidth - 1 ? 1 << faults.count : .max
    }
    func extend(_ chosen: [ReferenceFault], from start: Int) -> Int {
      (start..<faults.count).reduce(1) { count, next in
        guard admits(faults[next], beside: chosen) else { return count }
        return count + extend(chosen + [faults[next]], from: next + 1)
      }
    }
    return extend([], from: 0)
  }
}
