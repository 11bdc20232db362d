// Types by unification: every column of a relation and every variable of a rule belongs to a class of places
// that must hold the same type, and a disjoint-set forest (Tarjan, JACM 1975) merges the classes as rules are
// read. A class knows its type as soon as one of its places does, and where that was, for the message about a
// clash.

import Indices

/// Names a place whose type is to be inferred.
struct TypeVariable: DenseIndex {
  let rawValue: UInt32
}

/// What is known of the type of something in the text.
struct TypedPlace {
  enum Term {
    case known(ColumnType)
    case variable(TypeVariable)
  }
  let term: Term
  let subject: Subject
  let range: SourceRange

  /// How a message names the place.
  enum Subject {
    case column(Int, of: Symbol)
    case variable(Symbol)
    case constant
    case operand
    case result
    case aggregate(Aggregate)
    case aggregated(Aggregate)
  }
}

/// Two places that must have the same type and do not.
struct TypeClash {
  let first: (place: TypedPlace, type: ColumnType, evidence: SourceRange?)
  let second: (place: TypedPlace, type: ColumnType, evidence: SourceRange?)
}

/// The classes of places of a program.
struct TypeInference {
  private var parents = IndexedArray<TypeVariable, TypeVariable>()
  private var ranks = IndexedArray<TypeVariable, UInt8>()
  /// The type of a class, stored at its root, and its evidence; evidence is nil for what the language
  /// declares.
  private var types = IndexedArray<TypeVariable, ColumnType?>()
  private var evidence = IndexedArray<TypeVariable, SourceRange?>()

  /// A new place in a class of its own.
  mutating func makeVariable(_ type: ColumnType? = nil) -> TypeVariable {
    ranks.append(0)
    types.append(type)
    evidence.append(nil)
    assert(ranks.count == parents.count + 1, "each place has a row of its own in all four tables")
    return parents.append(parents.nextIndex)
  }

  /// The type of a place; nil while it is unknown.
  mutating func type(of variable: TypeVariable) -> ColumnType? { types[root(of: variable)] }

  /// The type of a place; nil while it is unknown.
  mutating func type(of place: TypedPlace) -> ColumnType? {
    switch place.term {
    case .known(let type): type
    case .variable(let variable): type(of: variable)
    }
  }

  /// Makes both places have the same type; returns the clash where they cannot.
  mutating func unify(_ first: TypedPlace, _ second: TypedPlace) -> TypeClash? {
    switch (first.term, second.term) {
    case (.known(let left), .known(let right)):
      guard left != right else { return nil }
      return TypeClash(first: (first, left, nil), second: (second, right, nil))
    case (.variable(let left), .variable(let right)):
      return merge(root(of: left), root(of: right), first, second)
    case (.variable(let variable), .known(let type)):
      return learn(root(of: variable), type, first, from: second)
    case (.known(let type), .variable(let variable)):
      return learn(root(of: variable), type, second, from: first)
    }
  }

  /// Records the type of a class, with `source` as evidence.
  private mutating func learn(
    _ root: TypeVariable, _ type: ColumnType, _ place: TypedPlace, from source: TypedPlace
  ) -> TypeClash? {
    assert(parents[root] == root, "what is known of a class is stored at its root")
    guard let known = types[root] else {
      types[root] = type
      evidence[root] = source.range
      return nil
    }
    guard known != type else { return nil }
    return TypeClash(first: (place, known, evidence[root]), second: (source, type, nil))
  }

  /// Joins two classes, the lower tree under the higher; the result knows what either knew.
  private mutating func merge(
    _ left: TypeVariable, _ right: TypeVariable, _ first: TypedPlace, _ second: TypedPlace
  ) -> TypeClash? {
    guard left != right else { return nil }
    if let leftType = types[left], let rightType = types[right], leftType != rightType {
      return TypeClash(first: (first, leftType, evidence[left]), second: (second, rightType, evidence[right]))
    }
    assert(parents[left] == left && parents[right] == right, "only roots are joined")
    let (upper, lower) = ranks[left] < ranks[right] ? (right, left) : (left, right)
    parents[lower] = upper
    if ranks[upper] == ranks[lower] { ranks[upper] += 1 }
    if types[upper] == nil {
      types[upper] = types[lower]
      evidence[upper] = evidence[lower]
    }
    return nil
  }

  private mutating func root(of variable: TypeVariable) -> TypeVariable {
    var walk = variable
    while parents[walk] != walk {
      parents[walk] = parents[parents[walk]]  // path halving
      walk = parents[walk]
    }
    return walk
  }
}
