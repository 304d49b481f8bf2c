package io.kith.operators;

/** There are more nodes than were declared. Starting again would only find them again. */
final class TooManyNodesException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TooManyNodesException(String message, Throwable cause) {
    super(message, cause);
  }
}
