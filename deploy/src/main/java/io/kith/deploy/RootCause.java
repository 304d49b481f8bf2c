package io.kith.deploy;

import java.io.IOException;

/** What a person needs of a chain of exceptions. */
public final class RootCause {
  private RootCause() {}

  /** The message of a {@link CommandException}, or else of the innermost cause. */
  public static String of(Throwable thrown) {
    Throwable cause = thrown;
    while (!(cause instanceof CommandException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    boolean plain =
        cause instanceof CommandException
            || cause instanceof IOException
            || cause.getClass() == IllegalArgumentException.class;
    if (message == null || message.isBlank()) {
      return cause.getClass().getName();
    }
    return plain ? message : message + " (" + cause.getClass().getSimpleName() + ")";
  }
}
