package io.kith.deploy;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** For {@code kith --version}. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"kith " + version(), "Java " + Runtime.version()};
  }

  private static String version() {
    return Optional.ofNullable(Kith.class.getPackage().getImplementationVersion())
        .orElse("(run from classes)");
  }
}
