package io.kith.deploy;

import java.nio.file.Path;

/** Where Kith lies on this machine. */
public final class Home {
  private Home() {}

  /** The checked-out repository; the kith script says where. */
  public static Path root() {
    return Path.of(System.getProperty("kith.home", "")).toAbsolutePath();
  }

  /** What runs leave behind: logs, the demo's data and picture. */
  public static Path work() {
    return root().resolve(".kith");
  }
}
