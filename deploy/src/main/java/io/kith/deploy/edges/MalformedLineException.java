package io.kith.deploy.edges;

/** A line of a file is not an interaction. The reader can go on with the next line. */
public final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;

  MalformedLineException(String reason, long line) {
    super(reason + ", line=" + line);
    this.line = line;
  }

  /** Number of the line, from 1. */
  public long line() {
    return line;
  }
}
