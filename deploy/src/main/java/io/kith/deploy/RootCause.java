package io.kith.deploy;

import io.kith.deploy.topics.KafkaUnreachableException;
import java.io.IOException;

/** What a person needs of a chain of exceptions. */
public final class RootCause {
  private RootCause() {}

  /** The message of what was made for people, or else of the innermost cause. */
  public static String of(Throwable thrown) {
    Throwable cause = thrown;
    while (!forPeople(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    boolean plain =
        forPeople(cause)
            || cause instanceof IOException
            || cause.getClass() == IllegalArgumentException.class;
    if (message == null || message.isBlank()) {
      return cause.getClass().getName();
    }
    return plain ? message : message + " (" + cause.getClass().getSimpleName() + ")";
  }

  private static boolean forPeople(Throwable thrown) {
    return thrown instanceof CommandException || thrown instanceof KafkaUnreachableException;
  }
}
