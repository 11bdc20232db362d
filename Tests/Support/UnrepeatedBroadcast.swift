/// The smallest protocol that a fault breaks: node a says something once to b and c, and nobody repeats it.
/// One omission before EFF takes its outcome away; without omissions it holds.
public enum UnrepeatedBroadcast {
  /// Who knows whom.
  public static let members = "node(\"a\", \"b\")@1; node(\"a\", \"c\")@1;\n"

  /// What they do, and what is promised.
  public static let rules = """
    log(Y, P)@async :- say(X, P), node(X, Y);
    log(X, P)@next :- log(X, P);
    say("a", "hello")@1;
    pre(X, P) :- log(X, P);
    post("b", P) :- log("b", P), log("c", P);
    post("c", P) :- log("b", P), log("c", P);

    """

  /// All of it.
  public static let program = members + rules
}
