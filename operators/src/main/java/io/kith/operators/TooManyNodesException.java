package io.kith.operators;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * There are more nodes than were declared. The job stops for good, for starting again would only
 * find them again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class TooManyNodesException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TooManyNodesException(String message, Throwable cause) {
    super(message, cause);
  }
}
