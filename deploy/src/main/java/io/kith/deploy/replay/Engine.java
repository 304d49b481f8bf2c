package io.kith.deploy.replay;

import java.util.Locale;

/** What runs the laps of a replay. */
enum Engine {
  /** The laps alone, in this process. */
  DIRECT,
  /** The whole job on an embedded Flink. */
  FLINK;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
