package io.kith.deploy;

import io.kith.deploy.local.ModelFile;
import io.kith.deploy.settings.Settings;
import io.kith.operators.KithJob;
import io.kith.operators.KithOptions;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The job's entry on a Flink cluster: {@code --config FILE}, and the flags of {@code kith run}. */
@Command(name = "kith-job", description = "Submits the job to the cluster that runs this.")
public final class JobMain implements SettingsUser {
  @Spec CommandSpec spec;

  private JobMain() {}

  /** Fails, as Flink expects of an entry, where the settings are wrong or the job is not taken. */
  public static void main(String[] arguments) throws Exception {
    JobMain main = new JobMain();
    CommandLine command = new CommandLine(main);
    SettingsUser.addFlags(command);
    command.parseArgs(arguments);
    main.submit();
  }

  @Override
  public List<ConfigOption<?>> settings() {
    return KithOptions.ALL;
  }

  private void submit() throws Exception {
    Settings settings = load(spec, KithOptions.BOOTSTRAP_SERVERS);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    KithJob.build(env, settings.flink(), ModelFile.read(settings));
    env.execute(settings.topic("job"));
  }
}
