package io.kith.streams;

import static io.kith.streams.QualityOption.KAFKA;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** Reads {@link QualitySettings} from a command line and gathers all faults. One thread. */
final class QualityArguments {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Map<String, Long> UNIT_MS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  /** What Kafka allows in a topic's name; 230 characters leave room for the rest of the name. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,230}");

  private static final Map<String, QualityOption> OURS =
      Map.of(
          StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, QualityOption.BOOTSTRAP_SERVERS,
          StreamsConfig.APPLICATION_ID_CONFIG, QualityOption.APPLICATION_ID,
          StreamsConfig.STATE_DIR_CONFIG, QualityOption.STATE_DIR);

  private final List<String> faults = new ArrayList<>();
  private final Map<String, String> given = new HashMap<>();

  QualityArguments(String... arguments) {
    Map<String, String> flags = readFlags(arguments);
    String file = flags.get(QualityOption.CONFIG.label());
    if (file != null) {
      given.putAll(readFile(file));
    }
    given.putAll(flags);
  }

  QualitySettings settings() {
    for (String name : new TreeMap<>(given).keySet()) {
      if (!name.startsWith(KAFKA) && QualityOption.of(name).isEmpty()) {
        faults.add("unknown setting, see --help: name=" + name);
      }
    }
    String prefix = name(QualityOption.PREFIX, text(QualityOption.PREFIX));
    String applicationId = given.get(QualityOption.APPLICATION_ID.label());
    QualitySettings settings =
        new QualitySettings(
            servers(),
            prefix,
            name(
                QualityOption.APPLICATION_ID,
                applicationId == null ? prefix + "-quality" : applicationId),
            duration(QualityOption.WINDOW_LENGTH),
            time(QualityOption.FROM),
            count(QualityOption.KEEP_WINDOWS),
            duration(QualityOption.PUBLISH_INTERVAL),
            path(QualityOption.STATE_DIR),
            kafka());
    if (faults.isEmpty()) {
      checkKafka(settings);
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), faults));
    }
    return settings;
  }

  private Map<String, String> readFlags(String... arguments) {
    Map<String, String> flags = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("--")) {
        faults.add("expected --NAME VALUE: argument=" + argument);
        continue;
      }
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals < 0 ? argument.length() : equals);
      if (equals < 0 && (i + 1 == arguments.length || arguments[i + 1].startsWith("--"))) {
        faults.add("value missing, write --" + name + " VALUE: name=" + name);
        continue;
      }
      String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
      if (flags.put(name, value) != null) {
        faults.add("given twice, leave one out: name=" + name);
      }
    }
    return flags;
  }

  private Map<String, String> readFile(String file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException | InvalidPathException e) {
      faults.add("file unreadable, " + e + ": config=" + file);
    }
    Map<String, String> read = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
    return read;
  }

  private String text(QualityOption option) {
    return given.getOrDefault(option.label(), option.preset());
  }

  private String servers() {
    String servers = text(QualityOption.BOOTSTRAP_SERVERS);
    if (servers == null || servers.isBlank()) {
      fault(QualityOption.BOOTSTRAP_SERVERS, "say where Kafka is, such as localhost:9092", servers);
    }
    return servers;
  }

  private String name(QualityOption option, String value) {
    if (!NAME.matcher(value).matches()) {
      fault(option, "use 1 to 230 letters, digits, '.', '_' and '-'", value);
    }
    return value;
  }

  private Duration duration(QualityOption option) {
    String value = text(option);
    Matcher matcher = DURATION.matcher(value);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      if (number > 0) {
        return Duration.ofMillis(Math.multiplyExact(number, UNIT_MS.get(matcher.group(2))));
      }
    }
    fault(option, "use a positive number with its unit, such as 500ms, 30s, 15m, 1h, 1d", value);
    return Duration.ZERO;
  }

  private OptionalLong time(QualityOption option) {
    String value = text(option);
    if (value == null) {
      return OptionalLong.empty();
    }
    try {
      boolean number = value.matches("-?\\d{1,18}");
      return OptionalLong.of(number ? Long.parseLong(value) : Instant.parse(value).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      fault(option, "use ms since 1970 or a time such as 2004-06-01T00:00:00Z", value);
      return OptionalLong.empty();
    }
  }

  private int count(QualityOption option) {
    String value = text(option);
    if (!value.matches("\\d{1,9}") || Integer.parseInt(value) == 0) {
      fault(option, "use a whole number from 1 on", value);
      return 1;
    }
    return Integer.parseInt(value);
  }

  private Path path(QualityOption option) {
    String value = text(option);
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      fault(option, "use the name of a folder", value);
      return Path.of("");
    }
  }

  private Map<String, String> kafka() {
    Map<String, String> kafka = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          if (name.startsWith(KAFKA)) {
            kafka.put(name.substring(KAFKA.length()), value);
          }
        });
    for (String name : Set.copyOf(kafka.keySet())) {
      QualityOption ours = OURS.get(name);
      if (ours != null) {
        faults.add("set it by --" + ours.label() + ": name=" + KAFKA + name);
      }
    }
    return kafka;
  }

  private void checkKafka(QualitySettings settings) {
    try {
      new StreamsConfig(settings.streamsProperties());
    } catch (ConfigException e) {
      faults.add(
          "Kafka refuses its settings, " + e.getMessage() + ": kafka=" + settings.kafka().keySet());
    }
  }

  private void fault(QualityOption option, String remedy, String value) {
    faults.add(remedy + ": " + option.label() + "=" + value);
  }
}
