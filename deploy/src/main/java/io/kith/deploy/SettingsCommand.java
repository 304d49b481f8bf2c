package io.kith.deploy;

import io.kith.deploy.settings.SettingsPage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the page of settings. */
@Command(
    name = "settings",
    description = "Print every setting with its default and effect, as Markdown.",
    mixinStandardHelpOptions = true)
final class SettingsCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.print(SettingsPage.markdown());
    return 0;
  }
}
