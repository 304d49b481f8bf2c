package io.kith.streams.serve;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a request gets no answer, as a problem document (RFC 9457) says it. Not a fault of the
 * program: no stack trace.
 */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Object> document = new LinkedHashMap<>();
  private final int status;

  private ProblemException(int status, String type, String title, String detail) {
    super(detail, null, false, false);
    this.status = status;
    document.put("type", "urn:kith:problem:" + type);
    document.put("title", title);
    document.put("status", status);
    document.put("detail", detail);
  }

  /** A parameter or a property of the body that is not as it must be. */
  static ProblemException parameter(String name, Object value, String allowed) {
    return new ProblemException(
            400,
            "parameter",
            "A parameter is not allowed",
            "%s must be %s: %s=%s".formatted(name, allowed, name, shortened(value)))
        .with("parameter", name)
        .with("value", shortened(value))
        .with("allowed", allowed);
  }

  static ProblemException unauthorized() {
    return new ProblemException(
        401,
        "token",
        "A token is needed",
        "send the header 'Authorization: Bearer TOKEN' with the token of this service");
  }

  static ProblemException unknownPath(String path) {
    return new ProblemException(
        404, "path", "No such path", "see /openapi.json: path=" + shortened(path));
  }

  static ProblemException unknownNode(String node) {
    return new ProblemException(
            404,
            "node",
            "The node is not known",
            "no record of it has come, or it was forgotten: node=" + shortened(node))
        .with("node", node);
  }

  static ProblemException noLists() {
    return new ProblemException(
        404,
        "no-lists",
        "Lists of next partners are not served here",
        "start the service with recommendations=true: recommendations=false");
  }

  static ProblemException method(String method, String allowed) {
    return new ProblemException(
            405, "method", "The method is not allowed", "use " + allowed + ": method=" + method)
        .with("allowed", allowed);
  }

  static ProblemException tooLarge(long bytes, int most) {
    return new ProblemException(
            413,
            "body",
            "The body is too large",
            "send at most %d bytes: bytes=%s".formatted(most, bytes < 0 ? "more" : bytes))
        .with("allowed", "at most " + most + " bytes");
  }

  /** The store is on its way from Kafka. */
  static ProblemException restoring(int partition, Progress progress) {
    return new ProblemException(
            503,
            "restoring",
            "The store is being restored",
            "ask again shortly, %d of %d records are there: partition=%d"
                .formatted(progress.restored(), progress.total(), partition))
        .with("partition", partition)
        .with("restored", progress.restored())
        .with("total", progress.total());
  }

  /** No instance that has the data can be asked now. */
  static ProblemException unavailable(String detail, Collection<String> tried) {
    return new ProblemException(503, "unavailable", "No answer at the moment", detail)
        .with("tried", tried);
  }

  static ProblemException failure() {
    return new ProblemException(
        500, "failure", "The service failed", "the log of the service says why");
  }

  private ProblemException with(String name, Object value) {
    document.put(name, value);
    return this;
  }

  int status() {
    return status;
  }

  /** The document, in the order in which it is written. */
  Map<String, Object> document() {
    return document;
  }

  private static String shortened(Object value) {
    String text = String.valueOf(value);
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }
}
