package io.kith.deploy;

import io.kith.deploy.settings.SettingFlags;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsException;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.operators.KithOptions;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command that has a flag for some of the settings. */
public interface SettingsUser {
  /**
   * The settings that it uses, in the order of its help. Most commands need no more than where
   * Kafka is and which topics are meant.
   */
  default List<ConfigOption<?>> settings() {
    return List.of(KithOptions.BOOTSTRAP_SERVERS, KithOptions.PREFIX);
  }

  /** Adds the flags, where the command or one below it has any. */
  static void addFlags(CommandLine command) {
    if (command.getCommand() instanceof SettingsUser user) {
      new SettingFlags(user.settings()).addTo(command.getCommandSpec());
      // Unknown flags are listed with all other faults.
      command.setUnmatchedArgumentsAllowed(true);
    }
    command.getSubcommands().values().forEach(SettingsUser::addFlags);
  }

  /** Reads and checks file, environment and the flags that the command was called with. */
  default Settings load(CommandSpec command, ConfigOption<?>... required) throws SettingsException {
    CommandLine.ParseResult parsed = command.commandLine().getParseResult();
    return new SettingsLoader(System.getenv())
        .load(SettingFlags.file(parsed), new SettingFlags(settings()).values(parsed), required);
  }
}
