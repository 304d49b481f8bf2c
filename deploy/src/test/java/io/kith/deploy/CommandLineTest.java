package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.operators.KithOptions;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineTest {
  private final CommandLine kith = Kith.commandLine();

  @Test
  void everyCommandSaysWhatItDoesAndWhatEachFlagIsFor() {
    assertThat(kith.getSubcommands()).isNotEmpty();
    kith.getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(command.getCommandSpec().usageMessage().description())
                  .as(name)
                  .isNotEmpty();
              for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(option.description()).as(name + " " + option.longestName()).isNotEmpty();
              }
              assertThat(command.getUsageMessage(Ansi.OFF)).as(name).contains("--help");
            });
  }

  @Test
  void runHasAFlagForEverySettingWithItsDefault() {
    CommandLine run = kith.getSubcommands().get("run");
    Map<String, OptionSpec> flags = run.getCommandSpec().optionsMap();

    assertThat(flags).containsKeys("--config", "--kafka");
    for (ConfigOption<?> option : KithOptions.ALL) {
      assertThat(flags).containsKey("--" + option.key());
    }
    assertThat(String.join("", flags.get("--window").description())).endsWith("Default: 1 s.");
  }

  @Test
  void theRootNamesEveryCommandAndTheExitCodes() {
    String usage = kith.getUsageMessage(Ansi.OFF);

    kith.getSubcommands().keySet().forEach(name -> assertThat(usage).contains(name));
    assertThat(usage).contains("130", "stopped by Ctrl-C");
  }
}
