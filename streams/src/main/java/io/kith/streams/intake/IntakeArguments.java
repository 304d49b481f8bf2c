package io.kith.streams.intake;

import io.kith.streams.settings.GivenSettings;
import io.kith.streams.settings.Setting;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** Reads {@link IntakeSettings} from a command line and gathers all faults. One thread. */
final class IntakeArguments {
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final List<String> FORMATS = List.of("json", "debezium", "cloudevents", "csv");

  /** With two of them in JSON, every character escaped, a record stays below Kafka's 1 MB. */
  private static final int LONGEST_ID = 65_535;

  private static final Map<String, IntakeOption> OURS =
      Map.of(
          StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, IntakeOption.BOOTSTRAP_SERVERS,
          StreamsConfig.APPLICATION_ID_CONFIG, IntakeOption.APPLICATION_ID,
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG, IntakeOption.DELIVERY,
          StreamsConfig.STATE_DIR_CONFIG, IntakeOption.STATE_DIR);

  private final GivenSettings given;
  private final String format;
  private final List<String> columns;

  IntakeArguments(Map<String, String> environment, String... arguments) {
    given =
        new GivenSettings(
            List.of(IntakeOption.values()), IntakeOption.CONFIG, environment, arguments);
    format = oneOf(IntakeOption.FORMAT, FORMATS);
    columns = list(IntakeOption.CSV_COLUMNS);
  }

  IntakeSettings settings() {
    String prefix = given.name(IntakeOption.PREFIX, given.text(IntakeOption.PREFIX));
    String applicationId = given.text(IntakeOption.APPLICATION_ID, prefix + "-intake");
    IntakeSettings settings =
        new IntakeSettings(
            given.servers(IntakeOption.BOOTSTRAP_SERVERS),
            prefix,
            given.name(IntakeOption.APPLICATION_ID, applicationId),
            topics(prefix),
            format(),
            fields(),
            duplicateWindow(),
            format.equals("cloudevents") || given.text(IntakeOption.EVENT_ID) != null,
            oneOf(IntakeOption.SELF_LOOPS, List.of("dead-letter", "drop")).equals("drop"),
            oneOf(IntakeOption.DELIVERY, List.of("at-least-once", "exactly-once"))
                .equals("exactly-once"),
            given.path(IntakeOption.STATE_DIR),
            given.kafka(OURS));
    if (given.isSound()) {
      checkKafka(settings);
    }
    given.refuseFaults();
    return settings;
  }

  private List<String> topics(String prefix) {
    List<String> topics = list(IntakeOption.TOPICS);
    String value = given.text(IntakeOption.TOPICS);
    if (topics.isEmpty()) {
      given.fault(IntakeOption.TOPICS, "say from which topics events come", value);
    }
    if (Set.copyOf(topics).size() < topics.size()) {
      given.fault(IntakeOption.TOPICS, "name each topic once", value);
    }
    for (String topic : topics) {
      if (!TOPIC.matcher(topic).matches()) {
        given.fault(IntakeOption.TOPICS, "no name of a topic, see Kafka's rules", topic);
      } else if (topic.equals(prefix + ".edges") || topic.equals(prefix + ".dead-letter")) {
        given.fault(IntakeOption.TOPICS, "the intake writes to this one, name another", topic);
      }
    }
    return topics;
  }

  private Supplier<EventFormat> format() {
    Set<String> operations = operations();
    char separator = separator();
    return switch (format) {
      case "debezium" -> () -> new DebeziumEvents(operations);
      case "cloudevents" -> CloudEvents::new;
      case "csv" -> () -> new CsvEvents(separator, columns);
      default -> JsonEvents::new;
    };
  }

  private Set<String> operations() {
    List<String> operations = list(IntakeOption.OPERATIONS);
    if (operations.isEmpty() || !DebeziumEvents.WITH_ROW.containsAll(operations)) {
      given.fault(
          IntakeOption.OPERATIONS,
          "use some of c, r and u, separated by commas",
          given.text(IntakeOption.OPERATIONS));
    }
    return Set.copyOf(operations);
  }

  private char separator() {
    String text = given.text(IntakeOption.CSV_SEPARATOR);
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1 || text.equals("\"")) {
      given.fault(IntakeOption.CSV_SEPARATOR, "use one character other than a quote, or tab", text);
      return ',';
    }
    return text.charAt(0);
  }

  private InteractionFields fields() {
    boolean byAttribute =
        format.equals("cloudevents") && given.text(IntakeOption.TIMESTAMP) == null;
    String timestamp = given.text(IntakeOption.TIMESTAMP, byAttribute ? "/time" : "timestamp");
    return new InteractionFields(
        field(IntakeOption.SOURCE, given.text(IntakeOption.SOURCE)),
        field(IntakeOption.TARGET, given.text(IntakeOption.TARGET)),
        field(IntakeOption.TIMESTAMP, timestamp),
        unit(byAttribute ? TimestampUnit.ISO_8601 : TimestampUnit.MILLISECONDS),
        fields(IntakeOption.FEATURES),
        featureCount(),
        fields(IntakeOption.EVENT_ID),
        earliest(),
        given.duration(IntakeOption.TIMESTAMP_MAX_AHEAD).toMillis(),
        given.count(IntakeOption.MAX_ID_BYTES, 1, LONGEST_ID));
  }

  private long earliest() {
    String text = given.text(IntakeOption.TIMESTAMP_EARLIEST);
    try {
      long earliest = OffsetDateTime.parse(text).toInstant().toEpochMilli();
      if (earliest >= 0) {
        return earliest;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // As any other that is no such time.
    }
    given.fault(
        IntakeOption.TIMESTAMP_EARLIEST,
        "use a time with an offset, not before 1970-01-01T00:00:00Z",
        text);
    return 0;
  }

  private List<Field> fields(IntakeOption option) {
    return list(option).stream().map(text -> field(option, text)).toList();
  }

  private Field field(IntakeOption option, String text) {
    if (format.equals("csv")) {
      boolean known = columns.isEmpty() ? text.matches("[1-9]\\d{0,5}") : columns.contains(text);
      if (!known) {
        String remedy =
            columns.isEmpty()
                ? "use the number of a column from 1, or name them by --csv-columns"
                : "use a column of --csv-columns";
        given.fault(option, remedy, text);
      }
      return Field.column(text);
    }
    try {
      return Field.of(text);
    } catch (IllegalArgumentException e) {
      given.fault(option, "use a path such as user.id or a pointer such as /user/id", text);
      return Field.column("");
    }
  }

  private TimestampUnit unit(TimestampUnit otherwise) {
    String text = given.text(IntakeOption.TIMESTAMP_UNIT, otherwise.label());
    for (TimestampUnit unit : TimestampUnit.values()) {
      if (unit.label().equals(text)) {
        return unit;
      }
    }
    given.fault(
        IntakeOption.TIMESTAMP_UNIT,
        "use seconds, milliseconds, microseconds, nanoseconds or iso-8601",
        text);
    return otherwise;
  }

  private OptionalInt featureCount() {
    return given.text(IntakeOption.FEATURE_COUNT) == null
        ? OptionalInt.empty()
        : OptionalInt.of(
            given.count(IntakeOption.FEATURE_COUNT, 0, InteractionReader.MOST_FEATURES));
  }

  private Duration duplicateWindow() {
    return given.text(IntakeOption.DUPLICATE_WINDOW).equals("0")
        ? Duration.ZERO
        : given.duration(IntakeOption.DUPLICATE_WINDOW);
  }

  private String oneOf(Setting setting, List<String> values) {
    String value = given.text(setting).toLowerCase(Locale.ROOT);
    if (!values.contains(value)) {
      given.fault(setting, "use one of " + String.join(", ", values), value);
      return values.get(0);
    }
    return value;
  }

  /** What stands between commas; empty where nothing is given. */
  private List<String> list(Setting setting) {
    String value = given.text(setting);
    return value == null || value.isBlank()
        ? List.of()
        : Arrays.stream(value.split(",", -1)).map(String::strip).toList();
  }

  private void checkKafka(IntakeSettings settings) {
    try {
      new StreamsConfig(settings.streamsProperties());
    } catch (ConfigException e) {
      given.fault(
          "Kafka refuses its settings, " + e.getMessage() + ": kafka=" + settings.kafka().keySet());
    }
  }
}
