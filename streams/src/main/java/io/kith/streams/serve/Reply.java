package io.kith.streams.serve;

/** An answer as it goes out. Its bytes are not to be changed. */
final class Reply {
  static final int OK = 200;
  static final int UNAVAILABLE = 503;

  private final int status;
  private final byte[] json;
  private final String role;

  /**
   * @param json UTF-8
   * @param role of the instance that it comes from, as {@link NodeStores.Role}; null where it does
   *     not matter
   */
  Reply(int status, byte[] json, String role) {
    this.status = status;
    this.json = json;
    this.role = role;
  }

  static Reply ok(Object body, String role) {
    return new Reply(OK, Json.write(body), role);
  }

  static Reply problem(ProblemException problem) {
    return new Reply(problem.status(), Json.write(problem.document()), null);
  }

  int status() {
    return status;
  }

  byte[] json() {
    return json;
  }

  String role() {
    return role;
  }
}
