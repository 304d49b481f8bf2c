package io.kith.streams.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user has set, by flags ({@code --NAME VALUE} or {@code --NAME=VALUE}), which win, and in a
 * properties file; properties of Kafka in the environment, too. Reads typed values and gathers the
 * faults; a faulty one reads as something harmless, and {@link #refuseFaults} throws at the end.
 * One thread.
 */
public final class GivenSettings {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Map<String, Long> UNIT_MS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  /** What Kafka allows in a topic's name; 230 characters leave room for the rest of the name. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,230}");

  private static final String VARIABLE = "KITH_KAFKA_";

  private final List<String> faults = new ArrayList<>();
  private final Map<String, String> given = new HashMap<>();

  /**
   * Reads flags and file.
   *
   * @param known all settings
   * @param file which of them names the properties file
   */
  public GivenSettings(Collection<? extends Setting> known, Setting file, String... arguments) {
    this(known, file, Map.of(), arguments);
  }

  /**
   * Reads flags, file and environment.
   *
   * @param known all settings
   * @param file which of them names the properties file
   * @param environment variables of the process: {@code KITH_KAFKA_SASL_JAAS_CONFIG} stands for
   *     {@code kafka.sasl.jaas.config}, and wins over the file
   */
  public GivenSettings(
      Collection<? extends Setting> known,
      Setting file,
      Map<String, String> environment,
      String... arguments) {
    Map<String, String> flags = readFlags(arguments);
    if (flags.get(file.label()) != null) {
      given.putAll(readFile(file, flags.get(file.label())));
    }
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLE)) {
            String property = name.substring(VARIABLE.length()).toLowerCase(Locale.ROOT);
            given.put(Setting.KAFKA + property.replace('_', '.'), value);
          }
        });
    given.putAll(flags);
    Set<String> labels = new TreeSet<>();
    known.forEach(setting -> labels.add(setting.label()));
    for (String name : new TreeMap<>(given).keySet()) {
      if (!name.startsWith(Setting.KAFKA) && !labels.contains(name)) {
        faults.add("unknown setting, see --help: name=" + name);
      }
    }
  }

  private Map<String, String> readFlags(String... arguments) {
    Map<String, String> flags = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("--")) {
        // What follows a value with blanks that lost its quotes may be half a secret.
        faults.add("expected --NAME VALUE: argument=" + Secrets.shown(argument, argument));
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

  private Map<String, String> readFile(Setting setting, String file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException | InvalidPathException e) {
      faults.add("file unreadable, " + e + ": " + setting.label() + "=" + file);
    }
    Map<String, String> read = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
    return read;
  }

  /** As it was given, else the default, which may be null. */
  public String text(Setting setting) {
    return given.getOrDefault(setting.label(), setting.preset());
  }

  /** As it was given, else what stands here. */
  public String text(Setting setting, String otherwise) {
    return given.getOrDefault(setting.label(), otherwise);
  }

  /** Addresses of brokers; must be there. */
  public String servers(Setting setting) {
    String servers = text(setting);
    if (servers == null || servers.isBlank()) {
      fault(setting, "say where Kafka is, such as localhost:9092", servers);
    }
    return servers;
  }

  /** A name that Kafka allows as the first part of a topic's. */
  public String name(Setting setting, String value) {
    if (!NAME.matcher(value).matches()) {
      fault(setting, "use 1 to 230 letters, digits, '.', '_' and '-'", value);
    }
    return value;
  }

  /** A positive duration with its unit. */
  public Duration duration(Setting setting) {
    String value = text(setting);
    Matcher matcher = DURATION.matcher(value);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      if (number > 0) {
        return Duration.ofMillis(Math.multiplyExact(number, UNIT_MS.get(matcher.group(2))));
      }
    }
    fault(setting, "use a positive number with its unit, such as 500ms, 30s, 15m, 1h, 1d", value);
    return Duration.ZERO;
  }

  /** A whole number from {@code least} to {@code most}. */
  public int count(Setting setting, int least, int most) {
    String value = text(setting);
    if (value.matches("\\d{1,9}")) {
      int count = Integer.parseInt(value);
      if (count >= least && count <= most) {
        return count;
      }
    }
    fault(setting, "use a whole number from " + least + " to " + most, value);
    return least;
  }

  /** {@code true} or {@code false}. */
  public boolean flag(Setting setting) {
    String value = text(setting);
    if (!value.equals("true") && !value.equals("false")) {
      fault(setting, "use true or false", value);
    }
    return value.equals("true");
  }

  /** A folder or file. */
  public Path path(Setting setting) {
    String value = text(setting);
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      fault(setting, "use the name of a file or folder", value);
      return Path.of("");
    }
  }

  /**
   * What is passed on to Kafka, without the prefix.
   *
   * @param ours properties of Kafka that have a setting of their own
   */
  public Map<String, String> kafka(Map<String, ? extends Setting> ours) {
    Map<String, String> kafka = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          if (name.startsWith(Setting.KAFKA)) {
            kafka.put(name.substring(Setting.KAFKA.length()), value);
          }
        });
    for (String name : kafka.keySet()) {
      Setting setting = ours.get(name);
      if (setting != null) {
        faults.add("set it by --" + setting.label() + ": name=" + Setting.KAFKA + name);
      }
    }
    return kafka;
  }

  /** Adds a fault: what to do, then the setting with its value. */
  public void fault(Setting setting, String remedy, String value) {
    faults.add(remedy + ": " + setting.label() + "=" + value);
  }

  /** Adds a fault that shows no value. */
  public void fault(String message) {
    faults.add(message);
  }

  /** True while nothing is wrong. */
  public boolean isSound() {
    return faults.isEmpty();
  }

  /**
   * To be called when all has been read.
   *
   * @throws IllegalArgumentException with all faults, one a line
   */
  public void refuseFaults() {
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), faults));
    }
  }
}
