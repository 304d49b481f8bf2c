package io.kith.streams.serve;

/**
 * An answer as it goes out.
 *
 * @param json UTF-8
 * @param role of the instance that it comes from, as {@link NodeStores.Role}; null where it does not
 *     matter
 */
record Reply(int status, byte[] json, String role) {
  static final int OK = 200;
  static final int UNAVAILABLE = 503;

  static Reply ok(Object body, String role) {
    return new Reply(OK, Json.write(body), role);
  }

  static Reply problem(ProblemException problem) {
    return new Reply(problem.status(), Json.write(problem.document()), null);
  }
}
