package io.kith.streams;

import io.kith.streams.settings.GivenSettings;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** Reads {@link QualitySettings} from a command line and gathers all faults. One thread. */
final class QualityArguments {
  private static final int MOST_WINDOWS = 999_999_999;

  private static final Map<String, QualityOption> OURS =
      Map.of(
          StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, QualityOption.BOOTSTRAP_SERVERS,
          StreamsConfig.APPLICATION_ID_CONFIG, QualityOption.APPLICATION_ID,
          StreamsConfig.STATE_DIR_CONFIG, QualityOption.STATE_DIR);

  private final GivenSettings given;

  QualityArguments(Map<String, String> environment, String... arguments) {
    given =
        new GivenSettings(
            List.of(QualityOption.values()), QualityOption.CONFIG, environment, arguments);
  }

  QualitySettings settings() {
    String prefix = given.name(QualityOption.PREFIX, given.text(QualityOption.PREFIX));
    String applicationId = given.text(QualityOption.APPLICATION_ID, prefix + "-quality");
    QualitySettings settings =
        new QualitySettings(
            given.servers(QualityOption.BOOTSTRAP_SERVERS),
            prefix,
            given.name(QualityOption.APPLICATION_ID, applicationId),
            given.duration(QualityOption.WINDOW_LENGTH),
            time(),
            given.count(QualityOption.KEEP_WINDOWS, 1, MOST_WINDOWS),
            given.duration(QualityOption.PUBLISH_INTERVAL),
            given.path(QualityOption.STATE_DIR),
            given.kafka(OURS));
    if (given.isSound()) {
      checkKafka(settings);
    }
    given.refuseFaults();
    return settings;
  }

  private OptionalLong time() {
    String value = given.text(QualityOption.FROM);
    if (value == null) {
      return OptionalLong.empty();
    }
    try {
      boolean number = value.matches("-?\\d{1,18}");
      return OptionalLong.of(number ? Long.parseLong(value) : Instant.parse(value).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      given.fault(
          QualityOption.FROM, "use ms since 1970 or a time such as 2004-06-01T00:00:00Z", value);
      return OptionalLong.empty();
    }
  }

  private void checkKafka(QualitySettings settings) {
    try {
      new StreamsConfig(settings.streamsProperties());
    } catch (ConfigException e) {
      given.fault(
          "Kafka refuses its settings, " + e.getMessage() + ": kafka=" + settings.kafka().keySet());
    }
  }
}
